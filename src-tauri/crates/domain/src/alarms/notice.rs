//! What the alarm's notice says: the worst first, the rest as a count. One notice, however many groups.

use super::Alarm;
use crate::home::Home;
use crate::notices::{About, Notice, NoticeButton};
use crate::{AlertSeverity, GroupId};

/// A group that rang and still waits for somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ringing {
    /// Which.
    pub id: GroupId,
    /// Its name.
    pub title: String,
    /// How bad its worst alert is.
    pub severity: AlertSeverity,
    /// Alerts that fire.
    pub firing: u64,
}

/// Composes it from the groups that still wait, or `None` where none does.
pub fn compose(alarm: &Alarm, ringing: &[Ringing], more_waiting: u64, home: &Home) -> Option<Notice> {
    let mut order: Vec<&Ringing> = ringing.iter().collect();
    order.sort_by_key(|group| (group.severity, std::cmp::Reverse(group.firing)));
    let first = order.first()?;
    let rule = home.rule(first.severity.suggests());
    let others = order.len() as u64 - 1 + more_waiting;
    let alerts = if first.firing == 1 { String::from("1 alert fires.") } else { format!("{} alerts fire.", first.firing) };
    let body = match others {
        0 => alerts,
        1 => format!("{alerts} 1 more group waits."),
        others => format!("{alerts} {others} more groups wait."),
    };
    Some(Notice {
        about: About::Alarm { groups: order.iter().map(|group| group.id).collect() },
        severity: first.severity.suggests(),
        summary: format!("{} alert: {}", capital(alarm.worst.min(first.severity).wire()), first.title),
        body,
        loudness: rule.loudness,
        sound: rule.sound,
        buttons: vec![NoticeButton::Acknowledge, NoticeButton::Snooze, NoticeButton::Open],
    })
}

fn capital(word: &str) -> String {
    let mut signs = word.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}
