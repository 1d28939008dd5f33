//! The file itself: what of it is understood, and how it is replaced.

use super::{LISTENER_ADDRESS, THEMES};
use serde::Deserialize;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// No default may type a character on any common layout; Ctrl+Alt alone is AltGr.
pub(super) const HOTKEY: &str = if cfg!(target_os = "macos") { "Ctrl+Option+M" } else { "Ctrl+Alt+Shift+M" };

pub(super) const NOTE_HOTKEY: &str = if cfg!(target_os = "macos") { "Ctrl+Option+N" } else { "Ctrl+Alt+Shift+N" };

pub(super) const STORM_HOTKEY: &str = if cfg!(target_os = "macos") { "Ctrl+Option+S" } else { "Ctrl+Alt+Shift+S" };

/// The file as it is understood.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(default)]
pub(super) struct Known {
    pub me: Option<String>,
    pub hotkey: String,
    pub note_hotkey: String,
    pub storm_hotkey: String,
    pub keep_awake: bool,
    pub theme: String,
    pub single_keys: bool,
    pub demo: bool,
    pub listener: KnownListener,
}

#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(default)]
pub(super) struct KnownListener {
    pub enabled: bool,
    pub address: String,
    pub hosts: Vec<String>,
    /// Speak TLS.
    pub tls: bool,
    /// With this certificate (PEM), instead of one made for this home.
    pub certificate: Option<PathBuf>,
    /// And its key (PEM).
    pub key: Option<PathBuf>,
}

impl Default for Known {
    fn default() -> Self {
        Self {
            me: None,
            hotkey: HOTKEY.into(),
            note_hotkey: NOTE_HOTKEY.into(),
            storm_hotkey: STORM_HOTKEY.into(),
            keep_awake: true,
            theme: THEMES[0].into(),
            single_keys: true,
            demo: false,
            listener: KnownListener::default(),
        }
    }
}

impl Default for KnownListener {
    fn default() -> Self {
        Self { enabled: false, address: LISTENER_ADDRESS.into(), hosts: vec![], tls: false, certificate: None, key: None }
    }
}

/// When and how long the file was when last read.
pub(super) type Stamp = Option<(SystemTime, u64)>;

pub(super) struct Read {
    pub stamp: Stamp,
    pub known: Known,
    pub problem: Option<String>,
}

/// When and how long the file is now.
pub(super) fn stamp(path: &Path) -> Stamp {
    let seen = std::fs::metadata(path).ok()?;
    Some((seen.modified().ok()?, seen.len()))
}

/// Reads the file; defaults where there is none or none that can be understood.
pub(super) fn read(path: &Path) -> Read {
    let stamp = stamp(path);
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(fault) => {
            return Read { stamp, known: Known::default(), problem: Some(format!("{} cannot be read: {fault}.", path.display())) };
        }
    };
    match toml::from_str(&text) {
        Ok(known) => Read { stamp, known, problem: None },
        Err(fault) => {
            let line = fault.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1).unwrap_or(1);
            let problem = format!("{} line {line} is not understood: {}.", path.display(), fault.message());
            Read { stamp, known: Known::default(), problem: Some(problem) }
        }
    }
}

/// Replaces a file as a whole: a crash leaves the old one or the new one.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let beside = path.with_extension("toml.new");
    let mut file = File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)
}
