//! The lines of a story: who had which role, what was said, and what else was done. A line that lacks something says what.

use super::verbs::{self, Said};
use domain::{Handle, Means, Role};
use serde::Deserialize;

/// A role, who has it, and how they took it: by their own hand, or as heard: `ROLE WHO [voice|chat|phone]`.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub struct Part {
    pub role: Role,
    pub who: Handle,
    pub heard: Option<Means>,
}

/// A note: `MINUTE[!] WHO[/voice|/chat|/phone] TEXT`; `!` marks a key moment.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub struct Note {
    pub minute: i64,
    pub pinned: bool,
    pub who: Handle,
    pub heard: Option<Means>,
    pub text: String,
}

/// Anything else that somebody did: `MINUTE[!] WHO[/voice|/chat|/phone] VERB …`.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub struct Turn {
    pub minute: i64,
    pub pinned: bool,
    pub who: Handle,
    pub heard: Option<Means>,
    pub said: Said,
    /// Who commands from then on, where that changes.
    pub commander: Option<Handle>,
}

impl TryFrom<String> for Part {
    type Error = String;

    fn try_from(line: String) -> Result<Self, String> {
        let mut words = line.split(' ');
        let role = words.next().and_then(Role::parse).ok_or_else(|| slip(&line, "a role"))?;
        let who = words.next().and_then(Handle::parse).ok_or_else(|| slip(&line, "a person"))?;
        let heard = words.next().map(|word| means(word).ok_or_else(|| slip(&line, "voice, chat or phone"))).transpose()?;
        Ok(Self { role, who, heard })
    }
}

impl TryFrom<String> for Note {
    type Error = String;

    fn try_from(line: String) -> Result<Self, String> {
        let Head { minute, pinned, who, heard, rest } = head(&line)?;
        Ok(Self { minute, pinned, who, heard, text: rest.to_owned() })
    }
}

impl TryFrom<String> for Turn {
    type Error = String;

    fn try_from(line: String) -> Result<Self, String> {
        let Head { minute, pinned, who, heard, rest } = head(&line)?;
        let (verb, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let said = verbs::read(verb, rest).ok_or_else(|| slip(&line, "something to do"))?;
        let commander = match verb {
            "takes-command" => Some(who.clone()),
            "says-yes" if rest.split(' ').next() == Some(verbs::HANDOFF) => Some(who.clone()),
            "names" => Handle::parse(rest),
            _ => None,
        };
        Ok(Self { minute, pinned, who, heard, said, commander })
    }
}

/// What notes and turns begin with, and what follows.
struct Head<'l> {
    minute: i64,
    pinned: bool,
    who: Handle,
    heard: Option<Means>,
    rest: &'l str,
}

fn head(line: &str) -> Result<Head<'_>, String> {
    let (minute, rest) = line.split_once(' ').ok_or_else(|| slip(line, "a minute"))?;
    let (who, rest) = rest.split_once(' ').ok_or_else(|| slip(line, "words"))?;
    let (who, heard) = match who.split_once('/') {
        None => (who, None),
        Some((who, word)) => (who, Some(means(word).ok_or_else(|| slip(line, "voice, chat or phone"))?)),
    };
    let pinned = minute.ends_with('!');
    let minute = minute.trim_end_matches('!').parse().map_err(|_| slip(line, "a minute"))?;
    Ok(Head { minute, pinned, who: Handle::parse(who).ok_or_else(|| slip(line, "a person"))?, heard, rest })
}

fn slip(line: &str, wanted: &str) -> String {
    format!("{line:?} lacks {wanted}")
}

fn means(word: &str) -> Option<Means> {
    match word {
        "voice" => Some(Means::Voice),
        "chat" => Some(Means::Chat),
        "phone" => Some(Means::Phone),
        _ => None,
    }
}
