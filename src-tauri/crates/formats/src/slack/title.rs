//! A title taken apart: its words of state, and what names the alert.

use super::word::{Said, Words};
use domain::AlertSeverity::{self, Critical, Error, Info, Warning};

/// How Nagios ends a line; what follows `is` is the state and names nothing.
const ENDS: [&str; 7] = ["ok", "up", "down", "warning", "critical", "unknown", "unreachable"];
/// Most parts looked at before the name must have begun.
const PARTS_LIMIT: usize = 8;

/// Takes the words of state off the beginning of a title without marks. A part that is no word of state stays with the
/// name and is passed over: `[prod] [FIRING:2] Disk` is `[prod] Disk`, and fires.
pub fn apart(title: &str) -> (Option<Said>, String) {
    let (mut rest, mut kept, mut words) = (title, String::new(), Words::default());
    for _ in 0..PARTS_LIMIT {
        rest = without_signs(rest);
        if let Some((part, after)) = bracketed(rest) {
            if !words.part(part) {
                kept.push_str(&rest[..rest.len() - after.trim_start().len()]);
            }
            rest = after;
        } else if let Some(after) = words.bare(rest) {
            rest = after;
        } else {
            break;
        }
    }
    kept.push_str(without_signs(rest).trim_end_matches(['*', '!', ' ']));
    (words.said(), kept)
}

/// What names an alert, whichever way it is written and however it stands: lower case, without `is CRITICAL` at its end.
pub fn name(title: &str) -> String {
    let name = if title.is_ascii() { title.to_ascii_lowercase() } else { title.to_lowercase() };
    match name.rsplit_once(" is ") {
        Some((before, end)) if ENDS.contains(&end) => before.to_owned(),
        Some(_) | None => name,
    }
}

/// How bad it is by Alertmanager's usual title, which ends in the values of the labels: `DiskFull (eu1 db9 critical)`.
pub fn listed(title: &str) -> Option<AlertSeverity> {
    let (_, list) = title.strip_suffix(')')?.rsplit_once('(')?;
    let words = [("critical", Critical), ("error", Error), ("warning", Warning), ("info", Info)];
    words.into_iter().find(|(word, _)| list.split_whitespace().any(|value| value == *word)).map(|(_, severity)| severity)
}

/// The text without the emoji, stars and the like that it begins with; `:fire:` is one too.
fn without_signs(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '[' | '(' | ':' | '/' | '#' | '@'));
        let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+');
        match rest.strip_prefix(':').and_then(|at| at.split_once(':')) {
            Some((name, after)) if !name.is_empty() && name.chars().all(named) => rest = after,
            Some(_) | None => return rest.trim_start_matches([':', ' ']),
        }
    }
}

fn bracketed(text: &str) -> Option<(&str, &str)> {
    let close = match text.chars().next()? {
        '[' => ']',
        '(' => ')',
        _ => return None,
    };
    text[1..].split_once(close)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_state_are_read_and_taken_off() {
        let fires = Some(Said::Firing(None));
        for (title, said, name) in [
            ("[FIRING:1] DiskFull (eu1)", fires, "DiskFull (eu1)"),
            ("[RESOLVED] DiskFull (eu1)", Some(Said::Resolved), "DiskFull (eu1)"),
            ("[FIRING:1, RESOLVED:2] DiskFull", fires, "DiskFull"),
            ("[OK] CPU usage", Some(Said::Resolved), "CPU usage"),
            ("[Alerting] CPU usage", fires, "CPU usage"),
            ("[No Data] CPU usage", fires, "CPU usage"),
            ("[CRITICAL] Disk 97%", Some(Said::Firing(Some(Critical))), "Disk 97%"),
            ("[prod] [FIRING:2] Disk", fires, "[prod] Disk"),
            ("[Checkout API] [🔴 Down] timeout", fires, "[Checkout API] timeout"),
            ("[Checkout API] [✅ Up] 200 - OK", Some(Said::Resolved), "[Checkout API] 200 - OK"),
            ("RESOLVED: Disk", Some(Said::Resolved), "Disk"),
            ("Resolved - Disk", Some(Said::Resolved), "Disk"),
            ("Warning: Disk 80%", Some(Said::Firing(Some(Warning))), "Disk 80%"),
            (":fire: *FIRING* Disk", fires, "Disk"),
            (":white_check_mark: Resolved | Disk", Some(Said::Resolved), "Disk"),
            ("✅ Recovered: Disk", Some(Said::Resolved), "Disk"),
            ("PROBLEM Service Alert: Web 1/HTTP is CRITICAL **", fires, "Service Alert: Web 1/HTTP is CRITICAL"),
            ("Acknowledged: Disk", Some(Said::Acknowledged), "Disk"),
            ("[RESOLVED] [P1] Checkout down", Some(Said::Resolved), "Checkout down"),
            ("[CRITICAL] Resolved: Disk", Some(Said::Resolved), "Disk"),
            ("[FIRING:1] [CRITICAL] Disk", Some(Said::Firing(Some(Critical))), "Disk"),
            ("[RESOLVED] Alert: Disk", Some(Said::Resolved), "Disk"),
            ("Alert: Disk", None, "Disk"),
            ("[5] Disk", None, "[5] Disk"),
            ("[P1] Checkout down", Some(Said::Firing(Some(Critical))), "Checkout down"),
        ] {
            assert_eq!(apart(&super::super::marks::plain(title)), (said, name.to_owned()), "{title}");
        }
    }

    #[test]
    fn no_end_is_made_up() {
        for title in
            ["OK computer", "Up and running", "Closed beta opens", "Normal forms", "Disk RESOLVED", "up-to-date: no", "[prod] Disk", "UP"]
        {
            assert_eq!(apart(title).0, None, "{title}");
        }
        assert_eq!(apart("[ok google] x").0, None, "every word within brackets must be one of state");
        assert_eq!(apart("[RESOLVED] [FIRING:1] x").0, Some(Said::Firing(None)), "what fires beside an end fires");
    }

    #[test]
    fn both_posts_of_an_alert_have_one_name() {
        assert_eq!(name("Service Alert: Web 1/HTTP is CRITICAL"), name("Service Alert: Web 1/HTTP is OK"));
        assert_eq!(name("Disk 97% on DB1"), "disk 97% on db1", "numbers are kept");
        assert_eq!(listed("DiskFull (eu1 db9:9100 critical)"), Some(Critical));
        assert_eq!(listed("DiskFull (critical-path)"), None, "a whole value, not a part of one");
    }
}
