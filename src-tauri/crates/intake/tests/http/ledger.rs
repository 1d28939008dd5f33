//! A ledger in memory that can be slow, full or broken on command, and a listener before it.

use async_trait::async_trait;
use domain::{SourceName, Timestamp};
use intake::{ApiAlert, Batch, IngestFailure, Ledger, Limits, Listener, ListenerConfig, Tokens, token_hash};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use tokio::sync::Semaphore;

/// The token of source `eu`.
pub const TOKEN: &str = "abcdefghijklmnopqrstuvwxyz234567";
/// The token of source `us`.
pub const OTHER_TOKEN: &str = "765432zyxwvutsrqponmlkjihgfedcba";
/// Tuesday, late in the morning, in the year of the captured requests.
pub const NOW: Timestamp = Timestamp(1_795_423_000_000);

/// What has come in, and how the next batches fare.
pub struct Fake {
    tokens: Tokens,
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
        let tokens = [(TOKEN, "eu"), (OTHER_TOKEN, "us")];
        Arc::new(Self {
            tokens: tokens.into_iter().map(|(token, name)| (token_hash(token), SourceName(name.into()))).collect(),
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
        let config =
            ListenerConfig { address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), allowed_hosts: vec!["muster.example".to_owned()] };
        Listener::bind_with(config, limits, self.clone()).await.expect("a free port")
    }
}

#[async_trait]
impl Ledger for Fake {
    fn source_by_token(&self, token_hash: &[u8; 32]) -> Option<SourceName> {
        self.tokens.source(token_hash).cloned()
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

    async fn current_alerts(&self, _: SourceName) -> Vec<ApiAlert> {
        self.firing.lock().expect("held for a moment only").clone()
    }

    fn now(&self) -> Timestamp {
        NOW
    }

    fn not_saving(&self) -> Option<String> {
        match self.failure.lock().expect("held for a moment only").clone() {
            Some(IngestFailure::NotSaved(why)) => Some(why),
            Some(IngestFailure::Overloaded) | None => None,
        }
    }
}
