//! A day of a Slack export, or an answer of `conversations.history`: messages as JSON, each with its instant.

use super::sheet::Sheet;
use super::slack_marks::shown;
use super::{LINES_LIMIT, SaidAt};
use crate::text::{cut, one_line};
use domain::Timestamp;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::collections::HashMap;
use std::fmt;

/// Most messages that are taken apart: with those on people who come and go, more than make all lines of a paste.
const MESSAGES_LIMIT: usize = 2 * LINES_LIMIT;
/// Longest text that is quoted from a file's name or an attachment, in bytes.
const QUOTE_LIMIT: usize = 4 * 1024;

/// Reads an export; one that ends in the middle is read that far.
pub fn read(text: &str, sheet: &mut Sheet) {
    let mut read = Read::default();
    let outcome = Messages(&mut read).deserialize(&mut serde_json::Deserializer::from_str(text));
    if let Err(error) = outcome {
        sheet.note(format!("The export could be read only in part ({error}). Paste the whole file, or one day at a time."));
    }
    sheet.leave(read.beyond);
    let mut messages: Vec<(Option<i64>, Value)> = read.messages.into_iter().map(|message| (sent(&message), message)).collect();
    messages.sort_by_key(|(at, _)| at.unwrap_or(i64::MAX));
    let names = names(&messages);
    let (mut comings, mut deleted) = (0, 0);
    for (at, message) in &messages {
        match field(message, "subtype") {
            Some("channel_join" | "channel_leave" | "group_join" | "group_leave") => comings += 1,
            Some("tombstone" | "message_deleted") => deleted += 1,
            _ => {
                let said = at.map_or(SaidAt::Unknown, |micros| SaidAt::Instant(Timestamp(micros.div_euclid(1000))));
                sheet.begin(speaker(message, &names).as_deref(), said, None);
                for line in words(message, &names).lines() {
                    sheet.add(line);
                }
            }
        }
    }
    for (count, what) in [(comings, "on people who joined or left"), (deleted, "that had been deleted")] {
        match count {
            0 => {}
            1 => sheet.note(format!("One message {what} was left out.")),
            many => sheet.note(format!("{many} messages {what} were left out.")),
        }
    }
}

/// Who it was, by the best name there is.
fn speaker(message: &Value, names: &HashMap<String, String>) -> Option<String> {
    let profile = message.get("user_profile");
    let bot = message.get("bot_profile");
    let id = field(message, "user");
    let name = profile
        .and_then(|profile| field(profile, "real_name").or_else(|| field(profile, "display_name")))
        .or_else(|| id.and_then(|id| names.get(id)).map(String::as_str))
        .or_else(|| field(message, "username"))
        .or_else(|| bot.and_then(|bot| field(bot, "name")))
        .or(id);
    name.map(one_line).filter(|name| !name.is_empty())
}

/// What it said; of a message without words the names of its files, or what it attached.
fn words(message: &Value, names: &HashMap<String, String>) -> String {
    if let Some(text) = field(message, "text") {
        return shown(text, names);
    }
    let all = |list: &str| message.get(list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default().iter();
    let attached = all("attachments").filter_map(|one| ["fallback", "text", "title"].iter().find_map(|name| field(one, name)));
    let mut words: Vec<String> = attached.map(|text| shown(cut(text, QUOTE_LIMIT), names)).collect();
    words.extend(all("files").filter_map(|file| field(file, "name")).map(|name| format!("File: {}", one_line(name))));
    words.join("\n")
}

fn names(messages: &[(Option<i64>, Value)]) -> HashMap<String, String> {
    let named = messages.iter().filter_map(|(_, message)| {
        let profile = message.get("user_profile")?;
        let name = field(profile, "real_name").or_else(|| field(profile, "display_name"))?;
        Some((field(message, "user")?.to_owned(), one_line(name)))
    });
    named.collect()
}

/// `ts`, seconds with a fraction, as microseconds.
fn sent(message: &Value) -> Option<i64> {
    let ts = field(message, "ts")?;
    let (whole, fraction) = ts.split_once('.').unwrap_or((ts, ""));
    let seconds: i64 = whole.parse().ok()?;
    let micros: i64 = format!("{:0<6.6}", fraction).parse().ok()?;
    seconds.checked_mul(1_000_000)?.checked_add(micros)
}

/// Text under `name` that is not empty.
fn field<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str().filter(|text| !text.trim().is_empty())
}

/// Messages as far as they could be read.
#[derive(Default)]
struct Read {
    messages: Vec<Value>,
    beyond: usize,
}

/// Keeps each message as it is read, so that a broken end costs no beginning.
struct Messages<'a>(&'a mut Read);

impl<'de> DeserializeSeed<'de> for Messages<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Messages<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of messages")
    }
    fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<(), S::Error> {
        while self.0.messages.len() < MESSAGES_LIMIT {
            let Some(message) = list.next_element::<Value>()? else { return Ok(()) };
            self.0.messages.push(message);
        }
        while list.next_element::<IgnoredAny>()?.is_some() {
            self.0.beyond += 1;
        }
        Ok(())
    }
    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "messages" {
                map.next_value_seed(Messages(&mut *self.0))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}
