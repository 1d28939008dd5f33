//! Text from elsewhere: read, shown, recorded as said by whom it is taken for; and entries moved in time together.

use super::incidents::Wish;
use super::{Answer, InProcess};
use crate::dto::*;
use crate::{ApiError, Code};
use domain::home::Home;
use domain::{EventId, Handle, IncidentId};
use engine::{Act, PastedLine};
use formats::chat::{self, Anchor, Chat, ChatFormat, Placed};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Most entries shifted in one go: a whole pasted channel.
const SHIFT_LIMIT: usize = 20_000;

/// Farthest that entries are shifted in seconds (a year): what is farther off is no wrong zone and no wrong day.
const SHIFT_SECONDS: u64 = 366 * 24 * 60 * 60;

/// A paste, read and placed in time.
struct Read {
    chat: Chat,
    anchor: Anchor,
    zone: String,
    placed: Vec<Placed>,
    /// Who each written name is taken for.
    people: BTreeMap<String, Option<Handle>>,
}

impl InProcess {
    pub(super) async fn paste_preview(&self, ask: PasteText) -> Answer<PasteView> {
        let id = self.find_incident(&ask.incident).await?;
        let read = self.read_paste(id, &ask).await?;
        let known = self.known_lines(id, &read).await?;
        let lines: Vec<PastedLineView> = read
            .placed
            .iter()
            .enumerate()
            .map(|(index, line)| PastedLineView {
                index: index as u32,
                who: line.who.clone(),
                person: line.who.as_ref().and_then(|who| read.people.get(who).cloned().flatten()),
                at: line.at,
                text: line.text.clone(),
                known: known.contains(&line.key),
            })
            .collect();
        let mut counts: BTreeMap<&String, u32> = BTreeMap::new();
        read.placed.iter().filter_map(|line| line.who.as_ref()).for_each(|who| *counts.entry(who).or_default() += 1);
        let speakers = counts
            .iter()
            .map(|(who, lines)| SpeakerView { who: (*who).clone(), person: read.people[*who].clone(), lines: *lines })
            .collect();
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
            zone: read.zone,
            speakers,
            total: lines.len() as u32,
            fresh: lines.iter().filter(|line| !line.known).count() as u32,
            lines,
            notes: read.chat.notes,
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
        let known = self.known_lines(id, &read).await?;
        let skip: BTreeSet<u32> = ask.skip.iter().copied().collect();
        let chosen = read.placed.into_iter().enumerate().filter(|(index, _)| !skip.contains(&(*index as u32)));
        let lines: Vec<PastedLine> = chosen
            .map(|(_, line)| PastedLine {
                person: line.who.as_ref().and_then(|who| read.people.get(who).cloned().flatten()),
                said_by: line.who,
                at: line.at,
                text: line.text,
                key: line.key,
            })
            .collect();
        let (total, already) = (lines.len(), lines.iter().filter(|line| known.contains(&line.key)).count());
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
            let placed = chat::place(&chat, &anchor);
            let names: BTreeSet<String> = placed.iter().filter_map(|line| line.who.clone()).collect();
            let people = names.into_iter().map(|who| (who.clone(), person(&home, &said, &who))).collect();
            Read { chat, anchor, zone, placed, people }
        });
        read.await.map_err(|fault| ApiError::new(Code::Internal, format!("The text could not be read: {fault}")))
    }

    async fn known_lines(&self, id: IncidentId, read: &Read) -> Answer<BTreeSet<[u8; 16]>> {
        let keys: Vec<[u8; 16]> = read.placed.iter().map(|line| line.key).collect();
        Ok(self.engine.read(move |reader| reader.pasted(id, &keys)).await?)
    }

    pub(super) async fn shift(&self, caller: &Caller, ask: ShiftEntries) -> Answer<ManyReceipt> {
        if ask.by_seconds == 0 || ask.events.is_empty() {
            return Err(ApiError::new(Code::InvalidField, "Nothing would move.").field("by_seconds"));
        }
        if ask.events.len() > SHIFT_LIMIT {
            return Err(ApiError::new(Code::InvalidField, format!("{SHIFT_LIMIT} entries move in one go.")).field("events"));
        }
        if ask.by_seconds.unsigned_abs() > SHIFT_SECONDS {
            return Err(ApiError::new(Code::InvalidField, "Entries move by a year at most.").field("by_seconds"));
        }
        let incident = self.find_incident(&ask.incident).await?;
        let mut events: Vec<EventId> = vec![];
        let mut named = BTreeSet::new();
        for typed in &ask.events {
            let event = match typed.parse() {
                Ok(id) => id,
                Err(_) => self.find_event(typed).await?,
            };
            // Named twice it moves once.
            if named.insert(event) {
                events.push(event);
            }
        }
        let act = Act::Shift { incident, events: events.clone(), by_millis: ask.by_seconds * 1_000 };
        let done = self.submit(caller, Wish::plain(act)).await?;
        let params = json!({ "incident": ask.incident, "events": events, "by_seconds": -ask.by_seconds });
        let undo = UndoView { op: "entry.shift".into(), params, label: "Undo: times as they were".into() };
        Ok(ManyReceipt { changed: events.len() as u32, seq: done.seq, events: done.events, refused: vec![], undo: Some(undo) })
    }
}

/// Who a written name is: as the paster says, else by handle, chat handle, full name, or the only person of that first name.
fn person(home: &Home, said: &BTreeMap<String, String>, who: &str) -> Option<Handle> {
    if let Some(typed) = said.get(who) {
        return Handle::parse(typed);
    }
    let lower = who.trim().trim_start_matches('@').to_lowercase();
    let by = |fits: &dyn Fn(&Handle, &domain::home::Person) -> bool| {
        let mut found = home.people.iter().filter(|(handle, person)| fits(handle, person)).map(|(handle, _)| handle.clone());
        found.next().filter(|_| found.next().is_none())
    };
    let same = |text: &Option<String>| text.as_ref().is_some_and(|text| text.trim().trim_start_matches('@').to_lowercase() == lower);
    by(&|handle, _| handle.as_str() == lower)
        .or_else(|| by(&|_, person| same(&person.card.chat)))
        .or_else(|| by(&|_, person| same(&person.name)))
        .or_else(|| by(&|_, person| person.name.as_ref().is_some_and(|name| name.to_lowercase().split(' ').next() == Some(lower.as_str()))))
}
