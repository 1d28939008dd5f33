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
    fn ages_are_short() {
        let now = Timestamp(10 * 86_400_000);
        assert_eq!(age(now, now.plus_secs(-30)), "just now");
        assert_eq!(age(now, now.plus_secs(-12 * 60)), "12 min");
        assert_eq!(age(now, now.plus_secs(-3 * 3600 - 5 * 60)), "3 h 5 min");
        assert_eq!(age(now, now.plus_secs(-50 * 3600)), "2 d 2 h");
        assert_eq!(age(now, now.plus_secs(60)), "just now", "a clock that differs a little claims nothing odd");
    }
}
