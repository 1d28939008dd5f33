//! Words of state at the beginning of a title, and what they amount to together.

use domain::AlertSeverity::{self, Critical, Error, Info, Warning};

/// The longest word of state in bytes.
const LENGTH_LIMIT: usize = "acknowledgement".len();
/// Words that are plain enough in capitals to need no sign after them.
const PLAIN: [&str; 8] = ["FIRING", "ALERTING", "PROBLEM", "TRIGGERED", "RESOLVED", "RECOVERED", "RECOVERY", "ACKNOWLEDGEMENT"];

/// What the beginning of a title says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Said {
    /// It fires; how bad, where a word says so.
    Firing(Option<AlertSeverity>),
    /// Somebody looks at it.
    Acknowledged,
    /// It ended.
    Resolved,
}

/// The words read so far.
#[derive(Clone, Copy, Default)]
pub struct Words {
    fires: bool,
    acknowledged: bool,
    resolved: bool,
    severity: Option<AlertSeverity>,
}

impl Words {
    /// Takes in what a part within brackets says. Each of its words must be one of state, numbers count them; otherwise
    /// the part is a name and is left.
    pub fn part(&mut self, part: &str) -> bool {
        let mut words = *self;
        let split = |c: char| matches!(c, ',' | ':' | '/' | '|' | ' ');
        let each = || part.split(split).filter(|one| one.chars().any(char::is_alphabetic));
        let known = words.word(part) || (each().next().is_some() && each().all(|one| words.word(one)));
        if known {
            *self = words;
        }
        known
    }

    /// Takes a word in that stands without brackets before a colon, a bar or a dash, or in capitals where it is plain.
    /// Gives what follows.
    pub fn bare<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let end = text.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(text.len());
        let (first, after) = text.split_at(end);
        let sign = after.trim_start();
        let dashed = after.starts_with(' ') && ["- ", "– ", "— "].iter().any(|dash| sign.starts_with(dash));
        let parted = dashed || sign.starts_with([':', '|']);
        let known = (parted || PLAIN.contains(&first)) && self.word(first);
        known.then(|| if parted { sign.trim_start_matches([':', '|', '-', '–', '—', ' ']) } else { after })
    }

    /// What the words amount to. Whatever fires beside an end fires; a word for how bad it is says no more than that.
    pub fn said(self) -> Option<Said> {
        match self {
            Self { fires: true, severity, .. } => Some(Said::Firing(severity)),
            Self { acknowledged: true, .. } => Some(Said::Acknowledged),
            Self { resolved: true, .. } => Some(Said::Resolved),
            Self { severity: Some(severity), .. } => Some(Said::Firing(Some(severity))),
            Self { .. } => None,
        }
    }

    fn word(&mut self, text: &str) -> bool {
        let text = text.trim_matches(|c: char| !c.is_alphanumeric());
        if text.len() > LENGTH_LIMIT {
            return false;
        }
        match text.to_ascii_lowercase().as_str() {
            "alert" => {}
            "firing" | "alerting" | "triggered" | "re-triggered" | "trigger" | "problem" | "down" | "opened" | "open" => self.fires = true,
            "failed" | "failing" | "failure" | "no data" | "nodata" | "unhealthy" | "degraded" => self.fires = true,
            "critical" | "crit" | "disaster" | "fatal" | "emergency" | "p1" | "sev1" => self.severity = Some(Critical),
            "error" | "major" | "high" | "p2" | "sev2" => self.severity = Some(Error),
            "warning" | "warn" | "minor" | "average" | "p3" | "sev3" => self.severity = Some(Warning),
            "info" | "notice" | "p4" | "p5" | "sev4" | "sev5" => self.severity = Some(Info),
            "acknowledged" | "acknowledgement" | "acknowledgment" | "ack" => self.acknowledged = true,
            "resolved" | "ok" | "recovered" | "recovery" | "closed" | "up" | "normal" | "healthy" | "cleared" => self.resolved = true,
            _ => return false,
        }
        true
    }
}
