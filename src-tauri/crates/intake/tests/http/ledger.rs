//! A ledger in memory that can be slow, full or broken on command, and a listener before it.

use async_trait::async_trait;
use domain::home::{SourceKind, Way};
use domain::{SourceName, Timestamp};
use intake::{ApiAlert, Batch, IngestFailure, Ledger, Limits, Listener, ListenerConfig, Sender, Standing, Tokens, Tried, token_hash};
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use tokio::sync::Semaphore;

/// The token of source `eu`.
pub const TOKEN: &str = "abcdefghijklmnopqrstuvwxyz234567";
/// The token of source `us`.
pub const OTHER_TOKEN: &str = "765432zyxwvutsrqponmlkjihgfedcba";
/// Tuesday, late in the morning, in the year of the captured requests.
pub const NOW: Timestamp = Timestamp(1_795_423_000_000);

/// The token of the source of a kind; it is called as its kind is.
pub fn token_of(kind: SourceKind) -> String {
    format!("{:2<32}", kind.wire().replace(|c: char| !c.is_ascii_lowercase(), ""))
}

/// What has come in, and how the next batches fare.
pub struct Fake {
    tokens: Tokens,
    /// With what each source signs, by name.
    pub secrets: Mutex<BTreeMap<String, Vec<u8>>>,
    pub attached: Mutex<Vec<Vec<u8>>>,
    /// How reports stand, by key.
    pub standings: Mutex<BTreeMap<String, Standing>>,
    random: AtomicUsize,
    late: AtomicI64,
    pub batches: Mutex<Vec<(SourceName, Batch)>>,
    pub unreadable: Mutex<Vec<(SourceName, String, Vec<u8>)>>,
    pub failure: Mutex<Option<IngestFailure>>,
    pub firing: Mutex<Vec<ApiAlert>>,
    /// A batch needs one permit to be saved; tests that want to see a queue take them away.
    pub pen: Semaphore,
    /// Batches that wait for the pen.
    pub waiting: AtomicUsize,
}

impl Fake {
    pub fn new() -> Arc<Self> {
        let eu_and_us = [(TOKEN, "eu"), (OTHER_TOKEN, "us")];
        let eu_and_us = eu_and_us.into_iter().map(|(token, name)| (token.to_owned(), name.to_owned(), SourceKind::Alertmanager));
        let rest = SourceKind::ALL.iter().filter(|kind| kind.way() == Way::Push && **kind != SourceKind::Alertmanager);
        let rest = rest.map(|kind| (token_of(*kind), kind.wire().to_owned(), *kind));
        let known = |(token, name, kind): (String, String, SourceKind)| (token_hash(&token), Sender::new(SourceName(name), kind));
        Arc::new(Self {
            tokens: eu_and_us.chain(rest).map(known).collect(),
            secrets: Mutex::default(),
            attached: Mutex::default(),
            standings: Mutex::default(),
            random: AtomicUsize::new(0),
            late: AtomicI64::new(0),
            batches: Mutex::default(),
            unreadable: Mutex::default(),
            failure: Mutex::default(),
            firing: Mutex::default(),
            pen: Semaphore::new(Semaphore::MAX_PERMITS),
            waiting: AtomicUsize::new(0),
        })
    }

    /// Lets nothing be saved until permits are added to the pen.
    pub fn hold(&self) {
        self.pen.forget_permits(Semaphore::MAX_PERMITS);
    }

    /// Lets so many batches be saved.
    pub fn release(&self, batches: usize) {
        self.pen.add_permits(batches);
    }

    pub fn fail(&self, failure: IngestFailure) {
        *self.failure.lock().expect("held for a moment only") = Some(failure);
    }

    /// Moves the clock on.
    pub fn later(&self, seconds: i64) {
        self.late.fetch_add(seconds * 1000, SeqCst);
    }

    /// What was saved of the source of this kind: its batches so far.
    pub fn of(&self, kind: SourceKind) -> Vec<Batch> {
        let batches = self.batches.lock().expect("held for a moment only");
        batches.iter().filter(|(source, _)| source.as_str() == kind.wire()).map(|(_, batch)| batch.clone()).collect()
    }

    /// Alerts saved so far, by source and key.
    pub fn saved(&self) -> Vec<(String, String)> {
        let batches = self.batches.lock().expect("held for a moment only");
        let keys = |(source, batch): &(SourceName, Batch)| {
            batch.signals.iter().map(|signal| (source.0.clone(), signal.labels["alertname"].clone())).collect::<Vec<_>>()
        };
        batches.iter().flat_map(keys).collect()
    }

    /// Returns once so many batches wait for the pen.
    pub async fn until_waiting(&self, batches: usize) {
        while self.waiting.load(SeqCst) < batches {
            tokio::task::yield_now().await;
        }
    }

    /// A listener before this ledger, with the usual limits.
    pub async fn open(self: &Arc<Self>) -> Listener {
        self.open_with(Limits::default()).await
    }

    pub async fn open_with(self: &Arc<Self>, limits: Limits) -> Listener {
        let config = ListenerConfig {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            allowed_hosts: vec!["muster.example".to_owned()],
            tls: None,
        };
        Listener::bind_with(config, limits, self.clone()).await.expect("a free port")
    }
}

#[async_trait]
impl Ledger for Fake {
    fn sender_by_token(&self, token_hash: &[u8; 32]) -> Option<Arc<Sender>> {
        self.tokens.sender(token_hash).cloned()
    }

    async fn secret(&self, source: &SourceName) -> Result<Option<Arc<[u8]>>, String> {
        let secrets = self.secrets.lock().expect("held for a moment only");
        Ok(secrets.get(source.as_str()).map(|secret| Arc::from(secret.as_slice())))
    }

    async fn ingest(&self, source: SourceName, batch: Batch) -> Result<(), IngestFailure> {
        self.waiting.fetch_add(1, SeqCst);
        self.pen.acquire().await.expect("never closed").forget();
        self.waiting.fetch_sub(1, SeqCst);
        if let Some(failure) = self.failure.lock().expect("held for a moment only").clone() {
            return Err(failure);
        }
        self.batches.lock().expect("held for a moment only").push((source, batch));
        Ok(())
    }

    async fn refused(&self, source: SourceName, reason: String, raw: Vec<u8>) {
        self.unreadable.lock().expect("held for a moment only").push((source, reason, raw));
    }

    async fn tried(&self, _: &SourceName, _: Tried) {}

    async fn current_alerts(&self, _: SourceName) -> Vec<ApiAlert> {
        self.firing.lock().expect("held for a moment only").clone()
    }

    async fn attach(&self, bytes: Vec<u8>) -> Result<String, IngestFailure> {
        self.attached.lock().expect("held for a moment only").push(bytes);
        Ok("a hash".to_owned())
    }

    async fn standing(&self, _: &SourceName, key: &str) -> Option<Standing> {
        self.standings.lock().expect("held for a moment only").get(key).copied()
    }

    fn random(&self) -> [u8; 16] {
        [u8::try_from(self.random.fetch_add(1, SeqCst)).expect("few"); 16]
    }

    fn now(&self) -> Timestamp {
        Timestamp(NOW.0 + self.late.load(SeqCst))
    }

    fn not_saving(&self) -> Option<String> {
        match self.failure.lock().expect("held for a moment only").clone() {
            Some(IngestFailure::NotSaved(why)) => Some(why),
            Some(IngestFailure::Overloaded) | None => None,
        }
    }
}
