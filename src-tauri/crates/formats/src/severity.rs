//! How bad an alert is, from a label that people fill in by custom.

use domain::AlertSeverity::{self, Critical, Error, Info, Warning};

/// What stands for a missing or unknown severity: worth a look, and no alarm that a typing slip could raise.
pub const UNSAID: AlertSeverity = Warning;

/// Words in use, by what they mean. Prometheus prescribes none; the first of each row are the usual ones.
const WORDS: [(AlertSeverity, &[&str]); 4] = [
    (Critical, &["critical", "page", "crit", "fatal", "emergency", "disaster", "p1", "sev1"]),
    (Error, &["error", "high", "err", "major", "p2", "sev2"]),
    (Warning, &["warning", "ticket", "warn", "medium", "average", "minor", "p3", "sev3"]),
    (Info, &["info", "none", "informational", "notice", "low", "debug", "p4", "sev4", "p5", "sev5"]),
];

/// Reads the value of a `severity` label, in any case; [`UNSAID`] where it is absent or means nothing here. The label
/// itself stays with the alert.
pub fn from_label(value: Option<&str>) -> AlertSeverity {
    value.and_then(known).unwrap_or(UNSAID)
}

/// Reads a word in use, in any case; `None` where it means nothing here.
pub fn known(value: &str) -> Option<AlertSeverity> {
    let value = value.trim();
    let meant = |(_, words): &&(AlertSeverity, &[&str])| words.iter().any(|word| word.eq_ignore_ascii_case(value));
    WORDS.iter().find(meant).map(|(severity, _)| *severity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_words_are_known() {
        for (word, severity) in [
            ("critical", Critical),
            ("page", Critical),
            ("error", Error),
            ("high", Error),
            ("warning", Warning),
            ("ticket", Warning),
            ("info", Info),
            ("none", Info),
            (" CRITICAL ", Critical),
        ] {
            assert_eq!(from_label(Some(word)), severity, "{word:?}");
        }
        assert_eq!(from_label(None), Warning, "nothing said");
        assert_eq!(from_label(Some("purple")), Warning, "a word of somebody's own");
    }
}
