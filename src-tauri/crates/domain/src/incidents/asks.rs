//! How a person knows of what was asked of them: a role, a task, a handoff. Nobody is ever called asked who was not told,
//! and what was said can always be told from what was signed by the person's own hand.

use super::Incident;
use super::command::Rejection;
use super::decide::words_if_any;
use crate::{Actor, Entry, Envelope, EventId, Handle, Means, Timestamp};
use serde::{Deserialize, Serialize};

/// A person's answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// I do it.
    Yes,
    /// I do not.
    No,
}

/// What happens to an ask. It is named by the event that made it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskEvent {
    /// Somebody told the person, outside of Muster.
    Told {
        /// The ask.
        ask: EventId,
        /// Where: a channel, a call.
        place: Option<String>,
    },
    /// The person answered.
    Answered {
        /// The ask.
        ask: EventId,
        /// Yes or no.
        answer: Answer,
        /// What they said, such as a read-back.
        words: Option<String>,
    },
}

/// What may be said of an ask.
#[derive(Clone, PartialEq, Debug)]
pub enum AskCommand {
    /// The person was told by hand.
    Tell {
        /// The ask.
        ask: EventId,
        /// Where.
        place: Option<String>,
    },
    /// The person answered.
    Answer {
        /// The ask.
        ask: EventId,
        /// Yes or no.
        answer: Answer,
        /// What they said.
        words: Option<String>,
    },
}

/// Something heard: whose words, who typed them, how, and when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Heard {
    /// The event that says so.
    pub event: EventId,
    /// Whose act or words.
    pub who: Actor,
    /// Who typed it.
    pub typed_by: Actor,
    /// By which means.
    pub means: Means,
    /// When.
    pub at: Timestamp,
}

impl Heard {
    /// What `envelope` says was heard.
    pub fn of(envelope: &Envelope) -> Self {
        let entry = &envelope.entry;
        Self { event: envelope.id, who: entry.author(), typed_by: entry.actor.clone(), means: entry.means, at: envelope.occurred_at }
    }

    /// By the person's own hand in the app; else said so.
    pub fn is_signed(&self) -> bool {
        self.means == Means::App && self.who == self.typed_by
    }

    fn retime(&mut self, target: EventId, at: Timestamp) {
        if self.event == target {
            self.at = at;
        }
    }
}

/// How one person knows of one ask.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Knowing {
    /// The event that made the ask.
    pub ask: EventId,
    /// Of whom.
    pub person: Handle,
    /// When and how they were told.
    pub told: Option<Heard>,
    /// Where they were told.
    pub place: Option<String>,
    /// What they answered, last.
    pub answer: Option<(Answer, Heard)>,
    /// In which words.
    pub words: Option<String>,
}

impl Knowing {
    /// An ask just made. Who asks it of themselves, or is heard taking it, has said yes.
    pub fn asked(envelope: &Envelope, person: &Handle) -> Self {
        let own = envelope.entry.doer() == Some(person);
        let answer = own.then(|| (Answer::Yes, Heard::of(envelope)));
        Self { ask: envelope.id, person: person.clone(), told: None, place: None, answer, words: None }
    }

    /// Nothing was told and nothing heard: the person cannot know.
    pub const fn is_untold(&self) -> bool {
        self.told.is_none() && self.answer.is_none()
    }

    /// Told, and no answer yet.
    pub const fn is_open(&self) -> bool {
        self.answer.is_none()
    }

    /// Folds one event about this ask.
    pub fn evolve(&mut self, envelope: &Envelope, event: &AskEvent) {
        match event {
            AskEvent::Told { place, .. } => {
                self.told = Some(Heard::of(envelope));
                self.place.clone_from(place);
            }
            AskEvent::Answered { answer, words, .. } => {
                self.answer = Some((*answer, Heard::of(envelope)));
                self.words.clone_from(words);
            }
        }
    }

    /// A corrected entry moves what hangs on it.
    pub fn correct(&mut self, target: EventId, at: Option<Timestamp>, text: Option<&str>) {
        if let Some(at) = at {
            self.told.iter_mut().for_each(|heard| heard.retime(target, at));
            self.answer.iter_mut().for_each(|(_, heard)| heard.retime(target, at));
        }
        let Some(text) = text else { return };
        // Whoever asks it of themselves has answered by the same event: its words are not the answer's.
        if self.answer.as_ref().is_some_and(|(_, heard)| heard.event == target) {
            self.words.iter_mut().for_each(|words| text.clone_into(words));
        }
        if self.told.as_ref().is_some_and(|heard| heard.event == target) {
            self.place.iter_mut().for_each(|place| text.clone_into(place));
        }
    }
}

impl Incident {
    /// Everything that is asked of somebody now.
    pub fn asks(&self) -> impl Iterator<Item = &Knowing> {
        let roles = self.roles.iter().map(|held| &held.knows);
        let command = self.command.holder().map(|held| &held.knows).into_iter();
        let tasks = self.tasks.iter().filter(|task| task.is_open()).map(|task| &task.knows);
        roles.chain(command).chain(tasks).chain(self.handoff.iter().map(|handoff| &handoff.knows))
    }

    pub(super) fn asks_mut(&mut self) -> impl Iterator<Item = &mut Knowing> {
        let roles = self.roles.iter_mut().map(|held| &mut held.knows);
        let command = self.command.holder_mut().map(|held| &mut held.knows);
        let tasks = self.tasks.iter_mut().map(|task| &mut task.knows);
        roles.chain(command).chain(tasks).chain(self.handoff.iter_mut().map(|handoff| &mut handoff.knows))
    }
}

pub(super) fn decide(incident: &Incident, command: AskCommand, entry: &Entry) -> Result<Vec<AskEvent>, Rejection> {
    let (AskCommand::Tell { ask: named, .. } | AskCommand::Answer { ask: named, .. }) = &command;
    // A task may be named for what was asked with it: that ask has another name once the task passed to another.
    let of_task = || incident.tasks.iter().find(|task| task.is_open() && task.id == *named).map(|task| &task.knows);
    let known = incident.asks().find(|known| known.ask == *named).or_else(of_task).ok_or(Rejection::NoSuchAsk)?;
    let ask = known.ask;
    match command {
        AskCommand::Tell { place, .. } => Ok(vec![AskEvent::Told { ask, place: words_if_any(place)? }]),
        AskCommand::Answer { answer, words, .. } => {
            if entry.doer() != Some(&known.person) {
                return Err(Rejection::AskedOfAnother(known.person.clone()));
            }
            let words = words_if_any(words)?;
            let same = known.answer.as_ref().is_some_and(|(said, _)| *said == answer) && words == known.words;
            if same { Err(Rejection::NothingToChange) } else { Ok(vec![AskEvent::Answered { ask, answer, words }]) }
        }
    }
}

pub(super) fn evolve(incident: &mut Incident, envelope: &Envelope, event: &AskEvent) {
    let (AskEvent::Told { ask, .. } | AskEvent::Answered { ask, .. }) = event;
    if let Some(known) = incident.asks_mut().find(|known| known.ask == *ask) {
        known.evolve(envelope, event);
    }
}
