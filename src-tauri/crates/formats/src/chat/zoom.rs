//! A chat that Zoom saved (`14:36:02 From Ravi Menon to Everyone:`), or messages copied from its window.

use super::clock;
use super::lines::lines;
use super::name::tidy;
use super::sheet::{Sheet, When};
use super::stamp;
use super::talk::{self, Dialect};

const ZOOM: Dialect = Dialect {
    furniture: |_| false,
    stacked: |_, _| false,
    trimmed: str::trim_end,
    named: sender,
    name_after_bracket: false,
    weekdays: false,
};

/// The head of a saved message.
pub struct Head<'a> {
    /// Who sent it.
    pub who: &'a str,
    /// What follows in the same line.
    pub said: &'a str,
    /// Whether it went to one person.
    pub direct: bool,
    stamp: Stamp,
}

#[derive(Clone, Copy)]
enum Stamp {
    Time(When),
    Full(super::SaidAt),
}

/// Reads a saved chat, or messages copied from the window.
pub fn read(text: &str, sheet: &mut Sheet) {
    if !lines(text).any(|line| head(line).is_some()) {
        return talk::read(text, &ZOOM, sheet);
    }
    let (mut direct, mut reaction) = (0, false);
    for line in lines(text) {
        if let Some(head) = head(line) {
            direct += usize::from(head.direct);
            reaction = is_reaction(head.said);
            match head.stamp {
                Stamp::Time(when) => sheet.begin_at(Some(head.who), when),
                Stamp::Full(said) => sheet.begin(Some(head.who), said, None),
            }
            said(head.said, reaction, sheet);
            continue;
        }
        let text = line.trim();
        if text.is_empty() {
            sheet.blank();
        } else {
            reaction = reaction || sheet.is_fresh() && is_reaction(text);
            said(text, reaction, sheet);
        }
    }
    match direct {
        0 => {}
        1 => sheet.note("One of these was a direct message between two people. Untick it where it should stay between them.".to_owned()),
        many => {
            sheet.note(format!("{many} of these were direct messages between two people. Untick them where they should stay between them."))
        }
    }
}

fn said(text: &str, reaction: bool, sheet: &mut Sheet) {
    match (text.is_empty(), reaction) {
        (true, _) => {}
        (false, true) => sheet.skip(),
        (false, false) => sheet.add(text),
    }
}

/// Reads `14:36:02 From Ravi Menon to Everyone: text`, `14:36:02 From Ravi : text`, and `14:36:02<tab>Ravi:<tab>text`.
pub fn head(line: &str) -> Option<Head<'_>> {
    if !line.as_bytes().first()?.is_ascii_digit() {
        return None;
    }
    let (stamp, rest) = match clock::leading(line) {
        Some((clock, rest)) => (Stamp::Time(When { day: None, clock }), rest),
        None => stamp::read(line).map(|stamped| (Stamp::Full(stamped.said), stamped.rest))?,
    };
    let tabbed = rest.trim_start_matches(' ').starts_with('\t');
    let rest = rest.trim_start();
    let from = rest.strip_prefix("From ").map(str::trim_start);
    if from.is_none() && !tabbed {
        return None;
    }
    let body = from.unwrap_or(rest);
    let (head, said) = split(body)?;
    let who = sender(head);
    let direct = head.ends_with("(Direct Message)") || head.ends_with("(Privately)");
    (!who.is_empty() && who.len() <= 120).then_some(Head { who, said: said.trim(), direct, stamp })
}

/// At the colon that ends the head: one that ends the line, or that a blank follows.
fn split(body: &str) -> Option<(&str, &str)> {
    let at = body.find(": ").or_else(|| body.find(":\t")).or_else(|| body.strip_suffix(':').map(str::len))?;
    Some((body[..at].trim_end(), &body[at + 1..]))
}

/// Who sent it, without whom it went to.
fn sender(head: &str) -> &str {
    let head = head.strip_prefix("From ").unwrap_or(head);
    let (who, _) = head.split_once(" to ").or_else(|| head.split_once("  to  ")).unwrap_or((head, ""));
    tidy(who)
}

fn is_reaction(text: &str) -> bool {
    text.starts_with("Reacted to \"") || text.starts_with("Removed a ") && text.contains(" reaction from \"")
}
