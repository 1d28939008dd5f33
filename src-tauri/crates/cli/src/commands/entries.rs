//! Notes, key moments, corrections, redactions.

use super::{Ask, Stop, confirm};
use crate::context::Context;
use crate::out::Out;
use api::dto::{AddNote, CorrectEntry, PinEntry, RedactEntry, Spoken};
use api::{ApiError, Request};
use clap::Args;
use serde_json::Value;

/// Write a note.
#[derive(Args, Debug)]
pub struct Note {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    /// The words; `-` reads them from standard input
    #[arg(required = true)]
    text: Vec<String>,
    /// When it happened
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
    /// Mark it as a key moment
    #[arg(long)]
    pin: bool,
    /// The same key writes once, however often it is sent
    #[arg(long, value_name = "KEY")]
    once: Option<String>,
}

impl Ask for Note {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::Note(AddNote {
            incident: self.incident.clone(),
            text: context.text(&self.text)?,
            at: context.time("at", self.at.as_ref())?,
            pin: self.pin,
            spoken: Spoken::default(),
            once: self.once.clone(),
        }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        confirm(answer, out, "Noted.")
    }
}

/// Mark an entry as a key moment.
#[derive(Args, Debug)]
pub struct Pin {
    /// The entry: id or unique prefix, from `timeline --ids`
    #[arg(value_name = "EVENT")]
    event: String,
}

impl Ask for Pin {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::Pin(PinEntry { event: self.event.clone(), pinned: true }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        confirm(answer, out, "A key moment.")
    }
}

/// Take the mark away.
#[derive(Args, Debug)]
pub struct Unpin {
    /// The entry: id or unique prefix, from `timeline --ids`
    #[arg(value_name = "EVENT")]
    event: String,
}

impl Ask for Unpin {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::Pin(PinEntry { event: self.event.clone(), pinned: false }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        confirm(answer, out, "No longer a key moment.")
    }
}

/// Correct an entry. The first version stays on record, and the timeline says that it was corrected.
#[derive(Args, Debug)]
pub struct Correct {
    /// The entry: id or unique prefix, from `timeline --ids`
    #[arg(value_name = "EVENT")]
    event: String,
    /// When it really happened
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, required_unless_present = "text")]
    at: Option<String>,
    /// What it should say; `-` reads it from standard input
    #[arg(long)]
    text: Option<String>,
}

impl Ask for Correct {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let text = self.text.as_ref().map(|text| context.text(std::slice::from_ref(text))).transpose()?;
        Ok(Request::Correct(CorrectEntry { event: self.event.clone(), at: context.time("at", self.at.as_ref())?, text }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        confirm(answer, out, "Corrected; the first version stays on record.")
    }
}

/// Take words out of the record for good. There is no way back; that it was done, by whom and why, stays.
#[derive(Args, Debug)]
pub struct Redact {
    /// The entry: id or unique prefix, from `timeline --ids`
    #[arg(value_name = "EVENT")]
    event: String,
    /// Why
    #[arg(long)]
    reason: String,
    /// What stands in place of the words [default: [redacted]]
    #[arg(long, value_name = "TEXT")]
    mask: Option<String>,
}

impl Ask for Redact {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::Redact(RedactEntry { event: self.event.clone(), reason: self.reason.clone(), masked: self.mask.clone() }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        confirm(answer, out, "The words are gone; that they were taken out is on record. Backups made before still hold them.")
    }
}
