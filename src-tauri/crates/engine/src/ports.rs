//! What the engine needs from outside: time, randomness, and hands to show a notice. Traits only; whoever opens a
//! home brings the real ones, tests bring fakes.

use async_trait::async_trait;
use domain::notices::Notice;
use domain::{IncidentId, Timestamp};

/// Reads the wall clock. The only source of "now".
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// Gives random bits for ids, salts and references.
pub trait Entropy: Send + Sync {
    /// Sixteen fresh random bytes.
    fn bytes16(&self) -> [u8; 16];
}

/// Shows notices on the desktop, one per incident: a later one replaces the earlier.
#[async_trait]
pub trait Notifier: Send + Sync {
    /// Shows `notice`, in place of the one already shown for its incident. `Err` says in words why nothing was shown.
    async fn show(&self, notice: Notice) -> Result<(), String>;
    /// Takes the incident's notice away, if one is shown.
    async fn close(&self, incident: IncidentId);
}
