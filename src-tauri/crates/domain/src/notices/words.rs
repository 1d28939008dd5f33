//! What an incident's notice says and offers, from its state at the moment it is shown.

use crate::incidents::{Incident, wants_notice};
use crate::roles::Command;
use crate::{IncidentId, IncidentRef, Loudness, NoticeRule, Severity, Sound, Timestamp};

/// A button on a notice; each is an operation of the one table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoticeButton {
    /// I command now.
    TakeCommand,
    /// I know; stop repeating.
    Acknowledge,
    /// Show it in the window.
    Open,
}

impl NoticeButton {
    /// The key the desktop hands back.
    pub const fn key(self) -> &'static str {
        match self {
            Self::TakeCommand => "take_command",
            Self::Acknowledge => "acknowledge",
            Self::Open => "open",
        }
    }

    /// The words on it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::TakeCommand => "Take command",
            Self::Acknowledge => "Acknowledge",
            Self::Open => "Open",
        }
    }
}

/// A notice ready to be shown: one per incident, replaced rather than stacked. Plain text; whoever shows it escapes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// The incident; also names the notice that this one replaces.
    pub incident: IncidentId,
    /// What people call it.
    pub reference: IncidentRef,
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
        incident: incident.id,
        reference: incident.reference.clone(),
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
