//! Plays the demonstration's quarter into a home through the engine's own commands, with a clock set to each moment.
//! Writes no table by hand: what a newcomer sees is what the commands make.

use super::story::{End, Note, Open, Past, Stories, Told, Waiting};
use domain::alerts::{Signal, SignalState};
use domain::home::{HomeEvent, SourceKind};
use domain::incidents::{ImpactDetail, IncidentCommand as C};
use domain::{Actor, AlertSeverity, Entry, EventId, Handle, IncidentId, Means, ServiceName, Severity, SourceName, Status, Timestamp, Via};
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

/// One thing that happens in an incident, and when.
struct Beat {
    at: Timestamp,
    entry: Entry,
    command: C,
}

/// One thing that happens on the stage.
#[expect(clippy::large_enum_variant, reason = "a few hundred scenes, played once")]
enum Scene<'s> {
    /// Alerts begin to fire, or end.
    Alerts(Firing<'s>, SignalState),
    /// An incident is declared; its number names it in the scenes that follow.
    Declared(usize, &'s Told),
    /// Something happens in it.
    Beat(usize, Beat),
    /// Its record is corrected or redacted, after everything else.
    Mended(usize, &'s Told),
}

/// Plays everything told, ending at `now`.
pub async fn play(engine: &Engine, clock: &Arc<StageClock>, stories: &Stories, now: Timestamp) -> Result<(), Failure> {
    let mut stage = Stage { engine, clock, now, incidents: BTreeMap::new(), notes: BTreeMap::new() };
    stage.set_up(stories).await?;
    let mut agenda = vec![];
    for (number, past) in stories.incident.iter().enumerate() {
        agenda.extend(scenes_of_past(number, past, now));
    }
    for (number, open) in stories.open.iter().enumerate() {
        agenda.extend(scenes_of_open(stories.incident.len() + number, open, now));
    }
    agenda.extend(stories.triage.iter().map(|waiting| scene_of_waiting(waiting, now)));
    // In the order of time, so that what was recorded was recorded when it happened.
    agenda.sort_by_key(|(at, _)| *at);
    for (at, scene) in agenda {
        stage.perform(at, scene).await?;
    }
    clock.set(now);
    Ok(())
}

struct Stage<'s> {
    engine: &'s Engine,
    clock: &'s Arc<StageClock>,
    now: Timestamp,
    incidents: BTreeMap<usize, IncidentId>,
    notes: BTreeMap<usize, Vec<EventId>>,
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

    async fn perform(&mut self, at: Timestamp, scene: Scene<'_>) -> Result<(), Failure> {
        match scene {
            Scene::Alerts(firing, state) => self.alerts(at, &firing, state).await,
            Scene::Declared(number, told) => self.declare(number, told, at).await,
            Scene::Beat(number, beat) => self.beat(number, beat).await,
            Scene::Mended(number, told) => self.mend(number, told).await,
        }
    }

    async fn alerts(&self, at: Timestamp, what: &Firing<'_>, state: SignalState) -> Result<(), Failure> {
        self.clock.set(at.max(self.clock.now()));
        let signals = (0..what.count).map(|number| what.signal(number, state)).collect();
        let source = SourceName(SOURCE.into());
        self.engine.ingest(Ingest { source, signals, refused: vec![], received_at: at }).await.map(drop)
    }

    async fn declare(&mut self, number: usize, told: &Told, at: Timestamp) -> Result<(), Failure> {
        let waiting = GroupFilter { waiting_only: true, incident: None, limit: 50 };
        let groups = self.engine.read(move |reader| reader.groups(&waiting)).await?;
        let began = told.alerts.as_ref().map(|(name, ..)| name.as_str());
        let declaration = Declaration {
            title: told.title.clone(),
            severity: Some(told.severity),
            services: told.services.clone(),
            commander: Some(told.commander().clone()),
            groups: groups.into_iter().filter(|group| began == Some(group.title.as_str())).map(|group| group.id).collect(),
            drill: false,
            private: false,
        };
        let done = self.submit(at, by(&told.by, None), Act::Declare(declaration)).await?;
        self.incidents.insert(number, done.incident.ok_or(Failure::NoIncident)?);
        Ok(())
    }

    async fn beat(&mut self, number: usize, beat: Beat) -> Result<(), Failure> {
        let id = *self.incidents.get(&number).ok_or(Failure::NoIncident)?;
        let is_note = matches!(beat.command, C::Note { .. });
        let done = self.submit(beat.at, beat.entry, Act::Incident(id, beat.command)).await?;
        self.notes.entry(number).or_default().extend(done.events.first().filter(|_| is_note));
        Ok(())
    }

    async fn mend(&mut self, number: usize, told: &Told) -> Result<(), Failure> {
        let notes = self.notes.get(&number).cloned().unwrap_or_default();
        let editor = by(told.commander(), None);
        let now = self.clock.now();
        if let Some((note, text)) = &told.correct
            && let Some(event) = notes.get(*note)
        {
            self.submit(now, editor.clone(), Act::Correct { event: *event, at: None, text: Some(text.clone()) }).await?;
        }
        if let Some((note, reason, masked)) = &told.redact
            && let Some(event) = notes.get(*note)
        {
            self.submit(now, editor, Act::Redact { event: *event, reason: reason.clone(), masked: masked.clone() }).await?;
        }
        Ok(())
    }
}

type Agenda<'s> = Vec<(Timestamp, Scene<'s>)>;

fn firing_of(told: &Told, declared: Timestamp) -> Option<Firing<'_>> {
    told.alerts.as_ref().map(|(name, service, count, before)| Firing {
        name,
        title: name,
        service,
        severity: severity_of(told.severity),
        count: *count,
        started: declared.plus_millis(-before * MINUTE),
    })
}

/// The scenes of one incident: its alerts, its declaration, its beats, and what was mended in the end.
fn scenes<'s>(number: usize, told: &'s Told, at: Timestamp, beats: Vec<Beat>, alerts_end: Option<Timestamp>) -> Agenda<'s> {
    let mut agenda: Agenda<'s> = vec![];
    if let Some(firing) = firing_of(told, at) {
        agenda.push((firing.started, Scene::Alerts(firing, SignalState::Firing { lapses_at: None })));
    }
    agenda.push((at, Scene::Declared(number, told)));
    let last = beats.iter().map(|beat| beat.at).max().unwrap_or(at);
    // Impact began before the declaration; it is entered, back-dated, right after it.
    agenda.extend(beats.into_iter().map(|beat| (beat.at.max(at.plus_millis(1)), Scene::Beat(number, beat))));
    if let Some((firing, ended_at)) = firing_of(told, at).zip(alerts_end) {
        agenda.push((ended_at, Scene::Alerts(firing, SignalState::Resolved { ended_at })));
    }
    agenda.push((last.plus_millis(MINUTE), Scene::Mended(number, told)));
    agenda
}

fn scenes_of_past(number: usize, past: &Past, now: Timestamp) -> Agenda<'_> {
    let told = &past.told;
    let day = now.plus_millis(-past.days * DAY).millis();
    let (hours, minutes) = past.at.split_once(':').unwrap_or(("12", "00"));
    let of_day = (hours.parse::<i64>().unwrap_or(12) * 60 + minutes.parse::<i64>().unwrap_or(0)) * MINUTE;
    let at = Timestamp(day - day.rem_euclid(DAY) + of_day);
    let [confirm, identified, mitigated, monitoring, resolved, closed] = past.steps;
    let mut beats = common(told, at, Some(confirm).filter(|minute| *minute > 0));
    let commander = || by(told.commander(), None);
    for (minute, status) in [(identified, Status::Identified), (mitigated, Status::Mitigated), (monitoring, Status::Monitoring)] {
        if minute > 0 {
            beats.push(beat(at, minute, commander(), C::SetStatus(status)));
        }
    }
    if told.share.is_some() && mitigated > 0 {
        beats.push(beat(at, mitigated, commander(), C::EndImpact));
    }
    let last = if past.end == End::Cancelled { Status::Cancelled } else { Status::Resolved };
    beats.push(beat(at, resolved, commander(), C::SetStatus(last)));
    if past.end == End::Reopened {
        beats.push(beat(at, resolved + 35, commander(), C::SetStatus(Status::Monitoring)));
        beats.push(beat(at, resolved + 90, commander(), C::SetStatus(Status::Resolved)));
    }
    if closed > 0 {
        beats.push(beat(at, closed.max(resolved + 100), commander(), C::SetStatus(Status::Closed)));
    }
    beats.retain(|beat| beat.at < now);
    let alerts_end = if mitigated > 0 { mitigated } else { resolved };
    scenes(number, told, at, beats, Some(at.plus_millis(alerts_end * MINUTE)))
}

fn scenes_of_open(number: usize, open: &Open, now: Timestamp) -> Agenda<'_> {
    let at = now.plus_millis(-open.ago * MINUTE);
    let mut beats = common(&open.told, at, open.confirm);
    if let Some(minute) = open.identified {
        beats.push(beat(at, minute, by(open.told.commander(), None), C::SetStatus(Status::Identified)));
    }
    scenes(number, &open.told, at, beats, None)
}

fn scene_of_waiting(waiting: &Waiting, now: Timestamp) -> (Timestamp, Scene<'_>) {
    let started = now.plus_millis(-waiting.ago * MINUTE);
    let Waiting { name, title, service, severity, alerts, .. } = waiting;
    let firing = Firing { name, title, service, severity: *severity, count: *alerts, started };
    (started, Scene::Alerts(firing, SignalState::Firing { lapses_at: None }))
}

/// A person whom an earlier entry made known already.
fn known(failure: Failure) -> Result<engine::Committed, Failure> {
    match failure {
        Failure::Home(_) => Ok(engine::Committed { seq: 0, recorded_at: Timestamp(0), events: vec![], incident: None, before: None }),
        other => Err(other),
    }
}

fn beat(start: Timestamp, minute: i64, entry: Entry, command: C) -> Beat {
    Beat { at: start.plus_millis(minute * MINUTE), entry, command }
}

/// What past and open incidents have alike: confirmation, impact, roles, notes.
fn common(told: &Told, at: Timestamp, confirm: Option<i64>) -> Vec<Beat> {
    let commander = told.commander();
    let mut beats: Vec<Beat> = told
        .roles()
        .into_iter()
        .enumerate()
        .map(|(number, (role, person, heard))| {
            let entry = heard.map_or_else(|| by(commander, None), |means| by(&person, Some(means)));
            beat(at, 2 + number as i64, entry, C::AssignRole { role, person })
        })
        .collect();
    beats.extend(confirm.map(|minute| beat(at, minute, by(commander, None), C::ConfirmCommand)));
    if let Some(share) = told.share {
        let began = told.alerts.as_ref().map_or(4, |(.., before)| *before);
        let detail = ImpactDetail { share: Some(share), services: told.services.clone(), text: None };
        beats.push(beat(at, -began, by(commander, None), C::StartImpact(detail)));
    }
    beats.extend(
        told.notes()
            .into_iter()
            .map(|Note { minute, pinned, who, heard, text }| beat(at, minute, by(&who, heard), C::Note { text, pin: pinned })),
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
