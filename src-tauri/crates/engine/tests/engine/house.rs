//! A home for one test: real ledger, fake time, seeded ids, remembered notices.

use async_trait::async_trait;
use domain::alerts::{Signal, SignalState};
use domain::incidents::IncidentCommand;
use domain::notices::Notice;
use domain::{AlertSeverity, DeviceId, Entry, Handle, IncidentId, Severity, SourceName, Timestamp, Via};
use engine::ports::{Clock, Entropy, Notifier};
use engine::{Act, Command, Committed, Declaration, Engine, Failure, Ingest, Ingested, Setup};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use store::{Opening, TimelineKinds, TimelineQuery};
use tempfile::TempDir;
use tokio::sync::watch;

pub const MINUTE: i64 = 60_000;

/// A clock that stands where it was put.
pub struct Clocked(AtomicI64);

impl Clock for Clocked {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Acquire))
    }
}

/// Counts; never the same twice, always the same again.
pub struct Seeded(AtomicU64);

impl Entropy for Seeded {
    fn bytes16(&self) -> [u8; 16] {
        let count = self.0.fetch_add(1, Ordering::AcqRel);
        (u128::from(count) << 64 | u128::from(count)).to_le_bytes()
    }
}

/// What hands were asked to do.
#[derive(Clone, PartialEq, Debug)]
pub enum Asked {
    Show(Notice, Vec<String>),
    Close(IncidentId),
}

/// Remembers; and looks into the record at the moment it is asked to show.
pub struct Hands {
    asked: watch::Sender<Vec<Asked>>,
    engine: OnceLock<Engine>,
    pub failure: Mutex<Option<String>>,
}

#[async_trait]
impl Notifier for Hands {
    async fn show(&self, notice: Notice) -> Result<(), String> {
        let engine = self.engine.get().expect("the engine runs");
        let kinds = kinds(engine, notice.incident).await;
        self.asked.send_modify(|asked| asked.push(Asked::Show(notice, kinds)));
        self.failure.lock().expect("no test panicked with it").clone().map_or(Ok(()), Err)
    }

    async fn close(&self, incident: IncidentId) {
        self.asked.send_modify(|asked| asked.push(Asked::Close(incident)));
    }
}

/// Kinds of the notice entries on record, oldest first.
pub async fn kinds(engine: &Engine, incident: IncidentId) -> Vec<String> {
    let query = TimelineQuery { incident, before: None, limit: 500, kinds: TimelineKinds::All, as_of: None };
    let rows = engine.read(move |reader| reader.timeline(&query)).await.expect("timeline");
    rows.into_iter().filter_map(|row| row.recorded.event.map(|event| event.kind().to_owned())).collect()
}

pub struct House {
    pub engine: Engine,
    pub hands: Arc<Hands>,
    clock: Arc<Clocked>,
    _folder: TempDir,
}

impl House {
    /// A new home at a fixed instant, with its duties running.
    pub fn open() -> Self {
        let folder = tempfile::tempdir().expect("temp folder");
        let clock = Arc::new(Clocked(AtomicI64::new(1_800_000_000_000)));
        let entropy = Arc::new(Seeded(AtomicU64::new(1)));
        let opening = Opening { path: folder.path().join("muster.db"), device: DeviceId(uuid::Uuid::from_u128(7)), now: clock.now() };
        let hands = Arc::new(Hands { asked: watch::channel(vec![]).0, engine: OnceLock::new(), failure: Mutex::new(None) });
        let setup = Setup {
            store: store::open(&opening).expect("a new home opens"),
            clock: clock.clone(),
            entropy,
            hands: engine::ports::Hands { notifier: Some(hands.clone()), poster: None },
            duties: true,
            backups: None,
        };
        let engine = Engine::start(setup).expect("the engine starts");
        drop(hands.engine.set(engine.clone()));
        Self { engine, hands, clock, _folder: folder }
    }

    /// Moves the clock, and gives the wheel a reason to look at it.
    pub async fn fast_forward(&self, millis: i64) {
        self.clock.0.fetch_add(millis, Ordering::AcqRel);
        let event = domain::home::HomeEvent::PersonAdded { handle: Handle(format!("tick{}", self.engine.now().0)), name: None };
        self.act(Act::Home(event)).await.expect("a person can always be added");
    }

    pub async fn act(&self, act: Act) -> Result<Committed, Failure> {
        let entry = Entry::by(Handle("dana".into()), Via::Cli);
        self.engine.submit(Command { entry, occurred_at: None, once: None, act }).await
    }

    pub async fn declare(&self, severity: Severity) -> IncidentId {
        let declaration = Declaration { title: "Checkout returns 502".into(), severity: Some(severity), ..Declaration::default() };
        self.act(Act::Declare(declaration)).await.expect("declared").incident.expect("an incident")
    }

    pub async fn tell(&self, id: IncidentId, command: IncidentCommand) -> Result<Committed, Failure> {
        self.act(Act::Incident(id, command)).await
    }

    /// Waits until hands were asked `count` times, and answers all they were asked.
    pub async fn asked(&self, count: usize) -> Vec<Asked> {
        let mut asked = self.hands.asked.subscribe();
        let waited = tokio::time::timeout(std::time::Duration::from_secs(20), asked.wait_for(|asked| asked.len() >= count)).await;
        waited.unwrap_or_else(|_| panic!("asked {count} times: {:?}", self.hands.asked.borrow())).expect("hands exist").clone()
    }

    /// Waits until the record of the incident ends with an entry of this kind.
    pub async fn ends_with(&self, id: IncidentId, kind: &str) -> Vec<String> {
        let mut feed = self.engine.feed().follow();
        loop {
            let kinds = kinds(&self.engine, id).await;
            if kinds.last().is_some_and(|last| last == kind) {
                return kinds;
            }
            let heard = tokio::time::timeout(std::time::Duration::from_secs(20), feed.recv()).await;
            assert!(heard.is_ok(), "the record should end with {kind}: {kinds:?}");
        }
    }

    pub async fn ingest(&self, signals: Vec<Signal>) -> Ingested {
        let source = SourceName("am".into());
        self.engine.ingest(Ingest { source, signals, refused: vec![], received_at: self.engine.now() }).await.expect("taken in")
    }
}

/// One alert of a group, firing or over.
pub fn signal(key: &str, episode: &str, state: SignalState) -> Signal {
    Signal {
        key: key.into(),
        episode: episode.into(),
        group_key: "{}:{alertname=\"DiskFull\"}".into(),
        group_title: "DiskFull".into(),
        title: format!("Disk full on {key}"),
        severity: AlertSeverity::Critical,
        started_at: Timestamp(1_799_999_000_000),
        state,
        labels: BTreeMap::new(),
        annotations: BTreeMap::new(),
        link: None,
        service: None,
    }
}

pub const FIRING: SignalState = SignalState::Firing { lapses_at: None };
