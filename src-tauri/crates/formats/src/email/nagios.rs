//! Mail of Nagios and of Icinga 2, by their default subjects.

use super::Said;
use super::message::Mail;
use crate::done::Done;
use crate::found::Found;
use crate::standing::Standing;
use domain::AlertSeverity::{self, Critical, Error, Info, Warning};
use domain::Timestamp;

/// What the check found, and how bad that is.
const STATES: [(&str, AlertSeverity); 8] = [
    ("CRITICAL", Critical),
    ("DOWN", Critical),
    ("UNREACHABLE", Error),
    ("UNKNOWN", Error),
    ("WARNING", Warning),
    ("OK", Info),
    ("UP", Info),
    ("PENDING", Info),
];
/// States in which nothing is wrong.
const WELL: [&str; 2] = ["OK", "UP"];
/// Where the words of a comment's author begin in Icinga's text.
const COMMENT_BY: &str = "Comment by ";

/// A subject taken apart.
#[derive(Debug, PartialEq, Eq)]
struct Heading<'s> {
    /// `PROBLEM`, `RECOVERY`, …
    notice: &'s str,
    host: &'s str,
    service: Option<&'s str>,
    state: &'s str,
    /// What it says for people, the notice apart.
    says: &'s str,
}

/// What the mail says, where it is one of theirs.
pub fn read(mail: &Mail, now: Timestamp) -> Option<Said> {
    let heading = nagios(&mail.subject).or_else(|| icinga(&mail.subject))?;
    let well = WELL.contains(&heading.state);
    let standing = match heading.notice {
        "RECOVERY" => Standing::Resolved,
        "ACKNOWLEDGEMENT" => Standing::Acknowledged,
        // While something flaps, no word of its states is sent.
        "FLAPPINGSTART" => Standing::Firing,
        notice if notice.starts_with("DOWNTIME") => return Some(Said::Context(downtime(&heading, mail))),
        _ if well => Standing::Resolved,
        _ => Standing::Firing,
    };
    Some(Said::Alerts(vec![found(&heading, standing, mail, now)]))
}

fn downtime(heading: &Heading<'_>, mail: &Mail) -> Done {
    let how = match heading.notice.strip_prefix("DOWNTIME") {
        Some("START") => "began",
        Some("END") => "ended",
        Some(_) | None => "cancelled",
    };
    let at = mail.date.map(|at| at.to_string()).or_else(|| mail.thread.clone()).unwrap_or_default();
    let done = Done::new(format!("downtime/{}/{}/{at}", heading.notice, heading.says), format!("Downtime {how}: {}", heading.says));
    Done { at: mail.date, outcome: Some(how.to_owned()), ..done }.label("host", Some(mail.line("Host").unwrap_or(heading.host)))
}

fn found(heading: &Heading<'_>, standing: Standing, mail: &Mail, now: Timestamp) -> Found {
    let host = mail.line("Host").unwrap_or(heading.host);
    let service = heading.service.map(|service| mail.line("Service").unwrap_or(service));
    let by = mail.text.lines().find_map(|line| line.trim_start().strip_prefix(COMMENT_BY)).map(|by| by.trim_end_matches(':').to_owned());
    let output = mail.line("Info").or_else(|| {
        let lines = mail.text.lines().skip_while(|line| !line.trim_start().starts_with("Additional Info"));
        lines.skip(1).map(str::trim).find(|line| !line.is_empty())
    });
    // Icinga ends with the address of the object; one before it is a check's own.
    let link = mail.text.split_whitespace().rfind(|word| word.starts_with("http://") || word.starts_with("https://"));
    let found = Found {
        title: Some(heading.says.to_owned()),
        group: service.map(|service| (format!("service {service}"), heading.service.unwrap_or(service).to_owned())),
        severity: STATES.iter().find(|(state, _)| *state == heading.state).map(|(_, severity)| *severity),
        started_at: mail.date,
        link: link.map(str::to_owned),
        ..Found::new(service.map_or_else(|| host.to_owned(), |service| format!("{host}!{service}")), standing.state(by, mail.date, now))
    };
    found
        .label("host", Some(host))
        .label("check", service)
        .label("state", Some(heading.state))
        .label("address", mail.line("Address").or_else(|| mail.line("IPv4")).or_else(|| mail.line("IPv6")))
        .annotation("output", output)
        .annotation("description", Some(mail.excerpt()))
}

/// `** PROBLEM Service Alert: web1/HTTP is CRITICAL **`
fn nagios(subject: &str) -> Option<Heading<'_>> {
    let inside = subject.strip_prefix("**")?.strip_suffix("**")?.trim();
    let (notice, rest) = inside.split_once(' ')?;
    let (kind, says) = rest.split_once(" Alert: ")?;
    let (name, state) = says.rsplit_once(" is ")?;
    let (host, service) = match (kind, name.split_once('/')) {
        ("Service", Some((host, service))) => (host, Some(service)),
        ("Host", _) => (name, None),
        _ => return None,
    };
    known(Heading { notice, host, service, state, says })
}

/// `[PROBLEM] HTTP on web1 is CRITICAL!`, `[PROBLEM] Host web1 is DOWN!`
fn icinga(subject: &str) -> Option<Heading<'_>> {
    let (notice, rest) = subject.strip_prefix('[')?.split_once("] ")?;
    let says = rest.trim().strip_suffix('!')?;
    let (name, state) = says.rsplit_once(" is ")?;
    let (host, service) = match name.strip_prefix("Host ") {
        Some(host) => (host, None),
        None => name.rsplit_once(" on ").map(|(service, host)| (host, Some(service)))?,
    };
    known(Heading { notice, host, service, state, says: says.strip_prefix("Host ").unwrap_or(says) })
}

fn known(heading: Heading<'_>) -> Option<Heading<'_>> {
    let notice = ["PROBLEM", "RECOVERY", "ACKNOWLEDGEMENT", "CUSTOM"].contains(&heading.notice)
        || heading.notice.starts_with("FLAPPING")
        || heading.notice.starts_with("DOWNTIME");
    (notice && STATES.iter().any(|(state, _)| *state == heading.state)).then_some(heading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_are_taken_apart() {
        for (subject, host, service, state) in [
            ("** PROBLEM Service Alert: Web 1/HTTP is CRITICAL **", "Web 1", Some("HTTP"), "CRITICAL"),
            ("** RECOVERY Host Alert: web1 is UP **", "web1", None, "UP"),
            ("[PROBLEM] HTTP check on Web 1 is CRITICAL!", "Web 1", Some("HTTP check"), "CRITICAL"),
            ("[PROBLEM] Disk on /data on db1 is WARNING!", "db1", Some("Disk on /data"), "WARNING"),
            ("[PROBLEM] Host Web 1 is DOWN!", "Web 1", None, "DOWN"),
        ] {
            let heading = nagios(subject).or_else(|| icinga(subject)).expect(subject);
            assert_eq!((heading.host, heading.service, heading.state), (host, service, state), "{subject}");
        }
        for subject in ["** PROBLEM **", "[PROBLEM] the shop is gone!", "[RFC] Host web1 is DOWN!", "****", "[PROBLEM] Host web1 is DOWN"] {
            assert_eq!(nagios(subject).or_else(|| icinga(subject)), None, "{subject}");
        }
    }
}
