//! The schema's history: forward only, one text per version, none ever changed once it was released.

use rusqlite_migration::{M, Migrations};

/// What the file's header says it is: "MUST".
pub const APPLICATION_ID: i32 = i32::from_be_bytes(*b"MUST");
/// Newest schema known here.
pub const VERSION: i64 = STEPS.len() as i64;

const STEPS: &[M<'_>] = &[
    M::up(include_str!("schema/0001.sql")),
    M::up(include_str!("schema/0002.sql")),
    M::up(include_str!("schema/0003.sql")),
    M::up(include_str!("schema/0004.sql")),
    M::up(include_str!("schema/0005.sql")),
];

/// How a file of any older version becomes one of the newest.
pub struct History<'h> {
    /// The version after the last step.
    pub version: i64,
    /// One step per version.
    pub steps: Migrations<'h>,
}

/// The history of Muster's schema.
pub const HISTORY: History<'_> = History { version: VERSION, steps: Migrations::from_slice(STEPS) };

/// Every table a home has, for a look at each of them.
pub const TABLES: [&str; 23] = [
    "events",
    "devices",
    "losses",
    "meta",
    "incidents",
    "timeline",
    "alerts",
    "alert_groups",
    "attachments",
    "quiets",
    "sightings",
    "alert_names",
    "outbox",
    "wakes",
    "pasted",
    "changes",
    "noises",
    "rule_hits",
    "once",
    "source_stats",
    "refusals",
    "probe_days",
    "search",
];
