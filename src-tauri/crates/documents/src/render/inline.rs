//! A phrase on one line, as it is read: times in digits, people by handle.

use super::style::Style;
use crate::document::{Phrase, Span};
use crate::{Facts, age, clean};
use domain::Handle;
use domain::home::is_address;

/// Words of a name that nobody takes for a text.
pub const NAME: usize = 4;

/// `phrase` in a style.
pub fn phrase(facts: &Facts, phrase: &Phrase, style: &dyn Style) -> String {
    let mut out = String::new();
    for one in &phrase.0 {
        match one {
            Span::Stop if is_ended(&out) => out.push(' '),
            Span::Stop => out.push_str(". "),
            other => out += &span(facts, other, style),
        }
    }
    out
}

/// The same as a sentence: with a full stop, unless it has an end of its own or one would become part of an address.
pub fn sentence(facts: &Facts, words: &Phrase, style: &dyn Style) -> String {
    let text = phrase(facts, words, style);
    let done = words.ends_bare() || is_ended(&text) || text.is_empty();
    if done { text } else { text + "." }
}

fn is_ended(text: &str) -> bool {
    text.trim_end().ends_with(['.', '?', '!', '…'])
}

/// A person by handle.
pub fn name(handle: &Handle, style: &dyn Style) -> String {
    clean::capped(&style.words(&format!("@{}", clean::line(handle.as_str()))), NAME, "…")
}

/// A share in percent, with one decimal where it has any.
pub fn percent(share: f64) -> String {
    if share.fract() == 0.0 { format!("{share:.0}") } else { format!("{share:.1}") }
}

fn span(facts: &Facts, span: &Span, style: &dyn Style) -> String {
    match span {
        Span::Words(words) => style.words(words),
        Span::Said(text, words) => clean::capped(&style.words(text), *words, "…"),
        Span::Person(handle) => name(handle, style),
        Span::Reference(reference) => style.words(&clean::line(reference.as_str())),
        Span::Severity(severity) => style.words(severity.label()),
        Span::At(at) => style.words(&age::utc(*at, facts.now)),
        Span::Both(at) => style.words(&age::clock(*at, facts.now, facts.zone)),
        Span::Ago(at) => {
            let ago = age::ago(*at, facts.now);
            style.words(&if ago == "just now" { ago } else { format!("{ago} ago") })
        }
        Span::Length(millis) => style.words(&age::length(*millis)),
        Span::Number(number) => number.to_string(),
        Span::Percent(share) => format!("{}%", percent(*share)),
        Span::Link(url) if is_address(url) => style.link(url),
        Span::Link(other) => style.words(&clean::clip(other, 8)),
        Span::Phone(number) => style.words(&clean::line(number)),
        Span::Stop => String::from(". "),
        Span::Aside(inner) => format!(" ({})", phrase(facts, inner, style)),
    }
}
