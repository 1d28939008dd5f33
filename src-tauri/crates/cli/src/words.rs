//! How things are said in a terminal: calm, short, and safe. What came from outside is never allowed to steer the terminal.

use domain::Timestamp;

/// `text` without anything that could steer a terminal: control characters become `·`, tabs a space; line ends stay.
pub fn clean(text: &str) -> String {
    let safe = |c: char| match c {
        '\n' => '\n',
        '\t' => ' ',
        // Characters that turn the direction of text around can make a line read as what it is not.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '·',
        c if c.is_control() => '·',
        c => c,
    };
    text.replace("\r\n", "\n").chars().map(safe).collect()
}

/// The same on one line.
pub fn clean_line(text: &str) -> String {
    clean(text).replace('\n', " ")
}

/// An instant as RFC 3339 in UTC, to the second.
pub fn time(at: Timestamp) -> String {
    at.utc().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// How long ago, in the two largest units.
pub fn age(now: Timestamp, at: Timestamp) -> String {
    let minutes = now.since(at).max(0) / 60_000;
    match minutes {
        0 => "just now".to_owned(),
        1..60 => format!("{minutes} min"),
        60..1_440 => format!("{} h {} min", minutes / 60, minutes % 60),
        _ => format!("{} d {} h", minutes / 1_440, minutes % 1_440 / 60),
    }
}

/// The same as a phrase: `12 min ago`, `just now`.
pub fn ago(now: Timestamp, at: Timestamp) -> String {
    let age = age(now, at);
    if age == "just now" { age } else { format!("{age} ago") }
}

/// The one form of lateness: `due in 2:10`, `3:20 overdue`.
pub fn lateness(now: Timestamp, due: Timestamp) -> String {
    let left = due.since(now).div_euclid(1_000);
    let digits = |seconds: i64| {
        let (hours, minutes, seconds) = (seconds / 3_600, seconds % 3_600 / 60, seconds % 60);
        if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
    };
    if left < 0 { format!("{} overdue", digits(-left)) } else { format!("due in {}", digits(left)) }
}

/// A number of minutes: `45 min`, `1 h 30 min`, `3 d`.
pub fn minutes(number: u32) -> String {
    let parts = [(number / 1_440, "d"), (number % 1_440 / 60, "h"), (number % 60, "min")];
    let said: Vec<String> = parts.iter().filter(|(amount, _)| *amount > 0).map(|(amount, unit)| format!("{amount} {unit}")).collect();
    if said.is_empty() { "0 min".to_owned() } else { said.join(" ") }
}

/// A sentence whose RFC 3339 times read as a clock does: `13:14 UTC`, with the day where it is another than today.
pub fn clock_times(now: Timestamp, sentence: &str) -> String {
    let word = |word: &str| {
        let bare = word.trim_end_matches([',', '.', ';', ')']);
        match Timestamp::parse_rfc3339(bare) {
            Some(at) => {
                let same_day = at.utc().date_naive() == now.utc().date_naive();
                let form = if same_day { "%H:%M UTC" } else { "%Y-%m-%d %H:%M UTC" };
                format!("{}{}", at.utc().format(form), &word[bare.len()..])
            }
            None => word.to_owned(),
        }
    };
    sentence.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// The end of an id, by which a thing of one incident can be named: its beginning is the time, which many share.
pub fn tail(id: &impl std::fmt::Display) -> String {
    let whole = id.to_string();
    let from = whole.char_indices().rev().nth(7).map_or(0, |(at, _)| at);
    whole[from..].to_owned()
}

/// `1 alert`, `2 alerts`.
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Names with a sign before each, or nothing.
pub fn names<T: std::fmt::Display>(sign: char, names: &[T]) -> String {
    names.iter().map(|name| format!("{sign}{name}")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alert_cannot_steer_the_terminal() {
        assert_eq!(clean("a\u{1b}[2Jb\u{9b}31mc\rd"), "a·[2Jb·31mc·d");
        assert_eq!(clean("\u{202e}evil"), "·evil");
        assert_eq!(clean_line("one\r\ntwo\tthree"), "one two three");
    }

    #[test]
    fn lateness_has_one_form() {
        let now = Timestamp(10 * 86_400_000);
        assert_eq!(lateness(now, now.plus_secs(130)), "due in 2:10");
        assert_eq!(lateness(now, now.plus_secs(-200)), "3:20 overdue");
        assert_eq!(lateness(now, now.plus_secs(3 * 3600 + 65)), "due in 3:01:05");
        assert_eq!(lateness(now, now.plus_millis(-1)), "0:01 overdue", "past is past");
        assert_eq!(
            (minutes(90), minutes(15), minutes(2 * 1440), minutes(0)),
            ("1 h 30 min".into(), "15 min".into(), "2 d".into(), "0 min".into())
        );
    }

    #[test]
    fn a_time_in_a_sentence_reads_as_a_clock_does() {
        let now = Timestamp::parse_rfc3339("2026-08-05T14:00:00Z").expect("a test's own time");
        assert_eq!(clock_times(now, "last heard 2026-08-05T13:14:00.123Z"), "last heard 13:14 UTC");
        assert_eq!(clock_times(now, "at 2026-08-04T13:14:00Z; 3 requests so far."), "at 2026-08-04 13:14 UTC; 3 requests so far.");
        assert_eq!(clock_times(now, "nothing here"), "nothing here");
    }

    #[test]
    fn ages_are_short() {
        let now = Timestamp(10 * 86_400_000);
        assert_eq!(age(now, now.plus_secs(-30)), "just now");
        assert_eq!(age(now, now.plus_secs(-12 * 60)), "12 min");
        assert_eq!(age(now, now.plus_secs(-3 * 3600 - 5 * 60)), "3 h 5 min");
        assert_eq!(age(now, now.plus_secs(-50 * 3600)), "2 d 2 h");
        assert_eq!(age(now, now.plus_secs(60)), "just now", "a clock that differs a little claims nothing odd");
    }
}
