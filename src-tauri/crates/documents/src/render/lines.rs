//! Documents as lines of text, in the manner of a style.

use super::style::Style;
use super::{DRILL, PRIVATE, inline};
use crate::Facts;
use crate::document::{Block, Document, Phrase, Table};

/// The whole document.
pub fn render(facts: &Facts, document: &Document, style: &dyn Style) -> String {
    let mut out = top(facts, document, style);
    let headed = out.len();
    for (place, block) in document.blocks.iter().enumerate() {
        let lines = of_block(facts, block, style);
        let together = match place.checked_sub(1) {
            None => matches!(block, Block::Line(_)),
            Some(before) => belong(&document.blocks[before], block, style),
        };
        if style.is_airy() && !out.is_empty() && !together && !lines.is_empty() {
            out.push(String::new());
        }
        let ends = match block {
            Block::Line(_) | Block::Named(_) | Block::Quoted(_) => true,
            Block::Section(_) => !style.has_tables(),
            Block::Table(_) | Block::Checks(_) => false,
        };
        out.extend(lines.into_iter().map(|line| if ends && !line.is_empty() { line + style.line_end() } else { line }));
    }
    for line in out.iter_mut().take(headed).filter(|line| !style.has_tables() || !line.starts_with("# ")) {
        line.push_str(style.line_end());
    }
    out.join("\n").trim_end().to_owned()
}

/// What is said before anything else: that it is an exercise, what it is about, and whom it is for.
pub fn top(facts: &Facts, document: &Document, style: &dyn Style) -> Vec<String> {
    let mut out = vec![];
    if document.drill {
        out.push(String::from(DRILL));
    }
    if !document.heading.is_empty() {
        let parts: Vec<String> = document.heading.iter().map(|part| inline::phrase(facts, part, style)).collect();
        out.push(style.title(&parts.join(style.joint())));
    }
    if document.private {
        out.push(String::from(PRIVATE));
    }
    out
}

/// The lines of one block.
pub fn of_block(facts: &Facts, block: &Block, style: &dyn Style) -> Vec<String> {
    match block {
        Block::Section(name) => style.section(name).into_iter().collect(),
        Block::Line(phrase) => vec![inline::sentence(facts, phrase, style)],
        Block::Named(lines) => lines.iter().map(|(name, phrase)| named(facts, name, phrase, style)).collect(),
        Block::Table(table) if style.has_tables() => drawn(facts, table, style),
        Block::Table(table) => listed(facts, table, style),
        Block::Checks(checks) => checks.iter().map(|(done, text)| check(*done, text, style)).collect(),
        Block::Quoted(lines) => lines.iter().map(|line| style.words(line)).collect(),
    }
}

fn named(facts: &Facts, name: &str, phrase: &Phrase, style: &dyn Style) -> String {
    let name = style.strong(&format!("{name}:"));
    format!("{name} {}", inline::sentence(facts, phrase, style))
}

fn check(done: bool, text: &str, style: &dyn Style) -> String {
    let mark = if done { "[x]" } else { "[ ]" };
    let mark = if style.is_airy() { format!("{}{mark}", style.bullet()) } else { mark.to_owned() };
    format!("{mark} {text}{}", if style.is_airy() { "" } else { "." })
}

fn listed(facts: &Facts, table: &Table, style: &dyn Style) -> Vec<String> {
    let row = |row: &Vec<Phrase>| {
        let mut phrase = Phrase::default();
        for (place, cell) in row.iter().filter(|cell| !cell.is_empty()).enumerate() {
            let joint = match place {
                0 => "",
                1 => ": ",
                _ => ", ",
            };
            phrase = phrase.then(joint).join(cell.clone());
        }
        format!("{}{}", style.bullet(), inline::sentence(facts, &phrase, style))
    };
    let mut out: Vec<String> = table.rows.iter().map(row).collect();
    if table.more > 0 {
        out.push(format!("{}and {} more.", style.bullet(), table.more));
    }
    out
}

fn drawn(facts: &Facts, table: &Table, style: &dyn Style) -> Vec<String> {
    let bars = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let head = bars(table.head.iter().map(|name| (*name).to_owned()).collect());
    let rule = bars(table.head.iter().map(|_| String::from("---")).collect());
    let rows = table.rows.iter().map(|row| bars(row.iter().map(|cell| inline::phrase(facts, cell, style)).collect()));
    let mut out: Vec<String> = [head, rule].into_iter().chain(rows).collect();
    if table.more > 0 {
        out.extend([String::new(), format!("And {} more.", table.more)]);
    }
    out
}

/// Whether two blocks stand without an empty line between them; a drawn table needs one on both sides.
fn belong(before: &Block, block: &Block, style: &dyn Style) -> bool {
    use Block::{Line, Named, Section, Table};
    match (before, block) {
        (Line(_), Line(_) | Named(_)) | (Section(_), Line(_) | Named(_) | Block::Checks(_)) => true,
        (Section(_) | Line(_), Table(_)) => !style.has_tables(),
        _ => false,
    }
}
