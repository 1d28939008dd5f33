//! Taking in what a tool would send, from a file or a command: mail, Nagios, cron.

use super::{Ask, Outcome, Stop, read};
use crate::context::Context;
use crate::out::Out;
use crate::words::count;
use api::dto::{IngestReceipt, IngestText};
use api::{ApiError, Request};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use clap::Args;
use domain::SourceName;
use domain::home::SourceKind;
use serde_json::Value;

/// Take in what a tool would send, from a file or standard input. Exit status 1 where nothing of it could be used.
#[derive(Args, Debug)]
pub struct Ingest {
    /// How to read it: alertmanager, email, nagios, json …, as in `source add`
    format: String,
    /// The file; `-`, or none, reads standard input
    #[arg(default_value = "-")]
    file: String,
    /// The source that it counts for
    #[arg(long, value_name = "NAME", value_parser = super::sources::source)]
    source: SourceName,
}

impl Ask for Ingest {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let is_mail = SourceKind::parse(&self.format) == Some(SourceKind::Email);
        let body = if is_mail { context.mail(&self.file) } else { context.bytes(&self.file) }?;
        let body = BASE64_STANDARD.encode(body);
        Ok(Request::IngestOp(IngestText { source: self.source.clone(), body, format: Some(self.format.clone()) }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        let receipt: IngestReceipt = read(answer)?;
        for refused in &receipt.refused {
            out.line(format!("Not taken. {refused}"))?;
        }
        let changes = if receipt.changes == 0 { String::new() } else { format!(", {}", count(receipt.changes, "change", "changes")) };
        Ok(out.done(format!("{}{changes} taken in.", count(receipt.accepted, "alert", "alerts")))?)
    }

    fn outcome(&self, answer: &Value) -> Outcome {
        let none = |field: &str| answer[field].as_array().is_none_or(Vec::is_empty);
        Outcome::of(answer["accepted"] != 0 || answer["changes"] != 0 || none("refused"))
    }
}
