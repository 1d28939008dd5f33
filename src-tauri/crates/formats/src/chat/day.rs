//! Days as chats write them: `Today`, `Tuesday, November 17th`, `23/11`, `2026-11-23`. What names no year is a hint.

use super::clock::number;
use chrono::{NaiveDate, Weekday};

/// A day that a text names only in relation to another, or without its year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DayHint {
    /// The day on which it was copied.
    Today,
    /// The day before that.
    Yesterday,
    /// A day of a week.
    Weekday(Weekday),
    /// A day of some year.
    Date {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
        /// Which narrows the year down.
        weekday: Option<Weekday>,
    },
}

/// What a text says of a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Day {
    /// All of it.
    Date(NaiveDate),
    /// Less.
    Hint(DayHint),
}

const MONTHS: [&[u8]; 12] =
    [b"january", b"february", b"march", b"april", b"may", b"june", b"july", b"august", b"september", b"october", b"november", b"december"];
const WEEKDAYS: [(&[u8], Weekday); 7] = [
    (b"monday", Weekday::Mon),
    (b"tuesday", Weekday::Tue),
    (b"wednesday", Weekday::Wed),
    (b"thursday", Weekday::Thu),
    (b"friday", Weekday::Fri),
    (b"saturday", Weekday::Sat),
    (b"sunday", Weekday::Sun),
];
/// More words than any day has.
const WORDS: usize = 6;

/// Reads a text that is a day and nothing else. `half` says that the text beside it tells AM from PM, which is where
/// `11/12` means November.
pub fn read(text: &str, half: bool) -> Option<Day> {
    let (mut weekday, mut month, mut day, mut year) = (None, None, None, None);
    let words = text.as_bytes().split(|byte| matches!(byte, b' ' | b',' | b'\t'));
    for (at, word) in words.filter(|word| !word.is_empty()).enumerate() {
        if at >= WORDS || !may_begin_part(word) {
            return None;
        }
        if at == 0 && word.eq_ignore_ascii_case(b"today") {
            return text.trim().eq_ignore_ascii_case("today").then_some(Day::Hint(DayHint::Today));
        }
        if at == 0 && word.eq_ignore_ascii_case(b"yesterday") {
            return text.trim().eq_ignore_ascii_case("yesterday").then_some(Day::Hint(DayHint::Yesterday));
        }
        if let Some((_, found)) = WEEKDAYS.iter().find(|(name, _)| is_short_for(word, name)) {
            weekday.replace(*found).is_none().then_some(())?;
        } else if let Some(found) = month_of(word) {
            month.replace(found).is_none().then_some(())?;
        } else if let Some(found) = ordinal(word) {
            let slot = if found >= 1000 { &mut year } else { &mut day };
            slot.replace(found).is_none().then_some(())?;
        } else {
            let (y, m, d) = numeric(word, half)?;
            (month.is_none() && day.is_none() && year.is_none()).then_some(())?;
            (year, month, day) = (y, Some(m), Some(d));
        }
    }
    match (year, month, day) {
        (Some(year), Some(month), Some(day)) => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).map(Day::Date),
        (None, Some(month), Some(day)) => {
            // 2024 had a 29th of February.
            NaiveDate::from_ymd_opt(2024, month, day)?;
            Some(Day::Hint(DayHint::Date { month, day, weekday }))
        }
        (None, None, None) => weekday.map(DayHint::Weekday).map(Day::Hint),
        _ => None,
    }
}

/// Reads a line that stands between two days. A weekday alone is one only where `weekdays` says so: it may be an answer.
pub fn separator(line: &str, weekdays: bool) -> Option<Day> {
    // The cheap half first, for this is asked of every line: `Wednesday, September 23rd, 2026` is the longest.
    if line.len() > 34 || !line.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit()) {
        return None;
    }
    if !line.split([' ', ',']).next().is_some_and(may_be_part) {
        return None;
    }
    let day = read(line, false)?;
    match day {
        Day::Hint(DayHint::Weekday(_)) => (weekdays && line.len() >= 6).then_some(day),
        Day::Date(_) => (line.len() >= 8).then_some(day),
        Day::Hint(DayHint::Date { .. }) => line.contains(|c: char| c.is_ascii_alphabetic()).then_some(day),
        Day::Hint(DayHint::Today | DayHint::Yesterday) => Some(day),
    }
}

/// Whether a word can belong to a day; says no at once to most that do not.
pub fn may_be_part(word: &str) -> bool {
    may_begin_part(word.as_bytes()) && !(word.starts_with(|c: char| c.is_ascii_digit()) && word.contains(':'))
}

/// The same by its first letters: those of today, yesterday, a weekday or a month, or a digit.
fn may_begin_part(word: &[u8]) -> bool {
    let [first, rest @ ..] = word else { return false };
    let second = rest.first().filter(|_| rest.len() >= 2).map_or(0, u8::to_ascii_lowercase);
    match first.to_ascii_lowercase() {
        b'0'..=b'9' => true,
        b'a' => matches!(second, b'p' | b'u'),
        b'd' | b'w' | b'y' => second == b'e',
        b'f' => matches!(second, b'e' | b'r'),
        b'j' => matches!(second, b'a' | b'u'),
        b'm' => matches!(second, b'a' | b'o'),
        b'n' => second == b'o',
        b'o' => second == b'c',
        b's' => matches!(second, b'a' | b'e' | b'u'),
        b't' => matches!(second, b'h' | b'o' | b'u'),
        _ => false,
    }
}

/// The month of a name or its beginning, 1 to 12.
pub fn month_of(word: &[u8]) -> Option<u32> {
    (1..=12).zip(MONTHS).find(|(_, name)| is_short_for(word, name)).map(|(month, _)| month)
}

fn is_short_for(word: &[u8], name: &[u8]) -> bool {
    let word = word.strip_suffix(b".").unwrap_or(word);
    word.len() >= 3
        && name[0] == word[0].to_ascii_lowercase()
        && name.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word))
}

/// `17`, `17th`, `17.` or a year.
fn ordinal(word: &[u8]) -> Option<u32> {
    let digits = word.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let tail = &word[digits..];
    let known = tail.is_empty() || tail == b"." || [b"st", b"nd", b"rd", b"th"].iter().any(|known| tail.eq_ignore_ascii_case(*known));
    (known && matches!(digits, 1 | 2 | 4)).then(|| number(&word[..digits])).flatten()
}

/// Year (where given), month and day of `2026-11-23`, `2026/11/23`, `23.11.2026`, `23.11.`, `23/11` and `11/23/26`.
fn numeric(word: &[u8], half: bool) -> Option<(Option<u32>, u32, u32)> {
    let sign = *word.iter().find(|byte| !byte.is_ascii_digit()).filter(|byte| matches!(byte, b'-' | b'/' | b'.'))?;
    let end = word.iter().rposition(|byte| *byte != b'.')? + 1;
    let mut parts = word[..end].split(|byte| *byte == sign);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() || [first, second].iter().any(|part| part.is_empty() || part.len() > 4) {
        return None;
    }
    let (one, two) = (number(first)?, number(second)?);
    if first.len() == 4 {
        return Some((Some(one), two, number(third.filter(|day| matches!(day.len(), 1 | 2))?)?));
    }
    let year = match third {
        None => None,
        Some(third) if third.len() == 2 => Some(2000 + number(third)?),
        Some(third) if third.len() == 4 => Some(number(third)?),
        Some(_) => return None,
    };
    let month_first = sign == b'/' && one <= 12 && (half || two > 12);
    Some(if month_first { (year, one, two) } else { (year, two, one) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u32, day: u32) -> Day {
        Day::Date(NaiveDate::from_ymd_opt(year, month, day).expect("a day"))
    }

    fn hint(month: u32, day: u32, weekday: Option<Weekday>) -> Day {
        Day::Hint(DayHint::Date { month, day, weekday })
    }

    #[test]
    fn days_read() {
        for (text, half, meant) in [
            ("Today", false, Day::Hint(DayHint::Today)),
            ("yesterday", false, Day::Hint(DayHint::Yesterday)),
            ("Tue", false, Day::Hint(DayHint::Weekday(Weekday::Tue))),
            ("Tuesday, November 17th", false, hint(11, 17, Some(Weekday::Tue))),
            ("Monday, November 23rd, 2026", false, date(2026, 11, 23)),
            ("23 Nov 2026", false, date(2026, 11, 23)),
            ("Nov 3", false, hint(11, 3, None)),
            ("2026-11-23", false, date(2026, 11, 23)),
            ("2026/11/23", false, date(2026, 11, 23)),
            ("23.11.2026", false, date(2026, 11, 23)),
            ("23.11.", false, hint(11, 23, None)),
            ("23/11", false, hint(11, 23, None)),
            ("11/23", false, hint(11, 23, None)),
            ("11/12", true, hint(11, 12, None)),
            ("11/12", false, hint(12, 11, None)),
            ("11/23/26", true, date(2026, 11, 23)),
        ] {
            assert_eq!(read(text, half), Some(meant), "{text}");
        }
        for text in ["", "now", "November", "31 February", "Tuesday Tuesday", "2026", "1.2.3.4", "Today we roll back", "10-4", "99/99"] {
            assert_eq!(read(text, false).filter(|day| !matches!(day, Day::Hint(DayHint::Date { month: 4, .. }))), None, "{text}");
        }
    }

    #[test]
    fn an_answer_is_no_separator() {
        for line in ["Tuesday, November 17th", "Today", "Yesterday", "2026-11-23", "17 November"] {
            assert!(separator(line, false).is_some(), "{line}");
        }
        for line in ["Monday", "sunday", "5", "23/11", "Today is bad", "May"] {
            assert_eq!(separator(line, false), None, "{line}");
        }
        assert!(separator("Tuesday", true).is_some(), "where the tool writes it so");
    }
}
