//! What the room thinks: decisions with their options, risk, objections and result; hypotheses proposed, supported and
//! ruled out; questions open until answered.

use super::Incident;
use super::asks::Heard;
use super::command::Rejection;
use super::decide::{words, words_if_any};
use crate::{Envelope, EventId, Handle, Timestamp};
use serde::{Deserialize, Serialize};

/// Most options of one decision: what a tired person can weigh, twice.
const OPTIONS_LIMIT: usize = 12;

/// What is thought. A decision, hypothesis or question is named by the event that first said it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThoughtEvent {
    /// It was decided.
    Decided {
        /// What.
        text: String,
        /// Between what.
        options: Vec<String>,
        /// What may go wrong.
        risk: Option<String>,
    },
    /// Strong objections were asked for.
    Polled {
        /// The decision.
        decision: EventId,
        /// What its author objected; none: nobody did.
        objection: Option<String>,
    },
    /// What came of it.
    Resulted {
        /// The decision.
        decision: EventId,
        /// The result.
        result: String,
    },
    /// This may be why.
    Supposed {
        /// The hypothesis.
        text: String,
    },
    /// Something speaks for it.
    Supported {
        /// The hypothesis.
        hypothesis: EventId,
        /// What.
        evidence: String,
    },
    /// It is not that.
    RuledOut {
        /// The hypothesis.
        hypothesis: EventId,
        /// Why not.
        evidence: String,
    },
    /// Somebody wants to know.
    Asked {
        /// What.
        text: String,
        /// Of whom.
        of: Option<Handle>,
    },
    /// Now it is known.
    Answered {
        /// The question.
        question: EventId,
        /// The answer.
        answer: String,
    },
}

/// What may be said of a thought: the event of the same name, before it is decided on.
pub type ThoughtCommand = ThoughtEvent;

/// A decision.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Decided {
    /// The event that says it.
    pub id: EventId,
    /// What was decided.
    pub text: String,
    /// Between what.
    pub options: Vec<String>,
    /// What may go wrong.
    pub risk: Option<String>,
    /// Whose word.
    pub heard: Heard,
    /// Whether objections were asked for, and by whose word nobody had any.
    pub polled: Option<Heard>,
    /// Objections raised, each with whose it is.
    pub objections: Vec<(String, Heard)>,
    /// What came of it.
    pub result: Option<(String, Heard)>,
}

/// Where a hypothesis stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "states by name")]
pub enum Standing {
    Proposed,
    Supported,
    RuledOut,
}

/// A hypothesis.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Hypothesis {
    /// The event that proposed it.
    pub id: EventId,
    /// What may be.
    pub text: String,
    /// Whose word.
    pub heard: Heard,
    /// Where it stands.
    pub standing: Standing,
    /// What speaks for or against it, in order.
    pub evidence: Vec<(String, Heard)>,
}

impl Hypothesis {
    /// When it last changed.
    pub fn at(&self) -> Timestamp {
        self.evidence.iter().map(|(_, heard)| heard.at).fold(self.heard.at, Timestamp::max)
    }
}

/// A question.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Question {
    /// The event that asked it.
    pub id: EventId,
    /// What is asked.
    pub text: String,
    /// Of whom.
    pub of: Option<Handle>,
    /// Whose question.
    pub heard: Heard,
    /// The answer.
    pub answer: Option<(String, Heard)>,
}

/// All that the room thinks, in order of the fold.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Thoughts {
    /// Decisions.
    pub decisions: Vec<Decided>,
    /// Hypotheses.
    pub hypotheses: Vec<Hypothesis>,
    /// Questions.
    pub questions: Vec<Question>,
}

impl Thoughts {
    /// Questions without an answer.
    pub fn open_questions(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(|question| question.answer.is_none())
    }

    /// The hypothesis that most speaks for: the last supported one, else the last proposed.
    pub fn leading(&self) -> Option<&Hypothesis> {
        let last = |standing| self.hypotheses.iter().filter(move |one| one.standing == standing).max_by_key(|one| one.at());
        last(Standing::Supported).or_else(|| last(Standing::Proposed))
    }

    pub(super) fn correct(&mut self, target: EventId, at: Option<Timestamp>, text: Option<&str>) {
        let fix = |words: Option<&mut String>, heard: &mut Heard| {
            if heard.event == target {
                heard.at = at.unwrap_or(heard.at);
                if let (Some(words), Some(text)) = (words, text) {
                    text.clone_into(words);
                }
            }
        };
        for decided in &mut self.decisions {
            fix(Some(&mut decided.text), &mut decided.heard);
            decided.polled.iter_mut().for_each(|heard| fix(None, heard));
            decided.objections.iter_mut().chain(&mut decided.result).for_each(|(words, heard)| fix(Some(words), heard));
        }
        for one in &mut self.hypotheses {
            fix(Some(&mut one.text), &mut one.heard);
            one.evidence.iter_mut().for_each(|(words, heard)| fix(Some(words), heard));
        }
        for question in &mut self.questions {
            fix(Some(&mut question.text), &mut question.heard);
            question.answer.iter_mut().for_each(|(words, heard)| fix(Some(words), heard));
        }
    }

    pub(super) fn evolve(&mut self, envelope: &Envelope, event: &ThoughtEvent) {
        let (id, heard) = (envelope.id, Heard::of(envelope));
        match event {
            ThoughtEvent::Decided { text, options, risk } => {
                let (text, options, risk) = (text.clone(), options.clone(), risk.clone());
                self.decisions.push(Decided { id, text, options, risk, heard, polled: None, objections: vec![], result: None });
            }
            ThoughtEvent::Polled { decision, objection } => {
                let Some(decided) = self.decisions.iter_mut().find(|one| one.id == *decision) else { return };
                match objection {
                    None => decided.polled = Some(heard),
                    Some(words) => {
                        decided.polled.get_or_insert(heard.clone());
                        decided.objections.push((words.clone(), heard));
                    }
                }
            }
            ThoughtEvent::Resulted { decision, result } => {
                if let Some(decided) = self.decisions.iter_mut().find(|one| one.id == *decision) {
                    decided.result = Some((result.clone(), heard));
                }
            }
            ThoughtEvent::Supposed { text } => {
                self.hypotheses.push(Hypothesis { id, text: text.clone(), heard, standing: Standing::Proposed, evidence: vec![] });
            }
            ThoughtEvent::Supported { hypothesis, evidence } => self.weigh(*hypothesis, Standing::Supported, evidence, heard),
            ThoughtEvent::RuledOut { hypothesis, evidence } => self.weigh(*hypothesis, Standing::RuledOut, evidence, heard),
            ThoughtEvent::Asked { text, of } => {
                self.questions.push(Question { id, text: text.clone(), of: of.clone(), heard, answer: None });
            }
            ThoughtEvent::Answered { question, answer } => {
                if let Some(asked) = self.questions.iter_mut().find(|one| one.id == *question) {
                    asked.answer = Some((answer.clone(), heard));
                }
            }
        }
    }

    fn weigh(&mut self, id: EventId, standing: Standing, evidence: &str, heard: Heard) {
        if let Some(one) = self.hypotheses.iter_mut().find(|one| one.id == id) {
            one.standing = standing;
            one.evidence.push((evidence.to_owned(), heard));
        }
    }
}

pub(super) fn decide(incident: &Incident, command: ThoughtCommand) -> Result<Vec<ThoughtEvent>, Rejection> {
    use ThoughtEvent as T;
    let known = &incident.thoughts;
    let decision = |id: EventId| known.decisions.iter().any(|one| one.id == id).then_some(id).ok_or(Rejection::NoSuchDecision);
    let hypothesis = |id: EventId| known.hypotheses.iter().any(|one| one.id == id).then_some(id).ok_or(Rejection::NoSuchHypothesis);
    Ok(vec![match command {
        T::Decided { text, options, risk } => {
            let options = options.iter().filter(|one| !one.trim().is_empty()).map(|one| words(one)).collect::<Result<Vec<_>, _>>()?;
            if options.len() > OPTIONS_LIMIT {
                return Err(Rejection::TooManyOptions(options.len()));
            }
            T::Decided { text: words(&text)?, options, risk: words_if_any(risk)? }
        }
        T::Polled { decision: id, objection } => T::Polled { decision: decision(id)?, objection: words_if_any(objection)? },
        T::Resulted { decision: id, result } => T::Resulted { decision: decision(id)?, result: words(&result)? },
        T::Supposed { text } => T::Supposed { text: words(&text)? },
        T::Supported { hypothesis: id, evidence } => T::Supported { hypothesis: hypothesis(id)?, evidence: words(&evidence)? },
        T::RuledOut { hypothesis: id, evidence } => T::RuledOut { hypothesis: hypothesis(id)?, evidence: words(&evidence)? },
        T::Asked { text, of } => T::Asked { text: words(&text)?, of },
        T::Answered { question, answer } => match known.questions.iter().find(|one| one.id == question) {
            None => return Err(Rejection::NoSuchQuestion),
            Some(_) => T::Answered { question, answer: words(&answer)? },
        },
    }])
}
