//! Who answers operations: the engine in this process, or the home's owner behind a socket. Callers cannot tell.

use crate::dto::{
    BackupView, Caller, Finding, HotkeyView, ListenerView, MachineSettings, Pushed, ReachCheck, ReachView, SetMachine, SourceView,
};
use crate::{ApiError, Code, Request};
use async_trait::async_trait;
use domain::home::ChannelKind;
use tokio::sync::mpsc;

/// Answers every operation of the table.
#[async_trait]
pub trait Backend: Send + Sync {
    /// Carries out `request` for `caller` and answers with the response of its row as JSON.
    async fn call(&self, caller: Caller, request: Request) -> Result<serde_json::Value, ApiError>;

    /// Follows changes after `since`: first one push with everything that may have been missed, then each commit, coalesced.
    /// The receiver ends when the owner of the home ends.
    async fn subscribe(&self, since: u64) -> Result<mpsc::Receiver<Pushed>, ApiError>;
}

/// A global hotkey.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Hotkey {
    /// Opens the declare window.
    Declare,
    /// Opens the note window.
    Note,
    /// Says "I know" to the storm that goes on.
    Storm,
}

impl Hotkey {
    /// Reads its name on the wire; none is the one that declares.
    pub fn parse(typed: Option<&str>) -> Result<Self, ApiError> {
        match typed {
            None | Some("" | "declare") => Ok(Self::Declare),
            Some("note") => Ok(Self::Note),
            Some("storm") => Ok(Self::Storm),
            Some(other) => Err(ApiError::new(Code::InvalidField, format!("{other:?} is no hotkey."))
                .hint("One of declare, note, storm.")
                .field("which")),
        }
    }
}

/// Longest link that is opened, in bytes.
const LINK_LIMIT: usize = 8_000;

/// A link that may be opened: only roads that lead to a person or a page.
pub fn checked_link(url: &str) -> Result<&str, ApiError> {
    let roads = ["tel:", "sms:", "mailto:", "http://", "https://"];
    let is_road = roads.iter().any(|road| url.starts_with(road)) && !url.chars().any(|c| c.is_control() || c.is_whitespace());
    if is_road && url.len() <= LINK_LIMIT {
        return Ok(url);
    }
    Err(ApiError::new(Code::InvalidField, "Muster does not open that link.").hint("Only tel, sms, mailto, http and https.").field("url"))
}

/// What only a desktop can do; the window's process provides it, and `muster` reaches it through the socket.
#[async_trait]
pub trait Desktop: Send + Sync {
    /// Checks whether a call would reach a person now: notices, sound, tray, hotkey.
    async fn reach(&self) -> ReachView;
    /// Shows a drill to be clicked; with `wait` answers only when it was, or when its time is over.
    async fn ring(&self, wait: bool) -> Result<ReachCheck, ApiError>;
    /// State of a global hotkey.
    async fn hotkey(&self, which: Hotkey) -> HotkeyView;
    /// Changes a global hotkey; keeps the old one where the new one cannot be had.
    async fn set_hotkey(&self, which: Hotkey, shortcut: String) -> Result<HotkeyView, ApiError>;
    /// What keeps this machine awake now, as sentences; `None` while nothing is commanded.
    async fn awake(&self) -> Option<String>;
    /// Opens the note window over whatever is in front, for an incident by id, else for the current one.
    async fn note(&self, incident: Option<String>) -> Result<(), ApiError>;
    /// Hides the note window.
    async fn hide_note(&self) -> Result<(), ApiError>;
    /// Opens the scribe strip, or closes it where it is open.
    async fn strip(&self, incident: Option<String>) -> Result<(), ApiError>;
    /// Hands a link to whatever opens it.
    async fn link(&self, url: &str) -> Result<(), ApiError>;
    /// Raises the main window, on an incident where one is named.
    async fn open(&self, incident: Option<String>) -> Result<(), ApiError>;
    /// Opens the declare window over whatever is in front.
    async fn declare(&self) -> Result<(), ApiError>;
    /// Hides the declare window.
    async fn hide_declare(&self) -> Result<(), ApiError>;
    /// Opens the demo home, making it first where it does not exist.
    async fn open_demo(&self) -> Result<(), ApiError>;
    /// Back from the demo to the user's own home.
    async fn leave_demo(&self) -> Result<(), ApiError>;
}

/// What the home is called and where it lies.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LocalInfo {
    /// The folder's name, as shown in the title bar.
    pub name: String,
    /// The folder.
    pub path: String,
    /// A demonstration, not a record of anything real.
    pub demo: bool,
    /// Muster's version.
    pub version: String,
    /// Where the log lies.
    pub log_path: String,
}

/// What belongs to this machine and not to the record: `config.toml`, the listener, backups, tokens.
#[async_trait]
pub trait Local: Send + Sync {
    /// Name and place of the home.
    fn info(&self) -> LocalInfo;
    /// Settings of this machine.
    fn machine(&self) -> MachineSettings;
    /// Changes them, saves them, and starts or stops the listener accordingly.
    async fn set_machine(&self, change: SetMachine) -> Result<MachineSettings, ApiError>;
    /// State of the listener.
    fn listener(&self) -> ListenerView;
    /// Automatic backups, newest first.
    fn backups(&self) -> Vec<BackupView>;
    /// A fresh token and its hash.
    fn new_token(&self) -> (String, [u8; 32]);
    /// Where a source of this kind sends to.
    fn source_url(&self, kind: &str, token: &str) -> String;
    /// Lines to paste into the sender's configuration.
    fn source_setup(&self, kind: &str, name: &str, token: &str) -> String;
    /// Makes every source due that is asked and was not asked just now.
    async fn ask_sources(&self);
    /// Looks at every step between the sender and the ledger and says how far a request would come.
    async fn test_source(&self, source: &SourceView) -> Vec<Finding>;
    /// Keeps what a source is asked with, or what it signs with, with the secrets of this machine.
    async fn set_source_secret(&self, name: &str, secret: &str) -> Result<(), ApiError>;
    /// Whether one is kept.
    async fn has_source_secret(&self, name: &str) -> bool;
    /// Forgets it.
    async fn forget_source_secret(&self, name: &str);
    /// The time zone of this machine.
    fn zone(&self) -> chrono_tz::Tz;
    /// A link that opens a mail draft.
    fn mailto(&self, to: &[String], subject: &str, body: &str) -> String;
    /// Keeps a webhook's address with the secrets of this machine, and answers the host it leads to.
    async fn set_channel_url(&self, kind: ChannelKind, name: &str, url: &str) -> Result<String, ApiError>;
    /// Whether it is kept.
    async fn has_channel_url(&self, name: &str) -> bool;
    /// Forgets it.
    async fn forget_channel_url(&self, name: &str);
    /// Sends one test message by a channel, and says what came of it.
    async fn test_channel(&self, kind: ChannelKind, name: &str) -> Finding;
    /// Users and who is on call, page by page, from a PagerDuty account; the token is not kept.
    async fn fetch_pagerduty(&self, token: &str, base_url: Option<&str>) -> Result<Vec<(String, Option<String>)>, ApiError>;
    /// Looks for what could go wrong with this home.
    async fn doctor(&self) -> Vec<Finding>;
}
