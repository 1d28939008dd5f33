//! What a tool would have sent, from a file or a command: read as the listener would read it, and on disk before the answer.

use super::sources::kind;
use super::{Answer, InProcess};
use crate::dto::{IngestReceipt, IngestText};
use crate::{ApiError, Code};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use engine::Ingest;
use formats::mapping::Mapping;
use formats::{RAW_LIMIT, Refused, Sent};

/// Longest body in bytes (8 MiB): a mail with pictures. What is read of it is limited further on.
const BODY_LIMIT: usize = 8 * 1024 * 1024;

impl InProcess {
    pub(super) async fn ingest_text(&self, ask: IngestText) -> Answer<IngestReceipt> {
        let home = self.engine.home();
        let source = home.sources.get(&ask.source).ok_or_else(|| {
            ApiError::new(Code::NotFound, format!("No source is named {}.", ask.source))
                .hint("Make it with `muster source add KIND NAME`.")
                .field("source")
        })?;
        let kind = ask.format.as_deref().map_or(Ok(source.kind), kind)?;
        let body = body(&ask.body)?;
        let mapping = source.settings.mapping.as_deref().map(mapping).transpose()?;
        let now = self.engine.now();
        let empty = Ingest { source: ask.source.clone(), signals: vec![], changes: vec![], refused: vec![], received_at: now };
        let parsed = match formats::read(kind, &Sent::body(&body), mapping.as_ref(), now) {
            Ok(parsed) => parsed,
            Err(unreadable) => {
                // Kept with the source for a person to look at, as the listener keeps it.
                let raw = body[..body.len().min(RAW_LIMIT)].to_vec();
                self.engine.ingest(Ingest { refused: vec![(unreadable.reason.clone(), raw)], ..empty }).await?;
                return Err(ApiError::new(Code::InvalidField, unreadable.reason)
                    .hint("`muster source refusals` shows what was sent.")
                    .field("body"));
            }
        };
        let receipt = IngestReceipt {
            accepted: parsed.signals.len() as u64,
            changes: parsed.changes.len() as u64,
            refused: parsed.refused.iter().map(|refused| refused.reason.clone()).collect(),
        };
        let refused = parsed.refused.into_iter().map(|Refused { reason, raw, .. }| (reason, raw)).collect();
        self.engine.ingest(Ingest { signals: parsed.signals, changes: parsed.changes, refused, ..empty }).await?;
        Ok(receipt)
    }
}

fn body(encoded: &str) -> Answer<Vec<u8>> {
    let refused = |sentence: String| ApiError::new(Code::InvalidField, sentence).field("body");
    let body = BASE64_STANDARD.decode(encoded.trim()).map_err(|fault| refused(format!("The body is not base64: {fault}.")))?;
    if body.len() > BODY_LIMIT {
        return Err(refused(format!("The body has {} MiB; {} fit.", body.len().div_ceil(1024 * 1024), BODY_LIMIT / (1024 * 1024))));
    }
    Ok(body)
}

/// A source's mapping; a fault names its line.
pub(super) fn mapping(text: &str) -> Answer<Mapping> {
    Mapping::parse(text).map_err(|fault| ApiError::new(Code::InvalidField, fault.to_string()).field("mapping"))
}
