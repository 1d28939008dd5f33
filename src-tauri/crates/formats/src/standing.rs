//! How an alert stands, from the word that a sender has for it.

use crate::text;
use domain::Timestamp;
use domain::alerts::SignalState;

/// What a word says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Standing {
    /// It is bad now.
    Firing,
    /// Somebody looks at it.
    Acknowledged,
    /// It is over.
    Resolved,
}

/// Words in use, as states and as actions; none stands in two rows.
const WORDS: [(Standing, &[&str]); 3] = [
    (
        Standing::Firing,
        &[
            "firing",
            "fired",
            "fire",
            "open",
            "opened",
            "trigger",
            "triggered",
            "problem",
            "down",
            "critical",
            "alerting",
            "alert",
            "alarm",
            "active",
            "activated",
            "new",
            "created",
            "failed",
            "failing",
            "failure",
            "fail",
            "error",
            "warning",
            "unhealthy",
            "unknown",
        ],
    ),
    (Standing::Acknowledged, &["ack", "acked", "acknowledge", "acknowledged", "acknowledgement"]),
    (
        Standing::Resolved,
        &[
            "ok",
            "resolve",
            "resolved",
            "close",
            "closed",
            "up",
            "recovery",
            "recovered",
            "recover",
            "clear",
            "cleared",
            "normal",
            "healthy",
            "inactive",
            "deactivated",
            "fixed",
        ],
    ),
];

impl Standing {
    /// Reads a word in any case; `None` where it says nothing about how an alert stands.
    pub(crate) fn of(word: &str) -> Option<Self> {
        let word = word.trim();
        let means = |(_, words): &&(Self, &[&str])| words.iter().any(|known| known.eq_ignore_ascii_case(word));
        WORDS.iter().find(means).map(|(standing, _)| *standing)
    }

    /// As a signal says it, with who looks and when it ended where the sender tells.
    pub(crate) fn state(self, by: Option<String>, ended_at: Option<Timestamp>, now: Timestamp) -> SignalState {
        match self {
            Self::Firing => SignalState::Firing { lapses_at: None },
            Self::Acknowledged => SignalState::Acknowledged { by: by.as_deref().map(text::one_line).filter(|by| !by.is_empty()) },
            Self::Resolved => SignalState::Resolved { ended_at: ended_at.unwrap_or(now) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_in_any_case() {
        for (word, standing) in [
            ("FIRING", Some(Standing::Firing)),
            (" Problem ", Some(Standing::Firing)),
            ("ack", Some(Standing::Acknowledged)),
            ("OK", Some(Standing::Resolved)),
            ("prod", None),
            ("", None),
        ] {
            assert_eq!(Standing::of(word), standing, "{word:?}");
        }
    }

    #[test]
    fn no_word_says_two_things() {
        let mut all: Vec<&str> = WORDS.iter().flat_map(|(_, words)| words.iter().copied()).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
