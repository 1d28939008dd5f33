//! Plays the demonstration's quarter into a home through the engine's own commands, with a clock set to each moment.
//! Writes no table by hand: what a newcomer sees is what the commands make.

use super::story::{End, Note, Open, Past, Stories, Told, Waiting};
use domain::alerts::{Signal, SignalState};
use domain::home::{HomeEvent, SourceKind};
use domain::incidents::{ImpactDetail, IncidentCommand as C};
use domain::{
    Actor, AlertSeverity, Entry, EventId, GroupId, Handle, IncidentId, Means, ServiceName, Severity, SourceName, Status, Timestamp, Via,
};
use engine::ports::Clock;
use engine::{Act, Command, Declaration, Engine, Failure, Ingest};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use store::GroupFilter;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// What the source of the demonstration is called.
const SOURCE: &str = "alertmanager";

/// A clock that stands where it was put.
#[derive(Default)]
pub struct StageClock(AtomicI64);

impl StageClock {
    fn set(&self, now: Timestamp) {
        self.0.store(now.millis(), Ordering::Release);
    }
}

impl Clock for StageClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Acquire))
    }
}

/// One thing that happens, and when.
struct Beat {
    at: Timestamp,
    entry: Entry,
    act: Act,
}

/// Plays everything told, ending at `now`.
pub async fn play(engine: &Engine, clock: &Arc<StageClock>, stories: &Stories, now: Timestamp) -> Result<(), Failure> {
    let stage = Stage { engine, clock, now };
    stage.set_up(stories).await?;
    for past in &stories.incident {
        stage.past(past).await?;
    }
    let mut waiting: Vec<&Waiting> = stories.triage.iter().collect();
    waiting.sort_by_key(|waiting| std::cmp::Reverse(waiting.ago));
    let (early, late): (Vec<&Waiting>, Vec<&Waiting>) = waiting.into_iter().partition(|waiting| waiting.ago > 52);
    for waiting in early {
        stage.waiting(waiting).await?;
    }
    for open in &stories.open {
        stage.open(open).await?;
    }
    for waiting in late {
        stage.waiting(waiting).await?;
    }
    clock.set(now);
    Ok(())
}

struct Stage<'s> {
    engine: &'s Engine,
    clock: &'s Arc<StageClock>,
    now: Timestamp,
}

fn by(handle: &Handle, heard: Option<Means>) -> Entry {
    match heard {
        None => Entry::by(handle.clone(), Via::Demo),
        Some(means) => {
            let scribe = if handle.0 == "jo" { "dana" } else { "jo" };
            Entry { actor: Actor::Person(Handle(scribe.into())), on_behalf_of: Some(handle.clone()), means, via: Via::Demo }
        }
    }
}

impl Stage<'_> {
    async fn submit(&self, at: Timestamp, entry: Entry, act: Act) -> Result<engine::Committed, Failure> {
        self.clock.set(at.max(self.clock.now()));
        self.engine.submit(Command { entry, occurred_at: Some(at), once: None, act }).await
    }

    async fn set_up(&self, stories: &Stories) -> Result<(), Failure> {
        let begin = self.now.plus_millis(-92 * DAY);
        for (handle, name) in &stories.people {
            let event = HomeEvent::PersonAdded { handle: Handle(handle.clone()), name: Some(name.clone()) };
            self.submit(begin, by(&Handle("dana".into()), None), Act::Home(event)).await.or_else(known)?;
        }
        let token_hash = *blake3::hash(&self.engine.bytes16()).as_bytes();
        let source = HomeEvent::SourceAdded { name: SourceName(SOURCE.into()), kind: SourceKind::Alertmanager, token_hash };
        self.submit(begin, by(&Handle("sam-platform".into()), None), Act::Home(source)).await.map(drop)
    }

    /// Sends the alerts of `name`, and answers the group that they made.
    async fn alerts(&self, at: Timestamp, what: &Firing<'_>, state: SignalState) -> Result<Option<GroupId>, Failure> {
        self.clock.set(at.max(self.clock.now()));
        let signals = (0..what.count).map(|number| what.signal(number, state)).collect();
        let source = SourceName(SOURCE.into());
        self.engine.ingest(Ingest { source, signals, refused: vec![], received_at: at }).await?;
        let filter = GroupFilter { waiting_only: true, incident: None, limit: 50 };
        let groups = self.engine.read(move |reader| reader.groups(&filter)).await?;
        Ok(groups.into_iter().find(|group| group.title == what.title).map(|group| group.id))
    }

    async fn declare(&self, told: &Told, at: Timestamp) -> Result<IncidentId, Failure> {
        let mut groups = vec![];
        if let Some((name, service, count, before)) = &told.alerts {
            let firing = Firing {
                name,
                title: name,
                service,
                severity: severity_of(told.severity),
                count: *count,
                started: at.plus_millis(-before * MINUTE),
            };
            groups.extend(self.alerts(firing.started, &firing, SignalState::Firing { lapses_at: None }).await?);
        }
        let declaration = Declaration {
            title: told.title.clone(),
            severity: Some(told.severity),
            services: told.services.clone(),
            commander: Some(told.commander().clone()),
            groups,
            drill: false,
            private: false,
        };
        self.submit(at, by(&told.by, None), Act::Declare(declaration)).await?.incident.ok_or(Failure::NoIncident)
    }

    async fn past(&self, past: &Past) -> Result<(), Failure> {
        let told = &past.told;
        let day = self.now.plus_millis(-past.days * DAY).millis();
        let (hours, minutes) = past.at.split_once(':').unwrap_or(("12", "00"));
        let of_day = (hours.parse::<i64>().unwrap_or(12) * 60 + minutes.parse::<i64>().unwrap_or(0)) * MINUTE;
        let at = Timestamp(day - day.rem_euclid(DAY) + of_day);
        let id = self.declare(told, at).await?;
        let [confirm, identified, mitigated, monitoring, resolved, closed] = past.steps;
        let mut beats = common(told, id, at, Some(confirm).filter(|minute| *minute > 0));
        let commander = told.commander();
        for (minute, status) in [(identified, Status::Identified), (mitigated, Status::Mitigated), (monitoring, Status::Monitoring)] {
            if minute > 0 {
                beats.push(beat(at, minute, by(commander, None), id, C::SetStatus(status)));
            }
        }
        if told.share.is_some() && mitigated > 0 {
            beats.push(beat(at, mitigated, by(commander, None), id, C::EndImpact));
        }
        let last = if past.end == End::Cancelled { Status::Cancelled } else { Status::Resolved };
        beats.push(beat(at, resolved, by(commander, None), id, C::SetStatus(last)));
        if past.end == End::Reopened {
            beats.push(beat(at, resolved + 35, by(commander, None), id, C::SetStatus(Status::Monitoring)));
            beats.push(beat(at, resolved + 90, by(commander, None), id, C::SetStatus(Status::Resolved)));
        }
        if closed > 0 {
            beats.push(beat(at, closed.max(resolved + 100), by(commander, None), id, C::SetStatus(Status::Closed)));
        }
        let ended = if mitigated > 0 { mitigated } else { resolved };
        self.perform(told, beats, at, Some(ended)).await
    }

    async fn open(&self, open: &Open) -> Result<(), Failure> {
        let at = self.now.plus_millis(-open.ago * MINUTE);
        let id = self.declare(&open.told, at).await?;
        let mut beats = common(&open.told, id, at, open.confirm);
        if let Some(minute) = open.identified {
            beats.push(beat(at, minute, by(open.told.commander(), None), id, C::SetStatus(Status::Identified)));
        }
        self.perform(&open.told, beats, at, None).await
    }

    async fn waiting(&self, waiting: &Waiting) -> Result<(), Failure> {
        let at = self.now.plus_millis(-waiting.ago * MINUTE);
        let firing = Firing {
            name: &waiting.name,
            title: &waiting.title,
            service: &waiting.service,
            severity: waiting.severity,
            count: waiting.alerts,
            started: at,
        };
        self.alerts(at, &firing, SignalState::Firing { lapses_at: None }).await.map(drop)
    }

    /// Carries out the beats in order of time, then what corrects and redacts them; ends the alerts at `ended`.
    async fn perform(&self, told: &Told, mut beats: Vec<Beat>, at: Timestamp, ended: Option<i64>) -> Result<(), Failure> {
        beats.sort_by_key(|beat| beat.at);
        let mut notes: Vec<EventId> = vec![];
        let end = ended.map(|minute| at.plus_millis(minute * MINUTE));
        let mut firing = told.alerts.as_ref().zip(end);
        for beat in beats {
            if let Some(((name, service, count, before), end)) = firing.take_if(|(_, end)| *end <= beat.at) {
                let ending = Firing {
                    name,
                    title: name,
                    service,
                    severity: severity_of(told.severity),
                    count: *count,
                    started: at.plus_millis(-before * MINUTE),
                };
                self.alerts(end, &ending, SignalState::Resolved { ended_at: end }).await?;
            }
            let is_note = matches!(beat.act, Act::Incident(_, C::Note { .. }));
            let done = self.submit(beat.at, beat.entry, beat.act).await?;
            notes.extend(done.events.first().filter(|_| is_note));
        }
        let editor = by(told.commander(), None);
        if let Some((note, text)) = &told.correct
            && let Some(event) = notes.get(*note)
        {
            let act = Act::Correct { event: *event, at: None, text: Some(text.clone()) };
            self.submit(self.clock.now().plus_millis(MINUTE), editor.clone(), act).await?;
        }
        if let Some((note, reason, masked)) = &told.redact
            && let Some(event) = notes.get(*note)
        {
            let act = Act::Redact { event: *event, reason: reason.clone(), masked: masked.clone() };
            self.submit(self.clock.now().plus_millis(MINUTE), editor, act).await?;
        }
        Ok(())
    }
}

/// A person whom an earlier entry made known already.
fn known(failure: Failure) -> Result<engine::Committed, Failure> {
    match failure {
        Failure::Home(_) => Ok(engine::Committed { seq: 0, recorded_at: Timestamp(0), events: vec![], incident: None, before: None }),
        other => Err(other),
    }
}

fn beat(start: Timestamp, minute: i64, entry: Entry, id: IncidentId, command: C) -> Beat {
    Beat { at: start.plus_millis(minute * MINUTE), entry, act: Act::Incident(id, command) }
}

/// What past and open incidents have alike: confirmation, impact, roles, notes.
fn common(told: &Told, id: IncidentId, at: Timestamp, confirm: Option<i64>) -> Vec<Beat> {
    let commander = told.commander();
    let mut beats: Vec<Beat> = told
        .roles()
        .into_iter()
        .enumerate()
        .map(|(number, (role, person, heard))| {
            let entry = heard.map_or_else(|| by(commander, None), |means| by(&person, Some(means)));
            beat(at, 2 + number as i64, entry, id, C::AssignRole { role, person })
        })
        .collect();
    beats.extend(confirm.map(|minute| beat(at, minute, by(commander, None), id, C::ConfirmCommand)));
    if let Some(share) = told.share {
        let began = told.alerts.as_ref().map_or(4, |(.., before)| *before);
        let detail = ImpactDetail { share: Some(share), services: told.services.clone(), text: None };
        beats.push(beat(at, -began, by(commander, None), id, C::StartImpact(detail)));
    }
    beats.extend(
        told.notes()
            .into_iter()
            .map(|Note { minute, pinned, who, heard, text }| beat(at, minute, by(&who, heard), id, C::Note { text, pin: pinned })),
    );
    beats
}

const fn severity_of(severity: Severity) -> AlertSeverity {
    match severity {
        Severity::Sev1 | Severity::Sev2 => AlertSeverity::Critical,
        Severity::Sev3 => AlertSeverity::Error,
        Severity::Sev4 | Severity::Sev5 => AlertSeverity::Warning,
    }
}

/// Alerts of one name on several instances.
struct Firing<'f> {
    name: &'f str,
    title: &'f str,
    service: &'f str,
    severity: AlertSeverity,
    count: u32,
    started: Timestamp,
}

impl Firing<'_> {
    fn signal(&self, number: u32, state: SignalState) -> Signal {
        let instance = format!("{}-{number}:9100", self.service);
        let labels = [("alertname", self.name), ("service", self.service), ("instance", &instance), ("severity", self.severity.wire())];
        Signal {
            key: blake3::hash(format!("{}/{instance}", self.name).as_bytes()).to_hex()[..16].to_owned(),
            episode: self.started.to_string(),
            group_key: format!("{{}}:{{alertname=\"{}\", service=\"{}\"}}", self.name, self.service),
            group_title: self.title.to_owned(),
            title: format!("{} on {instance}", self.title),
            severity: self.severity,
            started_at: self.started,
            state,
            labels: labels.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            annotations: BTreeMap::from([("summary".to_owned(), self.title.to_owned())]),
            link: None,
            service: ServiceName::parse(self.service),
        }
    }
}
