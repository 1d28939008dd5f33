//! The lines of a story: who had which role, what was said, and what else was done. A line that lacks something says what.

use domain::incidents::{ImpactDetail, IncidentCommand as C};
use domain::{Handle, Means, Role, Severity, Status};
use serde::Deserialize;

/// A role, who has it, and how that was heard: `ROLE WHO [voice|chat|phone]`.
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

/// Anything else that somebody did: `MINUTE WHO VERB …`.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub struct Turn {
    pub minute: i64,
    pub who: Handle,
    pub command: C,
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
        let (minute, rest) = line.split_once(' ').ok_or_else(|| slip(&line, "a minute"))?;
        let (who, text) = rest.split_once(' ').ok_or_else(|| slip(&line, "words"))?;
        let (who, heard) = match who.split_once('/') {
            None => (who, None),
            Some((who, word)) => (who, Some(means(word).ok_or_else(|| slip(&line, "voice, chat or phone"))?)),
        };
        let pinned = minute.ends_with('!');
        let minute = minute.trim_end_matches('!').parse().map_err(|_| slip(&line, "a minute"))?;
        Ok(Self { minute, pinned, who: Handle::parse(who).ok_or_else(|| slip(&line, "a person"))?, heard, text: text.to_owned() })
    }
}

impl TryFrom<String> for Turn {
    type Error = String;

    fn try_from(line: String) -> Result<Self, String> {
        let mut words = line.splitn(4, ' ');
        let minute = words.next().and_then(|word| word.parse().ok()).ok_or_else(|| slip(&line, "a minute"))?;
        let who = words.next().and_then(Handle::parse).ok_or_else(|| slip(&line, "a person"))?;
        let verb = words.next().ok_or_else(|| slip(&line, "a verb"))?;
        let rest = words.next().unwrap_or_default();
        let command = command(verb, rest).ok_or_else(|| slip(&line, "something to do"))?;
        let commander = match verb {
            "takes-command" => Some(who.clone()),
            "names" => Handle::parse(rest),
            _ => None,
        };
        Ok(Self { minute, who, command, commander })
    }
}

fn command(verb: &str, rest: &str) -> Option<C> {
    let (first, more) = rest.split_once(' ').unwrap_or((rest, ""));
    match verb {
        "acknowledges" => Some(C::Acknowledge),
        "confirms" => Some(C::ConfirmCommand),
        "takes-command" => Some(C::TakeCommand),
        "names" => Some(C::AssignRole { role: Role::Commander, person: Handle::parse(rest)? }),
        "severity" => Some(C::SetSeverity { severity: Severity::parse(first)?, reason: Some(more.to_owned()) }),
        "status" => Some(C::SetStatus(Status::parse(first)?)),
        "title" => Some(C::Retitle(rest.to_owned())),
        "affected" => {
            let text = Some(more.to_owned()).filter(|text| !text.is_empty());
            Some(C::UpdateImpact(ImpactDetail { share: Some(first.parse().ok()?), services: vec![], text }))
        }
        "affected-again" => Some(C::StartImpact(ImpactDetail { share: Some(first.parse().ok()?), services: vec![], text: None })),
        "affected-no-more" => Some(C::EndImpact),
        _ => None,
    }
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
