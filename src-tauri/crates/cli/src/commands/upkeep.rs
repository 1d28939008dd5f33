//! The home at a glance, verification, backup.

use super::{Ask, Outcome, Stop, read};
use crate::context::Context;
use crate::out::{Out, Paint, cell, painted};
use crate::words::count;
use api::dto::{BackupView, FilePath, HomeView, Nothing, VerifyView};
use api::{ApiError, Code, Request};
use clap::Args;
use serde_json::Value;
use std::path::PathBuf;

/// The home at a glance.
#[derive(Args, Debug)]
pub struct Home {}

impl Ask for Home {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::Home(Nothing {}))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        let home: HomeView = read(answer)?;
        let listener =
            home.listener.listening.map_or_else(|| home.listener.error.unwrap_or_else(|| "off".into()), |at| format!("open on {at}"));
        let fact = |name: &str, text: &str| vec![painted(Paint::Faint, name), cell(text)];
        out.table(&[
            fact("Home", &home.path),
            fact("You are", &format!("@{}", home.me)),
            fact("Record", &count(home.seq, "event", "events")),
            fact("Listener", &listener),
            fact("Hearing", &home.ears.sentence),
            fact("Backup", &home.backup_at.map_or_else(|| "none yet".into(), crate::words::time)),
            fact("Version", &home.version),
        ])?;
        for warning in home.not_saving.iter().chain(&home.clock_warning).chain(&home.awake) {
            out.line(warning)?;
        }
        if home.demo {
            out.line("This is the demonstration; nothing in it is real.")?;
        }
        Ok(())
    }
}

/// Check every chain from its first event. Exit status 1 where one is broken.
#[derive(Args, Debug)]
pub struct Verify {}

impl Ask for Verify {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::Verify(Nothing {}))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        let found: VerifyView = read(answer)?;
        match &found.first_bad {
            None => out.line(format!("{}, every chain intact.", count(found.events, "event", "events")))?,
            Some(bad) => {
                out.line(format!("Event {} ({}) is not as it was recorded: {}.", bad.seq, bad.id, bad.why.trim_end_matches('.')))?
            }
        }
        let row = |head: &api::dto::DeviceHead| {
            vec![painted(Paint::Faint, &head.device), cell(head.seq.to_string()), painted(Paint::Faint, &head.hash)]
        };
        Ok(out.table(&found.heads.iter().map(row).collect::<Vec<_>>())?)
    }

    fn outcome(&self, answer: &Value) -> Outcome {
        Outcome::of(answer["ok"] == true)
    }
}

/// Write a backup while the home runs.
#[derive(Args, Debug)]
pub struct Backup {
    /// The file to write; it must not exist yet
    file: PathBuf,
}

impl Ask for Backup {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        // The owner has another working folder.
        let whole = std::path::absolute(&self.file)
            .ok()
            .and_then(|file| file.into_os_string().into_string().ok())
            .ok_or_else(|| ApiError::new(Code::InvalidField, "That is no name for a file.").field("path"))?;
        Ok(Request::Backup(FilePath { path: whole }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        let backup: BackupView = read(answer)?;
        Ok(out.done(format!("Written to {} ({} bytes).", backup.path, backup.bytes))?)
    }
}
