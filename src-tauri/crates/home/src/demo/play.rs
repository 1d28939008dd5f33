//! Performs the scenes through the engine's own commands, with a clock set to each moment. Writes no table by hand: what
//! a newcomer sees is what the commands make.

use super::props::{Firing, StageClock};
use super::script::{self, Deed, Scene};
use super::story::Stories;
use domain::alerts::SignalState;
use domain::home::{HomeEvent, SourceKind};
use domain::incidents::IncidentCommand as C;
use domain::{Entry, EventId, Handle, IncidentId, SourceName, Timestamp};
use engine::{Act, Command, Committed, Declaration, Engine, Failure, Ingest};
use std::collections::BTreeMap;
use store::GroupFilter;

/// How long before the present the home was set up: a little more than the quarter that is told (92 days, in milliseconds).
const SET_UP_MS: i64 = 92 * 24 * 60 * 60_000;
/// Who set it up.
const HOST: &str = "sam-platform";
/// What the source of the alerts is called.
const SOURCE: &str = "alertmanager";
/// No token has this hash: nobody can send to the demonstration until somebody rotates the source's token.
const NO_TOKEN: [u8; 32] = [0; 32];
/// Groups looked through for the one that an incident is declared from; the stories have fewer waiting at once.
const GROUPS: usize = 50;

/// Plays everything told, ending at `now`.
pub async fn play(engine: &Engine, clock: &StageClock, stories: &Stories, now: Timestamp) -> Result<(), Failure> {
    let mut stage = Stage { engine, clock, incidents: BTreeMap::new(), notes: BTreeMap::new() };
    stage.set_up(stories, now.plus_millis(-SET_UP_MS)).await?;
    for scene in script::scenes(stories, now) {
        stage.perform(scene).await?;
    }
    clock.set(now);
    Ok(())
}

struct Stage<'s> {
    engine: &'s Engine,
    clock: &'s StageClock,
    incidents: BTreeMap<usize, IncidentId>,
    notes: BTreeMap<usize, Vec<EventId>>,
}

impl Stage<'_> {
    async fn set_up(&self, stories: &Stories, at: Timestamp) -> Result<(), Failure> {
        self.clock.set(at);
        let host = script::by(&Handle(HOST.into()), None);
        for (handle, name) in &stories.people {
            let event = HomeEvent::PersonAdded { handle: handle.clone(), name: Some(name.clone()) };
            self.submit(at, host.clone(), Act::Home(event)).await?;
        }
        let source = SourceName(SOURCE.into());
        let event = HomeEvent::SourceAdded { name: source, kind: SourceKind::Alertmanager, token_hash: NO_TOKEN };
        self.submit(at, host, Act::Home(event)).await.map(drop)
    }

    async fn perform(&mut self, scene: Scene) -> Result<(), Failure> {
        let Scene { at, entered_at, entry, deed } = scene;
        self.clock.set(entered_at);
        match deed {
            Deed::Alerts(firing, state) => self.send(at, &firing, state).await,
            Deed::Declare(number, declaration, group) => self.declare(number, at, entry, declaration, group).await,
            Deed::Command(number, command) => self.command(number, at, entry, *command).await,
            Deed::Correct(number, note, text) => {
                let event = self.note(number, note)?;
                self.submit(at, entry, Act::Correct { event, at: None, text: Some(text) }).await.map(drop)
            }
            Deed::Redact(number, note, reason, masked) => {
                let event = self.note(number, note)?;
                self.submit(at, entry, Act::Redact { event, reason, masked }).await.map(drop)
            }
        }
    }

    async fn submit(&self, at: Timestamp, entry: Entry, act: Act) -> Result<Committed, Failure> {
        self.engine.submit(Command { entry, occurred_at: Some(at), once: None, act }).await
    }

    async fn send(&self, at: Timestamp, firing: &Firing, state: SignalState) -> Result<(), Failure> {
        let (source, signals) = (SourceName(SOURCE.into()), firing.signals(state));
        self.engine.ingest(Ingest { source, signals, refused: vec![], received_at: at }).await.map(drop)
    }

    async fn declare(
        &mut self,
        number: usize,
        at: Timestamp,
        entry: Entry,
        declaration: Declaration,
        group: Option<String>,
    ) -> Result<(), Failure> {
        let waiting = GroupFilter { waiting_only: true, incident: None, limit: GROUPS };
        let groups = self.engine.read(move |reader| reader.groups(&waiting)).await?;
        let groups = groups.into_iter().filter(|known| group.as_ref() == Some(&known.title)).map(|known| known.id).collect();
        let done = self.submit(at, entry, Act::Declare(Declaration { groups, ..declaration })).await?;
        self.incidents.insert(number, done.incident.ok_or(Failure::NoIncident)?);
        Ok(())
    }

    async fn command(&mut self, number: usize, at: Timestamp, entry: Entry, command: C) -> Result<(), Failure> {
        let id = *self.incidents.get(&number).ok_or(Failure::NoIncident)?;
        let is_note = matches!(command, C::Note { .. });
        let done = self.submit(at, entry, Act::Incident(id, command)).await?;
        self.notes.entry(number).or_default().extend(done.events.first().filter(|_| is_note));
        Ok(())
    }

    fn note(&self, number: usize, note: usize) -> Result<EventId, Failure> {
        self.notes.get(&number).and_then(|notes| notes.get(note)).copied().ok_or(Failure::NoIncident)
    }
}
