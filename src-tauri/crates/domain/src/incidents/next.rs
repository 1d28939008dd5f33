//! What comes next for one person: one sentence, always there while the incident is open.

use super::Incident;
use super::asks::Knowing;
use super::clocks::{Clock, ClockId, Stage};
use crate::home::Home;
use crate::roles::Command;
use crate::{Handle, Role, Timestamp};

/// What to do next, and the operation that does it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Next {
    /// In one sentence.
    pub text: String,
    /// The action's name in the window, where one does it.
    pub action: Option<&'static str>,
    /// What it is about.
    pub about: Option<crate::EventId>,
}

impl Next {
    fn say(text: impl Into<String>, action: Option<&'static str>, about: Option<crate::EventId>) -> Self {
        Self { text: text.into(), action, about }
    }
}

impl Incident {
    /// What comes next for `person` at `now`; `None` where it is over, or they have no part in it.
    pub fn next_for(&self, person: &Handle, home: &Home, now: Timestamp) -> Option<Next> {
        if !self.status.value.is_open() {
            return None;
        }
        let commands = self.command.holder().is_some_and(|held| held.person == *person);
        if let Some(handoff) = self.handoff.as_ref().filter(|handoff| handoff.to == *person) {
            return Some(Next::say("You are offered command: read the brief, then accept or decline.", Some("handoff"), Some(handoff.id)));
        }
        // Whoever commands is asked to confirm that below.
        let to_command = self.command.holder().filter(|_| commands).map(|held| held.knows.ask);
        let asked = |known: &&Knowing| known.person == *person && known.is_open() && Some(known.ask) != to_command;
        if let Some(asked) = self.asks().find(asked) {
            let task = self.tasks.iter().find(|task| task.knows.ask == asked.ask);
            let what = task.map_or_else(|| String::from("a role"), |task| format!("“{}”", task.text));
            return Some(Next::say(format!("You are asked for {what}: say yes or no."), Some("answer"), Some(asked.ask)));
        }
        let clocks = self.clocks(home, now);
        self.own_box(person, &clocks, now)
            .or_else(|| if commands { self.next_for_commander(person, &clocks, home, now) } else { None })
            .or_else(|| self.next_on_checklist(person))
    }

    fn own_box(&self, person: &Handle, clocks: &[Clock], now: Timestamp) -> Option<Next> {
        let ends = clocks.iter().filter(|clock| clock.stage(now) == Some(Stage::Due));
        let mine = ends.filter_map(|clock| match clock.id {
            ClockId::Task(id) => self.tasks.iter().find(|task| task.id == id && task.owner == *person),
            ClockId::Promise | ClockId::Acknowledge | ClockId::Resolve | ClockId::Look(_) => None,
        });
        let task = mine.into_iter().next()?;
        Some(Next::say(format!("Time is up for “{}”: report conditions, actions, needs.", task.text), Some("report"), Some(task.id)))
    }

    fn next_for_commander(&self, person: &Handle, clocks: &[Clock], home: &Home, now: Timestamp) -> Option<Next> {
        if matches!(self.command, Command::Acting(_)) {
            return Some(Next::say("You are acting: say aloud that you command, and confirm.", Some("confirm_command"), None));
        }
        let due = clocks.iter().find(|clock| clock.stage(now) >= Some(Stage::Nearly) && !clock.rests && clock.id != ClockId::Resolve);
        let by_clock = due.and_then(|clock| match clock.id {
            ClockId::Promise => Some(Next::say("Post the promised update.", Some("update"), None)),
            ClockId::Task(id) => {
                let task = self.tasks.iter().find(|task| task.id == id)?;
                Some(Next::say(format!("Ask @{} for a report on “{}”.", task.owner, task.text), Some("report"), Some(id)))
            }
            ClockId::Look(id) => {
                let look = self.looks.iter().find(|look| look.id == id)?;
                let what = look.text.clone().unwrap_or_else(|| String::from("Look again"));
                Some(Next::say(what, Some(if look.offer_resolve { "resolve" } else { "look_done" }), Some(id)))
            }
            ClockId::Acknowledge | ClockId::Resolve => None,
        });
        let untold = || {
            let known = self.asks().find(|known| known.is_untold() && known.person != *person)?;
            Some(Next::say(
                format!("@{} does not know yet: tell them, then note what they said.", known.person),
                Some("tell"),
                Some(known.ask),
            ))
        };
        let promise = || {
            let wanted = self.severity.value.is_major() && self.comms.running().is_none();
            let (minutes, _) = self.rhythm(home, now);
            wanted.then(|| Next::say(format!("Promise the next update, in {minutes} min."), Some("promise"), None))
        };
        by_clock.or_else(untold).or_else(promise)
    }

    fn next_on_checklist(&self, person: &Handle) -> Option<Next> {
        let commands = self.command.holder().filter(|held| held.person == *person).map(|held| held.role);
        let roles: Vec<Role> =
            commands.into_iter().chain(self.roles.iter().filter(|held| held.person == *person).map(|held| held.role)).collect();
        roles.into_iter().find_map(|role| {
            let open = |(item, _): &(usize, _)| !self.board.ticked.contains(&(role, *item as u8));
            role.checklist().iter().enumerate().find(open).map(|(_, text)| Next::say(*text, Some("tick"), None))
        })
    }
}
