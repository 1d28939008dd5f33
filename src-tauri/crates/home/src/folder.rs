//! Where a home lies and what is in its folder.

use crate::{faults, surroundings};
use api::socket::Address;
use api::{ApiError, Code};
use std::fs::DirBuilder;
use std::io;
use std::path::{Path, PathBuf};

/// The ledger's file in a home.
pub(crate) const DATABASE: &str = "muster.db";

/// The folder's name under the platform's data folder. A build for development never touches real incidents.
pub(crate) const STANDARD: &str = if cfg!(debug_assertions) { "muster-dev" } else { "muster" };

/// The folder of the home: as chosen, else `$MUSTER_HOME`, else the platform's data folder and `muster`.
pub fn folder(chosen: Option<PathBuf>) -> Result<PathBuf, ApiError> {
    let named = chosen.or_else(surroundings::chosen_home).or_else(|| surroundings::data_folder().map(|data| data.join(STANDARD)));
    let named = named.ok_or_else(|| {
        ApiError::new(Code::NotSaved, "This system does not say where a user's data belongs.")
            .hint("Name a folder with --home or MUSTER_HOME.")
    })?;
    std::path::absolute(&named).map_err(|fault| faults::folder(&named, &fault))
}

/// The parts of a home, by name.
#[derive(Clone, Debug)]
pub(crate) struct Rooms {
    /// The folder itself, without links.
    pub folder: PathBuf,
}

impl Rooms {
    /// Makes the folder, readable by this user only, where it does not exist.
    pub fn make(folder: &Path) -> Result<Self, ApiError> {
        private_folder(folder).map_err(|fault| faults::folder(folder, &fault))?;
        let folder = folder.canonicalize().map_err(|fault| faults::folder(folder, &fault))?;
        Ok(Self { folder })
    }

    /// The ledger.
    pub fn database(&self) -> PathBuf {
        self.folder.join(DATABASE)
    }

    /// What belongs to this machine.
    pub fn config(&self) -> PathBuf {
        self.folder.join("config.toml")
    }

    /// Held by the one process that owns the home.
    pub fn lock(&self) -> PathBuf {
        self.folder.join("muster.lock")
    }

    /// Automatic backups, and what was there before a migration or a restore.
    pub fn backups(&self) -> PathBuf {
        self.folder.join("backups")
    }

    /// Files that came with reports, by their hashes.
    pub fn attachments(&self) -> PathBuf {
        self.folder.join("attachments")
    }

    /// The log, a file a day.
    pub fn logs(&self) -> PathBuf {
        self.folder.join("logs")
    }

    /// What the folder is called.
    pub fn name(&self) -> String {
        self.folder.file_name().map_or_else(|| "muster".into(), |name| name.to_string_lossy().into_owned())
    }

    /// Where the owner's socket lies.
    pub fn socket(&self) -> Address {
        address(&self.folder, "sock")
    }

    /// Where a desktop that does not own the home listens for what only a desktop can do.
    pub fn front(&self) -> Address {
        address(&self.folder, "front.sock")
    }
}

/// Makes a folder and those above it; the folder itself for this user only.
pub(crate) fn private_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(above) = folder.parent() {
        std::fs::create_dir_all(above)?;
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        result => result,
    }
}

/// Sixteen hexadecimal digits that stand for a folder: 64 bits, for one user's handful of homes.
fn short_hash(folder: &Path) -> String {
    blake3::hash(folder.as_os_str().as_encoded_bytes()).to_hex()[..16].to_owned()
}

#[cfg(unix)]
fn address(folder: &Path, end: &str) -> Address {
    Address::new(surroundings::socket_folder().join(format!("{}.{end}", short_hash(folder))))
}

#[cfg(windows)]
fn address(folder: &Path, end: &str) -> Address {
    Address::new(PathBuf::from(format!(r"\\.\pipe\muster-{}.{end}", short_hash(folder))))
}

/// Makes the folder for sockets and sees that nobody else can reach into it.
#[cfg(unix)]
pub(crate) fn prepare_socket_folder() -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    let folder = surroundings::socket_folder();
    private_folder(&folder)?;
    let seen = std::fs::symlink_metadata(&folder)?;
    let own = rustix::process::geteuid().as_raw();
    if !seen.is_dir() || seen.uid() != own || seen.mode() & 0o077 != 0 {
        let why = format!("{} must be a folder of yours that nobody else can open", folder.display());
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, why));
    }
    Ok(())
}

#[cfg(not(unix))]
pub(crate) fn prepare_socket_folder() -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_folder_is_private_and_an_old_one_is_left_as_it_is() {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let home = temporary.path().join("a/b/home");
        let rooms = Rooms::make(&home).expect("made with all above it");
        assert!(rooms.folder.is_dir());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| std::fs::metadata(path).expect("it exists").permissions().mode() & 0o777;
            assert_eq!(mode(&home), 0o700, "for its user only");
            std::fs::set_permissions(&home, std::fs::Permissions::from_mode(0o750)).expect("allowed");
            Rooms::make(&home).expect("opened again");
            assert_eq!(mode(&home), 0o750, "what the user chose stays");
        }
    }

    #[test]
    fn one_home_has_one_socket_by_whatever_name_it_is_called() {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let plain = Rooms::make(&temporary.path().join("home")).expect("made");
        let winding = Rooms::make(&temporary.path().join("home/../home")).expect("the same");
        assert_eq!(plain.socket(), winding.socket());
        assert_ne!(plain.socket(), plain.front());
    }
}
