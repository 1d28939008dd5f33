//! Documents as HTML that survives being pasted into Confluence, Notion, Google Docs or a mail: headings, paragraphs, lists
//! and plain tables; no style, no class, no script.

use super::style::{Html, Style};
use super::{DRILL, PRIVATE, inline};
use crate::Facts;
use crate::document::{Block, Document, Phrase, Table};

/// The whole document.
pub fn render(facts: &Facts, document: &Document) -> String {
    let mut out = String::new();
    if document.drill {
        out += &format!("<p>{DRILL}</p>");
    }
    if !document.heading.is_empty() {
        let parts: Vec<String> = document.heading.iter().map(|part| inline::phrase(facts, part, &Html)).collect();
        out += &format!("<h1>{}</h1>", parts.join(Html.joint()));
    }
    if document.private {
        out += &format!("<p>{PRIVATE}</p>");
    }
    document.blocks.iter().for_each(|block| out += &of_block(facts, block));
    out
}

fn of_block(facts: &Facts, block: &Block) -> String {
    match block {
        Block::Section(name) => format!("<h2>{}</h2>", Html.words(name)),
        Block::Line(phrase) => format!("<p>{}</p>", inline::sentence(facts, phrase, &Html)),
        Block::Named(lines) => {
            let row = |(name, phrase): &(&str, Phrase)| {
                format!("<tr><th>{}</th><td>{}</td></tr>", Html.words(name), inline::sentence(facts, phrase, &Html))
            };
            format!("<table>{}</table>", lines.iter().map(row).collect::<String>())
        }
        Block::Table(table) => of_table(facts, table),
        Block::Checks(checks) => {
            let item = |(done, text): &(bool, &str)| format!("<li>{} {}</li>", if *done { "[x]" } else { "[ ]" }, Html.words(text));
            format!("<ul>{}</ul>", checks.iter().map(item).collect::<String>())
        }
        Block::Quoted(lines) => {
            let paragraphs = lines.split(String::is_empty).filter(|lines| !lines.is_empty());
            let paragraph = |lines: &[String]| {
                let lines: Vec<String> = lines.iter().map(|line| Html.words(line)).collect();
                format!("<p>{}</p>", lines.join("<br>"))
            };
            paragraphs.map(paragraph).collect()
        }
    }
}

fn of_table(facts: &Facts, table: &Table) -> String {
    let head: String = table.head.iter().map(|name| format!("<th>{}</th>", Html.words(name))).collect();
    let cell = |cell: &Phrase| format!("<td>{}</td>", inline::phrase(facts, cell, &Html));
    let row = |row: &Vec<Phrase>| format!("<tr>{}</tr>", row.iter().map(cell).collect::<String>());
    let rows: String = table.rows.iter().map(row).collect();
    let more = if table.more > 0 { format!("<p>And {} more.</p>", table.more) } else { String::new() };
    format!("<table><tr>{head}</tr>{rows}</table>{more}")
}
