//! Which notice is about what, kept in the home's folder: a Muster that was killed replaces its notices when it
//! is back, instead of stacking new ones on them. Losing this file costs a doubled notice and nothing else.

use domain::notices::NoticeKey;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The file in the home's folder.
const FILE: &str = "notices.json";

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
struct Kept {
    // Ids mean something to one run of one notification service only; another run may have given them to a stranger.
    run: String,
    ids: BTreeMap<String, u32>,
}

/// The ids of the notices shown.
pub struct Memory {
    path: PathBuf,
    kept: Mutex<Kept>,
}

impl Memory {
    /// What was kept in this home's folder.
    pub fn of(folder: &Path) -> Self {
        let path = folder.join(FILE);
        let kept = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        Self { path, kept: Mutex::new(kept) }
    }

    /// That notice in this run of the notification service.
    pub fn id(&self, notice: NoticeKey, run: &str) -> Option<u32> {
        let kept = self.kept();
        if kept.run == run { kept.ids.get(&notice.name()).copied() } else { None }
    }

    /// Notices left in this run of the notification service.
    pub fn left(&self, run: &str) -> Vec<NoticeKey> {
        let kept = self.kept();
        if kept.run == run { kept.ids.keys().filter_map(|name| NoticeKey::parse(name)).collect() } else { vec![] }
    }

    /// Keeps a notice.
    pub fn keep(&self, notice: NoticeKey, run: &str, id: u32) {
        self.change(|kept| {
            if kept.run != run {
                *kept = Kept { run: run.to_owned(), ids: BTreeMap::new() };
            }
            kept.ids.insert(notice.name(), id);
        });
    }

    /// A notice is gone.
    pub fn forget(&self, notice: NoticeKey) {
        self.change(|kept| {
            kept.ids.remove(&notice.name());
        });
    }

    fn change(&self, change: impl FnOnce(&mut Kept)) {
        let mut kept = self.kept();
        let before = kept.clone();
        change(&mut kept);
        if *kept != before
            && let Err(fault) = self.write(&kept)
        {
            tracing::warn!(%fault, "ids of notices not kept");
        }
    }

    fn write(&self, kept: &Kept) -> std::io::Result<()> {
        let beside = self.path.with_extension("json.new");
        std::fs::write(&beside, serde_json::to_vec(kept)?)?;
        std::fs::rename(&beside, &self.path)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incident(n: u128) -> NoticeKey {
        NoticeKey::Incident(domain::IncidentId(uuid::Uuid::from_u128(n)))
    }

    #[test]
    fn a_restart_finds_the_notice_of_an_incident() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Memory::of(folder.path()).keep(incident(1), "bus:1.5", 7);
        let later = Memory::of(folder.path());
        assert_eq!((later.id(incident(1), "bus:1.5"), later.id(incident(2), "bus:1.5")), (Some(7), None));
        assert_eq!((later.left("bus:1.5"), later.left("bus:1.9")), (vec![incident(1)], vec![]));
        later.keep(NoticeKey::Alarm, "bus:1.5", 8);
        assert!(later.left("bus:1.5").contains(&NoticeKey::Alarm), "the alarm's is no incident's");
        later.forget(incident(1));
        assert_eq!(Memory::of(folder.path()).id(incident(1), "bus:1.5"), None);
    }

    #[test]
    fn another_run_of_the_service_never_loses_a_strangers_notice_to_us() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let memory = Memory::of(folder.path());
        memory.keep(incident(1), "bus:1.5", 7);
        assert_eq!(memory.id(incident(1), "bus:1.9"), None);
        memory.keep(incident(2), "bus:1.9", 1);
        assert_eq!(memory.id(incident(1), "bus:1.5"), None, "ids of an earlier run are worth nothing");
    }

    #[test]
    fn a_torn_file_is_an_empty_one() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join(FILE), b"{\"run\":").expect("written");
        assert_eq!(Memory::of(folder.path()).id(incident(1), ""), None);
    }
}
