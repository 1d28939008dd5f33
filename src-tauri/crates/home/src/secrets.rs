//! Secrets of a home: in the system's keychain, else in an encrypted file whose key lies apart from the home. Never in
//! the ledger, a log or a sentence; never waited for when a home opens. A copied home finds none of them.

mod file;
mod keychain;
#[cfg(test)]
mod tests;

use crate::{folder, identity, surroundings};
use file::{Safe, Where};
use keychain::{Keychain, System};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::Mutex;

/// A text that is for one reader only.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes a text as a secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one call that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// What a secret belongs to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Name {
    kind: &'static str,
    of: String,
}

impl Name {
    /// The webhook of the channel with this name.
    pub fn channel(name: impl Into<String>) -> Self {
        Self { kind: "channel", of: name.into() }
    }

    /// What the source with this name is asked with, or signs with.
    pub fn source(name: impl Into<String>) -> Self {
        Self { kind: "source", of: name.into() }
    }
}

/// Where secrets may be kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// The system's keychain; where none takes them, the encrypted file, its key in the user's folder for settings.
    System,
    /// Only the encrypted file, its key in this folder. For tests, and for machines whose keychain is to be left alone.
    Folder(PathBuf),
}

/// Where a secret was kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    /// In the system's keychain.
    Keychain,
    /// In the encrypted file.
    File,
}

/// Why a secret could not be kept, read or removed, in sentences.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SecretFault {
    /// The keychain keeps it and cannot be asked now.
    #[error(
        "The system's keychain keeps this secret and does not give it: {0}. Unlock the keychain, or enter the secret again in Settings."
    )]
    Keychain(String),
    /// The file or its key.
    #[error("Secrets cannot be kept in {path} ({why}). Make the folder writable for you, then try again.")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The key is there and is none.
    #[error("The key in {0} is damaged. Remove that file and enter the secrets again in Settings.")]
    Key(PathBuf),
}

/// The secrets of one home.
pub struct Secrets {
    keychain: Option<Arc<dyn Keychain>>,
    safe: Arc<Safe>,
    /// Tells this home's secrets from every other home's, a copy of it included.
    home: String,
    /// One change at a time.
    gate: Mutex<()>,
}

impl Secrets {
    /// The secrets of the home in this folder. Opens, asks and waits for nothing.
    pub fn open(home: &Path, place: Place) -> Self {
        let settings = || surroundings::config_folder().unwrap_or_else(|| home.join("..")).join(folder::STANDARD);
        let (keychain, key): (Option<Arc<dyn Keychain>>, PathBuf) = match place {
            Place::System => (Some(Arc::new(System)), settings()),
            Place::Folder(folder) => (None, folder),
        };
        Self::with(home, keychain, key)
    }

    fn with(home: &Path, keychain: Option<Arc<dyn Keychain>>, key: PathBuf) -> Self {
        let safe = Arc::new(Safe { file: home.join("secrets.age"), key: key.join("secrets.key") });
        Self { keychain, safe, home: identity::place(home)[..16].to_owned(), gate: Mutex::new(()) }
    }

    /// Keeps a secret in place of the one that was kept under this name, and says where. Takes at most about 3 s.
    pub async fn set(&self, name: &Name, secret: &Secret) -> Result<Kept, SecretFault> {
        let _gate = self.gate.lock().await;
        let entry = self.entry(name);
        let kept = match &self.keychain {
            Some(keychain) => {
                let (entry, secret) = (entry.clone(), secret.clone());
                keychain::ask(keychain, move |keychain| keychain.set(&entry, secret.expose())).await
            }
            None => Err("none is to be used".into()),
        };
        let (place, kept) = match kept {
            Ok(()) => (Where::Keychain, Kept::Keychain),
            Err(why) => {
                tracing::info!(why, "a secret is kept in the file");
                (Where::Here(secret.expose().to_owned()), Kept::File)
            }
        };
        self.safely(move |safe| safe.put(entry, Some(place))).await?;
        Ok(kept)
    }

    /// The secret under this name, if one is kept on this machine. Takes at most about 3 s.
    pub async fn get(&self, name: &Name) -> Result<Option<Secret>, SecretFault> {
        let entry = self.entry(name);
        let wanted = entry.clone();
        match self.safely(move |safe| safe.get(&wanted)).await? {
            None => Ok(None),
            Some(Where::Here(secret)) => Ok(Some(Secret(secret))),
            Some(Where::Keychain) => {
                let Some(keychain) = &self.keychain else { return Ok(None) };
                let secret = keychain::ask(keychain, move |keychain| keychain.get(&entry)).await;
                secret.map(|secret| secret.map(Secret)).map_err(SecretFault::Keychain)
            }
        }
    }

    /// Whether a secret is kept under this name; asks no keychain.
    pub async fn has(&self, name: &Name) -> Result<bool, SecretFault> {
        let entry = self.entry(name);
        self.safely(move |safe| safe.get(&entry)).await.map(|place| place.is_some())
    }

    /// Forgets the secret under this name. From then on it is not given, even where the keychain cannot be reached to
    /// drop it there too.
    pub async fn remove(&self, name: &Name) -> Result<(), SecretFault> {
        let _gate = self.gate.lock().await;
        let entry = self.entry(name);
        let dropped = entry.clone();
        let before = self.safely(move |safe| safe.put(dropped, None)).await?;
        if let (Some(_), Some(keychain)) = (before, &self.keychain)
            && let Err(why) = keychain::ask(keychain, move |keychain| keychain.remove(&entry)).await
        {
            tracing::warn!(why, "a removed secret is left in the keychain");
        }
        Ok(())
    }

    fn entry(&self, name: &Name) -> String {
        format!("{}:{}:{}", name.kind, self.home, name.of)
    }

    /// Works with the file off the threads that must not wait.
    async fn safely<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Safe) -> Result<T, SecretFault> + Send + 'static,
    ) -> Result<T, SecretFault> {
        let safe = self.safe.clone();
        let done = tokio::task::spawn_blocking(move || work(&safe)).await;
        done.unwrap_or_else(|fault| Err(SecretFault::File { path: self.safe.file.clone(), why: fault.to_string() }))
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secrets").field("home", &self.home).finish_non_exhaustive()
    }
}
