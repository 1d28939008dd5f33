//! Every text that leaves Muster: the board, an announcement, an update, a task, a role card, the handoff brief, the people
//! who are there. Each piece is built once as a small neutral [document](document), and each form renders any document.
//!
//! Pure. It never invents: what was not recorded is said to be missing, every fact has its age, nobody is called asked who
//! was not told, and no words of an incident can become markup, a mention or a header.
#![deny(missing_docs)]

pub mod age;
pub mod card;
mod clean;
pub mod code;
mod document;
mod facts;
mod meeting;
mod pieces;
mod render;

pub use meeting::bridge;
pub use pieces::{BRIEF_LIMIT, announcement, ask, board, brief, handover, people, role_card, task, update};

use domain::Timestamp;
use domain::home::Home;
use domain::incidents::Incident;

/// Where a text is going, and so how it is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Form {
    /// Plain lines for any chat.
    Chat,
    /// Slack's mrkdwn.
    Slack,
    /// Microsoft Teams' markdown.
    Teams,
    /// Short messages: at most three parts.
    Sms,
    /// Sentences to be read aloud.
    Speech,
    /// A mail: subject, plain text and HTML.
    Mail,
    /// HTML for a wiki or document, and Markdown beside it.
    Wiki,
}

impl Form {
    /// All forms in the order they are offered.
    pub const ALL: [Self; 7] = [Self::Chat, Self::Slack, Self::Teams, Self::Sms, Self::Speech, Self::Mail, Self::Wiki];

    /// The name on the wire.
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Slack => "slack",
            Self::Teams => "teams",
            Self::Sms => "sms",
            Self::Speech => "speech",
            Self::Mail => "mail",
            Self::Wiki => "wiki",
        }
    }

    /// Reads a wire name in any case.
    pub fn parse(typed: &str) -> Option<Self> {
        let t = typed.trim().to_lowercase();
        Self::ALL.into_iter().find(|form| form.wire() == t)
    }
}

/// What is known when a text is made.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The incident.
    pub incident: &'a Incident,
    /// People, rhythms, meeting places.
    pub home: &'a Home,
    /// The zone of whoever makes the text; shown beside UTC.
    pub zone: chrono_tz::Tz,
    /// From when every age is counted.
    pub now: Timestamp,
    /// Alerts of the incident that fire.
    pub firing: u64,
    /// Alerts of the incident.
    pub alerts: u64,
}

/// A text ready to leave.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Text {
    /// The words, as they are copied, sent or read aloud.
    pub text: String,
    /// The same as HTML, for a mail or a wiki.
    pub html: Option<String>,
    /// One line for a mail's subject or a page's title.
    pub subject: String,
    /// How many short messages it takes; 0 in other forms.
    pub messages: u32,
    /// Words of `text`, counted between white space.
    pub words: u32,
}
