//! A whole home in a folder of its own: real ledger, real engine, and fakes for everything outside it.

use crate::signals::source;
use crate::{Cable, FakeClock, Hands, Postman, SeededEntropy};
use domain::alerts::Signal;
use domain::home::HomeEvent;
use domain::incidents::{Incident, IncidentCommand};
use domain::{DeviceId, Entry, Handle, IncidentId, Severity, Timestamp, Via};
use engine::ports::Clock as _;
use engine::{Act, Command, Committed, Declaration, Engine, Failure, Ingest, Ingested, Setup};
use std::sync::Arc;
use store::{Opening, TimelineKinds, TimelineQuery, TimelineRow};
use tempfile::TempDir;
use uuid::Uuid;

/// Entries read of a timeline at most: no test's story is longer.
const ENTRIES: usize = 1_000;

/// An open home. Its folder goes with it.
pub struct House {
    /// The engine, with its duties running.
    pub engine: Engine,
    /// The time it is.
    pub clock: Arc<FakeClock>,
    /// What would be shown on the desktop.
    pub hands: Arc<Hands>,
    /// What would be posted to channels.
    pub postman: Arc<Postman>,
    /// The network, until somebody pulls the cable.
    pub network: Arc<Cable>,
    entropy: Arc<SeededEntropy>,
    folder: TempDir,
}

impl House {
    /// A new, empty home. Must be called inside a tokio runtime.
    pub fn open() -> Self {
        Self::begin(true)
    }

    /// The same, without a desktop that could show a notice.
    pub fn open_headless() -> Self {
        Self::begin(false)
    }

    fn begin(desktop: bool) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        Self::move_in(folder, Arc::new(FakeClock::default()), Arc::new(SeededEntropy::new(7)), desktop)
    }

    fn move_in(folder: TempDir, clock: Arc<FakeClock>, entropy: Arc<SeededEntropy>, desktop: bool) -> Self {
        let (hands, postman, network) = (Arc::new(Hands::default()), Arc::new(Postman::default()), Arc::new(Cable::default()));
        let device = DeviceId(Uuid::from_u128(7));
        let opening = Opening { path: folder.path().join("muster.db"), device, now: clock.now() };
        let setup = Setup {
            store: store::open(&opening).expect("the home opens"),
            clock: clock.clone(),
            entropy: entropy.clone(),
            hands: engine::ports::Hands {
                notifier: desktop.then(|| hands.clone() as Arc<dyn engine::ports::Notifier>),
                poster: Some(postman.clone()),
            },
            duties: true,
            network: Some(network.clone()),
            backups: None,
        };
        let engine = Engine::start(setup).expect("the engine starts");
        hands.look_into(&engine);
        Self { engine, clock, hands, postman, network, entropy, folder }
    }

    /// Stops the engine and starts another one on the same ledger, with hands that remember nothing yet.
    pub async fn restart(self) -> Self {
        self.engine.stop().await;
        Self::move_in(self.folder, self.clock, self.entropy, true)
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Moves the clock, and gives the engine a reason to look at it at once.
    pub async fn fast_forward(&self, millis: i64) {
        let now = self.clock.advance(millis);
        let event = HomeEvent::PersonAdded { handle: Handle(format!("at-{}", now.0)), name: None };
        self.act(Act::Home(event)).await.expect("a person whom nobody knows can be added");
    }

    /// Dana does something.
    pub async fn act(&self, act: Act) -> Result<Committed, Failure> {
        self.act_as("dana", act).await
    }

    /// A person does something, now.
    pub async fn act_as(&self, who: &str, act: Act) -> Result<Committed, Failure> {
        let entry = Entry::by(Handle(who.into()), Via::Window);
        self.engine.submit(Command { entry, occurred_at: None, once: None, act }).await
    }

    /// Dana tells an incident something.
    pub async fn tell(&self, incident: IncidentId, command: IncidentCommand) -> Result<Committed, Failure> {
        self.act(Act::Incident(incident, command)).await
    }

    /// Dana declares, and commands, acting.
    pub async fn declare(&self, severity: Severity) -> IncidentId {
        let declaration = Declaration { title: "Checkout returns 502".into(), severity: Some(severity), ..Declaration::default() };
        let done = self.act(Act::Declare(declaration)).await.expect("a title is enough");
        done.incident.expect("a declaration makes an incident")
    }

    /// The source of alerts sends something.
    pub async fn ingest(&self, signals: Vec<Signal>) -> Ingested {
        let ingest = Ingest { source: source(), signals, changes: vec![], refused: vec![], received_at: self.now() };
        self.engine.ingest(ingest).await.expect("taken in")
    }

    /// An incident as it stands.
    pub async fn incident(&self, id: IncidentId) -> Incident {
        self.engine.read(move |reader| reader.incident(id)).await.expect("read").expect("an incident of this home")
    }

    /// Its timeline, oldest first.
    pub async fn timeline(&self, incident: IncidentId) -> Vec<TimelineRow> {
        timeline(&self.engine, incident).await
    }

    /// The kinds of its entries, oldest first.
    pub async fn kinds(&self, incident: IncidentId) -> Vec<String> {
        kinds(&self.engine, incident).await
    }

    /// Waits until an incident's timeline ends with an entry of this kind, and answers all kinds.
    ///
    /// # Panics
    /// Where it does not within 20 s.
    pub async fn ends_with(&self, incident: IncidentId, kind: &str) -> Vec<String> {
        let mut feed = self.engine.feed().follow();
        loop {
            let kinds = self.kinds(incident).await;
            if kinds.last().is_some_and(|last| last == kind) {
                return kinds;
            }
            let heard = tokio::time::timeout(std::time::Duration::from_secs(20), feed.recv()).await;
            assert!(heard.is_ok(), "the record should end with {kind}: {kinds:?}");
        }
    }
}

async fn timeline(engine: &Engine, incident: IncidentId) -> Vec<TimelineRow> {
    let query = TimelineQuery { incident, before: None, limit: ENTRIES, kinds: TimelineKinds::All, as_of: None };
    engine.read(move |reader| reader.timeline(&query)).await.expect("read")
}

/// The kinds of an incident's entries, oldest first.
pub(crate) async fn kinds(engine: &Engine, incident: IncidentId) -> Vec<String> {
    let rows = timeline(engine, incident).await;
    rows.into_iter().filter_map(|row| row.recorded.event.map(|event| event.kind().to_owned())).collect()
}
