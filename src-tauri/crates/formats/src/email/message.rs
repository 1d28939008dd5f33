//! A mail as the rules see it: who, when, about what, and its text.

use super::entity::Entity;
use super::html;
use super::parts::{READ_LIMIT, texts};
use crate::parsed::Unreadable;
use crate::text;
use domain::Timestamp;
use mail_parser::{Message, MessageParser};

/// How much of a mail's text is kept with an alert, in bytes (4 KiB): the facts come first.
const EXCERPT_LIMIT: usize = 4 * 1024;
/// Fields that a person reads.
const READ: [&str; 6] = ["Subject", "From", "Date", "Message-ID", "In-Reply-To", "References"];
/// Fields of which a mail has at least one.
const ANY: [&str; 6] = ["Subject", "From", "To", "Date", "Message-ID", "Received"];

/// A mail, decoded.
pub struct Mail {
    /// What it is about, on one line.
    pub subject: String,
    /// Who says that they wrote it.
    pub from: Option<String>,
    /// When it was written, by the writer's clock.
    pub date: Option<Timestamp>,
    /// The first message of its thread: itself, where it answers nothing.
    pub thread: Option<String>,
    /// Its text; that of its HTML, where it has no other.
    pub text: String,
    /// Its HTML as it was sent, never shown.
    pub html: Option<String>,
    /// What of it was not read.
    pub note: Option<String>,
    /// Raw values of the fields by which a machine's mail is known, with their names.
    pub marks: Vec<(&'static str, String)>,
}

impl Mail {
    /// Reads the beginning of a message; `marks` are those of [`super::loops`].
    pub fn read(raw: &[u8]) -> Result<Self, Unreadable> {
        let entity = Entity::of(&raw[..raw.len().min(READ_LIMIT)]);
        if !entity.has_any(&ANY) {
            return Err(Unreadable::new("The body is no mail: send one raw message, its header first."));
        }
        let head = entity.with_only(&READ, b"");
        let head = MessageParser::default().parse_headers(&head);
        let texts = texts(&entity);
        let text = texts.plain.filter(|text| !text.trim().is_empty()).or_else(|| texts.html.as_deref().map(html::to_text));
        Ok(Self {
            subject: head.as_ref().and_then(Message::subject).map(text::one_line).unwrap_or_default(),
            from: head.as_ref().and_then(from),
            date: head
                .as_ref()
                .and_then(Message::date)
                .filter(|date| date.is_valid())
                .map(|date| Timestamp(0).plus_secs(date.to_timestamp())),
            thread: head.as_ref().and_then(thread),
            text: text.unwrap_or_default(),
            html: texts.html,
            note: note(raw.len(), texts.beyond),
            marks: super::loops::MARKS.iter().filter_map(|name| Some((*name, entity.field(name)?))).collect(),
        })
    }

    /// The beginning of the text, without characters that move or hide others.
    pub fn excerpt(&self) -> String {
        let plain = |c: &char| (!c.is_control() || *c == '\n') && !text::turns_direction(*c);
        let shown: String = self.text.trim().chars().take(EXCERPT_LIMIT).filter(plain).collect();
        text::cut(&shown, EXCERPT_LIMIT).trim_end().to_owned()
    }

    /// The rest of the first line of the text that begins with this word and a colon.
    pub fn line(&self, word: &str) -> Option<&str> {
        let mut lines = self.text.lines().filter_map(|line| line.trim_start().strip_prefix(word)?.trim_start().strip_prefix(':'));
        lines.next().map(str::trim).filter(|value| !value.is_empty())
    }
}

fn from(head: &Message<'_>) -> Option<String> {
    let first = head.from()?.first()?;
    match (first.name(), first.address()) {
        (Some(name), Some(address)) => Some(text::one_line(&format!("{name} <{address}>"))),
        (Some(one), None) | (None, Some(one)) => Some(text::one_line(one)).filter(|one| !one.is_empty()),
        (None, None) => None,
    }
}

/// RFC 5322: the first reference is the oldest message.
fn thread(head: &Message<'_>) -> Option<String> {
    let first = |ids: &mail_parser::HeaderValue<'_>| match ids.as_text_list() {
        Some(ids) => ids.first().map(ToString::to_string),
        None => ids.as_text().map(str::to_owned),
    };
    first(head.references())
        .or_else(|| first(head.in_reply_to()))
        .or_else(|| head.message_id().map(str::to_owned))
        .filter(|id| !id.is_empty())
}

fn note(length: usize, beyond: bool) -> Option<String> {
    let long = (length > READ_LIMIT).then(|| format!("Only the first {} KiB of this mail were read.", READ_LIMIT / 1024));
    let deep = beyond.then(|| "This mail has more parts, or deeper ones, than are looked at.".to_owned());
    match (long, deep) {
        (Some(long), Some(deep)) => Some(format!("{long} {deep}")),
        (one, other) => one.or(other),
    }
}
