//! The noise ledger by example: what is counted, and which change is proposed for which noise.

use super::*;
use crate::alarms::{Because, Hush, Verdict};
use crate::alerts::{AlertEvent, Opened};
use crate::quiet::Shape;
use crate::test_support::{id, minute};
use crate::{AlertSeverity, GroupId, ServiceName, Timestamp};
use uuid::Uuid;

/// A story of alerts, told event by event.
struct Story {
    ledger: NoiseLedger,
    groups: u128,
}

impl Story {
    fn new() -> Self {
        // The stories begin at 14:00 UTC, which is 23:00 in Tokyo.
        Self { ledger: NoiseLedger::new(chrono_tz::UTC), groups: 0 }
    }

    fn opens(&mut self, name: &str, severity: AlertSeverity, at: Timestamp) -> GroupId {
        self.groups += 1;
        let group = GroupId(Uuid::from_u128(self.groups));
        let opened = Opened {
            source: SourceName("eu".into()),
            key: format!("{name}{}", self.groups),
            episode: "1".into(),
            group_key: String::new(),
            group_title: name.into(),
            title: name.into(),
            severity,
            started_at: at,
            labels: [("alertname".to_owned(), name.to_owned()), ("cluster".to_owned(), self.groups.to_string())].into(),
            annotations: [].into(),
            link: None,
            service: Some(ServiceName("db".into())),
            rules: vec![],
        };
        self.ledger.hear(group, at, &AlertEvent::Opened(opened));
        group
    }

    fn judged(&mut self, group: GroupId, at: Timestamp, verdict: Verdict) {
        self.ledger.hear(group, at, &AlertEvent::Judged { verdict, severity: AlertSeverity::Warning });
    }

    fn rings(&mut self, group: GroupId, at: Timestamp) {
        self.judged(group, at, Verdict::Rings(Because::First));
    }

    fn ends(&mut self, name: &str, group: GroupId, at: Timestamp) {
        let (source, key) = (SourceName("eu".into()), format!("{name}{}", group.0.as_u128()));
        self.ledger.hear(group, at, &AlertEvent::Resolved { source, key, ended_at: at });
        self.judged(group, at, Verdict::Silent(Hush::Over));
    }

    /// A noise that is over after so many minutes.
    fn noise(&mut self, name: &str, severity: AlertSeverity, begins: i64, lasts: i64) -> GroupId {
        let group = self.opens(name, severity, minute(begins));
        self.rings(group, minute(begins));
        self.ends(name, group, minute(begins + lasts));
        group
    }

    fn row(self, name: &str) -> Row {
        self.ledger.rows().into_iter().find(|row| row.name == name).expect("it fired")
    }
}

const WARNING: AlertSeverity = AlertSeverity::Warning;

#[test]
fn everything_an_alert_came_to_is_counted_once() {
    let mut story = Story::new();
    let rang = story.noise("Disk", WARNING, 0, 60);
    story.ledger.hear(rang, minute(61), &AlertEvent::GroupAcknowledged {});
    let quiet = story.opens("Disk", WARNING, minute(200));
    let hush = Hush::Quiet { quiet: id(1), shape: Shape::Muted, until: minute(900) };
    story.judged(quiet, minute(200), Verdict::Silent(hush));
    let flaps = story.opens("Disk", WARNING, minute(400));
    story.judged(flaps, minute(400), Verdict::Silent(Hush::Flapping { until: minute(415) }));
    let attached = story.opens("Disk", WARNING, minute(600));
    story.ledger.acted_on(attached);
    let row = story.row("Disk");
    assert_eq!((row.fired, row.notified, row.quieted, row.flapped), (4, 1, 1, 1));
    assert_eq!((row.acted_on, row.at_night), (2, 0));
    assert_eq!(row.proposal, None, "one noise is no pattern");
}

#[test]
fn night_is_where_the_people_are() {
    let at_night = |zone| {
        let mut story = Story { ledger: NoiseLedger::new(zone), groups: 0 };
        story.noise("Disk", WARNING, 0, 1);
        story.row("Disk").at_night
    };
    assert_eq!((at_night(chrono_tz::UTC), at_night(chrono_tz::Asia::Tokyo)), (0, 1), "14:00 in one, 23:00 in the other");
}

#[test]
fn what_ends_soon_should_wait_before_it_fires() {
    let mut story = Story::new();
    for n in 0..8 {
        story.noise("Flicker", WARNING, n * 100, if n == 7 { 90 } else { 2 });
    }
    let proposal = story.row("Flicker").proposal.expect("most noises were short");
    assert_eq!((proposal.change, proposal.saves), (Change::For, 7));
    assert_eq!(proposal.sentence, "7 of 8 firings ended within 3 min. A rule that waits as long would have saved 7 of 8 noises.");
    assert!(proposal.text.starts_with("- alert: Flicker\n  for: 3m"), "{}", proposal.text);
}

#[test]
fn what_comes_in_bursts_should_be_one_group() {
    let mut story = Story::new();
    for burst in 0..2 {
        for n in 0..4 {
            story.noise("NodeDown", WARNING, burst * 300 + n, 60);
        }
    }
    let proposal = story.row("NodeDown").proposal.expect("eight groups in two bursts");
    assert_eq!((proposal.change, proposal.saves), (Change::Group, 6));
    assert!(proposal.text.contains("group_by: [alertname, cluster]"), "{}", proposal.text);
}

#[test]
fn what_comes_with_something_worse_should_be_silent_then() {
    let mut story = Story::new();
    for n in 0..5 {
        story.noise("DbDown", AlertSeverity::Critical, n * 200, 60);
        story.noise("DbSlow", WARNING, n * 200 + 2, 60);
    }
    let worse = story.ledger.clone();
    let proposal = story.row("DbSlow").proposal.expect("always in company");
    assert_eq!((proposal.change, proposal.saves), (Change::Inhibit, 5));
    assert!(proposal.text.contains("source_matchers: ['alertname=\"DbDown\"']"), "{}", proposal.text);
    let worse = Story { ledger: worse, groups: 0 }.row("DbDown");
    assert_eq!(worse.proposal, None, "the worse one is not silenced for the lesser");
}

#[test]
fn what_nobody_ever_acts_on_should_tell_nobody() {
    let told = |noises: i64, acknowledged: bool| {
        let mut story = Story::new();
        for n in 0..noises {
            let group = story.noise("Chatter", WARNING, n * 300, 120);
            if acknowledged {
                story.ledger.hear(group, minute(n * 300 + 1), &AlertEvent::GroupAcknowledged {});
            }
        }
        story.row("Chatter").proposal.map(|proposal| (proposal.change, proposal.saves))
    };
    assert_eq!(told(10, false), Some((Change::Mute, 10)));
    assert_eq!(told(9, false), None, "too few to judge");
    assert_eq!(told(10, true), None, "somebody needs it");
}

#[test]
fn the_gentlest_change_that_saves_half_comes_first() {
    let mut story = Story::new();
    for n in 0..12 {
        story.noise("Flicker", WARNING, n * 100, 1);
    }
    let proposal = story.row("Flicker").proposal.expect("short, and nobody acts on it");
    assert_eq!(proposal.change, Change::For, "muted, it would be lost; waiting, it still tells what lasts");
}

#[test]
fn the_noisiest_comes_first() {
    let mut story = Story::new();
    story.noise("Once", WARNING, 0, 60);
    story.noise("Twice", WARNING, 100, 60);
    story.noise("Twice", WARNING, 300, 60);
    story.opens("Never", WARNING, minute(500));
    let names: Vec<String> = story.ledger.rows().into_iter().map(|row| row.name).collect();
    assert_eq!(names, ["Twice", "Once", "Never"]);
}
