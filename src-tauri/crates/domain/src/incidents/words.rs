//! What an event is on the timeline: its kind there, the entry it changes, and its free words, which a correction may
//! replace and a redaction erases.

use super::event::IncidentEvent;
use crate::EventId;

impl IncidentEvent {
    /// The kind of timeline entry it makes, as on the wire; `None` for those that only change another entry.
    pub const fn entry_kind(&self) -> Option<&'static str> {
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
            Self::Pinned { .. } => None,
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
            | Self::NoticeFailed { .. } => None,
        }
    }

    /// The free words of the event, which a correction may replace and a redaction erases.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Declared(declared) => Some(&declared.title),
            Self::Retitled { title } => Some(title),
            Self::SeveritySet { reason, .. } => reason.as_deref(),
            Self::Noted { text, .. } => Some(text),
            Self::Corrected { text, .. } => text.as_deref(),
            Self::ImpactStarted(detail) | Self::ImpactUpdated { detail, .. } => detail.text.as_deref(),
            Self::GroupAttached { title, .. } | Self::GroupDetached { title, .. } => Some(title),
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
            | Self::NoticeFailed { .. } => None,
        }
    }

    /// The same event with other words in their place.
    pub fn with_words(&self, words: &str) -> Self {
        let mut event = self.clone();
        match &mut event {
            Self::Declared(declared) => declared.title = words.to_owned(),
            Self::Retitled { title } | Self::GroupAttached { title, .. } | Self::GroupDetached { title, .. } => *title = words.to_owned(),
            Self::SeveritySet { reason, .. } => *reason = Some(words.to_owned()),
            Self::Noted { text, .. } => *text = words.to_owned(),
            Self::Corrected { text, .. } => *text = Some(words.to_owned()),
            Self::ImpactStarted(detail) | Self::ImpactUpdated { detail, .. } => detail.text = Some(words.to_owned()),
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
            | Self::NoticeFailed { .. } => {}
        }
        event
    }
}
