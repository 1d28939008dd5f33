//! What the listener needs from the home: who a token belongs to, and a place on disk.

use async_trait::async_trait;
use domain::alerts::{Change, Signal};
use domain::{SourceName, Timestamp};
use formats::Refused;
use std::collections::BTreeMap;

/// What one request brought.
#[derive(Clone, PartialEq, Debug)]
pub struct Batch {
    /// What was understood.
    pub signals: Vec<Signal>,
    /// What was done to systems.
    pub changes: Vec<Change>,
    /// What was not, alert by alert.
    pub refused: Vec<Refused>,
    /// When it arrived, by the home's clock.
    pub received_at: Timestamp,
}

/// Why a batch is not on disk.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum IngestFailure {
    /// Too much waits to be written; the same again in a moment will do.
    #[error("too much is waiting to be written")]
    Overloaded,
    /// It could not be written; why, as a sentence for a person.
    #[error("{0}")]
    NotSaved(String),
}

/// An alert that fires now, for those who ask by Alertmanager's API.
#[derive(Clone, PartialEq, Debug)]
pub struct ApiAlert {
    /// Its key: the fingerprint.
    pub key: String,
    /// Label names and values.
    pub labels: BTreeMap<String, String>,
    /// Annotation names and values.
    pub annotations: BTreeMap<String, String>,
    /// When it began.
    pub started_at: Timestamp,
    /// When it lapses unless heard again, where that is known.
    pub ends_at: Option<Timestamp>,
    /// When it was last heard.
    pub heard_at: Timestamp,
    /// Where to look.
    pub link: Option<String>,
}

/// The record behind the listener; `home` implements it over the engine.
#[async_trait]
pub trait Ledger: Send + Sync + 'static {
    /// The source whose token has this [`token_hash`](crate::token_hash). Called for every request: it must not block, and
    /// must compare in constant time as [`Tokens`](crate::Tokens) does.
    fn source_by_token(&self, token_hash: &[u8; 32]) -> Option<SourceName>;

    /// Takes in one request. `Ok` says that all of it is on disk, `Err` that none of it is.
    async fn ingest(&self, source: SourceName, batch: Batch) -> Result<(), IngestFailure>;

    /// Keeps a body that could not be read at all for a person to look at. Best effort: the sender is told in any case.
    async fn refused(&self, source: SourceName, reason: String, raw: Vec<u8>);

    /// What fires now and came from `source`.
    async fn current_alerts(&self, source: SourceName) -> Vec<ApiAlert>;

    /// The present instant by the home's clock.
    fn now(&self) -> Timestamp;

    /// Why nothing can be saved at present, as a sentence; `None` while all is well.
    fn not_saving(&self) -> Option<String> {
        None
    }
}
