//! Address cards: vCard 2.1, 3.0 and 4.0, as phones and address books save them.
//!
//! Read by hand: of cards only ten properties matter here, each person needs the line on which they begin, and one bad
//! card must cost no other. The crates for the job keep no lines, or know one version only, or bring a calendar along.

use super::draft::{Draft, Drafts};
use super::{People, within};
use std::borrow::Cow;

/// Reads cards, any number of them.
pub fn vcard(text: &str) -> People {
    let mut notes = vec![];
    let text = within(text, &mut notes);
    let mut drafts = Drafts::with_notes(notes);
    let mut open: Option<Card> = None;
    for (line, content) in unfolded(text) {
        let Some(property) = Property::read(&content) else { continue };
        match property.name.as_str() {
            "BEGIN" if property.value.trim().eq_ignore_ascii_case("VCARD") => {
                drafts.take(open.replace(Card::new(line)));
            }
            "END" if property.value.trim().eq_ignore_ascii_case("VCARD") => drafts.take(open.take()),
            _ => {
                if let Some(card) = &mut open {
                    card.set(&property);
                }
            }
        }
    }
    drafts.take(open);
    let people = drafts.finish();
    if people.people.is_empty() && people.notes.is_empty() {
        return People {
            people: vec![],
            notes: vec!["No card was found. A card begins with BEGIN:VCARD; export the contacts as vCard.".to_owned()],
        };
    }
    people
}

impl Drafts {
    fn take(&mut self, card: Option<Card>) {
        if let Some(card) = card {
            self.add(card.finish());
        }
    }
}

/// One card while it is read.
struct Card {
    draft: Draft,
    structured: String,
    /// Numbers, with how much each is preferred.
    phones: Vec<(u8, String)>,
}

impl Card {
    fn new(line: usize) -> Self {
        Self { draft: Draft::new(line), structured: String::new(), phones: vec![] }
    }

    fn set(&mut self, property: &Property) {
        let value = property.text();
        match property.name.as_str() {
            "FN" => self.draft.name(&value),
            "N" => self.structured = property.person(),
            "NICKNAME" => self.draft.handle(value.split(',').next().unwrap_or_default()),
            "TEL" => self.phones.push((property.preference(), value)),
            "EMAIL" => self.draft.mail(&value),
            "TZ" => self.draft.zone(&value),
            "IMPP" | "X-SLACK" | "X-JABBER" => {
                self.draft.chat(value.split_once(':').map_or(value.as_str(), |(_, name)| name.trim_start_matches('/')))
            }
            "ROLE" | "TITLE" => self.draft.title(&value),
            _ => {}
        }
    }

    fn finish(mut self) -> Draft {
        self.draft.name(&self.structured);
        self.phones.sort_by_key(|(preference, _)| std::cmp::Reverse(*preference));
        for (_, phone) in &self.phones {
            self.draft.phone(phone);
        }
        self.draft
    }
}

/// `group.NAME;PARAMETER=VALUE;FLAG:value`.
struct Property {
    name: String,
    parameters: String,
    value: String,
}

impl Property {
    fn read(content: &str) -> Option<Self> {
        let mut quoted = false;
        let colon = content.bytes().position(|byte| {
            quoted ^= byte == b'"';
            byte == b':' && !quoted
        })?;
        let (head, value) = (&content[..colon], &content[colon + 1..]);
        let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
        let name = name.rsplit('.').next().unwrap_or(name);
        let name = name.trim().to_ascii_uppercase();
        let parameters = parameters.to_ascii_uppercase();
        let value =
            if parameters.contains("QUOTED-PRINTABLE") { printable(value, parameters.contains("8859-1")) } else { value.to_owned() };
        Some(Self { name, parameters, value })
    }

    /// The value with its escapes read.
    fn text(&self) -> String {
        let mut text = String::with_capacity(self.value.len());
        let mut chars = self.value.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some('n' | 'N') => text.push('\n'),
                    Some(escaped) => text.push(escaped),
                    None => text.push('\\'),
                },
                _ => text.push(c),
            }
        }
        text
    }

    /// `Menon;Ravi;;;` as a name.
    fn person(&self) -> String {
        let mut parts = self.value.split(';').map(str::trim);
        let (family, given) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        format!("{given} {family}").trim().replace('\\', "")
    }

    /// A phone in the hand before one on a desk, a preferred one before others; a fax is no phone.
    fn preference(&self) -> u8 {
        let is = |word: &str| self.parameters.split([';', ',', '=', '"']).any(|part| part == word);
        4 * u8::from(is("CELL") || is("IPHONE")) + 2 * u8::from(is("PREF")) + u8::from(!is("FAX"))
    }
}

/// Content lines with the line each begins on. A line that begins with a blank goes on with the one before; so does one
/// after a soft break of quoted-printable.
fn unfolded(text: &str) -> Vec<(usize, Cow<'_, str>)> {
    let mut lines: Vec<(usize, Cow<'_, str>)> = vec![];
    let mut soft = false;
    for (number, line) in (1..).zip(text.lines()) {
        match lines.last_mut() {
            Some((_, content)) if soft => {
                let content = content.to_mut();
                content.pop();
                content.push_str(line);
            }
            Some((_, content)) if line.starts_with([' ', '\t']) => content.to_mut().push_str(&line[1..]),
            _ => lines.push((number, Cow::Borrowed(line))),
        }
        soft = line.ends_with('=') && lines.last().is_some_and(|(_, content)| is_printable(content));
    }
    lines
}

fn is_printable(content: &str) -> bool {
    content.split_once(':').is_some_and(|(head, _)| head.to_ascii_uppercase().contains("QUOTED-PRINTABLE"))
}

/// Quoted-printable as text: UTF-8, or Latin-1 where that is said.
fn printable(value: &str, latin: bool) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'=').and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    if latin { bytes.into_iter().map(char::from).collect() } else { String::from_utf8_lossy(&bytes).into_owned() }
}
