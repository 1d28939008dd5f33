//! Notes, key moments, corrections, redactions.

use super::incidents::Wish;
use super::{Answer, InProcess};
use crate::dto::*;
use domain::incidents::IncidentCommand;
use engine::Act;

/// What stands in place of words that were taken out, unless the person says otherwise.
const MASK: &str = "[redacted]";

impl InProcess {
    pub(super) async fn note(&self, caller: &Caller, ask: AddNote) -> Answer<Receipt> {
        let id = self.find_incident(&ask.incident).await?;
        let act = Act::Incident(id, IncidentCommand::Note { text: ask.text, pin: ask.pin });
        self.change(caller, Wish { at: ask.at, once: ask.once, spoken: ask.spoken, act }).await
    }

    pub(super) async fn pin(&self, caller: &Caller, ask: PinEntry) -> Answer<Receipt> {
        let event = self.find_event(&ask.event).await?;
        self.change(caller, Wish::plain(Act::Pin { event, pinned: ask.pinned })).await
    }

    pub(super) async fn correct(&self, caller: &Caller, ask: CorrectEntry) -> Answer<Receipt> {
        let event = self.find_event(&ask.event).await?;
        self.change(caller, Wish::plain(Act::Correct { event, at: ask.at, text: ask.text })).await
    }

    pub(super) async fn redact(&self, caller: &Caller, ask: RedactEntry) -> Answer<Receipt> {
        let event = self.find_event(&ask.event).await?;
        let masked = ask.masked.filter(|text| !text.trim().is_empty()).unwrap_or_else(|| MASK.to_owned());
        self.change(caller, Wish::plain(Act::Redact { event, reason: ask.reason, masked })).await
    }
}
