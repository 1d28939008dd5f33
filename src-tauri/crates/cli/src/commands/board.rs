//! The state board.

use super::room::board;
use super::{Ask, Stop, confirm, part, read, whole_of};
use crate::context::Context;
use crate::out::Out;
use api::dto::{IncidentView, SetBoard, Spoken};
use api::{ApiError, Code, Request};
use clap::{Args, ValueEnum};
use domain::incidents::BoardLine;
use serde_json::Value;

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Line {
    /// We believe
    Believe,
    /// We are doing
    Doing,
    /// We need
    Need,
    /// What comes first, and what we are after
    Objective,
}

impl From<Line> for BoardLine {
    fn from(line: Line) -> Self {
        match line {
            Line::Believe => Self::Believe,
            Line::Doing => Self::Doing,
            Line::Need => Self::Need,
            Line::Objective => Self::Objective,
        }
    }
}

/// The state board. Without a line: show it.
#[derive(Args, Debug)]
pub struct Board {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    /// Which line to write
    line: Option<Line>,
    /// What it says; `-` reads it from standard input
    text: Vec<String>,
    /// Take the line away
    #[arg(long, requires = "line", conflicts_with = "text")]
    clear: bool,
}

impl Ask for Board {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let Some(line) = self.line else { return Ok(whole_of(&self.incident)) };
        if self.text.is_empty() && !self.clear {
            let refusal = ApiError::new(Code::InvalidRequest, "What the line is to say is missing.");
            return Err(refusal.hint("Write it after the line, or take the line away with --clear."));
        }
        let text = if self.clear { None } else { Some(context.text(&self.text)?) };
        let (incident, spoken) = (self.incident.clone(), Spoken::default());
        Ok(Request::BoardSet(SetBoard { incident, line: line.into(), text, spoken }))
    }

    fn json(&self, answer: Value) -> Result<Value, ApiError> {
        if self.line.is_none() { part(answer, "board") } else { Ok(answer) }
    }

    fn show(&self, answer: Value, context: &Context, out: &mut Out) -> Result<(), Stop> {
        if self.line.is_some() {
            return confirm(answer, out, if self.clear { "The line is away." } else { "On the board." });
        }
        let incident: IncidentView = read(answer)?;
        Ok(out.table(&board(&incident.board, context))?)
    }
}
