//! Times of day as people and tools write them: `14:36`, `2:36 PM`, `14:36:02,123`.

use chrono::{NaiveTime, Timelike};

/// A time of day in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Clock {
    /// The time.
    pub time: NaiveTime,
    /// Whether AM or PM was said.
    pub half: bool,
}

/// The time of day that `text` begins with, and what comes after it.
pub fn leading(text: &str) -> Option<(Clock, &str)> {
    let bytes = text.as_bytes();
    let (hour, at) = match bytes {
        [one @ b'0'..=b'9', b':', ..] => (u32::from(one - b'0'), 2),
        [_, _, b':', ..] => (two_digits(bytes, 0)?, 3),
        _ => return None,
    };
    let minute = two_digits(bytes, at)?;
    let (second, milli, end) = seconds(bytes, at + 2)?;
    let (shift, rest) = halves(hour, &text[end..]);
    if matches!(rest.as_bytes().first(), Some(byte) if byte.is_ascii_alphanumeric() || *byte == b':') {
        return None;
    }
    let hour = shift.map_or(hour, |afternoon| hour % 12 + if afternoon { 12 } else { 0 });
    let time = NaiveTime::from_hms_milli_opt(hour, minute, second, milli)?;
    Some((Clock { time, half: shift.is_some() }, rest))
}

/// The time of day that `text` ends with, and what comes before it.
pub fn trailing(text: &str) -> Option<(&str, Clock)> {
    let text = text.trim_end();
    let bytes = text.as_bytes();
    if !matches!(bytes.last()?, b'0'..=b'9' | b'm' | b'M' | b'.') {
        return None;
    }
    // The last colon stands before the minutes or the seconds; nothing longer than `:02.123 p.m.` follows it.
    let from = bytes.len().saturating_sub(14);
    let mut start = from + bytes[from..].iter().rposition(|byte| *byte == b':')?;
    for _ in 0..2 {
        while start > 0 && bytes[start - 1].is_ascii_digit() {
            start -= 1;
        }
        if start > 0 && bytes[start - 1] == b':' {
            start -= 1;
        } else {
            break;
        }
    }
    let apart = start == 0 || matches!(bytes[start - 1], b' ' | b'\t' | b'[' | b'(' | b',');
    let (clock, rest) = leading(text.get(start..)?)?;
    (apart && rest.is_empty()).then_some((&text[..start], clock))
}

/// A time without its half of the day, in a text whose other times say it: the first after `last` that it can mean.
pub fn after(clock: Clock, last: NaiveTime) -> NaiveTime {
    if clock.half || clock.time.hour() > 12 || clock.time.hour() == 0 {
        return clock.time;
    }
    let morning = clock.time.with_hour(clock.time.hour() % 12).unwrap_or(clock.time);
    let evening = morning.with_hour(morning.hour() + 12).unwrap_or(clock.time);
    let wait = |time: NaiveTime| (time - last).num_seconds().rem_euclid(24 * 60 * 60);
    // Clocks on the page show whole minutes.
    if wait(morning) <= wait(evening) { morning } else { evening }
}

fn seconds(bytes: &[u8], at: usize) -> Option<(u32, u32, usize)> {
    if bytes.get(at) != Some(&b':') {
        return Some((0, 0, at));
    }
    let second = two_digits(bytes, at + 1)?;
    let end = at + 3;
    if !matches!(bytes.get(end), Some(b'.' | b',')) {
        return Some((second, 0, end));
    }
    let fraction = bytes[end + 1..].iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
    if fraction == 0 {
        return Some((second, 0, end));
    }
    let milli = (0..3).fold(0, |milli, place| {
        let digit = if place < fraction { u32::from(bytes[end + 1 + place] - b'0') } else { 0 };
        milli * 10 + digit
    });
    Some((second, milli, end + 1 + fraction))
}

/// Whether AM (`false`) or PM (`true`) follows; where neither does, the text is left as it is.
fn halves(hour: u32, text: &str) -> (Option<bool>, &str) {
    let after = text.trim_start_matches(' ');
    let bytes = after.as_bytes();
    let afternoon = match bytes.first() {
        Some(b'a' | b'A') => false,
        Some(b'p' | b'P') => true,
        _ => return (None, text),
    };
    let dotted = usize::from(bytes.get(1) == Some(&b'.'));
    if !matches!(bytes.get(1 + dotted), Some(b'm' | b'M')) || !(1..=12).contains(&hour) {
        return (None, text);
    }
    let end = 2 + dotted + usize::from(dotted == 1 && bytes.get(3) == Some(&b'.'));
    let rest = &after[end..];
    if rest.starts_with(char::is_alphanumeric) { (None, text) } else { (Some(afternoon), rest) }
}

/// The number of the two digits at that place.
fn two_digits(bytes: &[u8], at: usize) -> Option<u32> {
    match bytes.get(at..)? {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9', ..] => Some(u32::from(tens - b'0') * 10 + u32::from(ones - b'0')),
        _ => None,
    }
}

/// Digits as a number.
pub fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_read() {
        for (text, time, rest) in [
            ("14:36", "14:36:00", ""),
            ("2:36 PM", "14:36:00", ""),
            ("2:36pm then", "14:36:00", " then"),
            ("12:05 a.m.", "00:05:00", ""),
            ("12:05 PM", "12:05:00", ""),
            ("14:36:02,123 ERROR", "14:36:02.123", " ERROR"),
            ("09:01:02.5", "09:01:02.500", ""),
            ("14:36 am Ende", "14:36:00", " am Ende"),
        ] {
            let (clock, after) = leading(text).unwrap_or_else(|| panic!("{text} begins with a time"));
            assert_eq!((clock.time, after), (time.parse().expect("a time"), rest), "{text}");
        }
        for text in ["", "14", "25:00", "14:60", "14:3", "123:45", "14:36Z", "1.2.3.4:80", "14:36:99", "http://x:80"] {
            assert_eq!(leading(text), None, "{text:?}");
        }
    }

    #[test]
    fn times_are_found_at_the_end() {
        for (text, before, time) in [
            ("Ravi Menon  2:36 PM", "Ravi Menon  ", "14:36:00"),
            ("  14:36", "  ", "14:36:00"),
            ("Ravi 14:36:02 ", "Ravi ", "14:36:02"),
            ("Ravi Tuesday, 9:05 a.m.", "Ravi Tuesday, ", "09:05:00"),
        ] {
            let (name, clock) = trailing(text).unwrap_or_else(|| panic!("{text} ends with a time"));
            assert_eq!((name, clock.time), (before, time.parse().expect("a time")), "{text}");
        }
        for text in ["", "Ravi", "host:8080", "v2:36", "ratio 14:361", "é:30", "Ravi 2:36 PM!"] {
            assert_eq!(trailing(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_time_without_its_half_is_the_next_it_can_mean() {
        let at = |text: &str| text.parse::<NaiveTime>().expect("a time");
        let bare = |text| Clock { time: at(text), half: false };
        for (said, last, meant) in
            [("02:37:00", "14:36:00", "14:37:00"), ("12:01:00", "23:59:00", "00:01:00"), ("11:59:00", "11:58:00", "11:59:00")]
        {
            assert_eq!(after(bare(said), at(last)), at(meant), "{said} after {last}");
        }
        assert_eq!(after(bare("14:37:00"), at("09:00:00")), at("14:37:00"), "which already says it");
    }
}
