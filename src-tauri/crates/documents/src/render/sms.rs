//! Documents as short messages: sentence by sentence as long as they fit, then whom to ask for the rest.

use super::gsm::{self, PARTS};
use super::style::Short;
use super::{inline, lines};
use crate::Facts;
use crate::clean;
use crate::document::Document;

/// The whole document as far as it fits, and whether something was cut off.
pub fn render(facts: &Facts, document: &Document) -> (String, bool) {
    let lines: Vec<String> = top(facts, document).into_iter().chain(body(facts, document)).collect();
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    let whole = lines.join("\n");
    if gsm::parts(&whole) <= PARTS {
        return (whole, false);
    }
    let rest = rest(facts);
    let fits = |text: &str| gsm::parts(&format!("{text}\n{rest}")) <= PARTS;
    let mut kept = String::new();
    'lines: for line in &lines {
        for (place, sentence) in clean::sentences(line).into_iter().enumerate() {
            let joint = match (kept.is_empty(), place) {
                (true, _) => "",
                (false, 0) => "\n",
                (false, _) => " ",
            };
            let longer = format!("{kept}{joint}{sentence}");
            if !fits(&longer) {
                break 'lines;
            }
            kept = longer;
        }
    }
    if kept.is_empty() {
        kept = words_that_fit(&whole, fits);
    }
    (format!("{kept}\n{rest}"), true)
}

fn top(facts: &Facts, document: &Document) -> Vec<String> {
    let ended = |line: String| if line.ends_with(['.', '?', '!']) { line } else { line + "." };
    lines::top(facts, document, &Short).into_iter().map(ended).collect()
}

fn body(facts: &Facts, document: &Document) -> Vec<String> {
    document.blocks.iter().flat_map(|block| lines::of_block(facts, block, &Short)).collect()
}

/// Whom to ask for what did not fit.
fn rest(facts: &Facts) -> String {
    match facts.incident.command.holder() {
        Some(held) => format!("More: ask {}", inline::name(&held.person, &Short)),
        None => String::from("More: ask whoever sent this"),
    }
}

/// The first words of a text that has no sentence short enough.
fn words_that_fit(text: &str, fits: impl Fn(&str) -> bool) -> String {
    let mut kept = String::new();
    for c in text.chars() {
        let longer = format!("{kept}{c}");
        if !fits(&format!("{longer}...")) {
            break;
        }
        kept = longer;
    }
    let end = kept.rfind(char::is_whitespace).unwrap_or(kept.len());
    format!("{}...", &kept[..end])
}
