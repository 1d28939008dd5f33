//! Flags of every command, and the two whose names a few commands need for something else: `brief --for` is a form,
//! `storm --for` a length, `shift --by` a span. All meanings share one type, so that a command's own flag stands in place of the general one.

use crate::times;
use api::{ApiError, Code};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use domain::{AlertSeverity, Means, Severity};
use std::path::PathBuf;

/// Flags of every command.
#[derive(Args, Debug)]
#[command(next_help_heading = "For every command")]
pub struct Global {
    /// The folder of the home [default: $MUSTER_HOME, else the platform's data folder and `muster`]
    #[arg(long, global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// Answer as JSON: one object, or one per line for streams
    #[arg(long, global = true)]
    pub json: bool,
    /// Who enters it [default: you]
    #[arg(long = "as", global = true, value_name = "NAME")]
    pub as_name: Option<String>,
    /// Whose act or words are recorded, when another's
    #[arg(long = "for", global = true, value_name = "NAME", value_parser = person)]
    pub for_name: Option<For>,
    /// How you came to know, with --for [default: voice]
    #[arg(long, global = true, value_enum)]
    pub by: Option<By>,
    /// Say nothing when all went well
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// No colours, also by $NO_COLOR
    #[arg(long, global = true)]
    pub no_color: bool,
}

/// What `--for` says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum For {
    /// Whose act or words are recorded.
    Person(String),
    /// The form of a text that leaves.
    Form(String),
    /// How long, in minutes.
    Minutes(u32),
}

impl For {
    /// The person, where it says one.
    pub fn person(&self) -> Option<&str> {
        match self {
            Self::Person(name) => Some(name),
            Self::Form(_) | Self::Minutes(_) => None,
        }
    }
}

fn person(typed: &str) -> Result<For, String> {
    Ok(For::Person(typed.to_owned()))
}

/// Forms in which a text can leave.
pub const FORMS: [&str; 7] = ["chat", "slack", "teams", "sms", "speech", "mail", "wiki"];

/// Reads how long something is to last.
pub fn lasting(typed: &str) -> Result<For, String> {
    times::minutes(typed).map(For::Minutes)
}

/// How long, where `--for` says it. `--for` before the command was read as a person's name.
pub fn minutes_of(said: Option<&For>) -> Result<Option<u32>, ApiError> {
    let refusal = |other: &str| {
        ApiError::new(Code::InvalidField, format!("{other:?} says not how long."))
            .hint("Write it after the command, such as --for 30m.")
            .field("for")
    };
    match said {
        None => Ok(None),
        Some(For::Minutes(minutes)) => Ok(Some(*minutes)),
        Some(For::Form(other) | For::Person(other)) => times::minutes(other).map(Some).map_err(|_| refusal(other)),
    }
}

/// Reads how bad an alert is.
pub fn alert_severity(typed: &str) -> Result<AlertSeverity, String> {
    let typed = typed.trim().to_lowercase();
    let found = AlertSeverity::ALL.into_iter().find(|severity| severity.wire() == typed);
    found.ok_or_else(|| "one of critical, error, warning, info".to_owned())
}

/// Reads the form of a text.
pub fn form() -> impl TypedValueParser<Value = For> {
    PossibleValuesParser::new(FORMS).map(For::Form)
}

/// How another's words came in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum By {
    Voice,
    Chat,
    Phone,
    Paste,
    /// Seconds, for `shift`.
    #[value(skip)]
    Span(i64),
}

impl By {
    /// The means, where it says one.
    pub const fn means(self) -> Option<Means> {
        match self {
            Self::Voice => Some(Means::Voice),
            Self::Chat => Some(Means::Chat),
            Self::Phone => Some(Means::Phone),
            Self::Paste => Some(Means::Paste),
            Self::Span(_) => None,
        }
    }
}

/// Reads a span to move entries by.
pub fn span(typed: &str) -> Result<By, String> {
    times::seconds(typed).map(By::Span).ok_or_else(|| "a span such as -1h, 30m or -1h30m".to_owned())
}

/// Reads a severity as people type it.
pub fn severity(typed: &str) -> Result<Severity, String> {
    Severity::parse(typed).ok_or_else(|| "one of sev1, sev2, sev3, sev4, sev5".to_owned())
}
