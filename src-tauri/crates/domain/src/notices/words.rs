//! What an incident's notice says and offers, from its state at the moment it is shown.

use crate::incidents::{Incident, wants_notice};
use crate::roles::Command;
use crate::{GroupId, IncidentId, IncidentRef, Loudness, NoticeRule, Severity, Sound, Timestamp};

/// A button on a notice; each is an operation of the one table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoticeButton {
    /// I command now.
    TakeCommand,
    /// I know; stop repeating.
    Acknowledge,
    /// Not now: ring again in half an hour.
    Snooze,
    /// Show it in the window.
    Open,
}

impl NoticeButton {
    /// The key the desktop hands back.
    pub const fn key(self) -> &'static str {
        match self {
            Self::TakeCommand => "take_command",
            Self::Acknowledge => "acknowledge",
            Self::Snooze => "snooze",
            Self::Open => "open",
        }
    }

    /// The words on it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::TakeCommand => "Take command",
            Self::Acknowledge => "Acknowledge",
            Self::Snooze => "Snooze 30 min",
            Self::Open => "Open",
        }
    }
}

/// What a notice is about. There is one notice about each, replaced rather than stacked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum About {
    /// An incident.
    Incident {
        /// Which.
        id: IncidentId,
        /// What people call it.
        reference: IncidentRef,
    },
    /// Alerts that ring and wait.
    Alarm {
        /// Their groups; the buttons act on all of them.
        groups: Vec<GroupId>,
    },
    /// What this machine can or cannot hear.
    Ears,
}

/// Names the notice that a new one replaces.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum NoticeKey {
    /// An incident's.
    Incident(IncidentId),
    /// The alarm's.
    Alarm,
    /// That of what is heard.
    Ears,
}

impl NoticeKey {
    /// The name under which it is kept.
    pub fn name(self) -> String {
        match self {
            Self::Incident(id) => id.to_string(),
            Self::Alarm => "alarm".into(),
            Self::Ears => "ears".into(),
        }
    }

    /// Reads a name that was kept.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "alarm" => Some(Self::Alarm),
            "ears" => Some(Self::Ears),
            id => id.parse().ok().map(Self::Incident),
        }
    }
}

impl About {
    /// The notice that this one replaces.
    pub const fn key(&self) -> NoticeKey {
        match self {
            Self::Incident { id, .. } => NoticeKey::Incident(*id),
            Self::Alarm { .. } => NoticeKey::Alarm,
            Self::Ears => NoticeKey::Ears,
        }
    }
}

/// A notice ready to be shown. Plain text; whoever shows it escapes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// What it is about.
    pub about: About,
    /// How bad.
    pub severity: Severity,
    /// First line.
    pub summary: String,
    /// Second line.
    pub body: String,
    /// How it shows.
    pub loudness: Loudness,
    /// What it sounds like.
    pub sound: Sound,
    /// What it offers.
    pub buttons: Vec<NoticeButton>,
}

/// Composes the notice, or `None` where it is no longer wanted.
pub fn compose(incident: &Incident, rule: NoticeRule, now: Timestamp) -> Option<Notice> {
    if !wants_notice(incident, rule) {
        return None;
    }
    let severity = incident.severity.value;
    let age = age(incident.declared_at, now);
    let (command, first) = match &incident.command {
        Command::Unclaimed { .. } => (String::from("nobody commands"), NoticeButton::TakeCommand),
        Command::Acting(held) => (format!("@{} is acting, nobody confirmed", held.person), NoticeButton::Acknowledge),
        Command::Confirmed(held) => (format!("@{} commands", held.person), NoticeButton::Acknowledge),
    };
    Some(Notice {
        about: About::Incident { id: incident.id, reference: incident.reference.clone() },
        severity,
        summary: format!("{} {}", severity.label(), incident.title.value),
        body: format!("{}, {age}, {command}.", incident.reference),
        loudness: rule.loudness,
        sound: rule.sound,
        buttons: vec![first, NoticeButton::Open],
    })
}

fn age(declared_at: Timestamp, now: Timestamp) -> String {
    let minutes = now.since(declared_at).max(0) / 60_000;
    match (minutes / 60, minutes % 60) {
        (0, 0) => String::from("declared just now"),
        (0, minutes) => format!("declared {minutes} min ago"),
        (hours, 0) => format!("declared {hours} h ago"),
        (hours, minutes) => format!("declared {hours} h {minutes} min ago"),
    }
}
