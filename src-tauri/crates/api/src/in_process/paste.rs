//! Text from elsewhere: read, shown, recorded as said by whom it is taken for.

use super::incidents::Wish;
use super::speakers::Speakers;
use super::{Answer, InProcess};
use crate::dto::*;
use crate::{ApiError, Code};
use domain::{Handle, IncidentId};
use engine::{Act, PastedLine};
use formats::chat::{self, Anchor, Chat, ChatFormat, ChatLine, Moment};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A paste, read and placed in time.
struct Read {
    chat: Chat,
    anchor: Anchor,
    zone: String,
    /// When each line was said.
    moments: Vec<Moment>,
    /// Who each written name is taken for, and how many lines it has.
    people: BTreeMap<String, (Option<Handle>, u32)>,
}

impl Read {
    fn person(&self, line: &ChatLine) -> Option<Handle> {
        self.people.get(line.who.as_deref()?)?.0.clone()
    }

    fn keys(&self) -> Vec<[u8; 16]> {
        chat::keys(&self.chat, &self.moments)
    }

    /// The lines as they are recorded.
    fn lines(&self) -> Vec<PastedLine> {
        let lines = self.chat.lines.iter().zip(&self.moments).zip(self.keys());
        lines
            .map(|((line, moment), key)| PastedLine {
                person: self.person(line),
                said_by: line.who.as_ref().map(ToString::to_string),
                at: moment.at,
                text: line.text.to_string(),
                key,
            })
            .collect()
    }
}

impl InProcess {
    pub(super) async fn paste_preview(&self, ask: PasteText) -> Answer<PasteView> {
        let id = self.find_incident(&ask.incident).await?;
        let read = Arc::new(self.read_paste(id, &ask).await?);
        let known = self.known_lines(id, read.clone()).await?;
        let mut cut = read.chat.cut.iter().map(|(place, _)| *place).peekable();
        let lines: Vec<PastedLineView> = (0..)
            .zip(read.chat.lines.iter().zip(&read.moments))
            .map(|(index, (line, moment))| PastedLineView {
                index: index as u32,
                who: line.who.as_ref().map(ToString::to_string),
                person: read.person(line),
                at: moment.at,
                text: line.text.to_string(),
                cut: cut.next_if_eq(&index).is_some(),
                known: known.contains(&index),
            })
            .collect();
        let speakers =
            read.people.iter().map(|(who, (person, lines))| SpeakerView { who: who.clone(), person: person.clone(), lines: *lines });
        let mut asks = vec![];
        for (name, needed) in [
            ("day", read.chat.needs_day && ask.day.is_none()),
            ("zone", read.chat.needs_zone && ask.zone.is_none()),
            ("start", read.chat.needs_start && ask.start.is_none()),
        ] {
            if needed {
                asks.push(name.to_owned());
            }
        }
        Ok(PasteView {
            format: read.chat.format.wire().to_owned(),
            asks,
            day: read.anchor.day.to_string(),
            zone: read.zone.clone(),
            speakers: speakers.collect(),
            total: lines.len() as u32,
            fresh: (lines.len() - known.len()) as u32,
            lines,
            notes: read.chat.notes.clone(),
        })
    }

    pub(super) async fn paste(&self, caller: &Caller, ask: PasteText) -> Answer<PasteReceipt> {
        let id = self.find_incident(&ask.incident).await?;
        let read = self.read_paste(id, &ask).await?;
        if read.chat.needs_start && ask.start.is_none() {
            return Err(ApiError::new(Code::InvalidField, "Its times count from the start of a recording, and that is not named.")
                .hint("Say when the recording began.")
                .field("start"));
        }
        let read = Arc::new(read);
        let known = self.known_lines(id, read.clone()).await?;
        let skip: BTreeSet<u32> = ask.skip.iter().copied().collect();
        let chosen = |index: &usize| !skip.contains(&(*index as u32));
        let already = known.iter().filter(|index| chosen(index)).count();
        let lines = tokio::task::spawn_blocking(move || read.lines()).await.map_err(unread)?;
        let lines: Vec<PastedLine> = lines.into_iter().enumerate().filter(|(index, _)| chosen(index)).map(|(_, line)| line).collect();
        let total = lines.len();
        if total == 0 {
            return Err(ApiError::new(Code::InvalidField, "There is nothing to record in it.").field("text"));
        }
        let wish = Wish { at: None, once: ask.once, spoken: Spoken::default(), act: Act::Paste(id, lines) };
        let done = self.submit(caller, wish).await.map_err(|fault| match fault.field.as_deref() {
            // The times of a text follow from its day and zone: those are what a person can change.
            Some("at") => fault.hint("Choose another day or zone for the text.").field("day"),
            _ => fault,
        })?;
        Ok(PasteReceipt {
            added: done.events.len() as u32,
            known: already as u32,
            left_out: skip.len() as u32,
            seq: done.seq,
            events: done.events,
        })
    }

    async fn read_paste(&self, id: IncidentId, ask: &PasteText) -> Answer<Read> {
        let invalid = |field: &str, message: String, hint: &str| ApiError::new(Code::InvalidField, message).hint(hint).field(field);
        let format = match ask.format.as_deref() {
            None | Some("") => None,
            Some(typed) => Some(ChatFormat::parse(typed).ok_or_else(|| {
                invalid(
                    "format",
                    format!("{typed:?} is no format Muster reads."),
                    "One of slack, slack-export, teams, meet, zoom, vtt, log, plain.",
                )
            })?),
        };
        let zone = ask.zone.clone().unwrap_or_else(|| self.local.zone().name().to_owned());
        let tz = zone.parse().map_err(|_| invalid("zone", format!("{zone:?} is no time zone."), "Write it like Europe/Berlin."))?;
        let declared = self.state(id).await?.declared_at;
        let day = match ask.day.as_deref() {
            None | Some("") => declared.utc().with_timezone(&tz).date_naive(),
            Some(typed) => typed.parse().map_err(|_| invalid("day", format!("{typed:?} is no day."), "Write it like 2026-11-23."))?,
        };
        let anchor = Anchor { day, zone: tz, start: ask.start };
        let text = ask.text.clone();
        let home = self.engine.home();
        let said: BTreeMap<String, String> = ask.people.iter().cloned().collect();
        // Off the async threads: some megabytes take a moment.
        let read = tokio::task::spawn_blocking(move || {
            let chat = chat::read(&text, format);
            let moments = chat::moments(&chat, &anchor);
            let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
            chat.lines.iter().filter_map(|line| line.who.as_deref()).for_each(|who| *counts.entry(who).or_default() += 1);
            let speakers = Speakers::of(&home, said);
            let people = counts.into_iter().map(|(who, lines)| (who.to_owned(), (speakers.person(who), lines))).collect();
            Read { chat, anchor, zone, moments, people }
        });
        read.await.map_err(unread)
    }

    /// Which lines are on the record already. Their keys cost as much as reading them does, so they are made only where
    /// anything was pasted before.
    async fn known_lines(&self, id: IncidentId, read: Arc<Read>) -> Answer<BTreeSet<usize>> {
        let known = self.engine.read(move |reader| {
            if !reader.has_pasted(id)? {
                return Ok(BTreeSet::new());
            }
            let keys = read.keys();
            let known = reader.pasted(id, &keys)?;
            Ok((0..).zip(keys).filter(|(_, key)| known.contains(key)).map(|(index, _)| index).collect())
        });
        Ok(known.await?)
    }
}

fn unread(fault: tokio::task::JoinError) -> ApiError {
    ApiError::new(Code::Internal, format!("The text could not be read: {fault}"))
}
