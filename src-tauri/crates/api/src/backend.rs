//! Who answers operations: the engine in this process, or the home's owner behind a socket. Callers cannot tell.

use crate::dto::{BackupView, Caller, Finding, HotkeyView, ListenerView, MachineSettings, Pushed, ReachView, SetMachine, SourceView};
use crate::{ApiError, Request};
use async_trait::async_trait;
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

/// What only a desktop can do; the window's process provides it, and `muster` reaches it through the socket.
#[async_trait]
pub trait Desktop: Send + Sync {
    /// Checks whether a call would reach a person now: notices, sound, tray, hotkey.
    async fn reach(&self) -> ReachView;
    /// Shows a test notice.
    async fn ring(&self) -> Result<(), ApiError>;
    /// State of the global hotkey.
    async fn hotkey(&self) -> HotkeyView;
    /// Changes the global hotkey; keeps the old one where the new one cannot be had.
    async fn set_hotkey(&self, shortcut: String) -> Result<HotkeyView, ApiError>;
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
    /// Looks at every step between the sender and the ledger and says how far a request would come.
    async fn test_source(&self, source: &SourceView) -> Vec<Finding>;
    /// Looks for what could go wrong with this home.
    async fn doctor(&self) -> Vec<Finding>;
}
