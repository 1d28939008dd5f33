//! Automatic backups in a folder: their names, which there are, and which go. Touches no file of another name.

use domain::Timestamp;
use std::fs;
use std::path::{Path, PathBuf};

const PREFIX: &str = "muster-";
const SUFFIX: &str = ".db";
const SHAPE: &str = "%Y%m%dT%H%M%SZ";

/// One automatic backup.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Backup {
    /// When it was made, to the second.
    pub at: Timestamp,
    /// Where it lies.
    pub path: PathBuf,
    /// How large it is.
    pub bytes: u64,
}

/// The file name of a backup made at `at`, such as `muster-20231114T221320Z.db`: sorts by time.
pub fn name(at: Timestamp) -> String {
    format!("{PREFIX}{}{SUFFIX}", at.utc().format(SHAPE))
}

/// When a backup of that file name was made; `None` where it is no such name.
pub fn time_of(name: &str) -> Option<Timestamp> {
    let shown = name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?;
    let digits = |range: std::ops::Range<usize>| shown.get(range).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let rfc = format!("{}-{}-{}T{}:{}:{}Z", digits(0..4)?, digits(4..6)?, digits(6..8)?, digits(9..11)?, digits(11..13)?, digits(13..15)?);
    Timestamp::parse_rfc3339(&rfc).filter(|at| self::name(*at) == name)
}

/// The automatic backups in `folder`, newest first; none where it cannot be read.
pub fn list(folder: &Path) -> Vec<Backup> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut backups: Vec<Backup> = entries
        .filter_map(|entry| {
            let at = time_of(entry.file_name().to_str()?)?;
            Some(Backup { at, path: entry.path(), bytes: entry.metadata().ok()?.len() })
        })
        .collect();
    backups.sort_by_key(|backup| std::cmp::Reverse(backup.at));
    backups
}

/// Those of `backups`, newest first, that go when `keep` stay.
pub fn surplus(backups: &[Backup], keep: usize) -> &[Backup] {
    backups.get(keep..).unwrap_or_default()
}

/// Removes all but the newest `keep` automatic backups in `folder`.
pub fn prune(folder: &Path, keep: usize) {
    for backup in surplus(&list(folder), keep) {
        if let Err(fault) = fs::remove_file(&backup.path) {
            tracing::warn!(%fault, path = %backup.path.display(), "removing an old backup");
        }
    }
}

/// Where a database is copied before its schema `version` is brought up to date.
pub fn before_migration(database: &Path, version: i64) -> PathBuf {
    database.with_file_name("backups").join(format!("before-migration-{version}.db"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Timestamp = Timestamp(1_700_000_000_000);

    #[test]
    fn names_tell_the_time_and_only_ours_are_read() {
        assert_eq!(name(AT), "muster-20231114T221320Z.db");
        assert_eq!(time_of(&name(AT)), Some(AT));
        for other in ["muster.db", "muster-yesterday.db", "muster-20231314T221320Z.db", "muster-20231114T221320Z.db.part", "muster-é.db"] {
            assert_eq!(time_of(other), None, "{other} is none of ours");
        }
    }

    #[test]
    fn the_newest_stay() {
        let folder = tempfile::tempdir().expect("folder");
        for day in 0..20 {
            fs::write(folder.path().join(name(AT.plus_secs(day * 86_400))), [0]).expect("write");
        }
        fs::write(folder.path().join("mine.db"), [0]).expect("write");
        prune(folder.path(), 14);
        let kept = list(folder.path());
        assert_eq!(kept.len(), 14, "two weeks");
        assert_eq!(kept[0].at, AT.plus_secs(19 * 86_400), "the newest first");
        assert!(folder.path().join("mine.db").exists(), "a person's own copy is not ours to remove");
        assert_eq!(list(&folder.path().join("nowhere")), vec![], "no folder, no backups");
    }
}
