//! Makes up histories: a list of dice throws becomes events that could have happened, in an order of cause and effect.

use super::{BEGIN, declared};
use domain::alarms::{Because, Hush, Verdict};
use domain::alerts::{AlertEvent, Change, ChangeEvent, Opened};
use domain::home::HomeEvent;
use domain::incidents::{AskEvent, ClockEvent, CommsEvent, HandoffEvent, ImpactDetail, IncidentEvent as E, Piece, TaskEvent, ThoughtEvent};
use domain::quiet::QuietScope;
use domain::{
    AlertSeverity, Entry, Event, EventId, GroupId, Handle, IncidentId, Role, ServiceName, Severity, SourceName, Status, Subject, Timestamp,
    Via,
};
use proptest::prelude::*;
use uuid::Uuid;

/// One throw: which thing happens, to what, and by whom.
pub type Throw = (u8, u8, u8);

/// A history of up to `length` throws.
pub fn history(length: usize) -> impl Strategy<Value = Vec<Throw>> {
    proptest::collection::vec((0..42_u8, any::<u8>(), any::<u8>()), 1..length)
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Happening {
    pub subject: Subject,
    pub occurred_at: Timestamp,
    pub entry: Entry,
    pub event: Event,
    /// The entry whose words go with it.
    pub erases: Option<EventId>,
}

/// What has happened so far, as far as it matters for what can happen next.
#[derive(Default)]
pub struct World {
    now: i64,
    count: u128,
    incidents: Vec<(IncidentId, Vec<(EventId, E)>)>,
    groups: Vec<GroupId>,
    quiets: Vec<EventId>,
}

fn pick<T>(of: &[T], which: u8) -> Option<&T> {
    if of.is_empty() { None } else { of.get(usize::from(which) % of.len()) }
}

impl World {
    fn uuid(&mut self) -> Uuid {
        self.count += 1;
        Uuid::from_u128((0x0190_0000_0000_7000_9000_u128 << 48) + self.count)
    }

    /// What a throw leads to, if anything can come of it now.
    pub fn next(&mut self, (what, which, more): Throw) -> Option<Happening> {
        self.now += i64::from(more) * 100;
        let at = BEGIN.plus_millis(self.now);
        let event = match what {
            0..=1 => return Some(self.declare(at, more)),
            2..=14 | 30.. => return self.about_incident(at, what, which, more),
            15..=26 => return self.about_group(at, what, which, more),
            27 if more.is_multiple_of(4) => {
                let change = Change {
                    key: format!("deploy{}", which % 3),
                    title: format!("deploy {more}"),
                    at,
                    outcome: None,
                    service: None,
                    link: None,
                    labels: [].into(),
                };
                let event = ChangeEvent::Seen { source: SourceName("ci".into()), change };
                return Some(self.happening(Subject::Home, at, more, event.into()));
            }
            27 => HomeEvent::PersonAdded { handle: Handle(format!("p{}", which % 5)), name: (more > 99).then(|| format!("P {more}")) },
            28 => {
                let scope = QuietScope::GroupUntilOver(*pick(&self.groups, which)?);
                HomeEvent::QuietAdded { scope, title: "noisy".into(), reason: "known".into() }
            }
            _ => HomeEvent::QuietEnded { quiet: *pick(&self.quiets, which)? },
        };
        Some(self.happening(Subject::Home, at, more, event.into()))
    }

    /// Notes under which id a happening was recorded.
    pub fn happened(&mut self, happening: &Happening, id: EventId) {
        match (&happening.event, happening.subject) {
            (Event::Incident(event), Subject::Incident(of)) => {
                if let Some((_, events)) = self.incidents.iter_mut().find(|(incident, _)| *incident == of) {
                    if let Some(gone) = happening.erases {
                        events.retain(|(known, _)| *known != gone);
                    }
                    events.push((id, event.clone()));
                }
            }
            (Event::Home(HomeEvent::QuietAdded { .. }), _) => self.quiets.push(id),
            (Event::Incident(_) | Event::Alert(_) | Event::Home(_) | Event::Change(_), _) => {}
        }
    }

    fn happening(&self, subject: Subject, at: Timestamp, more: u8, event: Event) -> Happening {
        let entry = match more % 4 {
            0 => Entry::machine("muster", Via::System),
            1 => Entry { on_behalf_of: Some(Handle("lee".into())), ..super::dana() },
            _ => super::dana(),
        };
        Happening { subject, occurred_at: at.plus_secs(-i64::from(more % 3)), entry, event, erases: None }
    }

    fn declare(&mut self, at: Timestamp, more: u8) -> Happening {
        let id = IncidentId(self.uuid());
        self.incidents.push((id, vec![]));
        let E::Declared(mut event) = declared(&format!("incident {more}"), self.count as u64) else { unreachable!("declared") };
        event.groups = self.groups.iter().copied().filter(|_| more > 128).take(2).collect();
        event.services = vec![ServiceName(format!("s{}", more % 3))];
        self.happening(Subject::Incident(id), at, more, E::Declared(event).into())
    }

    fn about_incident(&mut self, at: Timestamp, what: u8, which: u8, more: u8) -> Option<Happening> {
        let (id, events) = pick(&self.incidents, which)?;
        let entries: Vec<&(EventId, E)> =
            events.iter().filter(|(_, event)| event.entry_kind().is_some() && event.target().is_none()).collect();
        let spoken: Vec<&(EventId, E)> = events.iter().filter(|(_, event)| event.words().is_some()).collect();
        let entry = pick(&entries, more).map(|(id, _)| *id);
        let mut erases = None;
        let event = match what {
            2..=4 => E::Noted { text: format!("note {more}"), pinned: more.is_multiple_of(5) },
            5 => E::Retitled { title: format!("title {more}") },
            6 => E::SeveritySet { severity: Severity::ALL[usize::from(more % 5)], reason: (more > 99).then(|| "worse".into()) },
            7 => E::StatusSet { status: Status::CHOICES[usize::from(more % 8)] },
            8 => E::RoleAssigned { role: Role::ALL[usize::from(more % 9) + 1], person: Handle("lee".into()) },
            9 => E::CommandSet { person: Handle(format!("p{}", more % 3)), confirmed: more > 128 },
            10 => E::Pinned { target: entry?, pinned: more.is_multiple_of(2) },
            11 => E::Corrected {
                target: entry?,
                occurred_at: (!more.is_multiple_of(3)).then(|| at.plus_secs(-i64::from(more))),
                text: more.is_multiple_of(2).then(|| format!("better {more}")),
            },
            12 => {
                let (target, event) = pick(&spoken, more)?;
                erases = Some(*target);
                E::Redacted { target: *target, reason: "secret".into(), masked: Box::new(event.masked("[redacted]")) }
            }
            13 => E::ImpactStarted(ImpactDetail { share: Some(f64::from(more)), services: vec![], text: Some("some".into()) }),
            30.. => craft(what, more, &entries, at)?,
            _ => match pick(&self.groups, more) {
                Some(group) if which.is_multiple_of(2) => E::GroupAttached { group: *group, title: "alerts".into() },
                Some(group) => E::GroupDetached { group: *group, title: "alerts".into() },
                None => E::Acknowledged {},
            },
        };
        let subject = Subject::Incident(*id);
        Some(Happening { erases, ..self.happening(subject, at, more, event.into()) })
    }

    fn about_group(&mut self, at: Timestamp, what: u8, which: u8, more: u8) -> Option<Happening> {
        let source = SourceName("am".into());
        let key = format!("key{}", which % 4);
        if what == 15 {
            let id = GroupId(self.uuid());
            self.groups.push(id);
        }
        let group = *pick(&self.groups, more)?;
        let severity = [AlertSeverity::Critical, AlertSeverity::Error, AlertSeverity::Warning, AlertSeverity::Info][usize::from(more % 4)];
        let event = match what {
            15..=18 => AlertEvent::Opened(opened(&key, severity, at, more)),
            19..=20 => AlertEvent::Reopened(opened(&key, severity, at, more)),
            21 => AlertEvent::Changed { source, key, severity, title: format!("now {more}") },
            22..=23 => AlertEvent::Resolved { source, key, ended_at: at },
            24 if more.is_multiple_of(2) => AlertEvent::Lapsed { source, key },
            24 => AlertEvent::Acknowledged { source, key, by: more.is_multiple_of(3).then(|| format!("p{more}")) },
            26 => AlertEvent::Judged { verdict: verdict(more, group, at), severity },
            _ if more.is_multiple_of(3) => AlertEvent::GroupReleased {},
            _ => AlertEvent::GroupAcknowledged {},
        };
        Some(self.happening(Subject::Group(group), at, more, event.into()))
    }
}

/// What a commander's craft adds to an incident: about what is there, or about nothing known.
fn craft(what: u8, more: u8, entries: &[&(EventId, E)], at: Timestamp) -> Option<E> {
    let about = pick(entries, more).map(|(id, _)| *id)?;
    let person = Handle(format!("p{}", more % 3));
    let text = format!("words {more}");
    Some(match what {
        30..=32 => E::Pasted { text, said_by: Some("Ravi".into()), key: [more % 6; 16] },
        33 => E::Task(TaskEvent::Added { text, owner: person, minutes: 15, from: None }),
        34 => E::Task(TaskEvent::Done { task: about, note: Some(text) }),
        35 => E::Ask(AskEvent::Told { ask: about, place: Some(text) }),
        36 => E::Thought(ThoughtEvent::Supposed { text }),
        37 => E::Thought(ThoughtEvent::Supported { hypothesis: about, evidence: text }),
        38 if more.is_multiple_of(2) => E::Comms(CommsEvent::Promised { due: at.plus_secs(1_200), every_minutes: Some(20) }),
        38 => E::Comms(CommsEvent::Posted { piece: Piece::Update, update: None, place: text }),
        39 if more.is_multiple_of(2) => E::Handoff(HandoffEvent::Offered { to: person, next: Some(text) }),
        39 => E::Handoff(HandoffEvent::Accepted { handoff: about }),
        40 => E::Clock(ClockEvent::LookSet { at: at.plus_secs(600), text: Some(text), offer_resolve: false }),
        _ => E::RollCalled { here: vec![person], left: vec![] },
    })
}

fn verdict(more: u8, group: GroupId, at: Timestamp) -> Verdict {
    match more % 5 {
        0 => Verdict::Rings(Because::First),
        1 => Verdict::Silent(Hush::Flapping { until: at.plus_secs(60) }),
        2 => Verdict::Silent(Hush::Parent { service: ServiceName("db".into()), group }),
        3 => Verdict::Silent(Hush::Together { rang_at: at }),
        _ => Verdict::Silent(Hush::Over),
    }
}

/// An alert's words.
pub fn opened(key: &str, severity: AlertSeverity, at: Timestamp, more: u8) -> Opened {
    Opened {
        source: SourceName("am".into()),
        key: key.into(),
        episode: format!("e{}", more % 3),
        group_key: "g".into(),
        group_title: "Group".into(),
        title: format!("alert {more}"),
        severity,
        started_at: at,
        labels: [("alertname".to_owned(), key.to_owned())].into(),
        annotations: [].into(),
        link: None,
        service: more.is_multiple_of(2).then(|| ServiceName(format!("s{}", more % 3))),
        rules: if more.is_multiple_of(5) { vec![format!("rule {}", more % 2)] } else { vec![] },
    }
}
