//! A value as a mapping writes it, within bounds: a body may hold one long text and thousands of alerts that get it.

use crate::{json, text};
use domain::alerts::VALUE_LIMIT;
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::borrow::Cow;
use std::io;

/// Whether there is anything to write of a value.
pub fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Number(_) | Value::Bool(_) | Value::Object(_) => true,
        Value::Array(items) => items.iter().any(says_something),
    }
}

/// A value as text of at most [`VALUE_LIMIT`] bytes.
pub fn brief(value: &Value) -> Option<String> {
    written(value).map(|text| if text.len() <= VALUE_LIMIT { text.into_owned() } else { text::cut(&text, VALUE_LIMIT).to_owned() })
}

/// A value as text: a list of texts with commas, what is deeper as JSON up to [`VALUE_LIMIT`]. Nothing is no text.
pub fn written(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::Null => None,
        Value::String(_) | Value::Number(_) | Value::Bool(_) => json::plain(value),
        Value::Array(items) if items.iter().all(|item| !item.is_array() && !item.is_object()) => {
            let mut list = String::new();
            for item in items.iter().filter_map(json::plain) {
                if list.len() > VALUE_LIMIT {
                    break;
                }
                list.push_str(if list.is_empty() { "" } else { ", " });
                list.push_str(text::cut(&item, VALUE_LIMIT));
            }
            (!list.is_empty()).then_some(Cow::Owned(list))
        }
        Value::Array(_) | Value::Object(_) => {
            let mut brief = Brief(vec![]);
            // It fails where it is full, which is enough.
            drop(serde_json::to_writer(&mut brief, &Cut(value)));
            Some(Cow::Owned(String::from_utf8_lossy(&brief.0).into_owned()))
        }
    }
}

/// A value whose texts are cut: a writer that is full has still looked for what to escape in all of them.
struct Cut<'v>(&'v Value);

impl Serialize for Cut<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::String(text) => serializer.serialize_str(text::cut(text, VALUE_LIMIT)),
            Value::Array(items) => serializer.collect_seq(items.iter().map(Cut)),
            Value::Object(fields) => serializer.collect_map(fields.iter().map(|(name, value)| (text::cut(name, VALUE_LIMIT), Cut(value)))),
            Value::Null | Value::Bool(_) | Value::Number(_) => self.0.serialize(serializer),
        }
    }
}

/// Takes [`VALUE_LIMIT`] bytes and no more: a hole may point at a whole body, once for each of its alerts.
struct Brief(Vec<u8>);

impl io::Write for Brief {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = VALUE_LIMIT.saturating_sub(self.0.len()).min(bytes.len());
        if room == 0 && !bytes.is_empty() {
            return Err(io::ErrorKind::WriteZero.into());
        }
        self.0.extend_from_slice(&bytes[..room]);
        Ok(room)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
