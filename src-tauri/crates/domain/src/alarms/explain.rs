//! One sentence on why a group did or did not make a noise, and one on what would change that.

use super::{Because, Hush, Noise, Verdict};
use crate::home::Home;
use crate::quiet::QuietScope;
use crate::{AlertSeverity, Timestamp};

/// The answer to "why".
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explained {
    /// Whether it made a noise.
    pub rang: bool,
    /// Why, or why not.
    pub sentence: String,
    /// What would change that.
    pub change: String,
}

/// Explains how an alert that began at `opened_at` (as recorded here) stands with noise, by its group's.
pub fn explain(noise: Option<&Noise>, opened_at: Timestamp, severity: AlertSeverity, home: &Home) -> Explained {
    let Some(noise) = noise else {
        return Explained {
            rang: false,
            sentence: "It made no noise: it is not judged yet.".into(),
            change: "It is judged within seconds of its arrival.".into(),
        };
    };
    match (&noise.verdict, noise.rang) {
        (Verdict::Rings(because), _) => rang(noise, because, opened_at),
        (Verdict::Silent(hush), Some((at, _))) if hush_came_later(noise, at) => {
            let after = silent(hush, severity, home);
            let sentence = format!("It rang at {}. Since {}: {}", at.time_of_day(), noise.at.time_of_day(), lower(&after.0));
            Explained { rang: true, sentence, change: after.1 }
        }
        (Verdict::Silent(hush), _) => {
            let (sentence, change) = silent(hush, severity, home);
            Explained { rang: false, sentence: format!("It made no noise: {}", lower(&sentence)), change }
        }
    }
}

const fn hush_came_later(noise: &Noise, rang_at: Timestamp) -> bool {
    noise.at.0 > rang_at.0
}

fn rang(noise: &Noise, because: &Because, opened_at: Timestamp) -> Explained {
    let at = noise.rang.map_or(noise.at, |(at, _)| at);
    if opened_at > at {
        return Explained {
            rang: false,
            sentence: format!("It made no noise: its group rang at {} and tells of it as one.", at.time_of_day()),
            change: "It would ring if it were worse than what its group rang for.".into(),
        };
    }
    let why = match because {
        Because::First => "nothing else had rung in the ten minutes before".to_owned(),
        Because::Worse => "it is worse than what rang before".to_owned(),
        Because::NewService(service) => format!("nothing that rang before had to do with {service}"),
        Because::Again => "what kept it quiet had ended".to_owned(),
    };
    Explained {
        rang: true,
        sentence: format!("It rang at {}: {why}.", at.time_of_day()),
        change: "Acknowledge, snooze or attach it, and it rings no more.".into(),
    }
}

fn silent(hush: &Hush, severity: AlertSeverity, home: &Home) -> (String, String) {
    match hush {
        Hush::Quiet { quiet, shape, until } => match home.quiet.get(quiet) {
            Some(found) => {
                let scope = match &found.order.scope {
                    QuietScope::GroupUntilOver(_) | QuietScope::Group(_) => String::new(),
                    QuietScope::Alerts(when) => format!(" ({when})"),
                    QuietScope::Everything => " (everything)".into(),
                };
                let end = if found.order.until_over { "until it ends".to_owned() } else { format!("until {}", until.time_of_day()) };
                let reason = found.order.reason.trim_end_matches('.');
                (
                    format!("{}{scope} by {} {end}: {reason}.", capital(shape.word()), found.owner),
                    format!("End it in the list of what is quiet, or wait {end}."),
                )
            }
            None => (format!("{}, which has ended since.", capital(shape.word())), "It rings when it is next news.".into()),
        },
        Hush::Rule { rule, why } => {
            let until = home.alert_rules.quiet_until().map_or_else(String::new, |until| format!(" until {}", until.date()));
            (
                format!("Rule “{rule}” keeps it quiet{until}: {}.", why.trim_end_matches('.')),
                format!("Change rule “{rule}”, and it rings when it is next news."),
            )
        }
        Hush::Flapping { until } => (
            "It comes and goes, and is held as one.".into(),
            format!("It rings again if it still fires after {} without a return.", until.time_of_day()),
        ),
        Hush::Parent { service, .. } => (
            format!("{service}, which it rests on, is down and has its own alarm."),
            format!("It rings if it still fires when {service} is back."),
        ),
        Hush::Attached { incident } => {
            (format!("It belongs to {incident}, which has a notice of its own."), format!("Detach it from {incident}."))
        }
        Hush::Acknowledged { by } => (format!("{by} looks at it."), "It rings the next time it begins.".into()),
        Hush::TooLow { severity: incident } => (
            format!("{} alerts make no noise here.", capital(severity.wire())),
            format!("Set {} to show notices in Settings, or let a rule raise it.", incident.label()),
        ),
        Hush::Together { rang_at } => (
            format!("It came within ten minutes of an alarm at {} about the same services.", rang_at.time_of_day()),
            "It rings if it becomes worse than that alarm.".into(),
        ),
        Hush::Over => ("Nothing of it fires any more.".into(), "It rings when it begins again.".into()),
    }
}

fn capital(word: &str) -> String {
    let mut signs = word.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

/// A sentence within a sentence; names and abbreviations stay as they are.
fn lower(sentence: &str) -> String {
    let mut signs = sentence.chars();
    let keeps = sentence.split(' ').next().is_some_and(|first| first.chars().skip(1).any(char::is_uppercase) || first == "Rule");
    match signs.next() {
        Some(first) if !keeps => first.to_lowercase().chain(signs).collect(),
        Some(_) if sentence.starts_with("Rule ") => format!("rule {}", &sentence[5..]),
        Some(_) | None => sentence.to_owned(),
    }
}
