//! A report by a person: a few fields of a form, as JSON or urlencoded. What people write is text and stays text.
//!
//! Key and episode are the reference that the reporter is shown, so that each report is an alert of its own. It never ends
//! by itself and nobody but a person ends it.

use crate::found::Found;
use crate::parsed::{Parsed, Unreadable};
use crate::{Sent, fingerprint, json, text};
use domain::alerts::{Signal, SignalState};
use domain::{AlertSeverity, Timestamp};

/// Longest title in characters that is made of a report's first line.
const TITLE: usize = 120;
/// Furthest back that a report may say it began, in minutes (30 days): more is a slip of the finger.
const MINUTES_MAX: i64 = 30 * 24 * 60;

/// What somebody reports.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    /// What is wrong, in their words.
    pub what: String,
    /// The service they name.
    pub service: Option<String>,
    /// For how many minutes.
    pub minutes: Option<i64>,
    /// Who they say they are.
    pub name: Option<String>,
    /// How they can be reached.
    pub contact: Option<String>,
}

impl Report {
    /// Takes fields as a form names them: `what`, `service`, `minutes`, `name`, `contact`; others are left.
    pub fn of(fields: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut report = Self::default();
        for (name, value) in fields {
            let value = value.trim().to_owned();
            match name.as_str() {
                "what" => report.what = value,
                "service" => report.service = Some(value).filter(|value| !value.is_empty()),
                "minutes" => report.minutes = value.parse().ok().filter(|minutes| (0..=MINUTES_MAX).contains(minutes)),
                "name" => report.name = Some(value).filter(|value| !value.is_empty()),
                "contact" => report.contact = Some(value).filter(|value| !value.is_empty()),
                _ => {}
            }
        }
        report
    }

    /// The report as an alert under `reference`. Nothing of it is taken where it does not say what is wrong.
    pub fn signal(self, reference: &str, now: Timestamp) -> Result<Signal, Unreadable> {
        let first = self.what.lines().map(str::trim).find(|line| !line.is_empty());
        let Some(first) = first else { return Err(Unreadable::new("Say what is wrong: a few words are enough.")) };
        let short: String = text::one_line(first).chars().take(TITLE).collect();
        let found = Found {
            title: Some(short),
            episode: Some(reference.to_owned()),
            severity: Some(AlertSeverity::Warning),
            started_at: self.minutes.map(|minutes| now.plus_secs(-60 * minutes)),
            service: self.service.clone(),
            ..Found::new(reference, SignalState::Firing { lapses_at: None })
        };
        let found = found
            .label("reference", Some(reference))
            .label("service", self.service)
            .annotation("description", Some(self.what))
            .annotation("reported_by", self.name)
            .annotation("contact", self.contact);
        Ok(found.signal(now))
    }
}

/// Reads a report as JSON or a form; `sent.path` is its reference, else one is made from the body.
pub fn read(sent: &Sent<'_>, now: Timestamp) -> Result<Parsed, Unreadable> {
    let fields: Vec<(String, String)> = if json::is_object(sent.body) {
        let fields = json::value(sent.body)?.as_object_mut().map(std::mem::take).unwrap_or_default();
        fields.into_iter().filter_map(|(name, value)| Some((name, json::into_text(value)?))).collect()
    } else {
        form_urlencoded::parse(sent.body).into_owned().collect()
    };
    let made = fingerprint::hashed(sent.body);
    let reference = if sent.path.is_empty() { &made[..16] } else { sent.path };
    Ok(Parsed { signals: vec![Report::of(fields).signal(reference, now)?], ..Parsed::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_795_423_000_000);

    #[test]
    fn a_form_becomes_an_alert() {
        let body = b"what=%20%0ACheckout%20fails%0Afor%20all&service=Check%20out&minutes=15&name=Ana&contact=&website=";
        let parsed = read(&Sent { path: "R-7K3F9Q", ..Sent::body(body) }, NOW).expect("it reads");
        let signal = &parsed.signals[0];
        assert_eq!((signal.key.as_str(), signal.title.as_str()), ("R-7K3F9Q", "Checkout fails"));
        assert_eq!(signal.started_at, NOW.plus_secs(-15 * 60));
        assert_eq!(signal.annotations["description"], "Checkout fails\nfor all", "all of it is kept");
        assert_eq!((signal.annotations.get("contact"), signal.annotations["reported_by"].as_str()), (None, "Ana"));
        assert_eq!(signal.service.as_ref().map(|service| service.0.as_str()), Some("check-out"), "as people type it");
    }

    #[test]
    fn nothing_said_is_no_report() {
        for body in [&b"what=+%0A"[..], b"", b"{\"what\":\"\"}", b"service=x"] {
            assert!(read(&Sent::body(body), NOW).is_err(), "{body:?}");
        }
        let json = read(&Sent::body(br#"{"what":"Slow","minutes":99999999}"#), NOW).expect("JSON reads too");
        assert_eq!(json.signals[0].started_at, NOW, "a time out of reach is left");
    }
}
