//! What the back end tells its watchers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something changed: refetch what carries one of these tags.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, TS)]
pub struct Pushed {
    #[ts(type = "number")]
    pub seq: u64,
    /// `home`, `watch`, `incident:<uuid>`, `incidents`, `alerts`, `people`, `sources`, `settings`; `*` where changes were missed: everything.
    pub tags: Vec<String>,
}
