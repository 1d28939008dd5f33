//! Every commit as it happens: a sequence and what it touched.

use domain::{IncidentId, Subject};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::broadcast;

/// Commits that a slow watcher may lag behind before it is told to refetch everything.
const FEED_LIMIT: usize = 1_024;

/// Something on screen that a commit touched.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Tag {
    /// The home's own state: saving, listening, clock.
    Home,
    /// The Watch screen.
    Watch,
    /// One incident and its timeline.
    Incident(IncidentId),
    /// Lists of incidents.
    Incidents,
    /// Groups of alerts.
    Alerts,
    /// People.
    People,
    /// Sources.
    Sources,
    /// Rules and settings.
    Settings,
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home => f.write_str("home"),
            Self::Watch => f.write_str("watch"),
            Self::Incident(id) => write!(f, "incident:{id}"),
            Self::Incidents => f.write_str("incidents"),
            Self::Alerts => f.write_str("alerts"),
            Self::People => f.write_str("people"),
            Self::Sources => f.write_str("sources"),
            Self::Settings => f.write_str("settings"),
        }
    }
}

/// Tags that every event about `subject` touches.
pub(crate) fn tags_of(subject: Subject) -> &'static [Tag] {
    match subject {
        Subject::Home => &[Tag::Home, Tag::Watch, Tag::Settings, Tag::People, Tag::Sources],
        Subject::Incident(_) => &[Tag::Watch, Tag::Incidents],
        Subject::Group(_) => &[Tag::Watch, Tag::Alerts],
    }
}

/// One commit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The ledger's last sequence after it.
    pub seq: u64,
    /// What it touched.
    pub tags: BTreeSet<Tag>,
}

/// Tells watchers of commits.
#[derive(Clone)]
pub struct Feed {
    sender: broadcast::Sender<Arc<Change>>,
    seq: Arc<AtomicU64>,
}

impl Feed {
    pub(crate) fn new(seq: u64) -> Self {
        Self { sender: broadcast::channel(FEED_LIMIT).0, seq: Arc::new(AtomicU64::new(seq)) }
    }

    pub(crate) fn advance(&self, seq: u64) {
        self.seq.store(seq, Ordering::Release);
    }

    pub(crate) fn tell(&self, change: Change) {
        self.advance(change.seq);
        drop(self.sender.send(Arc::new(change)));
    }

    /// The ledger's last sequence.
    pub fn seq(&self) -> u64 {
        self.seq.load(Ordering::Acquire)
    }

    /// Follows commits from now on. A receiver that lags must treat everything as touched.
    pub fn follow(&self) -> broadcast::Receiver<Arc<Change>> {
        self.sender.subscribe()
    }
}
