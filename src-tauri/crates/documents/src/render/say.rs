//! How things are said aloud: numbers and times in words, references letter by letter.

use super::spoken::{tidy, words};
use crate::age::{self, Parts};
use chrono::Timelike;
use domain::{IncidentRef, Severity, Timestamp};

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// A number in words, up to a million.
pub fn number(n: u64) -> String {
    let rest = |n: u64, joint: &str| if n == 0 { String::new() } else { format!("{joint}{}", number(n)) };
    match n {
        0..20 => ONES[n as usize].to_owned(),
        20..100 => format!("{}{}", TENS[(n / 10) as usize], rest(n % 10, "-")),
        100..1_000 => format!("{} hundred{}", number(n / 100), rest(n % 100, " and ")),
        1_000..1_000_000 => format!("{} thousand{}", number(n / 1_000), rest(n % 1_000, " ")),
        _ => n.to_string(),
    }
}

/// A share in words.
pub fn percent(share: f64) -> String {
    let text = super::inline::percent(share);
    let (whole, tenth) = text.split_once('.').unwrap_or((&text, ""));
    let say = |digits: &str| digits.parse().map(number).unwrap_or_else(|_| digits.to_owned());
    let point = if tenth.is_empty() { String::new() } else { format!(" point {}", say(tenth)) };
    format!("{}{point} percent", say(whole))
}

/// `sev one`.
pub fn severity(severity: Severity) -> String {
    let digit = severity.wire().trim_start_matches("sev");
    format!("sev {}", digit.parse().map(number).unwrap_or_else(|_| digit.to_owned()))
}

/// `I N C, 7 K 3 F`.
pub fn reference(reference: &IncidentRef) -> String {
    spelled(reference.as_str())
}

/// A length of time in words.
pub fn length(millis: i64) -> String {
    let parts = Parts::of(millis);
    let unit = |(n, unit): (u64, &str)| {
        let name = match unit {
            "d" => "day",
            "h" => "hour",
            _ => "minute",
        };
        format!("{} {name}{}", number(n), if n == 1 { "" } else { "s" })
    };
    let said: Vec<String> = parts.named().map(unit).collect();
    if said.is_empty() { String::from("under a minute") } else { said.join(" and ") }
}

/// How long ago an instant was.
pub fn ago(at: Timestamp, now: Timestamp) -> String {
    let millis = now.since(at);
    if Parts::of(millis).is_short() { String::from("just now") } else { format!("{} ago", length(millis)) }
}

/// `fourteen forty UTC`, with the day where it is another one.
pub fn at(at: Timestamp, now: Timestamp) -> String {
    let (then, today) = (age::calendar(at), age::calendar(now));
    let day = if then.date_naive() == today.date_naive() { String::new() } else { then.format("%A %-d %B, ").to_string() };
    format!("{day}{} UTC", clock(then.hour(), then.minute()))
}

/// The same, and what clocks in the reader's zone show.
pub fn both(instant: Timestamp, now: Timestamp, zone: chrono_tz::Tz) -> String {
    let utc = at(instant, now);
    let there = age::calendar(instant).with_timezone(&zone);
    match age::local(instant, zone) {
        Some((_, place)) => format!("{utc}, {} in {}", clock(there.hour(), there.minute()), words(&place)),
        None => utc,
    }
}

/// A time of the day in words.
pub fn clock(hour: u32, minute: u32) -> String {
    let two = |n: u32| if n < 10 { format!("oh {}", number(u64::from(n))) } else { number(u64::from(n)) };
    match (hour, minute) {
        (0, 0) => String::from("midnight"),
        (0, minute) => format!("zero {}", two(minute)),
        (hour, 0) => format!("{} hundred", two(hour)),
        (hour, minute) => format!("{} {}", two(hour), two(minute)),
    }
}

/// A number to ring, digit by digit.
pub fn phone(number: &str) -> String {
    let sign = |c: char| match c {
        '0'..='9' => format!("{} ", ONES[c as usize - '0' as usize]),
        '+' => String::from("plus "),
        c if c.is_alphabetic() => format!("{c} "),
        _ => String::from(", "),
    };
    tidy(&number.chars().map(sign).collect::<String>())
}

/// Where an address leads.
pub fn link(url: &str) -> String {
    let host = url.split("://").nth(1).unwrap_or(url).split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or(host);
    let host = host.split(':').next().unwrap_or(host);
    format!("{}, ask for the link", words(&host.replace('.', " dot ")))
}

fn spelled(text: &str) -> String {
    let groups: Vec<String> = text
        .split('-')
        .map(|group| group.chars().filter(|c| c.is_alphanumeric()).map(String::from).collect::<Vec<_>>().join(" "))
        .collect();
    groups.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_are_said_plainly() {
        let cases =
            [(0, "zero"), (21, "twenty-one"), (100, "one hundred"), (350, "three hundred and fifty"), (12_005, "twelve thousand five")];
        for (n, expected) in cases {
            assert_eq!(number(n), expected);
        }
        let cases = [((0, 0), "midnight"), ((0, 5), "zero oh five"), ((9, 0), "oh nine hundred"), ((14, 40), "fourteen forty")];
        for ((hour, minute), expected) in cases {
            assert_eq!(clock(hour, minute), expected);
        }
        assert_eq!(percent(0.5), "zero point five percent");
        assert_eq!(length(125 * 60_000), "two hours and five minutes");
        assert_eq!(phone("+49 30/12"), "plus four nine, three zero, one two");
    }
}
