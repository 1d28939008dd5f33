//! Performs the scenes through the engine's own commands, with a clock set to each moment. Writes no table by hand: what
//! a newcomer sees is what the commands make.

use super::props::{Firing, StageClock};
use super::script::{self, Deed, Scene};
use super::story::Stories;
use super::verbs::{self, Said};
use domain::alerts::{Change, SignalState};
use domain::home::{ChannelKind, HomeEvent, SourceKind};
use domain::incidents::{CommsEvent, IncidentCommand as C, Piece};
use domain::{ChannelName, Entry, EventId, Handle, IncidentId, SourceName, Timestamp, Via};
use engine::{Act, Command, Committed, Declaration, Engine, Failure, Ingest, Publication};
use std::collections::BTreeMap;
use store::GroupFilter;

/// How long before the present the home was set up: a little more than the quarter that is told (92 days, in milliseconds).
const SET_UP_MS: i64 = 92 * 24 * 60 * 60_000;
/// Who set it up.
const HOST: &str = "sam-platform";
/// What the source of the alerts is called.
const SOURCE: &str = "alertmanager";
/// Where updates for stakeholders go by mail: drafted here, sent from the person's own program.
const MAIL: (&str, &str) = ("stakeholders", "stakeholders@example.com");
/// No token has this hash: nobody can send to the demonstration until somebody rotates the source's token.
const NO_TOKEN: [u8; 32] = [0; 32];
/// Nor this; no two sources have the same.
const NOR_THIS: [u8; 32] = [1; 32];
/// What the source of changes is called.
const PIPELINE: &str = "github";
/// Groups looked through for the one that an incident is declared from; the stories have fewer waiting at once.
const GROUPS: usize = 50;

/// Plays everything told, ending at `now`.
pub async fn play(engine: &Engine, clock: &StageClock, stories: &Stories, now: Timestamp) -> Result<(), Failure> {
    let mut stage = Stage { engine, clock, incidents: BTreeMap::new(), notes: BTreeMap::new(), named: BTreeMap::new() };
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
    /// What the lines of an incident gave a name, and the event that made it.
    named: BTreeMap<(usize, String), EventId>,
}

impl Stage<'_> {
    async fn set_up(&self, stories: &Stories, at: Timestamp) -> Result<(), Failure> {
        self.clock.set(at);
        let host = Entry::by(Handle(HOST.into()), Via::Demo);
        let mut events = vec![];
        for (handle, member) in &stories.people {
            events.push(HomeEvent::PersonAdded { handle: handle.clone(), name: Some(member.name.clone()) });
            events.push(HomeEvent::PersonDescribed { handle: handle.clone(), card: member.card() });
        }
        let (name, to) = (ChannelName(MAIL.0.into()), Some(MAIL.1.into()));
        events.push(HomeEvent::ChannelAdded { name, kind: ChannelKind::Mail, to });
        let source = SourceName(SOURCE.into());
        events.push(HomeEvent::SourceAdded { name: source, kind: SourceKind::Alertmanager, token_hash: NO_TOKEN });
        let pipeline = SourceName(PIPELINE.into());
        events.push(HomeEvent::SourceAdded { name: pipeline, kind: SourceKind::Github, token_hash: NOR_THIS });
        let services = stories.service.iter();
        events.extend(services.map(|(name, told)| HomeEvent::ServiceDescribed { name: name.clone(), card: told.card() }));
        self.submit(at, host, Act::HomeAll(events)).await.map(drop)
    }

    async fn perform(&mut self, scene: Scene) -> Result<(), Failure> {
        let Scene { at, entered_at, entry, deed } = scene;
        self.clock.set(entered_at);
        match deed {
            Deed::Alerts(firing, state) => self.send(at, &firing, state).await,
            Deed::Changed(change) => self.tell(at, change).await,
            Deed::Set(event) => self.submit(at, entry, Act::Home(event)).await.map(drop),
            Deed::Declare(number, declaration, group) => self.declare(number, at, entry, declaration, group).await,
            Deed::Say(number, said) => self.say(number, at, entry, said).await.map(drop),
            Deed::SayAndPin(number, said) => {
                let event = self.say(number, at, entry.clone(), said).await?;
                self.submit(at, entry, Act::Pin { event, pinned: true }).await.map(drop)
            }
            Deed::Paste(number, lines) => {
                let id = self.incident(number)?;
                self.submit(at, entry, Act::Paste(id, lines)).await.map(drop)
            }
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
        self.engine.ingest(Ingest { source, signals, changes: vec![], refused: vec![], received_at: at }).await.map(drop)
    }

    async fn tell(&self, at: Timestamp, change: Change) -> Result<(), Failure> {
        let source = SourceName(PIPELINE.into());
        self.engine.ingest(Ingest { source, signals: vec![], changes: vec![change], refused: vec![], received_at: at }).await.map(drop)
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
        self.named.extend(done.events.first().map(|event| ((number, verbs::COMMAND.to_owned()), *event)));
        Ok(())
    }

    /// Answers with the first event that says it.
    async fn say(&mut self, number: usize, at: Timestamp, entry: Entry, said: Said) -> Result<EventId, Failure> {
        let id = self.incident(number)?;
        let mut name = None;
        let act = match said {
            Said::Plain(known_as, command) => {
                name = known_as;
                Act::Incident(id, *command)
            }
            Said::About(what, makes, words) => {
                let event = self.named.get(&(number, what)).copied().ok_or(Failure::NoIncident)?;
                Act::Incident(id, makes(event, &words).ok_or(Failure::NoEvent(event))?)
            }
            Said::Promise(minutes) => {
                Act::Incident(id, C::Comms(CommsEvent::Promised { due: after(at, minutes), every_minutes: Some(minutes) }))
            }
            Said::Post { place, text, next } => {
                let promise = next.map(|minutes| (after(at, minutes), Some(minutes)));
                let (text, place) = (Some(text), Some(place));
                Act::Publish(id, Publication { piece: Piece::Update, text, update: None, place, queue: vec![], promise })
            }
        };
        let is_note = matches!(act, Act::Incident(_, C::Note { .. }));
        let done = self.submit(at, entry, act).await?;
        let event = done.events.first().copied().ok_or(Failure::NoIncident)?;
        self.notes.entry(number).or_default().extend(Some(event).filter(|_| is_note));
        self.named.extend(name.map(|name| ((number, name), event)));
        Ok(event)
    }

    fn incident(&self, number: usize) -> Result<IncidentId, Failure> {
        self.incidents.get(&number).copied().ok_or(Failure::NoIncident)
    }

    fn note(&self, number: usize, note: usize) -> Result<EventId, Failure> {
        self.notes.get(&number).and_then(|notes| notes.get(note)).copied().ok_or(Failure::NoIncident)
    }
}

const fn after(at: Timestamp, minutes: u32) -> Timestamp {
    at.plus_secs(minutes as i64 * 60)
}
