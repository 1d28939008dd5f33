//! Documents as sentences for a tired person to read aloud: short, in words, without a sign.

use super::inline::NAME;
use super::{say, spoken};
use crate::document::{Block, Document, Phrase, Span, Table};
use crate::{Facts, clean};
use domain::home::is_address;

/// Said where recorded words go on.
const GOES_ON: &str = " and so on";

/// The whole document, a line for each thing that is said in one breath.
pub fn render(facts: &Facts, document: &Document) -> String {
    let mut out = vec![];
    if document.drill {
        out.push(String::from("DRILL. This is an exercise."));
    }
    if !document.heading.is_empty() {
        out.push(document.heading.iter().map(|part| sentence(facts, part)).collect::<Vec<_>>().join(" "));
    }
    if document.private {
        out.push(String::from("Private. Share only with those who work on it."));
    }
    for block in &document.blocks {
        out.extend(of_block(facts, block).into_iter().filter(|line| !line.is_empty()));
    }
    out.join("\n")
}

fn of_block(facts: &Facts, block: &Block) -> Vec<String> {
    match block {
        Block::Section(name) => vec![format!("{name}.")],
        Block::Line(phrase) => vec![sentence(facts, phrase)],
        Block::Named(lines) => lines.iter().map(|(name, phrase)| format!("{name}. {}", sentence(facts, phrase))).collect(),
        Block::Table(table) => rows(facts, table),
        Block::Checks(checks) => {
            let check = |(done, text): &(bool, &str)| format!("{}. {}", if *done { "Done" } else { "To do" }, ended(&spoken::words(text)));
            checks.iter().map(check).collect()
        }
        Block::Quoted(lines) => lines.iter().map(|line| ended(&spoken::words(line))).collect(),
    }
}

fn rows(facts: &Facts, table: &Table) -> Vec<String> {
    let row = |row: &Vec<Phrase>| {
        let mut cells: Vec<String> = row.iter().filter(|cell| !cell.is_empty()).map(|cell| phrase(facts, cell)).collect();
        // A person is called by name, which a column of names would say again.
        cells.dedup();
        ended(&cells.join(", "))
    };
    let more = (table.more > 0).then(|| format!("And {} more.", say::number(table.more)));
    table.rows.iter().map(row).chain(more).collect()
}

fn sentence(facts: &Facts, words: &Phrase) -> String {
    ended(&phrase(facts, words))
}

/// A sentence: begins with a capital letter and ends.
fn ended(text: &str) -> String {
    let text = spoken::tidy(text);
    let text = text.trim_end_matches(',');
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    let text: String = first.to_uppercase().chain(letters).collect();
    if text.ends_with(['.', '?']) { text } else { text + "." }
}

fn phrase(facts: &Facts, phrase: &Phrase) -> String {
    phrase.0.iter().map(|one| span(facts, one)).collect()
}

fn span(facts: &Facts, span: &Span) -> String {
    match span {
        Span::Words(words) => spoken::words(words),
        Span::Said(text, words) => clean::capped(&spoken::words(text), *words, GOES_ON),
        Span::Person(handle) => {
            let name = facts.home.people.get(handle).and_then(|person| person.name.as_deref());
            let name = name.filter(|name| (1..=NAME).contains(&name.split_whitespace().count()));
            clean::capped(&spoken::words(&clean::line(name.unwrap_or(handle.as_str()))), NAME, GOES_ON)
        }
        Span::Reference(reference) => say::reference(reference),
        Span::Severity(severity) => say::severity(*severity),
        Span::At(at) => say::at(*at, facts.now),
        Span::Both(at) => say::both(*at, facts.now, facts.zone),
        Span::Ago(at) => say::ago(*at, facts.now),
        Span::Length(millis) => say::length(*millis),
        Span::Number(number) => say::number(*number),
        Span::Percent(share) => say::percent(*share),
        Span::Link(url) if is_address(url) => say::link(url),
        Span::Link(other) => spoken::words(&clean::clip(other, 8)),
        Span::Phone(number) => say::phone(number),
        Span::Stop => String::from(". "),
        Span::Aside(inner) => format!(", {}", self::phrase(facts, inner)),
    }
}
