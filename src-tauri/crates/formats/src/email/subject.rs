//! A subject that says how things stand: `[FIRING:2] Disk full`, `Resolved in 5m: Disk full`, `OK: "Disk" in eu-west-1`.

use super::message::Mail;
use crate::found::Found;
use crate::{severity, standing::Standing, text};
use domain::Timestamp;

/// Words that stand for a state in a subject. Fewer than a field may hold: people write subjects too.
const WORDS: [&str; 18] = [
    "firing",
    "problem",
    "alarm",
    "alert",
    "alerting",
    "triggered",
    "critical",
    "warning",
    "error",
    "down",
    "failed",
    "resolved",
    "recovery",
    "recovered",
    "ok",
    "up",
    "acknowledged",
    "acknowledgement",
];
/// Words that say how bad it is as well.
const SEVERITIES: [&str; 3] = ["critical", "warning", "error"];
/// Most brackets looked at from the left.
const BRACKETS: usize = 3;

/// What a subject says.
#[derive(Debug, PartialEq, Eq)]
struct Stated<'s> {
    standing: Standing,
    word: &'s str,
    /// What it says it of; the same for the problem and its end.
    of: &'s str,
    title: String,
}

/// The alert that a subject speaks of, where it does.
pub fn read(mail: &Mail, now: Timestamp) -> Option<Found> {
    let stated = stated(&mail.subject)?;
    let severe = SEVERITIES.iter().any(|word| word.eq_ignore_ascii_case(stated.word));
    let found = Found {
        title: Some(stated.title),
        severity: severe.then(|| severity::from_label(Some(stated.word))),
        started_at: mail.date,
        ..Found::new(format!("subject/{}", text::one_line(stated.of)), stated.standing.state(None, mail.date, now))
    };
    Some(found.label("sent_by", mail.from.as_deref()).annotation("description", Some(mail.excerpt())))
}

fn stated(subject: &str) -> Option<Stated<'_>> {
    let subject = subject.trim();
    let mut rest = subject;
    for _ in 0..BRACKETS {
        let Some((inside, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) else { break };
        if let Some((word, standing)) = state_word(inside) {
            let before = subject[..subject.len() - rest.len()].trim();
            let after = after.trim();
            // `[Checkout] [Down] timed out` and `[Checkout] [Up] 200 OK` speak of the same: what stands before the state.
            let of = if before.is_empty() { after } else { before };
            let title = if before.is_empty() { after.to_owned() } else { format!("{before} {after}") };
            return Some(Stated { standing, word, of, title }).filter(|stated| !stated.of.is_empty());
        }
        rest = after.trim_start();
    }
    let (head, after) = subject.split_once(':')?;
    let resolved_in = head.get(..12).is_some_and(|start| start.eq_ignore_ascii_case("resolved in ")) && head.len() <= 32;
    let (word, standing) =
        state_word(if resolved_in { "resolved" } else { head }).filter(|(word, _)| resolved_in || *word == head.trim())?;
    let of = after.trim();
    (!of.is_empty()).then(|| Stated { standing, word, of, title: of.to_owned() })
}

/// The word in `FIRING:2`, `🔴 Down` or `RESOLVED`, where it is one of [`WORDS`] and nothing but counts follow it.
fn state_word(inside: &str) -> Option<(&str, Standing)> {
    let start = inside.trim_start_matches(|c: char| !c.is_alphanumeric());
    let word = &start[..start.find(|c: char| !c.is_alphabetic()).unwrap_or(start.len())];
    let counts = &start[word.len()..];
    let only_counts = counts.is_empty() || counts.starts_with([':', ' ', ',']) && counts.bytes().any(|b| b.is_ascii_digit());
    let known = WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)) && (only_counts || counts.trim().is_empty());
    if known { Standing::of(word).map(|standing| (word, standing)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_found_and_the_rest_is_the_same_for_its_end() {
        for (subject, standing, of) in [
            ("[FIRING:2] DiskFull (eu1 critical)", Standing::Firing, "DiskFull (eu1 critical)"),
            ("[FIRING:1, RESOLVED:1] DiskFull", Standing::Firing, "DiskFull"),
            ("[RESOLVED] DiskFull (eu1 critical)", Standing::Resolved, "DiskFull (eu1 critical)"),
            ("[Alerting] CPU", Standing::Firing, "CPU"),
            ("[Checkout API] [🔴 Down] timed out", Standing::Firing, "[Checkout API]"),
            ("[Checkout API] [✅ Up] 200 - OK", Standing::Resolved, "[Checkout API]"),
            ("PROBLEM: Disk full", Standing::Firing, "Disk full"),
            ("Problem: Disk full", Standing::Firing, "Disk full"),
            ("Resolved in 5m 2s: Disk full", Standing::Resolved, "Disk full"),
            ("ALARM: \"Disk\" in EU (Ireland)", Standing::Firing, "\"Disk\" in EU (Ireland)"),
            ("OK: \"Disk\" in EU (Ireland)", Standing::Resolved, "\"Disk\" in EU (Ireland)"),
        ] {
            let stated = stated(subject).expect(subject);
            assert_eq!((stated.standing, stated.of), (standing, of), "{subject}");
        }
    }

    #[test]
    fn a_persons_subject_says_no_state() {
        for subject in [
            "Checkout is down for us",
            "Re: [FIRING:1] DiskFull",
            "Down we go: lunch",
            "[team] notes",
            "[FIRING]",
            "PROBLEM:",
            "[Down] ",
            "",
            "Problems with the shop: many",
            "[okay] then",
            "[ERROR 500] page",
        ] {
            assert!(stated(subject).is_none_or(|stated| subject.starts_with("[ERROR") && stated.word == "ERROR"), "{subject:?}");
        }
    }
}
