//! Text to be taken elsewhere, and where it was put by hand.

use super::{Ask, Stop, confirm, read};
use crate::context::Context;
use crate::flags::{FORMS, For, form};
use crate::out::Out;
use crate::times::minutes;
use api::dto::{AskBrief, BriefView, PostedByHand, Spoken};
use api::{ApiError, Code, Request};
use clap::{Args, ValueEnum};
use domain::Role;
use domain::incidents::Piece;
use serde_json::Value;

/// What can be taken elsewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Cut {
    Board,
    Update,
    Task,
    Role,
    Handoff,
    Announcement,
    /// That command has passed
    Handover,
    People,
    Ask,
}

impl Cut {
    const fn wire(self) -> &'static str {
        match self {
            Self::Board => "board",
            Self::Update => "update",
            Self::Task => "task",
            Self::Role => "role",
            Self::Handoff => "handoff",
            Self::Announcement => "announcement",
            Self::Handover => "handover",
            Self::People => "people",
            Self::Ask => "ask",
        }
    }
}

/// Text to be taken elsewhere: into a chat, a text message, a mail, or to be read aloud. Then say where with `posted`.
#[derive(Args, Debug)]
pub struct Brief {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    /// Its form [default: chat]
    #[arg(long = "for", value_name = "FORM", value_parser = form())]
    for_name: Option<For>,
    /// What to take
    #[arg(long, value_enum, default_value = "board")]
    piece: Cut,
    /// The update, task or ask: U1, T2 …, or its id [default: the newest update]
    #[arg(long, value_name = "ID")]
    about: Option<String>,
    /// Whose card, with --piece role
    #[arg(long, value_parser = super::roles::role)]
    role: Option<Role>,
    /// Words of an update not yet written; `-` reads them from standard input
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
}

/// The form asked for. `--for` before the command was read as a person's name.
pub fn form_of(said: Option<&For>) -> Result<String, ApiError> {
    match said {
        None => Ok("chat".to_owned()),
        Some(For::Form(form) | For::Person(form)) if FORMS.contains(&form.as_str()) => Ok(form.clone()),
        Some(For::Minutes(minutes)) => {
            Err(ApiError::new(Code::InvalidField, format!("{minutes} minutes is no form of a text.")).field("for"))
        }
        Some(For::Form(other) | For::Person(other)) => {
            let refusal = ApiError::new(Code::InvalidField, format!("{other:?} is no form of a text."));
            Err(refusal.hint(format!("Write one of {} after --for.", FORMS.join(", "))).field("for"))
        }
    }
}

impl Ask for Brief {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::Brief(AskBrief {
            incident: self.incident.clone(),
            piece: self.piece.wire().to_owned(),
            about: self.about.clone(),
            role: self.role,
            form: form_of(self.for_name.as_ref())?,
            text: self.text.as_ref().map(|text| context.text(std::slice::from_ref(text))).transpose()?,
            next_due: None,
        }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        show_brief(&read(answer)?, out)
    }
}

/// The text alone, so that it can be piped on.
pub fn show_brief(brief: &BriefView, out: &mut Out) -> Result<(), Stop> {
    Ok(out.line(brief.text.trim_end())?)
}

/// Record that something was put somewhere by hand. An update or announcement keeps the promise.
#[derive(Args, Debug)]
pub struct Posted {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    /// update (the newest), announcement, board, brief, role, task, other, or an update's number or id
    what: String,
    /// Where: a channel, a page, a call
    #[arg(long = "where", value_name = "PLACE")]
    place: String,
    /// When
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
    /// Promise the next update within this, such as 20m
    #[arg(long, value_name = "SPAN", value_parser = minutes)]
    next: Option<u32>,
    /// The words that were posted, where they are not written here yet; `-` reads them from standard input
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
    /// The same key records once, however often it is sent
    #[arg(long, value_name = "KEY")]
    once: Option<String>,
}

impl Posted {
    fn piece(&self) -> Option<Piece> {
        match self.what.to_lowercase().as_str() {
            "update" => Some(Piece::Update),
            "announcement" => Some(Piece::Announcement),
            "board" => Some(Piece::Board),
            "brief" | "handoff" => Some(Piece::Brief),
            "role" | "role-card" => Some(Piece::RoleCard),
            "task" => Some(Piece::Task),
            "other" => Some(Piece::Other),
            _ => None,
        }
    }
}

/// Whether it looks like `U2` or a part of an id.
fn names_an_update(typed: &str) -> bool {
    let number = typed.strip_prefix(['U', 'u']).is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit()));
    number || (typed.len() >= 4 && typed.chars().all(|c| c.is_ascii_hexdigit() || c == '-'))
}

impl Ask for Posted {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let (piece, update) = match self.piece() {
            Some(piece) => (piece, None),
            None if names_an_update(&self.what) => (Piece::Update, Some(self.what.clone())),
            None => {
                let refusal = ApiError::new(Code::InvalidField, format!("{:?} is nothing that can be posted.", self.what));
                let hint = "Write update, announcement, board, brief, role, task, other, or the id of an update.";
                return Err(refusal.hint(hint).field("what"));
            }
        };
        Ok(Request::UpdatePosted(PostedByHand {
            incident: self.incident.clone(),
            piece,
            update,
            text: self.text.as_ref().map(|text| context.text(std::slice::from_ref(text))).transpose()?,
            place: self.place.clone(),
            at: context.time("at", self.at.as_ref())?,
            next_minutes: self.next,
            once: self.once.clone(),
            spoken: Spoken::default(),
        }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        confirm(answer, out, &format!("Posted by hand: {}.", self.place))
    }
}
