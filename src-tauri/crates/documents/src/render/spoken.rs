//! Recorded words as they are said aloud: without the signs that nobody can pronounce; severities, references and times the
//! way people say them.

use super::say::{clock, reference, severity};
use domain::{IncidentRef, Severity};

/// Recorded words without signs that nobody can pronounce; severities, references and times as they are said.
pub fn words(text: &str) -> String {
    let said: Vec<String> = text.split_inclusive(char::is_whitespace).map(token).collect();
    said.concat()
}

fn token(token: &str) -> String {
    let bare = token.trim_end();
    let space = if bare.len() < token.len() { " " } else { "" };
    let core = bare.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '”', '\'']);
    let core = core.trim_start_matches(['(', '"', '“', '\'']);
    let end: String = bare.chars().rev().take_while(|c| !c.is_alphanumeric()).filter_map(stop).take(1).collect();
    if core.starts_with("https://") || core.starts_with("http://") {
        return format!("a link{end}{space}");
    }
    let known = Severity::parse(core).filter(|_| core.len() >= 4).map(severity);
    let known =
        known.or_else(|| core.to_uppercase().starts_with("INC-").then(|| IncidentRef::parse(core)).flatten().map(|one| reference(&one)));
    match known.or_else(|| time(core)) {
        Some(said) => format!("{said}{end}{space}"),
        None => format!("{}{space}", signs(bare)),
    }
}

const fn stop(c: char) -> Option<char> {
    match c {
        '.' | '!' => Some('.'),
        '?' => Some('?'),
        ',' | ';' | ':' => Some(','),
        _ => None,
    }
}

fn time(core: &str) -> Option<String> {
    let (hour, minute) = core.split_once(':')?;
    let digits = |text: &str| (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse::<u32>().ok()).flatten();
    let (hour, minute) = (digits(hour)?, digits(minute)?);
    (hour < 24 && minute < 60).then(|| clock(hour, minute))
}

fn signs(bare: &str) -> String {
    let letters: Vec<char> = bare.chars().collect();
    let mut out = String::with_capacity(bare.len());
    for (place, c) in letters.iter().enumerate() {
        let inside = place > 0 && letters.get(place + 1).is_some_and(|next| next.is_alphanumeric()) && letters[place - 1].is_alphanumeric();
        match c {
            c if c.is_alphanumeric() => out.push(*c),
            '.' | '-' | '\'' if inside => out.push(*c),
            '’' if inside => out.push('\''),
            ',' | '.' | '?' => out.push(*c),
            '!' | '·' => out.push('.'),
            ';' | ':' | '–' | '—' => out.push_str(", "),
            '…' => out.push_str(" and so on"),
            '%' => out.push_str(" percent"),
            '&' => out.push_str(" and "),
            '+' => out.push_str(" plus "),
            '=' => out.push_str(" equals "),
            '→' => out.push_str(" to "),
            '$' => out.push_str(" dollars "),
            '€' => out.push_str(" euros "),
            '。' => out.push_str(". "),
            '、' => out.push_str(", "),
            c if is_mark(*c) => out.push(*c),
            _ => out.push(' '),
        }
    }
    out
}

/// Marks that belong to the letter before them in scripts that write them so.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{e7f}' | '\u{200c}' | '\u{200d}')
}

/// One line without doubled or leading stops and spaces.
pub fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut stop = None;
    let mut space = false;
    for c in text.chars() {
        match c {
            '.' | '?' | ',' => stop = stop.filter(|known| *known != ',').or(Some(c)),
            c if c.is_whitespace() => space = true,
            c => {
                if !out.is_empty() {
                    out.extend(stop);
                    out.extend(space.then_some(' '));
                }
                (stop, space) = (None, false);
                out.push(c);
            }
        }
    }
    if !out.is_empty() {
        out.extend(stop);
    }
    out
}
