//! A whole home in this process whose clock stands where the story has come to: operations go in by their names, as the
//! window sends them, and what would be shown on the desktop is remembered.

use api::dto::Caller;
use api::{ApiError, Request};
use domain::{Means, Timestamp, Via};
use engine::ports::Clock as _;
use home::secrets::Place;
use home::{Opened, Options, Ports};
use serde_json::{Value, json};
use std::sync::Arc;
use tempfile::TempDir;
use testkit::{FakeClock, Hands, MINUTE};

/// One home and its clock.
pub struct Story {
    opened: Opened,
    clock: Arc<FakeClock>,
    /// What would be shown on the desktop.
    pub hands: Arc<Hands>,
    begun: Timestamp,
    nudges: std::sync::atomic::AtomicU32,
    _folder: TempDir,
}

impl Story {
    /// A new home at the start of the story, with dana at the keyboard.
    pub async fn begin() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (clock, hands) = (Arc::new(FakeClock::default()), Arc::new(Hands::default()));
        let ports = Ports { clock: clock.clone(), ..Ports::default() };
        let secrets = Place::Folder(folder.path().join("keys"));
        let options = Options { ports, secrets, ..Options::desktop(folder.path().join("home"), hands.clone()) };
        let opened = home::open(options).await.expect("the home opens");
        let begun = clock.now();
        let story = Self { opened, clock, hands, begun, nudges: 0.into(), _folder: folder };
        story.say("machine.set", json!({ "me": "dana" })).await;
        story
    }

    /// Carries out an operation as dana.
    ///
    /// # Panics
    /// Where it is refused.
    pub async fn say(&self, op: &str, params: Value) -> Value {
        self.ask(op, params.clone(), None).await.unwrap_or_else(|fault| panic!("{op} {params}: {fault}"))
    }

    /// The same, as what `who` said by voice.
    pub async fn heard(&self, who: &str, op: &str, params: Value) -> Value {
        self.ask(op, params.clone(), Some(who)).await.unwrap_or_else(|fault| panic!("{op} {params} for @{who}: {fault}"))
    }

    /// What an operation is refused with.
    ///
    /// # Panics
    /// Where it is carried out.
    pub async fn refused(&self, op: &str, params: Value) -> ApiError {
        match self.ask(op, params, None).await {
            Err(fault) => fault,
            Ok(done) => panic!("{op} should be refused: {done}"),
        }
    }

    async fn ask(&self, op: &str, params: Value, who: Option<&str>) -> Result<Value, ApiError> {
        let request: Request =
            serde_json::from_value(json!({ "op": op, "params": params })).unwrap_or_else(|fault| panic!("{op}: {fault}"));
        let caller = Caller { as_name: None, for_name: who.map(str::to_owned), by: who.map(|_| Means::Voice), via: Via::Window };
        self.opened.backend().call(caller, request).await
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The instant `minute` of the story.
    pub fn at(&self, minute: i64) -> Timestamp {
        self.begun.plus_millis(minute * MINUTE)
    }

    /// The clock comes to `minute` of the story, and the wheel looks at it.
    pub async fn come_to(&self, minute: i64) {
        self.clock.set(self.at(minute));
        let number = self.nudges.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        self.say("person.add", json!({ "handle": format!("passer-by-{number}") })).await;
    }

    /// Asks again until `wanted` holds of an incident; what runs beside the story needs a moment.
    ///
    /// # Panics
    /// Where it does not within 20 s.
    pub async fn until(&self, incident: &str, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let mut pushes = self.opened.backend().subscribe(0).await.expect("followed");
        loop {
            let shown = self.say("incident.show", json!({ "incident": incident })).await;
            if wanted(&shown) {
                return shown;
            }
            let heard = tokio::time::timeout(std::time::Duration::from_secs(20), pushes.recv()).await;
            assert!(heard.is_ok(), "{what}: {shown}");
        }
    }

    /// Lets go of the home.
    pub async fn end(self) {
        self.opened.close().await;
    }
}
