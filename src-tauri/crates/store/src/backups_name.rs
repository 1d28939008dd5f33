//! Names of automatic backups.
use domain::Timestamp;
use std::path::{Path, PathBuf};

/// One automatic backup.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Backup {
    /// When it was made.
    pub at: Timestamp,
    /// Where it lies.
    pub path: PathBuf,
    /// How large it is.
    pub bytes: u64,
}
/// The file name of a backup made at `at`.
pub fn name(_at: Timestamp) -> String {
    unimplemented!()
}
/// The backups in `folder`, newest first.
pub fn list(_folder: &Path) -> Vec<Backup> {
    unimplemented!()
}
/// Removes all but the newest `keep`.
pub fn prune(_folder: &Path, _keep: usize) {
    unimplemented!()
}
