//! What also works, or works first of all, on a home that does not open.

use super::{Outcome, Stop, all_well, confirm, read, show_findings};
use crate::context::Context;
use crate::flags::Global;
use crate::out::Out;
use crate::session::{Session, folder};
use api::dto::{Finding, Nothing};
use api::{ApiError, Code, Request};
use clap::Args;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Look for what could go wrong. Exit status 1 where something needs a look.
#[derive(Args, Debug)]
pub struct Doctor {}

impl Doctor {
    /// The operation, for a home that opens.
    pub fn request(&self) -> Request {
        Request::Doctor(Nothing {})
    }

    /// Looks at the home; at one that does not open as far as that goes.
    pub async fn run(&self, global: &Global, out: &mut Out) -> Result<Outcome, Stop> {
        let answer = match Session::open(global).await {
            Ok(session) => {
                let answer = session.ask(self.request()).await;
                session.close().await;
                answer?
            }
            Err(refusal) => closed(global, &refusal)?,
        };
        let outcome = all_well(&answer);
        if out.json {
            out.value(&answer)?;
        } else {
            show_findings(&read::<Vec<Finding>>(answer)?, &Context::new(), out)?;
        }
        Ok(outcome)
    }
}

fn closed(global: &Global, refusal: &ApiError) -> Result<Value, ApiError> {
    let opens = Finding { name: "home".into(), ok: false, text: refusal.message.clone(), hint: refusal.hint.clone() };
    let mut findings = vec![opens];
    findings.extend(home::rescue::look(&folder(global)?));
    Ok(json!(findings))
}

/// Fold the ledger anew: drops all that follows from events and makes it again. Sends nothing.
#[derive(Args, Debug)]
pub struct Rebuild {}

impl Rebuild {
    /// The operation, for a home that opens.
    pub fn request(&self) -> Request {
        Request::Rebuild(Nothing {})
    }

    /// Rebuilds; of a record that is too damaged for that, what reads is saved into a new one.
    pub async fn run(&self, global: &Global, out: &mut Out) -> Result<(), Stop> {
        match self.fold(global).await {
            Ok(answer) if out.json => Ok(out.value(&answer)?),
            Ok(answer) => confirm(answer, out, "Folded anew."),
            Err(refusal) if refusal.code == Code::CorruptHome => {
                let rebuilt = home::rescue::rebuild(&folder(global)?).await?;
                if out.json { Ok(out.value(&json!(rebuilt))?) } else { Ok(out.done(rebuilt.sentence())?) }
            }
            Err(refusal) => Err(refusal.into()),
        }
    }

    async fn fold(&self, global: &Global) -> Result<Value, ApiError> {
        let session = Session::open(global).await?;
        let answer = session.ask(self.request()).await;
        session.close().await;
        answer
    }
}

/// Put a backup in place of the record. What was there is kept beside it; what it still had to send waits for your yes.
#[derive(Args, Debug)]
pub struct Restore {
    /// The backup [default: the newest automatic one]
    file: Option<PathBuf>,
}

impl Restore {
    /// Restores.
    pub async fn run(&self, global: &Global, out: &mut Out) -> Result<(), Stop> {
        let restored = home::rescue::restore(&folder(global)?, self.file.as_deref()).await?;
        if out.json {
            return Ok(out.value(&json!(restored))?);
        }
        Ok(out.done(restored.sentence())?)
    }
}

/// Write every event that reads to a file, one JSON object a line; also from a home that does not open.
#[derive(Args, Debug)]
pub struct Export {
    /// The whole home
    #[arg(long, required = true)]
    all: bool,
    /// The file [default: in the home's folder]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Export {
    /// Exports.
    pub async fn run(&self, global: &Global, out: &mut Out) -> Result<(), Stop> {
        let exported = home::rescue::export(&folder(global)?, self.out.as_deref()).await?;
        if out.json { Ok(out.value(&json!(exported))?) } else { Ok(out.done(exported.sentence())?) }
    }
}
