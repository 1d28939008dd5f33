//! `config.toml`: what belongs to this machine and not to the record. A person may edit it by hand at any time; keys that
//! this version does not know stay.

mod file;
#[cfg(test)]
mod tests;

use crate::door::DoorSettings;
use crate::folder::Rooms;
use crate::tls::Files;
use crate::{faults, surroundings};
use api::dto::{MachineSettings, SetMachine};
use api::{ApiError, Code, Hotkey};
use domain::Handle;
use file::{Read, read, replace, stamp};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use toml::{Table, Value};

/// Where the listener listens unless told otherwise.
pub const LISTENER_ADDRESS: &str = "127.0.0.1:6878";
const THEMES: [&str; 3] = ["system", "dark", "light"];

/// The settings of this machine for one home.
pub struct Machine {
    path: PathBuf,
    default_me: Handle,
    read: Mutex<Read>,
}

impl Machine {
    /// The settings in `folder`; defaults where there is no file or none that can be understood.
    pub fn of(folder: &Path) -> Self {
        Self::at(Rooms { folder: folder.to_path_buf() }.config())
    }

    fn at(path: PathBuf) -> Self {
        let read = Mutex::new(read(&path));
        Self { path, default_me: default_me(), read }
    }

    /// The settings as the file has them now.
    pub fn settings(&self) -> MachineSettings {
        let known = self.fresh().known.clone();
        MachineSettings {
            me: known.me.as_deref().and_then(Handle::parse).unwrap_or_else(|| self.default_me.clone()),
            hotkey: known.hotkey,
            note_hotkey: known.note_hotkey,
            storm_hotkey: known.storm_hotkey,
            keep_awake: known.keep_awake,
            theme: known.theme,
            single_keys: known.single_keys,
            listener_enabled: known.listener.enabled,
            listener_address: known.listener.address,
            listener_tls: known.listener.tls,
        }
    }

    /// Whether the listener is to speak TLS.
    pub fn speaks_tls(&self) -> bool {
        self.fresh().known.listener.tls
    }

    /// What the door for alerts is to be.
    pub(crate) fn door(&self) -> DoorSettings {
        let listener = self.fresh().known.listener.clone();
        let own = listener.certificate.zip(listener.key).map(|(certificate, key)| Files { certificate, key });
        DoorSettings { enabled: listener.enabled, address: listener.address, hosts: listener.hosts, tls: listener.tls, files: own }
    }

    /// Whether this home is the demonstration.
    pub fn is_demo(&self) -> bool {
        self.fresh().known.demo
    }

    /// Why the file is not understood, as a sentence.
    pub fn problem(&self) -> Option<String> {
        self.fresh().problem.clone()
    }

    /// Changes what `change` names and saves it.
    pub fn change(&self, change: &SetMachine) -> Result<MachineSettings, ApiError> {
        let me = change.me.as_ref().map(|me| Handle::parse(&me.0).ok_or_else(|| bad_name(&me.0))).transpose()?;
        check(change)?;
        self.save(|table| {
            set(table, "me", me.map(|me| Value::from(me.0)));
            set(table, "theme", change.theme.clone().map(Value::from));
            set(table, "single_keys", change.single_keys.map(Value::from));
            set(table, "keep_awake", change.keep_awake.map(Value::from));
            if change.listener_enabled.is_some() || change.listener_address.is_some() || change.listener_tls.is_some() {
                let listener = table.entry("listener").or_insert_with(|| Value::Table(Table::new()));
                if let Value::Table(listener) = listener {
                    set(listener, "enabled", change.listener_enabled.map(Value::from));
                    set(listener, "address", change.listener_address.clone().map(Value::from));
                    set(listener, "tls", change.listener_tls.map(Value::from));
                }
            }
        })?;
        Ok(self.settings())
    }

    /// Saves a global hotkey, once the desktop has it.
    pub fn set_hotkey(&self, which: Hotkey, shortcut: &str) -> Result<(), ApiError> {
        let key = match which {
            Hotkey::Declare => "hotkey",
            Hotkey::Note => "note_hotkey",
            Hotkey::Storm => "storm_hotkey",
        };
        self.save(|table| set(table, key, Some(shortcut.into())))
    }

    /// Marks this home as the demonstration.
    pub(crate) fn mark_demo(&self) -> Result<(), ApiError> {
        self.save(|table| set(table, "demo", Some(true.into())))
    }

    fn fresh(&self) -> MutexGuard<'_, Read> {
        let mut seen = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.stamp != stamp(&self.path) {
            *seen = read(&self.path);
        }
        seen
    }

    fn save(&self, edit: impl FnOnce(&mut Table)) -> Result<(), ApiError> {
        let mut seen = self.fresh();
        if let Some(problem) = &seen.problem {
            let refusal = ApiError::new(Code::NotSaved, format!("Not saved: {problem}"));
            return Err(refusal.hint("Correct or remove that file; nothing in it was changed."));
        }
        let text = std::fs::read_to_string(&self.path).unwrap_or_default();
        let mut table: Table = text.parse().unwrap_or_default();
        edit(&mut table);
        replace(&self.path, table.to_string().as_bytes()).map_err(|fault| faults::folder(&self.path, &fault))?;
        *seen = read(&self.path);
        Ok(())
    }
}

fn set(table: &mut Table, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        table.insert(key.to_owned(), value);
    }
}

fn bad_name(typed: &str) -> ApiError {
    ApiError::new(Code::InvalidField, format!("{typed:?} is not a name Muster can use."))
        .hint("Use letters, digits, dots or dashes, as in @dana.")
        .field("me")
}

fn check(change: &SetMachine) -> Result<(), ApiError> {
    if let Some(theme) = change.theme.as_deref().filter(|theme| !THEMES.contains(theme)) {
        let refusal = ApiError::new(Code::InvalidField, format!("There is no theme {theme:?}."));
        return Err(refusal.hint(format!("Choose one of: {}.", THEMES.join(", "))).field("theme"));
    }
    change.listener_address.as_deref().map_or(Ok(()), |address| listener_address(address).map(drop))
}

/// Reads an address to listen on, such as `127.0.0.1:6878`.
pub fn listener_address(typed: &str) -> Result<SocketAddr, ApiError> {
    typed.parse().map_err(|_| {
        ApiError::new(Code::InvalidField, format!("{typed:?} is no address to listen on."))
            .hint(format!("Give a number and a port, such as {LISTENER_ADDRESS}."))
            .field("listener_address")
    })
}

/// Who uses this machine, as far as the system says.
fn default_me() -> Handle {
    let name = surroundings::user_name().unwrap_or_default();
    let usable = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
    let name: String = name.chars().map(usable).take(domain::NAME_LIMIT).collect();
    Handle::parse(name.trim_matches('-')).unwrap_or_else(|| Handle("me".into()))
}
