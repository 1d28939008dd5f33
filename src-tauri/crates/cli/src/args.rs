//! What can be typed. Names are the contract: add, never rename.

use crate::commands::{
    alerts, declare, demo, desktop, entries, incidents, people, quiet, repair, roles, rules, serve, settings, sources, state, timeline,
    upkeep, window,
};
use clap::builder::styling::Styles;
use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::{Means, Severity};
use std::path::PathBuf;

/// Muster: incident command from a terminal. Every command takes a reference (INC-7K3F), an id, or any unique prefix.
#[derive(Parser, Debug)]
#[command(name = "muster", version, styles = Styles::plain(), max_term_width = 100, disable_help_subcommand = true)]
#[command(after_help = "Times: 2026-08-05T14:07:00Z, 14:07 (the last one, local), -12m. `-` reads the text from standard input.\n\
    Exit: 0 ok, 1 failure, 2 usage, 3 not found, 4 refused, 5 not permitted, 75 try again.")]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

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
    #[arg(long = "for", global = true, value_name = "NAME")]
    pub for_name: Option<String>,
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

/// How another's words came in.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum By {
    Voice,
    Chat,
    Phone,
    Paste,
}

impl From<By> for Means {
    fn from(by: By) -> Self {
        match by {
            By::Voice => Self::Voice,
            By::Chat => Self::Chat,
            By::Phone => Self::Phone,
            By::Paste => Self::Paste,
        }
    }
}

/// Reads a severity as people type it.
pub fn severity(typed: &str) -> Result<Severity, String> {
    Severity::parse(typed).ok_or_else(|| "one of sev1, sev2, sev3, sev4, sev5".to_owned())
}

/// Everything that can be done.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Declare an incident; pages nobody
    Declare(declare::Declare),
    /// What needs you now: open incidents, waiting alerts, what is quiet
    Watch(incidents::Watch),
    /// Incidents, newest first
    List(incidents::List),
    /// One incident, whole
    Show(incidents::Show),
    /// Raise the window, on an incident where one is named
    Open(window::Open),
    /// What happened, oldest first
    Timeline(timeline::Timeline),
    /// Search all timelines
    Search(incidents::Search),
    /// Write a note
    Note(entries::Note),
    /// Mark an entry as a key moment
    Pin(entries::Pin),
    /// Take the mark of a key moment away
    Unpin(entries::Unpin),
    /// Correct the time or the text of an entry; the first version stays on record
    Correct(entries::Correct),
    /// Take words out of the record for good, and say so
    Redact(entries::Redact),
    /// Set the severity
    Severity(state::SetSeverity),
    /// Move to a state
    Status(state::SetStatus),
    /// Short for: status INC resolved
    Resolve(state::Move),
    /// Short for: status INC investigating
    Reopen(state::Move),
    /// Short for: status INC closed
    Close(state::Move),
    /// Short for: status INC cancelled
    Cancel(state::Move),
    /// Rename an incident
    Title(state::SetTitle),
    /// Somebody knows: no more repeats
    Ack(state::Ack),
    /// Since when, how many and which customers are affected
    Impact(state::Impact),
    /// Give roles to people, take them back, list them
    Role(roles::Role),
    /// Take command, or confirm who commands
    #[command(name = "command")]
    TakeOrConfirm(roles::TakeOrConfirm),
    /// Alerts, by group
    Alert(alerts::Alert),
    /// What is kept from making a noise
    Quiet(quiet::Quiet),
    /// Where alerts come from
    Source(sources::Source),
    /// People
    Person(people::Person),
    /// How loud each severity may call
    Rule(rules::Rule),
    /// Everything that is set
    Settings(settings::Settings),
    /// What belongs to this machine: who you are, theme, listener
    Machine(settings::Machine),
    /// The global hotkey of the desktop app
    Hotkey(desktop::Hotkey),
    /// Can I be reached now?
    Reach(desktop::Reach),
    /// The home at a glance
    Home(upkeep::Home),
    /// Check every chain from its first event
    Verify(upkeep::Verify),
    /// Look for what could go wrong
    Doctor(repair::Doctor),
    /// Write a backup while running
    Backup(upkeep::Backup),
    /// Put a backup in place of the record
    Restore(repair::Restore),
    /// Fold the ledger anew
    Rebuild(repair::Rebuild),
    /// Write out every event that reads
    Export(repair::Export),
    /// Run this home without a screen: listener, timers, backups
    Serve(serve::Serve),
    /// A living example, in a home of its own
    Demo(demo::Demo),
    /// Completions for your shell
    Completions(window::Completions),
}
