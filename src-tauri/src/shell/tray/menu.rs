//! What the tray shows, from what Watch shows: the icon's state, the count beside it, the lines of the menu. Pure.

use api::dto::{CommandState, GroupState, HomeView, IncidentSummary, WatchView};
use domain::{IncidentId, Severity, Timestamp};

/// Incidents with a line of their own; the rest are counted.
const SHOWN: usize = 8;
/// Longest title in a line, in characters.
const TITLE_LIMIT: usize = 48;
/// A promised update is counted down from here; before, the line says how long the incident runs.
const SOON_MS: i64 = 60 * 60_000;
/// Silence of a source counts only while its last word is not older than this; the window says the same.
const HEARD_MS: i64 = 15 * 60_000;

/// The state of the icon: a shape first, so that it survives trays of one colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Face {
    /// Nothing waits: a ring.
    Calm,
    /// Something is open: a filled point, with a count.
    Active,
    /// A SEV1 nobody confirmed, or an update overdue: an octagon.
    Critical,
    /// No alarm would be noticed: a slash.
    CannotRing,
}

/// What a line does when it is chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Act {
    /// Opens the declare window.
    Declare,
    /// Brings the main window to the front, on Watch.
    Watch,
    /// Brings the main window to the front.
    Open,
    /// Shows the incident.
    Show(IncidentId),
    /// I command it.
    TakeCommand(IncidentId),
    /// I know of it.
    Acknowledge(IncidentId),
    /// Opens the note window.
    Note,
    /// Opens the scribe strip, or closes it.
    Strip,
    /// Ends Muster.
    Quit,
}

impl Act {
    /// The name of the line.
    pub fn id(&self) -> String {
        match self {
            Self::Declare => "declare".into(),
            Self::Watch => "watch".into(),
            Self::Open => "open".into(),
            Self::Note => "note".into(),
            Self::Strip => "strip".into(),
            Self::Quit => "quit".into(),
            Self::Show(incident) => format!("show/{incident}"),
            Self::TakeCommand(incident) => format!("take_command/{incident}"),
            Self::Acknowledge(incident) => format!("acknowledge/{incident}"),
        }
    }

    /// The act of the line with this name.
    pub fn named(id: &str) -> Option<Self> {
        let incident = |text: &str| text.parse().ok().map(IncidentId);
        match id.split_once('/') {
            None => [Self::Declare, Self::Watch, Self::Open, Self::Note, Self::Strip, Self::Quit].into_iter().find(|act| act.id() == id),
            Some(("show", text)) => incident(text).map(Self::Show),
            Some(("take_command", text)) => incident(text).map(Self::TakeCommand),
            Some(("acknowledge", text)) => incident(text).map(Self::Acknowledge),
            Some(_) => None,
        }
    }
}

/// One line of the menu.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Line {
    /// Words that cannot be chosen.
    Words(String),
    /// Something to choose.
    Item(Act, String),
    /// An incident with its own lines.
    Incident(IncidentId, String, Vec<Line>),
    /// A rule between parts.
    Rule,
}

/// All that the tray shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TrayView {
    /// The icon's state.
    pub face: Face,
    /// Open incidents and waiting groups.
    pub count: u64,
    /// The menu from top to bottom.
    pub lines: Vec<Line>,
}

/// The tray of a home that could not be opened, or not yet.
pub fn without_home(why: &str) -> TrayView {
    let lines = vec![Line::Words(why.to_owned()), Line::Rule, Line::Item(Act::Open, "Open Muster".into()), quit()];
    TrayView { face: Face::CannotRing, count: 0, lines }
}

/// The tray of an open home. `silenced` says why no alarm would be noticed, where that is known.
pub fn view(watch: &WatchView, now: Timestamp, silenced: Option<&str>) -> TrayView {
    let acknowledged = watch.inbox.iter().filter(|group| group.state == GroupState::Acknowledged).count() as u64;
    let groups = watch.inbox_total.saturating_sub(acknowledged);
    let mut lines = vec![Line::Words(first_line(watch, groups, now))];
    lines.extend(silenced.or_else(|| deaf(&watch.home)).map(|why| Line::Words(format!("Cannot ring: {why}"))));
    lines.push(Line::Item(Act::Declare, "Declare…".into()));
    if !watch.active.is_empty() {
        lines.push(Line::Rule);
        lines.extend(watch.active.iter().take(SHOWN).map(|incident| incident_line(incident, watch, now)));
        let more = watch.active.len().saturating_sub(SHOWN);
        lines.extend((more > 0).then(|| Line::Item(Act::Watch, format!("{more} more…"))));
        lines.push(Line::Rule);
        lines.push(Line::Item(Act::Note, "Note…".into()));
        lines.push(Line::Item(Act::Strip, "Scribe strip".into()));
    }
    if groups > 0 {
        lines.push(Line::Rule);
        lines.push(Line::Item(Act::Watch, format!("Triage inbox: {groups}")));
    }
    lines.extend([Line::Rule, Line::Item(Act::Open, "Open Muster".into()), quit()]);
    TrayView { face: face(watch, groups, now, silenced), count: watch.active.len() as u64 + groups, lines }
}

fn quit() -> Line {
    Line::Item(Act::Quit, "Quit. Clocks and alarms stop".into())
}

fn face(watch: &WatchView, groups: u64, now: Timestamp, silenced: Option<&str>) -> Face {
    let loud = |incident: &IncidentSummary| {
        let unconfirmed = incident.severity == Severity::Sev1 && incident.commander.state != CommandState::Confirmed;
        unconfirmed || incident.next_update_due.is_some_and(|due| due < now)
    };
    if watch.active.iter().any(loud) {
        Face::Critical
    } else if silenced.is_some() || deaf(&watch.home).is_some() {
        Face::CannotRing
    } else if watch.active.is_empty() && groups == 0 {
        Face::Calm
    } else {
        Face::Active
    }
}

/// Why nothing could come in, or be kept, although it should.
fn deaf(home: &HomeView) -> Option<&'static str> {
    if home.not_saving.is_some() {
        Some("nothing can be saved")
    } else if !home.sources.is_empty() && home.listener.enabled && home.listener.listening.is_none() {
        Some("the listener is not open")
    } else {
        None
    }
}

/// `2 need you. 3 sources heard, eu 4 min ago`
fn first_line(watch: &WatchView, groups: u64, now: Timestamp) -> String {
    let unconfirmed = watch.active.iter().filter(|incident| incident.commander.state != CommandState::Confirmed).count() as u64;
    let needs = match unconfirmed + groups {
        0 => "Nothing needs you".to_owned(),
        1 => "1 needs you".to_owned(),
        more => format!("{more} need you"),
    };
    let demo = if watch.home.demo { "Demo. " } else { "" };
    format!("{demo}{needs}. {}", heard(&watch.home, now))
}

fn heard(home: &HomeView, now: Timestamp) -> String {
    let mut times: Vec<_> = home.sources.iter().filter_map(|source| Some((source.last_heard_at?, &source.name))).collect();
    times.sort();
    let all = home.sources.len();
    let Some((at, name)) = times.last() else {
        return if all == 0 { "No source connected".into() } else { "Nothing heard yet".into() };
    };
    let ago = ago(now.since(*at));
    let lately = times.iter().filter(|(at, _)| now.since(*at) <= HEARD_MS).count();
    match (lately, all) {
        (0, _) => format!("{name} was heard last, {ago}"),
        (1, 1) => format!("{name} heard {ago}"),
        (some, all) if some < all => format!("{some} of {all} sources heard, {name} {ago}"),
        (_, all) => format!("{all} sources heard, {name} {ago}"),
    }
}

fn incident_line(incident: &IncidentSummary, watch: &WatchView, now: Timestamp) -> Line {
    let clock = match incident.next_update_due {
        Some(due) if due < now => format!("update {} overdue", span(now.since(due))),
        Some(due) if due.since(now) < SOON_MS => format!("update due in {}", span(due.since(now))),
        Some(_) | None if now.since(incident.declared_at) < 60_000 => "just now".into(),
        Some(_) | None => span(now.since(incident.declared_at)),
    };
    let drill = if incident.drill { " (drill)" } else { "" };
    let text = format!("{}{drill}  {}  {clock}", incident.severity.label(), cut(&incident.title));
    let mut lines = vec![
        Line::Words(format!("{}, {}", incident.reference, command(incident, watch))),
        Line::Item(Act::Show(incident.id), "Open".into()),
    ];
    if incident.commander.state == CommandState::Unclaimed {
        lines.push(Line::Item(Act::TakeCommand(incident.id), "Take command".into()));
    } else if incident.acknowledged_at.is_none() {
        lines.push(Line::Item(Act::Acknowledge(incident.id), "Acknowledge".into()));
    }
    Line::Incident(incident.id, text, lines)
}

fn command(incident: &IncidentSummary, watch: &WatchView) -> String {
    let own = incident.commander.name.as_ref() == Some(&watch.home.me);
    let who = incident.commander.name.as_ref().map_or_else(String::new, |name| format!("@{name}"));
    match (incident.commander.state, own) {
        (CommandState::Unclaimed, _) => "nobody commands".into(),
        (CommandState::Acting, true) => "you are acting, nobody confirmed".into(),
        (CommandState::Acting, false) => format!("{who} is acting, nobody confirmed"),
        (CommandState::Confirmed, true) => "you command".into(),
        (CommandState::Confirmed, false) => format!("{who} commands"),
    }
}

fn cut(title: &str) -> String {
    let plain: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if plain.chars().count() <= TITLE_LIMIT {
        return plain;
    }
    let start: String = plain.chars().take(TITLE_LIMIT - 1).collect();
    format!("{}…", start.trim_end())
}

/// Whole minutes: the menu is drawn anew once a minute.
fn span(millis: i64) -> String {
    let minutes = millis.max(0) / 60_000;
    match (minutes / 1440, minutes / 60 % 24, minutes % 60) {
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, minutes) => format!("{hours} h {minutes:02} min"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}

fn ago(millis: i64) -> String {
    if millis < 60_000 { "just now".into() } else { format!("{} ago", span(millis)) }
}

#[cfg(test)]
#[path = "menu_tests.rs"]
mod tests;
