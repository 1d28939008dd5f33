//! What can be typed. Names are the contract: add, never rename.

use crate::commands::{
    alerts, asks, board, bridge, briefs, changes, channels, clocks, declare, demo, desktop, entries, handoff, inbox, incidents, ingest,
    matrix, noise, notices, paste, people, presence, quiet, repair, rhythm, roles, rules, serve, services, settings, sources, state, storm,
    tasks, thoughts, ties, timeline, updates, upkeep, why, window,
};
use crate::flags::Global;
use clap::builder::styling::Styles;
use clap::{Parser, Subcommand};

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
    /// Roll call: who is there
    Here(presence::Here),
    /// What is asked of people, whether they were told, and what they said
    Ask(asks::Ask),
    /// Tasks, each with one named owner and a time box
    Task(tasks::Task),
    /// Record a decision, objections, and what came of it
    Decision(thoughts::Decision),
    /// What may be the reason: proposed, supported, ruled out
    Hypothesis(thoughts::Hypothesis),
    /// What somebody wants to know: open until answered
    Question(thoughts::Question),
    /// The state board: what we believe, do and need
    Board(board::Board),
    /// Where people of an incident meet
    Bridge(bridge::Bridge),
    /// Updates: written, sent, promised
    Update(updates::Update),
    /// Record that something was put somewhere by hand
    Posted(briefs::Posted),
    /// Text to be taken elsewhere: chat, text message, mail, or to be read aloud
    Brief(briefs::Brief),
    /// Hand over command: offer, brief, accept
    Handoff(handoff::Handoff),
    /// Record chat text, a transcript or a log as entries
    Paste(paste::Paste),
    /// Move entries in time together
    Shift(paste::Shift),
    /// Look again at a time
    Look(clocks::Look),
    /// Merge an incident into another
    Merge(ties::Merge),
    /// They were two after all
    Unmerge(ties::Unmerge),
    /// Make alerts of one incident an incident of their own
    Split(ties::Split),
    /// Two incidents have to do with each other
    Link(ties::Link),
    /// They do not after all
    Unlink(ties::Unlink),
    /// What waits for a decision, with what helps to decide
    Inbox(inbox::Inbox),
    /// Alerts, by group
    Alert(alerts::Alert),
    /// Why an alert did or did not make a noise
    Why(why::Why),
    /// What is kept from making a noise
    Quiet(quiet::Quiet),
    /// "I know": nothing that fires now makes a noise
    Storm(storm::Storm),
    /// What made noise, and what would make less of it
    Noise(noise::Noise),
    /// What was done to systems lately
    Change(changes::Change),
    /// Services, whose they are, and who watches them
    Service(services::Service),
    /// Take in what a tool would send, from a file or a command
    Ingest(ingest::Ingest),
    /// Where alerts come from
    Source(sources::Source),
    /// The people book
    Person(people::Person),
    /// Channels by which updates leave
    Channel(channels::Channel),
    /// How often an update is promised, by severity
    Cadence(rhythm::Cadence),
    /// How soon an incident should be known and resolved, by severity
    Targets(rhythm::Targets),
    /// The severity matrix
    Matrix(matrix::Matrix),
    /// Where people of every incident meet
    BridgeRule(bridge::BridgeRule),
    /// Which alerts mean what
    Rule(rules::Rule),
    /// How loud each severity may call
    Notice(notices::Notice),
    /// Everything that is set
    Settings(settings::Settings),
    /// What belongs to this machine: who you are, theme, listener, staying awake
    Machine(settings::Machine),
    /// Open the note window of the desktop app
    NoteWindow(window::NoteWindow),
    /// Open the scribe strip of the desktop app; close it where it is open
    Strip(window::Strip),
    /// The global hotkeys of the desktop app
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
