//! What the room thinks: decisions, hypotheses, open questions. Each is named by its id or a unique prefix.

mod decision;
mod hypothesis;
mod question;

pub use decision::Decision;
pub use hypothesis::Hypothesis;
pub use question::Question;

use super::room::heard;
use crate::out::{Cell, Paint, cell, painted};
use api::dto::WordsView;

/// A line under a thought.
fn under(name: &str, words: &WordsView) -> Vec<Cell> {
    vec![cell("  "), painted(Paint::Faint, name), cell(&words.text), painted(Paint::Faint, heard(&words.heard))]
}
