//! What an event is on the timeline: its kind there, the entry it changes, and its free words, which a correction may
//! replace and a redaction erases.

mod nouns;

pub(super) use nouns::Worded;

use super::event::IncidentEvent;
use crate::EventId;

impl IncidentEvent {
    /// The kind of timeline entry it makes, as on the wire; `None` for those that only change another entry.
    pub fn entry_kind(&self) -> Option<&'static str> {
        match self {
            Self::Declared(_) => Some("declared"),
            Self::Retitled { .. } => Some("title"),
            Self::SeveritySet { .. } => Some("severity"),
            Self::StatusSet { .. } => Some("status"),
            Self::Acknowledged {} => Some("acknowledged"),
            Self::Noted { .. } => Some("note"),
            Self::Corrected { .. } => Some("correction"),
            Self::Redacted { .. } => Some("redaction"),
            Self::RoleAssigned { .. } | Self::RoleReleased { .. } => Some("role"),
            Self::CommandSet { .. } | Self::CommandConfirmed {} => Some("command"),
            Self::ImpactStarted(_) | Self::ImpactUpdated { .. } | Self::ImpactEnded { .. } => Some("impact"),
            Self::GroupAttached { .. } | Self::GroupDetached { .. } => Some("alerts"),
            Self::NoticeClaimed { .. } | Self::NoticeShown { .. } | Self::NoticeFailed { .. } => Some("notice"),
            Self::RollCalled { .. } => Some("roll_call"),
            Self::Pasted { .. } => Some("chat"),
            Self::Pinned { .. } => None,
            Self::Ask(event) => Some(event.entry_kind()),
            Self::Task(event) => Some(event.entry_kind()),
            Self::Thought(event) => Some(event.entry_kind()),
            Self::Board(event) => Some(event.entry_kind()),
            Self::Comms(event) => Some(event.entry_kind()),
            Self::Handoff(event) => Some(event.entry_kind()),
            Self::Clock(event) => Some(event.entry_kind()),
            Self::Tie(event) => Some(event.entry_kind()),
        }
    }

    /// The entry that this one changes, where it does.
    pub const fn target(&self) -> Option<EventId> {
        match self {
            Self::Pinned { target, .. } | Self::Corrected { target, .. } | Self::Redacted { target, .. } => Some(*target),
            Self::Declared(_)
            | Self::Retitled { .. }
            | Self::SeveritySet { .. }
            | Self::StatusSet { .. }
            | Self::Acknowledged {}
            | Self::Noted { .. }
            | Self::RoleAssigned { .. }
            | Self::RoleReleased { .. }
            | Self::CommandSet { .. }
            | Self::CommandConfirmed {}
            | Self::ImpactStarted(_)
            | Self::ImpactUpdated { .. }
            | Self::ImpactEnded { .. }
            | Self::GroupAttached { .. }
            | Self::GroupDetached { .. }
            | Self::NoticeClaimed { .. }
            | Self::NoticeShown { .. }
            | Self::NoticeFailed { .. }
            | Self::RollCalled { .. }
            | Self::Pasted { .. }
            | Self::Ask(_)
            | Self::Task(_)
            | Self::Thought(_)
            | Self::Board(_)
            | Self::Comms(_)
            | Self::Handoff(_)
            | Self::Clock(_)
            | Self::Tie(_) => None,
        }
    }

    /// The free words of the event, which a correction may replace and a redaction erases.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Declared(declared) => Some(&declared.title),
            Self::Retitled { title } => Some(title),
            Self::SeveritySet { reason, .. } => reason.as_deref(),
            Self::Noted { text, .. } | Self::Pasted { text, .. } => Some(text),
            Self::Corrected { text, .. } => text.as_deref(),
            Self::ImpactStarted(detail) | Self::ImpactUpdated { detail, .. } => detail.text.as_deref(),
            Self::GroupAttached { title, .. } | Self::GroupDetached { title, .. } => Some(title),
            Self::Ask(event) => event.words(),
            Self::Task(event) => event.words(),
            Self::Thought(event) => event.words(),
            Self::Board(event) => event.words(),
            Self::Comms(event) => event.words(),
            Self::Handoff(event) => event.words(),
            Self::Clock(event) => event.words(),
            Self::Tie(event) => event.words(),
            Self::Redacted { .. }
            | Self::StatusSet { .. }
            | Self::Acknowledged {}
            | Self::Pinned { .. }
            | Self::RoleAssigned { .. }
            | Self::RoleReleased { .. }
            | Self::CommandSet { .. }
            | Self::CommandConfirmed {}
            | Self::ImpactEnded { .. }
            | Self::NoticeClaimed { .. }
            | Self::NoticeShown { .. }
            | Self::NoticeFailed { .. }
            | Self::RollCalled { .. } => None,
        }
    }

    /// The same event with other words in place of its own.
    pub fn with_words(&self, words: &str) -> Self {
        let mut event = self.clone();
        if let Some(place) = event.words_mut() {
            words.clone_into(place);
        }
        event
    }

    /// The same event as a redaction shows it: `words` in place of its own, and no others.
    pub fn masked(&self, words: &str) -> Self {
        let mut event = self.with_words(words);
        match &mut event {
            Self::Ask(event) => event.strip(),
            Self::Task(event) => event.strip(),
            Self::Thought(event) => event.strip(),
            // The key is made of the words: it must not outlive them.
            Self::Pasted { said_by, key, .. } => (*said_by, *key) = (None, [0; 16]),
            Self::Declared(_)
            | Self::Retitled { .. }
            | Self::SeveritySet { .. }
            | Self::Noted { .. }
            | Self::Corrected { .. }
            | Self::ImpactStarted(_)
            | Self::ImpactUpdated { .. }
            | Self::GroupAttached { .. }
            | Self::GroupDetached { .. }
            | Self::Board(_)
            | Self::Comms(_)
            | Self::Handoff(_)
            | Self::Clock(_)
            | Self::Tie(_)
            | Self::Redacted { .. }
            | Self::StatusSet { .. }
            | Self::Acknowledged {}
            | Self::Pinned { .. }
            | Self::RoleAssigned { .. }
            | Self::RoleReleased { .. }
            | Self::CommandSet { .. }
            | Self::CommandConfirmed {}
            | Self::ImpactEnded { .. }
            | Self::NoticeClaimed { .. }
            | Self::NoticeShown { .. }
            | Self::NoticeFailed { .. }
            | Self::RollCalled { .. } => {}
        }
        event
    }

    fn words_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::Declared(declared) => Some(&mut declared.title),
            Self::Retitled { title } | Self::GroupAttached { title, .. } | Self::GroupDetached { title, .. } => Some(title),
            Self::SeveritySet { reason, .. } => reason.as_mut(),
            Self::Noted { text, .. } | Self::Pasted { text, .. } => Some(text),
            Self::Corrected { text, .. } => text.as_mut(),
            Self::ImpactStarted(detail) | Self::ImpactUpdated { detail, .. } => detail.text.as_mut(),
            Self::Ask(event) => event.words_mut(),
            Self::Task(event) => event.words_mut(),
            Self::Thought(event) => event.words_mut(),
            Self::Board(event) => event.words_mut(),
            Self::Comms(event) => event.words_mut(),
            Self::Handoff(event) => event.words_mut(),
            Self::Clock(event) => event.words_mut(),
            Self::Tie(event) => event.words_mut(),
            Self::Redacted { .. }
            | Self::StatusSet { .. }
            | Self::Acknowledged {}
            | Self::Pinned { .. }
            | Self::RoleAssigned { .. }
            | Self::RoleReleased { .. }
            | Self::CommandSet { .. }
            | Self::CommandConfirmed {}
            | Self::ImpactEnded { .. }
            | Self::NoticeClaimed { .. }
            | Self::NoticeShown { .. }
            | Self::NoticeFailed { .. }
            | Self::RollCalled { .. } => None,
        }
    }
}
