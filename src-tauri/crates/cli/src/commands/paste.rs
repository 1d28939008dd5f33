//! Chat text, transcripts and logs as entries; and entries moved in time together.

use super::{Ask, Stop, confirm_many, read};
use crate::context::Context;
use crate::flags::{By, span};
use crate::out::{Cell, Out, Paint, cell, painted};
use crate::words::{count, time};
use api::dto::{PasteReceipt, PasteText, PasteView, PastedLineView, ShiftEntries};
use api::{ApiError, Code, Request};
use clap::Args;
use serde_json::Value;

/// Record chat text, a transcript or a log as entries, each as its speaker's. What is on record already adds nothing.
#[derive(Args, Debug)]
pub struct Paste {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    /// The text; `-` reads standard input
    #[arg(default_value = "-")]
    file: String,
    /// slack, slack-export, teams, meet, zoom, vtt, log or plain [default: by its content]
    #[arg(long)]
    format: Option<String>,
    /// The day of its first line, such as 2026-11-23 [default: the incident's]
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// Its time zone, such as Europe/Berlin [default: this machine's]
    #[arg(long)]
    zone: Option<String>,
    /// When a recording began, where its times count from 0:00
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    start: Option<String>,
    /// Who a written name is, as in "Jo Park=jo"; "Bot=" is nobody known; may be repeated
    #[arg(long = "who", value_name = "NAME=HANDLE", value_parser = pair)]
    people: Vec<(String, String)>,
    /// A line not to record, by its number in --dry-run; may be repeated
    #[arg(long, value_name = "N")]
    skip: Vec<u32>,
    /// Say how it reads; record nothing
    #[arg(long)]
    dry_run: bool,
    /// The same key records once, however often it is sent
    #[arg(long, value_name = "KEY")]
    once: Option<String>,
}

fn pair(typed: &str) -> Result<(String, String), String> {
    let (name, handle) = typed.split_once('=').ok_or_else(|| "a name and a handle, as in \"Jo Park=jo\"".to_owned())?;
    Ok((name.trim().to_owned(), handle.trim().trim_start_matches('@').to_owned()))
}

impl Ask for Paste {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let ask = PasteText {
            incident: self.incident.clone(),
            text: context.file(&self.file)?,
            format: self.format.clone(),
            day: self.date.clone(),
            zone: self.zone.clone(),
            start: context.time("start", self.start.as_ref())?,
            people: self.people.clone(),
            skip: self.skip.clone(),
            once: self.once.clone(),
        };
        Ok(if self.dry_run { Request::PastePreview(ask) } else { Request::PasteOp(ask) })
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        if self.dry_run {
            return show_preview(&read(answer)?, out);
        }
        let receipt: PasteReceipt = read(answer)?;
        let mut sentence = format!("{} recorded", count(u64::from(receipt.added), "entry", "entries"));
        if receipt.known > 0 {
            sentence.push_str(&format!(", {} on record already", receipt.known));
        }
        if receipt.left_out > 0 {
            sentence.push_str(&format!(", {} left out", receipt.left_out));
        }
        Ok(out.done(format!("{sentence}."))?)
    }
}

fn show_preview(paste: &PasteView, out: &mut Out) -> Result<(), Stop> {
    out.line(format!("Read as {}, {} of {} new.", paste.format, paste.fresh, count(u64::from(paste.total), "line", "lines")))?;
    out.line(format!("Day {}, zone {}.", paste.day, paste.zone))?;
    for ask in &paste.asks {
        out.line(match ask.as_str() {
            "day" => "It does not say which day: add --date 2026-11-23 where that is another one.",
            "zone" => "It does not say in which zone: add --zone Europe/Berlin where that is another one.",
            "start" => "It counts from its start: add --start with the time the recording began.",
            other => other,
        })?;
    }
    for note in &paste.notes {
        out.line(note)?;
    }
    let unknown: Vec<&str> = paste.speakers.iter().filter(|one| one.person.is_none()).map(|one| one.who.as_str()).collect();
    if !unknown.is_empty() {
        out.line(format!("Not known: {}. Say who they are with --who \"Name=handle\".", unknown.join(", ")))?;
    }
    out.table(&paste.lines.iter().map(line).collect::<Vec<_>>())?;
    let more = (paste.total as usize).saturating_sub(paste.lines.len());
    if more > 0 {
        out.line(format!("{} more.", count(more as u64, "line", "lines")))?;
    }
    Ok(())
}

fn line(line: &PastedLineView) -> Vec<Cell> {
    let why = match (line.known, line.cut) {
        (true, _) => "on record",
        (false, true) => "cut at 64 KB",
        (false, false) => "",
    };
    let who = match (&line.person, &line.who) {
        (Some(person), _) => cell(format!("@{person}")),
        (None, Some(who)) => painted(Paint::Amber, who),
        (None, None) => cell(""),
    };
    vec![
        painted(Paint::Faint, line.index.to_string()),
        line.at.map_or_else(|| painted(Paint::Amber, "no time"), |at| painted(Paint::Faint, time(at))),
        painted(Paint::Faint, why),
        who,
        cell(&line.text),
    ]
}

/// Move entries in time together, such as by an hour for a wrong zone. What they said before stays on record.
#[derive(Args, Debug)]
pub struct Shift {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    /// The entries: ids or unique prefixes, from `timeline --ids`
    #[arg(value_name = "EVENT", required = true)]
    events: Vec<String>,
    /// By how much, such as -1h or 30m
    #[arg(long, value_name = "SPAN", required = true, allow_hyphen_values = true, value_parser = span)]
    by: Option<By>,
}

impl Ask for Shift {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let Some(By::Span(by_seconds)) = self.by else {
            let refusal = ApiError::new(Code::InvalidField, "By how much is missing.");
            return Err(refusal.hint("Write --by -1h after the entries.").field("by"));
        };
        Ok(Request::EntryShift(ShiftEntries { incident: self.incident.clone(), events: self.events.clone(), by_seconds }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        confirm_many(answer, out, |changed| format!("{} moved.", count(u64::from(changed), "entry", "entries")))
    }
}
