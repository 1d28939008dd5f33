//! Every row of the table: what is known of an alert, what is said of it, and what that means.

use super::*;
use crate::test_support::minute;
use proptest::prelude::*;
use uuid::Uuid;

fn source() -> SourceName {
    SourceName("alertmanager".into())
}

fn signal(began: i64, state: SignalState) -> Signal {
    Signal {
        key: "fingerprint".into(),
        episode: minute(began).to_string(),
        group_key: "{}:{alertname=\"DiskFull\"}".into(),
        group_title: "Disk full".into(),
        title: "Disk full on db-1".into(),
        severity: AlertSeverity::Warning,
        started_at: minute(began),
        state,
        labels: [("alertname".to_owned(), "DiskFull".to_owned())].into(),
        annotations: [].into(),
        link: None,
        service: None,
        rules: vec![],
    }
}

fn fires(began: i64) -> Signal {
    signal(began, SignalState::Firing { lapses_at: None })
}

fn ended(began: i64, at: i64) -> Signal {
    signal(began, SignalState::Resolved { ended_at: minute(at) })
}

fn looked_at(began: i64) -> Signal {
    signal(began, SignalState::Acknowledged { by: Some("mei".into()) })
}

/// A sender that names no start: heard at a minute, of no episode.
fn heard(at: i64) -> Signal {
    Signal { episode: String::new(), ..fires(at) }
}

fn known(began: i64, status: AlertStatus) -> AlertState {
    AlertState {
        source: source(),
        key: "fingerprint".into(),
        group: GroupId(Uuid::nil()),
        episode: minute(began).to_string(),
        started_at: minute(began),
        status,
        severity: AlertSeverity::Warning,
        acknowledged: false,
    }
}

fn judge(known: Option<&AlertState>, signal: Signal) -> &'static str {
    match decide(known, &source(), signal) {
        Heard::News(event) => event.kind(),
        Heard::Repeat => "repeat",
        Heard::Stale => "stale",
    }
}

#[test]
fn every_row_of_the_table() {
    use AlertStatus::{Firing, Lapsed, Resolved};
    let rows: [(Option<AlertStatus>, Signal, &str, &str); 18] = [
        (None, fires(10), "alert.opened", "never heard of"),
        (None, ended(10, 20), "stale", "an end of what was never heard of"),
        (Some(Firing), fires(10), "repeat", "the same firing, said again"),
        (Some(Firing), Signal { severity: AlertSeverity::Critical, ..fires(10) }, "alert.changed", "the tool calls it worse"),
        (Some(Firing), fires(30), "alert.reopened", "another firing, whose predecessor's end was missed"),
        (Some(Firing), fires(5), "stale", "an earlier firing, out of order"),
        (Some(Firing), ended(10, 20), "alert.resolved", "its end"),
        (Some(Firing), ended(5, 9), "stale", "the end of an earlier firing, late"),
        (Some(Firing), ended(10, 10), "alert.resolved", "an end in the same instant"),
        (Some(Resolved), fires(10), "stale", "a repeat that its end overtook"),
        (Some(Resolved), fires(30), "alert.reopened", "it fires again"),
        (Some(Resolved), fires(5), "stale", "an earlier firing, out of order"),
        (Some(Resolved), ended(10, 20), "repeat", "its end, said again"),
        (Some(Lapsed), fires(10), "alert.reopened", "heard again: it had fired all along"),
        (Some(Lapsed), fires(30), "alert.reopened", "it fires again"),
        (Some(Lapsed), fires(5), "stale", "an earlier firing, out of order"),
        (Some(Lapsed), ended(10, 20), "alert.resolved", "its end, after a silence"),
        (Some(Lapsed), ended(5, 9), "stale", "the end of an earlier firing, late"),
    ];
    for (status, signal, verdict, why) in rows {
        let before = status.map(|status| known(10, status));
        assert_eq!(judge(before.as_ref(), signal), verdict, "{status:?}: {why}");
    }
}

#[test]
fn a_sender_without_start_times_opens_one_episode_at_a_time() {
    let Heard::News(opened) = decide(None, &source(), heard(10)) else { panic!("the first word is news") };
    assert!(matches!(*opened, AlertEvent::Opened(opened) if opened.episode == minute(10).to_string()), "its episode is when it was heard");
    assert_eq!(judge(Some(&known(10, AlertStatus::Firing)), heard(20)), "repeat", "the same firing, heard again");
    let worse = Signal { severity: AlertSeverity::Error, ..heard(20) };
    assert_eq!(judge(Some(&known(10, AlertStatus::Firing)), worse), "alert.changed");
    for over in [AlertStatus::Lapsed, AlertStatus::Resolved] {
        assert_eq!(judge(Some(&known(10, over)), heard(20)), "alert.reopened", "{over:?}: it fires again");
    }
}

#[test]
fn news_carries_what_the_sender_said() {
    let said = Signal { service: Some(ServiceName("db".into())), link: Some("https://prometheus/graph".into()), ..fires(10) };
    let Heard::News(event) = decide(None, &source(), said.clone()) else { panic!("news") };
    let AlertEvent::Opened(opened) = *event else { panic!("opened") };
    assert_eq!((opened.source, opened.key, opened.episode), (source(), said.key, said.episode));
    assert_eq!((opened.group_key, opened.group_title, opened.title), (said.group_key, said.group_title, said.title));
    assert_eq!((opened.severity, opened.started_at, opened.service), (said.severity, said.started_at, said.service));
    assert_eq!((opened.labels, opened.annotations, opened.link), (said.labels, said.annotations, said.link));
}

#[test]
fn a_look_at_the_tool_counts_once_and_only_while_it_fires() {
    let firing = known(10, AlertStatus::Firing);
    let Heard::News(event) = decide(Some(&firing), &source(), looked_at(10)) else { panic!("the first look is news") };
    assert_eq!(*event, AlertEvent::Acknowledged { source: source(), key: "fingerprint".into(), by: Some("mei".into()) });
    let seen = AlertState { acknowledged: true, ..firing };
    assert_eq!(judge(Some(&seen), looked_at(10)), "repeat", "said again");
    assert_eq!(judge(Some(&seen), fires(10)), "repeat", "the same firing takes no look back");
    assert_eq!(judge(Some(&known(10, AlertStatus::Resolved)), looked_at(10)), "stale", "it is over");
    assert_eq!(judge(None, looked_at(10)), "stale", "never heard of");
}

#[test]
fn silence_is_not_an_end() {
    let event = lapse(&known(10, AlertStatus::Firing)).expect("it was firing, as far as heard");
    assert_eq!(event, AlertEvent::Lapsed { source: source(), key: "fingerprint".into() });
    assert_eq!(event.kind(), "alert.lapsed", "and is never called resolved");
    for over in [AlertStatus::Lapsed, AlertStatus::Resolved] {
        assert_eq!(lapse(&known(10, over)), None, "{over:?}: nothing was expected");
    }
}

/// What is known after `heard`, as the store keeps it.
fn after(before: Option<AlertState>, heard: Heard) -> Option<AlertState> {
    let Heard::News(event) = heard else { return before };
    match (*event, before) {
        (AlertEvent::Opened(opened) | AlertEvent::Reopened(opened), _) => Some(AlertState {
            episode: opened.episode,
            started_at: opened.started_at,
            severity: opened.severity,
            ..known(0, AlertStatus::Firing)
        }),
        (AlertEvent::Changed { severity, .. }, Some(known)) => Some(AlertState { severity, ..known }),
        (AlertEvent::Acknowledged { .. }, Some(known)) => Some(AlertState { acknowledged: true, ..known }),
        (AlertEvent::Resolved { .. }, Some(known)) => Some(AlertState { status: AlertStatus::Resolved, ..known }),
        (AlertEvent::Lapsed { .. }, Some(known)) => Some(AlertState { status: AlertStatus::Lapsed, ..known }),
        (AlertEvent::GroupAcknowledged {} | AlertEvent::GroupReleased {} | AlertEvent::Judged { .. }, before) => before,
        (event, None) => panic!("{event:?} about an alert nobody knew"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn saying_it_twice_is_no_news(signals in proptest::collection::vec((0..40_i64, 0..10_i64, any::<bool>(), any::<bool>()), 1..30)) {
        let mut state: Option<AlertState> = None;
        for (began, lasted, firing, named) in signals {
            let said = if firing { fires(began) } else { ended(began, began + lasted) };
            let said = if named { said } else { Signal { episode: String::new(), ..said } };
            state = after(state.clone(), decide(state.as_ref(), &source(), said.clone()));
            let again = decide(state.as_ref(), &source(), said);
            prop_assert!(!matches!(again, Heard::News(_)), "the second time: {:?}", again);
        }
    }

    #[test]
    fn an_episode_that_is_over_stays_so(began in 0..40_i64, lasted in 0..10_i64, order in Just(vec![0, 1, 2, 3]).prop_shuffle()) {
        let words = [fires(began), fires(began), ended(began, began + lasted), ended(began, began + lasted)];
        let mut state: Option<AlertState> = Some(known(began, AlertStatus::Firing));
        for which in order {
            state = after(state.clone(), decide(state.as_ref(), &source(), words[which].clone()));
        }
        prop_assert_eq!(state.map(|known| known.status), Some(AlertStatus::Resolved), "whatever order its words came in");
    }

    #[test]
    fn fire_repeat_look_and_end_come_to_the_same_in_any_order(order in Just(vec![0, 1, 2, 3, 4]).prop_shuffle()) {
        let words = [fires(10), fires(10), looked_at(10), looked_at(10), ended(10, 20)];
        let mut state: Option<AlertState> = Some(known(10, AlertStatus::Firing));
        for which in order {
            state = after(state.clone(), decide(state.as_ref(), &source(), words[which].clone()));
        }
        prop_assert_eq!(state.map(|known| known.status), Some(AlertStatus::Resolved), "it ended, and a look does not open it again");
    }
}
