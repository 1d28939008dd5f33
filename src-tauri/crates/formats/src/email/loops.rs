//! Mail that a machine sent on its own: an answer to it, or an alert from it, would go round and round (RFC 3834).

use super::message::Mail;

/// The fields by which such mail is known.
pub const MARKS: [&str; 7] =
    ["Auto-Submitted", "Precedence", "X-Auto-Response-Suppress", "X-Autoreply", "Return-Path", "List-Id", "Content-Type"];

/// Why a mail is set aside, where it is.
pub fn reason(mail: &Mail) -> Option<String> {
    let because = mail.marks.iter().find_map(|(name, value)| because(name, value))?;
    Some(format!("Set aside: {because}. Such mail never raises an alert, so that machines do not answer each other."))
}

fn because(name: &str, value: &str) -> Option<String> {
    let value = value.to_ascii_lowercase();
    let first = value.split([';', ' ', '(']).next().unwrap_or_default();
    match name {
        "Auto-Submitted" if first != "no" => Some(format!("a machine sent this on its own (Auto-Submitted: {})", shown(first))),
        "Precedence" if matches!(first, "bulk" | "junk" | "list" | "auto_reply") => Some(format!("this is {first} mail (Precedence)")),
        "X-Auto-Response-Suppress" if first != "none" => Some("its sender wants no answers (X-Auto-Response-Suppress)".to_owned()),
        "X-Autoreply" if first != "no" => Some("this is an automatic answer (X-Autoreply)".to_owned()),
        "Return-Path" if value.split_whitespace().collect::<String>() == "<>" => {
            Some("nobody can be answered (Return-Path: <>)".to_owned())
        }
        "List-Id" => Some("it came through a mailing list (List-Id)".to_owned()),
        "Content-Type" if first == "multipart/report" => Some("this is a report about another mail (multipart/report)".to_owned()),
        _ => None,
    }
}

fn shown(word: &str) -> String {
    word.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_machines_are_known() {
        for (name, value, set_aside) in [
            ("Auto-Submitted", "auto-replied (vacation)", true),
            ("Auto-Submitted", "auto-generated", true),
            ("Auto-Submitted", "No", false),
            ("Precedence", "bulk", true),
            ("Precedence", "first-class", false),
            ("X-Auto-Response-Suppress", "All", true),
            ("X-Auto-Response-Suppress", "None", false),
            ("Return-Path", "< >", true),
            ("Return-Path", "<a@b.example>", false),
            ("List-Id", "<ops.example>", true),
            ("Content-Type", "multipart/report; report-type=delivery-status", true),
            ("Content-Type", "text/plain", false),
        ] {
            assert_eq!(because(name, value).is_some(), set_aside, "{name}: {value}");
        }
    }
}
