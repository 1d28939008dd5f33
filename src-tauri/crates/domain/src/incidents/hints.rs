//! How the command itself is doing: quiet hints that never block anything (PagerDuty's anti-patterns, FEMA's span of
//! control; field-guide sections 3.1 and 3.7).

use super::Incident;
use crate::home::{Home, OnShift};
use crate::roles::Command;
use crate::{Handle, Role, Timestamp};
use std::collections::BTreeSet;

/// Most people that one person leads well (FEMA: three to seven).
pub const SPAN: usize = 7;
/// Hours after which a commander is tired.
pub const COMMAND_HOURS: i64 = 4;
/// Minutes without a word on the record.
pub const SILENT_MINUTES: i64 = 20;

/// What a hint is about; its name on the wire.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "each is said in words by its hint")]
pub enum HintKind {
    Span,
    CommanderDoes,
    NoScribe,
    NoCommunications,
    LongCommand,
    OffShift,
    Silence,
    NoPromise,
    LongRhythm,
    NotPolled,
    SaidNo,
}

impl HintKind {
    /// The name on the wire.
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Span => "span",
            Self::CommanderDoes => "commander_does",
            Self::NoScribe => "no_scribe",
            Self::NoCommunications => "no_communications",
            Self::LongCommand => "long_command",
            Self::OffShift => "off_shift",
            Self::Silence => "silence",
            Self::NoPromise => "no_promise",
            Self::LongRhythm => "long_rhythm",
            Self::NotPolled => "not_polled",
            Self::SaidNo => "said_no",
        }
    }
}

/// A hint.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hint {
    /// About what.
    pub kind: HintKind,
    /// In one sentence.
    pub text: String,
}

impl Incident {
    /// People who report to the commander: present or in a role or with an open task; observers apart.
    pub fn span(&self) -> BTreeSet<&Handle> {
        let commander = self.command.holder().map(|held| &held.person);
        let watching: BTreeSet<&Handle> = self.roles.iter().filter(|held| held.role == Role::Observer).map(|held| &held.person).collect();
        let roles = self.roles.iter().map(|held| &held.person);
        let tasks = self.tasks.iter().filter(|task| task.is_open()).map(|task| &task.owner);
        let all = roles.chain(tasks).chain(self.present.keys());
        all.filter(|person| Some(*person) != commander && !watching.contains(person)).collect()
    }

    /// What deserves a quiet word at `now`, most pressing first. None of an incident that is over.
    pub fn hints(&self, home: &Home, now: Timestamp) -> Vec<Hint> {
        if !self.status.value.is_open() {
            return vec![];
        }
        let major = self.severity.value.is_major();
        let vacant = |role| !self.roles.iter().any(|held| held.role == role);
        let commander = self.command.holder().map(|held| &held.person);
        let mut hints = vec![];
        let mut hint = |kind, text: String| hints.push(Hint { kind, text });
        for known in self.asks().filter(|known| matches!(known.answer, Some((super::Answer::No, _)))) {
            hint(HintKind::SaidNo, format!("@{} said no. Ask another.", known.person));
        }
        if let Some(person) = commander.filter(|person| self.does(person)) {
            hint(HintKind::CommanderDoes, format!("@{person} commands and also does the work. Give the task or the role away."));
        }
        if major && vacant(Role::Scribe) {
            hint(HintKind::NoScribe, String::from("Nobody is scribe."));
        }
        if major && vacant(Role::Communications) {
            hint(HintKind::NoCommunications, String::from("Nobody leads communications."));
        }
        if major && self.comms.running().is_none() {
            hint(HintKind::NoPromise, String::from("No next update is promised."));
        }
        let (minutes, long) = self.rhythm(home, now);
        if long && self.comms.running().is_some_and(|promise| promise.every_minutes.is_some_and(|every| every < minutes)) {
            hint(HintKind::LongRhythm, format!("It is long now: one update every {minutes} min would do, if you say so."));
        }
        let span = self.span().len();
        if span > SPAN {
            hint(HintKind::Span, format!("{span} people report to the commander; more than {SPAN} is hard. Name leads for groups."));
        }
        let silent = now.since(self.last_entry_at) / 60_000;
        if silent >= SILENT_MINUTES {
            hint(HintKind::Silence, format!("Nothing recorded for {silent} min. Ask for a status on the call."));
        }
        if let Command::Acting(held) | Command::Confirmed(held) = &self.command {
            let hours = now.since(held.since) / 3_600_000;
            if hours >= COMMAND_HOURS {
                hint(HintKind::LongCommand, format!("@{} has commanded for {hours} h. Think of handing over.", held.person));
            }
        }
        for person in self.owners() {
            if let Some(OnShift::From(_)) = home.on_shift(person, now) {
                hint(HintKind::OffShift, format!("@{person} is off shift."));
            }
        }
        if let Some(decided) = self.thoughts.decisions.last().filter(|decided| decided.polled.is_none() && decided.result.is_none()) {
            hint(HintKind::NotPolled, format!("Nobody was asked for strong objections to: {}", decided.text));
        }
        hints
    }

    fn does(&self, person: &Handle) -> bool {
        let role = |held: &crate::roles::Holding| held.person == *person && matches!(held.role, Role::Operations | Role::Expert);
        self.roles.iter().any(role) || self.tasks.iter().any(|task| task.is_open() && task.owner == *person)
    }

    /// Whoever leads or owns something now.
    fn owners(&self) -> BTreeSet<&Handle> {
        let command = self.command.holder().map(|held| &held.person);
        let roles = self.roles.iter().filter(|held| held.role != Role::Observer).map(|held| &held.person);
        let tasks = self.tasks.iter().filter(|task| task.is_open()).map(|task| &task.owner);
        command.into_iter().chain(roles).chain(tasks).collect()
    }
}
