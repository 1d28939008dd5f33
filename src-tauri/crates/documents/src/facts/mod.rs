//! Facts of an incident as phrases, each with its age; what nobody recorded is said to be missing. The pieces are made of
//! these, so that a fact reads the same wherever it is told.

mod promise;
mod roles;
mod situation;
mod thoughts;
mod work;

pub use promise::{last_news, next_step, promise, promise_in_short, promised_by};
pub use roles::{command, holders, meeting, offer, organisation, present};
pub use situation::{alerts, as_of, impact, impact_in_short, severity, severity_in_short, silence, status};
pub use thoughts::{belief, belief_in_short, decision, decision_in_short, need, objective, questions, ruled_out};
pub use work::{doing, knows, task_in_short, tasks, time_left};

use crate::Facts;
use crate::document::{Document, Phrase, Span};
use domain::Timestamp;

/// How much room there is: what does not fit is counted, not told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Room {
    /// Lines of a list.
    pub items: usize,
    /// Words of one recorded text.
    pub words: usize,
}

impl Room {
    /// Enough for a person who has a screen before them.
    pub const WIDE: Self = Self { items: 12, words: 60 };
}

/// Words of a title, at most: titles have 200 characters, so few are ever cut.
pub const TITLE: usize = 40;

impl Facts<'_> {
    /// A document of `what`, headed by severity, reference, title (of at most `words` words) and state.
    pub fn document(&self, what: &str, words: usize) -> Document {
        let incident = self.incident;
        let title = Phrase::said(&incident.title.value, words);
        let (severity, reference) = (Span::Severity(incident.severity.value), Span::Reference(incident.reference.clone()));
        let drill = if incident.drill { "DRILL: " } else { "" };
        let subject = Phrase::of(drill).and(severity.clone()).then(" ").and(reference.clone()).then(": ").join(title.clone());
        let state = Phrase::of(incident.status.value.label());
        Document {
            subject: subject.aside(Phrase::of(what)),
            drill: incident.drill,
            private: incident.private,
            heading: vec![Phrase(vec![severity]), Phrase(vec![reference]), title, state],
            blocks: vec![],
        }
    }
}

/// `14:02 UTC (39 min)`: since when something is so.
fn since(facts: &Facts, at: Timestamp) -> Phrase {
    Phrase::of("since ").at(at).aside(Phrase(vec![Span::Length(facts.now.since(at))]))
}

/// `(4 min ago)`.
fn age(at: Timestamp) -> Phrase {
    Phrase::default().aside(Phrase(vec![Span::Ago(at)]))
}
