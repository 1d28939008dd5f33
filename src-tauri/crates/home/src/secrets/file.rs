//! The encrypted file: which secrets a home has, and those that no keychain keeps. It lies in the home and its key does
//! not, so that neither a copy of the home nor a copy of the settings gives anything away.

use super::SecretFault;
use crate::folder;
use age::secrecy::ExposeSecret as _;
use age::x25519::Identity;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Where a secret is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Where {
    /// In the keychain.
    Keychain,
    /// In this file.
    Here(String),
}

type Entries = BTreeMap<String, Where>;

/// A file and its key.
pub(super) struct Safe {
    /// The encrypted file.
    pub file: PathBuf,
    /// The key's file.
    pub key: PathBuf,
}

impl Safe {
    /// Where the secret of this entry is.
    pub fn get(&self, entry: &str) -> Result<Option<Where>, SecretFault> {
        Ok(self.read()?.remove(entry))
    }

    /// Sets or drops an entry, and gives what it was before.
    pub fn put(&self, entry: String, place: Option<Where>) -> Result<Option<Where>, SecretFault> {
        let mut entries = self.read()?;
        let unchanged = entries.get(&entry) == place.as_ref();
        let before = match place {
            Some(place) => entries.insert(entry, place),
            None => entries.remove(&entry),
        };
        if !unchanged {
            self.write(&entries)?;
        }
        Ok(before)
    }

    /// What the file holds. One that another key closed, or that is damaged, holds nothing for this machine.
    fn read(&self) -> Result<Entries, SecretFault> {
        let sealed = match std::fs::read(&self.file) {
            Ok(sealed) => sealed,
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(Entries::new()),
            Err(fault) => return Err(at(&self.file)(fault)),
        };
        let Some(key) = self.key()? else {
            tracing::warn!("the kept secrets were closed on another machine");
            return Ok(Entries::new());
        };
        let open = age::decrypt(&key, &sealed).ok().and_then(|open| serde_json::from_slice(&open).ok());
        Ok(open.unwrap_or_else(|| {
            tracing::warn!("the kept secrets cannot be opened with this key");
            Entries::new()
        }))
    }

    fn write(&self, entries: &Entries) -> Result<(), SecretFault> {
        let key = match self.key()? {
            Some(key) => key,
            None => self.make_key()?,
        };
        let other = |fault: String| SecretFault::File { path: self.file.clone(), why: fault };
        let open = serde_json::to_vec(entries).map_err(|fault| other(fault.to_string()))?;
        let sealed = age::encrypt(&key.to_public(), &open).map_err(|fault| other(fault.to_string()))?;
        let beside = self.file.with_extension("age.new");
        let written = write_private(&beside, &sealed).and_then(|()| std::fs::rename(&beside, &self.file));
        written.map_err(|fault| {
            drop(std::fs::remove_file(&beside));
            at(&self.file)(fault)
        })
    }

    fn key(&self) -> Result<Option<Identity>, SecretFault> {
        match std::fs::read_to_string(&self.key) {
            Ok(text) => text.trim().parse().map(Some).map_err(|_| SecretFault::Key(self.key.clone())),
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(fault) => Err(at(&self.key)(fault)),
        }
    }

    /// Makes the key, or takes the one that another home of this user made in the same moment.
    fn make_key(&self) -> Result<Identity, SecretFault> {
        if let Some(above) = self.key.parent() {
            folder::private_folder(above).map_err(at(above))?;
        }
        let key = Identity::generate();
        let beside = self.key.with_extension(format!("{}.new", std::process::id()));
        let written = write_private(&beside, key.to_string().expose_secret().as_bytes());
        let linked = written.and_then(|()| match std::fs::hard_link(&beside, &self.key) {
            Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            // Not every file system has links.
            Err(_) => std::fs::rename(&beside, &self.key),
            Ok(()) => Ok(()),
        });
        drop(std::fs::remove_file(&beside));
        linked.map_err(at(&self.key))?;
        self.key()?.ok_or_else(|| SecretFault::Key(self.key.clone()))
    }
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> SecretFault {
    let path = path.to_owned();
    move |fault| SecretFault::File { path, why: fault.to_string() }
}

/// Writes a file that only its user can read, onto the disk.
fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // What a crash left behind may have other rights.
    drop(std::fs::remove_file(path));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file: File = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
