//! The state board: what we believe, what we do, what we need, and what the whole is for. A line that nobody wrote is
//! read from the record; one that somebody wrote stands until the record has newer words.

use super::Incident;
use super::asks::Heard;
use super::command::Rejection;
use super::decide::words_if_any;
use super::tasks::Task;
use crate::home::is_address;
use crate::{Envelope, EventId, Role, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

/// A line that can be written by hand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BoardLine {
    /// We believe.
    Believe,
    /// We are doing.
    Doing,
    /// We need.
    Need,
    /// What comes first, and what we are after.
    Objective,
}

/// What happens to the board, and to what lies beside it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoardEvent {
    /// A line was written, or taken away.
    LineSet {
        /// Which.
        line: BoardLine,
        /// Its words.
        text: Option<String>,
    },
    /// People meet here.
    BridgeSet {
        /// The address; none: as the home's rule says.
        url: Option<String>,
    },
    /// An item of a role's checklist was ticked, or not after all.
    Ticked {
        /// The role.
        role: Role,
        /// Its item, from 0.
        item: u8,
        /// Whether it is done.
        done: bool,
    },
}

/// What may be said to the board: the event of the same name, before it is decided on.
pub type BoardCommand = BoardEvent;

/// What was written by hand.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Board {
    /// Lines with whose words they are.
    pub lines: BTreeMap<BoardLine, (String, Heard)>,
    /// Where people meet.
    pub bridge: Option<String>,
    /// The event that says where.
    pub bridge_by: Option<EventId>,
    /// Ticked items of checklists.
    pub ticked: BTreeSet<(Role, u8)>,
}

/// A line as the board shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown {
    /// Its words.
    pub text: String,
    /// Since when that is so.
    pub at: Timestamp,
    /// The event that says it.
    pub by: EventId,
}

impl Board {
    pub(super) fn evolve(&mut self, envelope: &Envelope, event: &BoardEvent) {
        match event {
            BoardEvent::LineSet { line, text: Some(text) } => drop(self.lines.insert(*line, (text.clone(), Heard::of(envelope)))),
            BoardEvent::LineSet { line, text: None } => drop(self.lines.remove(line)),
            // What stands in place of words that were taken out leads nowhere.
            BoardEvent::BridgeSet { url } => {
                self.bridge = url.clone().filter(|url| is_address(url));
                self.bridge_by = Some(envelope.id);
            }
            BoardEvent::Ticked { role, item, done: true } => drop(self.ticked.insert((*role, *item))),
            BoardEvent::Ticked { role, item, done: false } => drop(self.ticked.remove(&(*role, *item))),
        }
    }

    pub(super) fn correct(&mut self, target: EventId, at: Option<Timestamp>, text: Option<&str>) {
        for (words, heard) in self.lines.values_mut().filter(|(_, heard)| heard.event == target) {
            heard.at = at.unwrap_or(heard.at);
            if let Some(text) = text {
                text.clone_into(words);
            }
        }
        if let Some(url) = text.filter(|url| self.bridge_by == Some(target) && is_address(url)) {
            self.bridge = Some(url.to_owned());
        }
    }

    fn written(&self, line: BoardLine) -> Option<Shown> {
        self.lines.get(&line).map(|(text, heard)| Shown { text: text.clone(), at: heard.at, by: heard.event })
    }
}

impl Incident {
    /// We believe: the newer of the written line and the hypothesis that leads.
    pub fn believe(&self) -> Option<Shown> {
        let led = self.thoughts.leading().map(|one| Shown { text: one.text.clone(), at: one.at(), by: one.id });
        newer(self.board.written(BoardLine::Believe), led)
    }

    /// We are doing: what was written by hand; the tasks tell the rest.
    pub fn doing(&self) -> Option<Shown> {
        self.board.written(BoardLine::Doing)
    }

    /// Open tasks, the first time box to end first.
    pub fn open_tasks(&self) -> Vec<&Task> {
        let mut open: Vec<&Task> = self.tasks.iter().filter(|task| task.is_open()).collect();
        open.sort_by_key(|task| (task.due(), task.id));
        open
    }

    /// We need: the newer of the written line and what an owner last reported to need.
    pub fn need(&self) -> Option<Shown> {
        let reports = self.tasks.iter().filter(|task| task.is_open()).filter_map(|task| task.report.as_ref());
        let asked = reports.filter_map(|(can, heard)| Some(Shown { text: can.needs.clone()?, at: heard.at, by: heard.event }));
        newer(self.board.written(BoardLine::Need), asked.max_by_key(|shown| shown.at))
    }

    /// What comes first, and what we are after.
    pub fn objective(&self) -> Option<Shown> {
        self.board.written(BoardLine::Objective)
    }
}

fn newer(one: Option<Shown>, other: Option<Shown>) -> Option<Shown> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.at > one.at { other } else { one }),
        (one, other) => one.or(other),
    }
}

pub(super) fn decide(incident: &Incident, command: BoardCommand) -> Result<Vec<BoardEvent>, Rejection> {
    let board = &incident.board;
    let (event, same) = match command {
        BoardEvent::LineSet { line, text } => {
            let text = words_if_any(text)?;
            let same = board.lines.get(&line).map(|(text, _)| text) == text.as_ref();
            (BoardEvent::LineSet { line, text }, same)
        }
        BoardEvent::BridgeSet { url } => {
            let url = words_if_any(url)?;
            if url.as_deref().is_some_and(|url| !is_address(url)) {
                return Err(Rejection::NotAnAddress);
            }
            let same = url == board.bridge;
            (BoardEvent::BridgeSet { url }, same)
        }
        BoardEvent::Ticked { role, item, done } => {
            if usize::from(item) >= role.checklist().len() {
                return Err(Rejection::NoSuchItem);
            }
            let same = board.ticked.contains(&(role, item)) == done;
            (BoardEvent::Ticked { role, item, done }, same)
        }
    };
    if same { Err(Rejection::NothingToChange) } else { Ok(vec![event]) }
}
