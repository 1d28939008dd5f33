//! The record as the listener needs it: who a token belongs to, and a place on disk.

use async_trait::async_trait;
use domain::alerts::AlertStatus;
use domain::home::Home;
use domain::{SourceName, Timestamp};
use engine::{Engine, Failure, Ingest};
use intake::{ApiAlert, Batch, IngestFailure, Ledger, Tokens};
use std::sync::{Arc, PoisonError, RwLock};
use store::{AlertRow, GroupFilter, Reader, StoreError};

/// Groups looked through for what fires now: more than any board shows.
const GROUPS: usize = 1_000;
/// Alerts of one group.
const ALERTS: usize = 1_000;

pub(crate) struct EngineLedger {
    engine: Engine,
    tokens: RwLock<(Arc<Home>, Arc<Tokens>)>,
}

impl EngineLedger {
    pub fn new(engine: Engine) -> Self {
        let home = engine.home();
        let tokens = Arc::new(tokens(&home));
        Self { engine, tokens: RwLock::new((home, tokens)) }
    }

    /// The tokens of the home as it is now; made anew only after the home has changed.
    fn tokens(&self) -> Arc<Tokens> {
        let home = self.engine.home();
        {
            let known = self.tokens.read().unwrap_or_else(PoisonError::into_inner);
            if Arc::ptr_eq(&known.0, &home) {
                return known.1.clone();
            }
        }
        let fresh = Arc::new(tokens(&home));
        *self.tokens.write().unwrap_or_else(PoisonError::into_inner) = (home, fresh.clone());
        fresh
    }

    async fn submit(&self, ingest: Ingest) -> Result<(), IngestFailure> {
        match self.engine.ingest(ingest).await {
            Ok(_) => Ok(()),
            Err(Failure::Overloaded | Failure::Stopped) => Err(IngestFailure::Overloaded),
            Err(fault) => Err(IngestFailure::NotSaved(fault.to_string())),
        }
    }
}

fn tokens(home: &Home) -> Tokens {
    home.sources.iter().map(|(name, source)| (source.token_hash, name.clone())).collect()
}

#[async_trait]
impl Ledger for EngineLedger {
    fn source_by_token(&self, token_hash: &[u8; 32]) -> Option<SourceName> {
        self.tokens().source(token_hash).cloned()
    }

    async fn ingest(&self, source: SourceName, batch: Batch) -> Result<(), IngestFailure> {
        let refused = batch.refused.into_iter().map(|refused| (refused.reason, refused.raw)).collect();
        self.submit(Ingest { source, signals: batch.signals, changes: batch.changes, refused, received_at: batch.received_at }).await
    }

    async fn refused(&self, source: SourceName, reason: String, raw: Vec<u8>) {
        let ingest = Ingest { source, signals: vec![], changes: vec![], refused: vec![(reason, raw)], received_at: self.engine.now() };
        if let Err(fault) = self.submit(ingest).await {
            tracing::warn!(%fault, "a refused body was not kept");
        }
    }

    async fn current_alerts(&self, source: SourceName) -> Vec<ApiAlert> {
        let firing = self.engine.read(move |reader| firing(reader, &source)).await;
        firing.unwrap_or_else(|fault| {
            tracing::warn!(%fault, "current alerts");
            vec![]
        })
    }

    fn now(&self) -> Timestamp {
        self.engine.now()
    }

    fn not_saving(&self) -> Option<String> {
        self.engine.health().not_saving
    }
}

fn firing(reader: &Reader, source: &SourceName) -> Result<Vec<ApiAlert>, StoreError> {
    let mut alerts = vec![];
    for group in reader.groups(&GroupFilter { waiting_only: false, incident: None, limit: GROUPS })? {
        if group.firing > 0 && group.source == *source {
            let rows = reader.alerts_of(group.id, ALERTS)?;
            alerts.extend(rows.into_iter().filter(|alert| alert.status == AlertStatus::Firing).map(api_alert));
        }
    }
    Ok(alerts)
}

fn api_alert(alert: AlertRow) -> ApiAlert {
    ApiAlert {
        key: alert.key,
        labels: alert.labels,
        annotations: alert.annotations,
        started_at: alert.started_at,
        ends_at: None,
        heard_at: alert.last_heard_at,
        link: alert.link,
    }
}
