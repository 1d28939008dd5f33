//! An update: the words of whoever wrote it, under a line that says what they are about.

use crate::document::Block;
use crate::facts::{self, TITLE};
use crate::{Facts, Form, Text, clean, render};
use domain::Timestamp;

/// An update in its own `words`; `next` is said only where a person promised it.
pub fn update(facts: &Facts, words: &str, next: Option<Timestamp>, form: Form) -> Text {
    let document = facts.document("update", TITLE).with(Block::Quoted(clean::lines(words)));
    render::render(facts, &document.line(next.map(facts::promised_by)), form)
}
