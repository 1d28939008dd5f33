//! The tray menu as a person reads it, from what Watch says.

use super::*;
use api::dto::{CommanderView, EarsView, GroupView, ListenerView, SourceView};
use domain::home::SourceSettings;
use domain::{AlertSeverity, GroupId, Handle, IncidentRef, SourceName, Status};
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_800_000_000_000);

fn ago(minutes: i64) -> Timestamp {
    NOW.plus_millis(-minutes * 60_000)
}

fn incident(n: u128, title: &str, severity: Severity, state: CommandState) -> IncidentSummary {
    let name = (state != CommandState::Unclaimed).then(|| Handle("kofi".into()));
    IncidentSummary {
        id: IncidentId(Uuid::from_u128(n)),
        reference: IncidentRef(format!("INC-00{n:02}")),
        title: title.into(),
        severity,
        status: Status::Triage,
        declared_at: ago(12),
        declared_by: "kofi".into(),
        impact_started_at: None,
        detected_at: None,
        acknowledged_at: None,
        mitigated_at: None,
        resolved_at: None,
        closed_at: None,
        commander: CommanderView { name, state, since: ago(12) },
        next_update_due: None,
        drill: false,
        private: false,
        services: vec![],
        next_box_due: None,
        impacting: false,
    }
}

fn group(state: GroupState) -> GroupView {
    GroupView {
        id: GroupId(Uuid::nil()),
        key: "k".into(),
        title: "HighLatency".into(),
        state,
        severity: AlertSeverity::Critical,
        suggested: Severity::Sev2,
        count: 1,
        firing: 1,
        sightings: 1,
        first_at: ago(3),
        last_at: ago(1),
        sources: vec![],
        services: vec![],
        incident: None,
        acknowledged_by: None,
        alerts: vec![],
    }
}

fn source(name: &str, heard: Option<i64>) -> SourceView {
    SourceView {
        name: SourceName(name.into()),
        kind: "alertmanager".into(),
        label: "Alertmanager".into(),
        way: "push".into(),
        settings: SourceSettings::default(),
        has_secret: false,
        silent_since: None,
        added_at: ago(900),
        last_heard_at: heard.map(ago),
        requests: 1,
        refused: 0,
        last_refusal: None,
        uptime: None,
    }
}

fn watch(active: Vec<IncidentSummary>, inbox: Vec<GroupView>) -> WatchView {
    let home = HomeView {
        name: "muster".into(),
        path: "/home/dana/muster".into(),
        demo: false,
        me: Handle("dana".into()),
        version: "0.1.0".into(),
        seq: 1,
        now: NOW,
        listener: ListenerView { enabled: true, listening: Some("127.0.0.1:6878".into()), error: None, certificate: None },
        sources: vec![source("eu", Some(4)), source("us", Some(9))],
        backup_at: None,
        clock_warning: None,
        not_saving: None,
        awake: None,
        ears: EarsView { state: "heard".into(), sentence: String::new(), since: None, silent: vec![] },
        empty: false,
    };
    WatchView { home, active, inbox_total: inbox.len() as u64, inbox, quiet: vec![], resolved_today: vec![] }
}

fn words(view: &TrayView) -> Vec<String> {
    fn add(line: &Line, to: &mut Vec<String>) {
        match line {
            Line::Words(text) | Line::Item(_, text) => to.push(text.clone()),
            Line::Rule => to.push("-".into()),
            Line::Incident(_, text, lines) => {
                to.push(text.clone());
                lines.iter().for_each(|line| add(line, to));
            }
        }
    }
    let mut all = vec![];
    view.lines.iter().for_each(|line| add(line, &mut all));
    all
}

#[test]
fn a_calm_home_has_a_ring_and_says_who_was_heard() {
    let view = view(&watch(vec![], vec![]), NOW, None);
    assert_eq!((view.face, view.count), (Face::Calm, 0));
    assert_eq!(
        words(&view),
        ["Nothing needs you. 2 sources heard, eu 4 min ago", "Declare…", "-", "Open Muster", "Quit. Clocks and alarms stop"]
    );
}

#[test]
fn each_open_incident_has_its_line_and_what_can_be_done() {
    let mut known = incident(2, "Search stale", Severity::Sev3, CommandState::Acting);
    known.acknowledged_at = Some(ago(1));
    known.declared_at = ago(65);
    let open = vec![
        incident(1, "Checkout 502s, EU", Severity::Sev2, CommandState::Unclaimed),
        known,
        incident(3, "Exports late", Severity::Sev4, CommandState::Confirmed),
    ];
    let view = view(&watch(open, vec![]), NOW, None);
    assert_eq!((view.face, view.count), (Face::Active, 3));
    let expected = [
        "2 need you. 2 sources heard, eu 4 min ago",
        "Declare…",
        "-",
        "SEV2  Checkout 502s, EU  12 min",
        "INC-0001, nobody commands",
        "Open",
        "Take command",
        "SEV3  Search stale  1 h 05 min",
        "INC-0002, @kofi is acting, nobody confirmed",
        "Open",
        "SEV4  Exports late  12 min",
        "INC-0003, @kofi commands",
        "Open",
        "Acknowledge",
        "-",
        "Note…",
        "Scribe strip",
        "-",
        "Open Muster",
        "Quit. Clocks and alarms stop",
    ];
    assert_eq!(words(&view), expected);
}

#[test]
fn a_sev1_is_critical_until_somebody_confirmed_and_an_overdue_update_always_is() {
    let face = |incident| view(&watch(vec![incident], vec![]), NOW, None).face;
    assert_eq!(face(incident(1, "a", Severity::Sev1, CommandState::Unclaimed)), Face::Critical);
    assert_eq!(face(incident(1, "a", Severity::Sev1, CommandState::Acting)), Face::Critical);
    assert_eq!(face(incident(1, "a", Severity::Sev1, CommandState::Confirmed)), Face::Active);
    let late = IncidentSummary { next_update_due: Some(ago(3)), ..incident(1, "a", Severity::Sev4, CommandState::Confirmed) };
    assert_eq!(face(late.clone()), Face::Critical);
    let view = view(&watch(vec![late], vec![]), NOW, None);
    assert!(words(&view).contains(&"SEV4  a  update 3 min overdue".to_owned()));
}

#[test]
fn no_more_than_eight_incidents_have_lines() {
    let open = (1..=11).map(|n| incident(n, "a", Severity::Sev3, CommandState::Confirmed)).collect();
    let view = view(&watch(open, vec![]), NOW, None);
    assert_eq!(view.count, 11);
    assert_eq!(view.lines.iter().filter(|line| matches!(line, Line::Incident(..))).count(), SHOWN);
    assert!(words(&view).contains(&"3 more…".to_owned()));
}

#[test]
fn groups_that_somebody_looks_at_wait_for_nobody() {
    let inbox = vec![group(GroupState::Waiting), group(GroupState::Acknowledged), group(GroupState::Waiting)];
    let view = view(&watch(vec![], inbox), NOW, None);
    assert_eq!((view.face, view.count), (Face::Active, 2));
    assert!(words(&view).contains(&"Triage inbox: 2".to_owned()));
}

#[test]
fn what_cannot_ring_is_never_drawn_as_calm() {
    let still = view(&watch(vec![], vec![]), NOW, Some("do not disturb is on"));
    assert_eq!(still.face, Face::CannotRing);
    assert!(words(&still).contains(&"Cannot ring: do not disturb is on".to_owned()));
    let mut deaf = watch(vec![], vec![]);
    deaf.home.listener = ListenerView { enabled: true, listening: None, error: Some("Port 6878 is taken.".into()), certificate: None };
    assert_eq!(view(&deaf, NOW, None).face, Face::CannotRing);
    assert_eq!(without_home("The home is not open").face, Face::CannotRing);
}

#[test]
fn silence_is_only_called_heard_while_it_is_fresh() {
    let line = |sources| {
        let mut watch = watch(vec![], vec![]);
        watch.home.sources = sources;
        first_line(&watch, 0, NOW)
    };
    assert_eq!(line(vec![]), "Nothing needs you. No source connected");
    assert_eq!(line(vec![source("eu", None)]), "Nothing needs you. Nothing heard yet");
    assert_eq!(line(vec![source("eu", Some(0)), source("us", Some(40))]), "Nothing needs you. 1 of 2 sources heard, eu just now");
    assert_eq!(line(vec![source("eu", Some(180))]), "Nothing needs you. eu was heard last, 3 h 00 min ago");
}

#[test]
fn a_title_is_cut_and_kept_on_one_line() {
    let long = format!("a\nb {}", "x".repeat(80));
    let Line::Incident(_, text, _) =
        incident_line(&incident(1, &long, Severity::Sev2, CommandState::Confirmed), &watch(vec![], vec![]), NOW)
    else {
        panic!("an incident's line")
    };
    assert!(text.starts_with("SEV2  a b xxx") && text.contains('…') && !text.contains('\n'), "{text}");
}

#[test]
fn a_line_is_found_by_its_name() {
    let id = IncidentId(Uuid::from_u128(7));
    for act in [Act::Declare, Act::Watch, Act::Open, Act::Quit, Act::Show(id), Act::TakeCommand(id), Act::Acknowledge(id)] {
        assert_eq!(Act::named(&act.id()), Some(act));
    }
    assert_eq!(Act::named("show/nonsense"), None);
}
