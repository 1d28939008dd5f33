//! Writes out what still reads, as lines that any tool can read.

use super::{Copy, each_readable};
use crate::backup::{beside, sync_folder};
use crate::{OpenError, StoreError};
use domain::{Envelope, Event};
use serde::Serialize;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

/// What was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Exported {
    /// Events written.
    pub events: u64,
    /// Rows that were there and did not read, or whose words do not.
    pub unreadable: u64,
}

/// One event as a line of JSON.
#[derive(Serialize)]
struct Line<'l> {
    seq: u64,
    kind: &'l str,
    envelope: &'l Envelope,
    /// `null` where the words were taken out, or do not read.
    event: Option<Event>,
    /// `intact`, `erased` or `damaged`.
    words: &'static str,
}

/// Writes every event of `database` that reads to `out`, one JSON object a line, in order of arrival. `out` appears
/// only when it is whole.
pub fn export_readable(database: &Path, out: &Path) -> Result<Exported, OpenError> {
    let part = beside(out, "part");
    let exported = write(database, &part).and_then(|exported| {
        fs::rename(&part, out)?;
        sync_folder(out)?;
        Ok(exported)
    });
    exported.map_err(|fault| {
        drop(fs::remove_file(&part));
        OpenError::of(fault, "writing out what reads")
    })
}

fn write(database: &Path, part: &Path) -> Result<Exported, StoreError> {
    let copy = Copy::of(database, part)?;
    let mut file = BufWriter::new(File::create(part)?);
    let mut exported = Exported::default();
    each_readable(&copy.open()?, |_, row| {
        let Ok(stored) = row else {
            exported.unreadable += 1;
            return Ok(());
        };
        let (erased, sound) = (stored.is_erased(), stored.check_words().is_ok());
        let (kind, row) = (stored.kind.clone(), stored.clone());
        let event = if sound { stored.recorded().ok().and_then(|recorded| recorded.event) } else { None };
        let words = match (&event, erased) {
            (Some(_), _) => "intact",
            (None, true) => "erased",
            (None, false) => "damaged",
        };
        exported.events += 1;
        exported.unreadable += u64::from(words == "damaged");
        let line = Line { seq: row.seq, kind: &kind, envelope: &row.envelope, event, words };
        serde_json::to_writer(&mut file, &line).map_err(|fault| StoreError::Codec(fault.to_string()))?;
        Ok(file.write_all(b"\n")?)
    })?;
    file.into_inner().map_err(|fault| StoreError::from(fault.into_error()))?.sync_all()?;
    Ok(exported)
}
