//! The record as the listener needs it: who a token belongs to, and a place on disk.

use crate::attachments;
use crate::secrets::Secrets;
use crate::signing::Signing;
use async_trait::async_trait;
use domain::alerts::AlertStatus;
use domain::home::{Home, Source, Way};
use domain::incidents::Status;
use domain::{SourceName, Timestamp};
use engine::{Engine, Failure, Ingest};
use formats::mapping::Mapping;
use intake::{ApiAlert, Asked, Batch, IngestFailure, Ledger, Sender, Standing, Tokens, Tried};
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use store::{AlertRow, Reader, StoreError};

/// Alerts of one group that are listed as firing: as many as one request may carry.
const ALERTS: usize = domain::alerts::BATCH_LIMIT;

pub(crate) struct EngineLedger {
    engine: Engine,
    tokens: RwLock<(Arc<Home>, Arc<Tokens>)>,
    signing: Signing,
    attachments: PathBuf,
}

impl EngineLedger {
    pub fn new(engine: Engine, secrets: Arc<Secrets>, attachments: PathBuf) -> Self {
        let home = engine.home();
        let tokens = Arc::new(tokens(&home));
        Self { engine, tokens: RwLock::new((home, tokens)), signing: Signing::new(secrets), attachments }
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
    home.sources.iter().map(|(name, source)| (source.token_hash, sender(name, source))).collect()
}

/// A source as the listener knows it. A mapping that does not read is none: what comes is then kept, with a sentence.
fn sender(name: &SourceName, source: &Source) -> Sender {
    let mapping = source.settings.mapping.as_deref().and_then(|text| Mapping::parse(text).ok());
    Sender { name: name.clone(), kind: source.kind, mapping, header: source.settings.header.clone() }
}

#[async_trait]
impl Ledger for EngineLedger {
    fn sender_by_token(&self, token_hash: &[u8; 32]) -> Option<Arc<Sender>> {
        self.tokens().sender(token_hash).cloned()
    }

    async fn secret(&self, source: &SourceName) -> Result<Option<Arc<[u8]>>, String> {
        self.signing.secret(source).await
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

    async fn tried(&self, source: &SourceName, tried: Tried) {
        let took_ms = tried.took.map(|took| u32::try_from(took.as_millis()).unwrap_or(u32::MAX));
        let (source, tried) = (source.clone(), store::Tried { at: tried.at, well: tried.well, took_ms });
        if let Err(fault) = self.engine.with_writer(move |writer| writer.count_try(&source, &tried)).await {
            tracing::warn!(%fault, "a try was not counted");
        }
    }

    async fn current_alerts(&self, source: SourceName) -> Vec<ApiAlert> {
        let firing = self.engine.read(move |reader| firing(reader, &source)).await;
        firing.unwrap_or_else(|fault| {
            tracing::warn!(%fault, "current alerts");
            vec![]
        })
    }

    async fn attach(&self, bytes: Vec<u8>) -> Result<String, IngestFailure> {
        let folder = self.attachments.clone();
        let kept = tokio::task::spawn_blocking(move || attachments::keep(&folder, &bytes)).await;
        let kept = kept.unwrap_or_else(|fault| Err(std::io::Error::other(fault)));
        kept.map_err(|fault| IngestFailure::NotSaved(format!("The photo could not be kept in {}: {fault}.", self.attachments.display())))
    }

    async fn standing(&self, source: &SourceName, key: &str) -> Option<Standing> {
        let (source, key) = (source.clone(), key.to_owned());
        let found = self.engine.read(move |reader| standing(reader, &source, &key)).await;
        found.unwrap_or_else(|fault| {
            tracing::warn!(%fault, "how a report stands");
            None
        })
    }

    fn random(&self) -> [u8; 16] {
        self.engine.bytes16()
    }

    fn now(&self) -> Timestamp {
        self.engine.now()
    }

    fn able_since(&self) -> Timestamp {
        self.engine.able_since()
    }

    fn asked(&self) -> Vec<Asked> {
        let home = self.engine.home();
        let asked = home.sources.iter().filter(|(_, source)| source.kind.way() != Way::Push);
        asked.map(|(name, source)| Asked { name: name.clone(), kind: source.kind, settings: source.settings.clone() }).collect()
    }

    fn not_saving(&self) -> Option<String> {
        self.engine.health().not_saving
    }
}

fn firing(reader: &Reader, source: &SourceName) -> Result<Vec<ApiAlert>, StoreError> {
    let mut alerts = vec![];
    for group in reader.firing_groups_of(source)? {
        let rows = reader.alerts_of(group, ALERTS)?;
        alerts.extend(rows.into_iter().filter(|alert| alert.status == AlertStatus::Firing).map(api_alert));
    }
    Ok(alerts)
}

/// How far a report has come. Its group is the report alone, under the same key.
fn standing(reader: &Reader, source: &SourceName, key: &str) -> Result<Option<Standing>, StoreError> {
    let group = reader.latest_group(source, key)?.map(|group| reader.group(group)).transpose()?.flatten();
    let Some(group) = group else { return Ok(None) };
    let incident = match &group.incident {
        Some((id, _)) => reader.incident(*id)?,
        None => None,
    };
    Ok(Some(match incident {
        Some(incident) if incident.status.value.is_open() || incident.status.value == Status::Merged => Standing::InIncident,
        Some(_) => Standing::Over,
        None if group.firing == 0 => Standing::Over,
        None if group.acknowledged_by.is_some() => Standing::Looked,
        None => Standing::Received,
    }))
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
