//! What the listener needs from the home: who a token belongs to, and a place on disk.

use crate::Asked;
use async_trait::async_trait;
use domain::alerts::{Change, Signal};
use domain::home::SourceKind;
use domain::{SourceName, Timestamp};
use formats::Refused;
use formats::mapping::Mapping;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// A source as the listener knows it.
#[derive(Clone, Debug)]
pub struct Sender {
    /// Its name.
    pub name: SourceName,
    /// Its kind: what it sends is read as this and nothing else.
    pub kind: SourceKind,
    /// How its JSON becomes alerts, for kinds that have no reading of their own.
    pub mapping: Option<Mapping>,
    /// The header that carries its signature, where it is not the usual one.
    pub header: Option<String>,
}

impl Sender {
    /// A source of which nothing is set.
    pub const fn new(name: SourceName, kind: SourceKind) -> Self {
        Self { name, kind, mapping: None, header: None }
    }
}

/// How far a report has come, for the person who made it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It waits for somebody to look.
    Received,
    /// Somebody has looked.
    Looked,
    /// It is part of an incident that goes on.
    InIncident,
    /// It is over.
    Over,
}

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

/// What came of trying a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tried {
    /// When.
    pub at: Timestamp,
    /// Whether all was as expected, after as many attempts as are set.
    pub well: bool,
    /// How long its last answer took; none where there was none.
    pub took: Option<Duration>,
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
    fn sender_by_token(&self, token_hash: &[u8; 32]) -> Option<Arc<Sender>>;

    /// The secret that this machine holds for a source, with which its requests are signed. `Err` says, as a sentence, why
    /// it cannot be had at present: what is to be signed is then not taken unsigned.
    async fn secret(&self, source: &SourceName) -> Result<Option<Arc<[u8]>>, String>;

    /// Takes in one request. `Ok` says that all of it is on disk, `Err` that none of it is.
    async fn ingest(&self, source: SourceName, batch: Batch) -> Result<(), IngestFailure>;

    /// Keeps a body that could not be read at all for a person to look at. Best effort: the sender is told in any case.
    async fn refused(&self, source: SourceName, reason: String, raw: Vec<u8>);

    /// Counts a try of a place. Best effort: the next one comes soon.
    async fn tried(&self, source: &SourceName, tried: Tried);

    /// What fires now and came from `source`.
    async fn current_alerts(&self, source: SourceName) -> Vec<ApiAlert>;

    /// Keeps a file that came with a report, and answers the SHA-256 of its bytes in hexadecimal digits, under which it lies.
    async fn attach(&self, bytes: Vec<u8>) -> Result<String, IngestFailure>;

    /// How far the report with this key has come; `None` where `source` has none such.
    async fn standing(&self, source: &SourceName, key: &str) -> Option<Standing>;

    /// Fresh random bytes, for a reference that nobody guesses.
    fn random(&self) -> [u8; 16];

    /// The present instant by the home's clock.
    fn now(&self) -> Timestamp;

    /// Since when the home could hear without a break; whoever is asked is asked anew when it changes.
    fn able_since(&self) -> Timestamp {
        Timestamp(0)
    }

    /// Sources that are asked or tried, as they are set now.
    fn asked(&self) -> Vec<Asked> {
        vec![]
    }

    /// Why nothing can be saved at present, as a sentence; `None` while all is well.
    fn not_saving(&self) -> Option<String> {
        None
    }
}
