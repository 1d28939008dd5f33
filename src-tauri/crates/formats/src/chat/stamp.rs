//! Stamps at the head of a line of a log: a day and a time, perhaps with a zone.

use super::SaidAt;
use super::clock::{leading, number};
use super::day::{DayHint, may_be_part, month_of};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use domain::Timestamp;

/// A stamp, and what follows it.
pub struct Stamped<'a> {
    /// The time.
    pub said: SaidAt,
    /// The day where it names no year.
    pub hint: Option<DayHint>,
    /// Whether it says seconds, as programs do and people do not.
    pub seconds: bool,
    /// The rest of the line.
    pub rest: &'a str,
}

/// Reads `2026-11-23T14:36:02.123Z …`, `2026-11-23 14:36:02,123 …`, `2026/11/23 14:36 …`, `Nov 23 14:36:02 …`, also in brackets.
pub fn read(line: &str) -> Option<Stamped<'_>> {
    let (inner, bracket) = line.strip_prefix('[').map_or((line, false), |inner| (inner, true));
    let first = *inner.as_bytes().first()?;
    let mut stamped = if first.is_ascii_digit() { full(inner) } else { syslog(inner) }?;
    if bracket {
        stamped.rest = stamped.rest.strip_prefix(']')?;
    }
    Some(stamped)
}

fn full(text: &str) -> Option<Stamped<'_>> {
    let bytes = text.as_bytes();
    let sign = *bytes.get(4)?;
    if !matches!(sign, b'-' | b'/') || *bytes.get(7)? != sign || !matches!(bytes.get(10), Some(b'T' | b't' | b' ')) {
        return None;
    }
    let year = i32::try_from(number(&bytes[..4])?).ok()?;
    let day = NaiveDate::from_ymd_opt(year, number(&bytes[5..7])?, number(&bytes[8..10])?)?;
    let (time, rest) = time_of(&text[11..])?;
    let seconds = text.len() - 11 - rest.len() >= "1:00:00".len();
    if let Some((east, rest)) = zone(rest) {
        let instant = NaiveDateTime::new(day, time).and_utc().timestamp_millis() - east * 60_000;
        return Some(Stamped { said: SaidAt::Instant(Timestamp(instant)), hint: None, seconds, rest });
    }
    Some(Stamped { said: SaidAt::Wall { day: Some(day), time }, hint: None, seconds, rest })
}

/// A clock that a zone may touch: `14:36:02Z`.
fn time_of(text: &str) -> Option<(NaiveTime, &str)> {
    if let Some((clock, rest)) = leading(text) {
        return Some((clock.time, rest));
    }
    let end = text.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b',')).count();
    let (clock, rest) = leading(text.get(..end)?)?;
    rest.is_empty().then(|| (clock.time, &text[end..]))
}

/// Minutes east of Greenwich, and what follows.
fn zone(text: &str) -> Option<(i64, &str)> {
    let text = text.strip_prefix(' ').filter(|rest| rest.starts_with(['+', '-', 'U', 'G', 'Z'])).unwrap_or(text);
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric());
    for name in ["UTC", "GMT", "Z", "z"] {
        if let Some(rest) = text.strip_prefix(name).filter(|rest| ends(rest)) {
            return Some((0, rest));
        }
    }
    let bytes = text.as_bytes();
    let sign = match bytes.first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let hours = number(bytes.get(1..3)?)?;
    let minutes_at = 3 + usize::from(bytes.get(3) == Some(&b':'));
    let minutes = bytes.get(minutes_at..minutes_at + 2).and_then(number);
    let (minutes, end) = match minutes {
        Some(minutes) => (minutes, minutes_at + 2),
        None => (0, 3),
    };
    let rest = text.get(end..)?;
    (hours <= 14 && minutes < 60 && ends(rest)).then_some((sign * (i64::from(hours) * 60 + i64::from(minutes)), rest))
}

/// `Nov 23 14:36:02`, `Nov  3 14:36:02`.
fn syslog(text: &str) -> Option<Stamped<'_>> {
    let (name, rest) = text.split_at_checked(3).filter(|(name, _)| may_be_part(name))?;
    let month = month_of(name.as_bytes())?;
    let rest = rest.strip_prefix(' ')?.trim_start_matches(' ');
    let digits = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let day = number(&rest.as_bytes()[..digits])?;
    NaiveDate::from_ymd_opt(2024, month, day)?;
    let (time, rest) = time_of(rest[digits..].strip_prefix(' ')?)?;
    Some(Stamped { said: SaidAt::Wall { day: None, time }, hint: Some(DayHint::Date { month, day, weekday: None }), seconds: true, rest })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_with_a_zone_are_instants() {
        for (line, instant, rest) in [
            ("2026-11-23T14:36:02.123Z INFO up", "2026-11-23T14:36:02.123Z", " INFO up"),
            ("2026-11-23T14:36:02+01:00 up", "2026-11-23T13:36:02Z", " up"),
            ("2026-11-23 14:36:02 -0530 up", "2026-11-23T20:06:02Z", " up"),
            ("[2026-11-23 14:36:02 UTC] up", "2026-11-23T14:36:02Z", " up"),
            ("2026-11-23T14:36:02.123456789Z", "2026-11-23T14:36:02.123Z", ""),
        ] {
            let stamped = read(line).unwrap_or_else(|| panic!("{line} has a stamp"));
            let meant = Timestamp::parse_rfc3339(instant).expect("RFC 3339");
            assert_eq!((stamped.said, stamped.rest), (SaidAt::Instant(meant), rest), "{line}");
        }
    }

    #[test]
    fn stamps_without_one_are_a_clock_on_a_wall() {
        for (line, dated, rest) in [
            ("2026-11-23 14:36:02,123 ERROR x", true, " ERROR x"),
            ("2026/11/23 14:36:02 [error] x", true, " [error] x"),
            ("Nov 23 14:36:02 db1 kernel: x", false, " db1 kernel: x"),
            ("Nov  3 14:36:02 db1", false, " db1"),
        ] {
            let stamped = read(line).unwrap_or_else(|| panic!("{line} has a stamp"));
            let SaidAt::Wall { day, .. } = stamped.said else { panic!("{line} has no zone") };
            assert_eq!((day.is_some(), stamped.hint.is_none(), stamped.rest), (dated, dated, rest), "{line}");
        }
        for line in
            ["", "14:36 x", "2026-11-23", "2026-13-23 14:36:02", "Now 23 14:36:02", "    at main.rs", "[error] x", "2026-11-23T99:00:00Z"]
        {
            assert!(read(line).is_none(), "{line}");
        }
    }
}
