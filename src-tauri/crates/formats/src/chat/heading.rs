//! Headings over messages: a name and a time in one line, or a time alone.

use super::clock;
use super::day;
use super::sheet::When;

/// Longest heading in bytes: a name, a weekday, a date and a time.
const LIMIT: usize = 120;
/// Longest time with its day in bytes.
const TIME_LIMIT: usize = 48;
/// Most words of a day before a time.
const DAY_WORDS: usize = 4;

/// A name with a time after it.
pub struct Headed<'a> {
    /// What stands before the time and its day.
    pub name: &'a str,
    /// The time.
    pub when: When,
    /// Whether the page shows that these are two things: by a gap, a bracket or a tab.
    pub apart: bool,
}

/// Reads a line that is a time and nothing else: `2:36 PM`, `[14:36]`, `Today at 2:36 PM`, `Tuesday 14:36`.
pub fn time_alone(line: &str) -> Option<When> {
    let text = line.trim_ascii();
    if text.len() > TIME_LIMIT || !ends_like_a_time(text) || !begins_like_a_time(text) {
        return None;
    }
    let text = text.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(text);
    let (before, clock) = clock::trailing(text)?;
    let before = without_at(before);
    let day = match before.split([' ', ',']).next() {
        None | Some("") => None,
        Some(first) if day::may_be_part(first) => Some(day::read(before, clock.half)?),
        Some(_) => return None,
    };
    Some(When { day, clock })
}

/// Reads `[14:36] …` and `[23/11 14:36] …`: the time, and what follows it.
pub fn bracketed(line: &str) -> Option<(When, &str)> {
    let (inner, rest) = line.strip_prefix('[')?.split_once(']')?;
    Some((time_alone(inner)?, rest.trim_start()))
}

/// Reads `Ravi Menon  2:36 PM`, `Ravi Menon [14:36]`, `Ravi Menon   Tuesday 14:36`.
pub fn headed(line: &str) -> Option<Headed<'_>> {
    let text = line.trim_ascii();
    if text.len() > LIMIT || !ends_like_a_time(text) {
        return None;
    }
    if let Some((name, inner)) = text.strip_suffix(']').and_then(|text| text.rsplit_once('[')) {
        let when = time_alone(inner)?;
        return (!name.trim().is_empty()).then_some(Headed { name: name.trim(), when, apart: true });
    }
    let (before, clock) = clock::trailing(text)?;
    let (name, day) = dated(without_at(before), clock.half);
    let gap = &before[name.len()..];
    let apart = gap.starts_with("  ") || gap.starts_with('\t');
    (!name.is_empty()).then_some(Headed { name, when: When { day, clock }, apart })
}

/// Whether the last byte, and the one before it, are those of a time. Asked of every line, for it turns most away.
fn ends_like_a_time(text: &str) -> bool {
    matches!(text.as_bytes(), [.., b'0'..=b'9' | b']'] | [.., b'a' | b'A' | b'p' | b'P' | b'.', b'm' | b'M'] | [.., b'm' | b'M', b'.'])
}

/// Whether the first word is a time, or can be of what stands before one.
fn begins_like_a_time(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(b'0'..=b'9' | b'[' | b',') => true,
        Some(b'a'..=b'z' | b'A'..=b'Z') => text.starts_with("at") || day::may_be_part(text),
        Some(_) | None => false,
    }
}

/// Splits the longest day off the end.
fn dated(text: &str, half: bool) -> (&str, Option<day::Day>) {
    let mut found = (text, None);
    let last = text.bytes().rposition(|byte| matches!(byte, b' ' | b'\t' | b',')).map_or(0, |gap| gap + 1);
    if !day::may_be_part(&text[last..]) {
        return found;
    }
    let mut rest = text;
    for _ in 0..DAY_WORDS {
        let Some(at) = rest.rfind([' ', '\t']) else { break };
        rest = rest[..at].trim_end();
        if let Some(day) = day::read(text[at..].trim(), half) {
            found = (rest.trim_end_matches(','), Some(day));
        }
    }
    found
}

/// What stands before a time, without the words between.
fn without_at(before: &str) -> &str {
    let before = before.trim_end_matches([' ', ',', '\t']);
    match before.strip_suffix("at") {
        Some(rest) if rest.is_empty() || rest.ends_with(' ') => rest.trim_end_matches([' ', ',']),
        Some(_) | None => before,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_from_its_time() {
        for (line, name, day, apart) in [
            ("Ravi Menon  2:36 PM", "Ravi Menon", false, true),
            ("Ravi Menon 14:36", "Ravi Menon", false, false),
            ("Ravi Menon [14:36]", "Ravi Menon", false, true),
            ("Ravi Menon   Tuesday 14:36", "Ravi Menon", true, true),
            ("Ravi Menon, 11/23 2:36 PM", "Ravi Menon", true, false),
            ("Ravi Menon  Nov 17th, 2026 at 2:36 PM", "Ravi Menon", true, true),
        ] {
            let headed = headed(line).unwrap_or_else(|| panic!("{line} is a heading"));
            assert_eq!((headed.name, headed.when.day.is_some(), headed.apart), (name, day, apart), "{line}");
        }
        for line in ["", "14:36", "Ravi Menon", "see host:8080", "[14:36]"] {
            assert!(headed(line).is_none(), "{line}");
        }
    }

    #[test]
    fn a_time_alone() {
        for line in ["  2:36 PM", "[14:36]", "Today at 2:36 PM", "Nov 17th at 9:05 AM", "Tuesday 14:36", "23/11 14:36"] {
            assert!(time_alone(line).is_some(), "{line}");
        }
        for line in ["", "we met at 14:36", "14:36 ok", "[14:36] Ravi"] {
            assert_eq!(time_alone(line), None, "{line}");
        }
        assert_eq!(bracketed("[14:36] Ravi").map(|(_, rest)| rest), Some("Ravi"));
    }
}
