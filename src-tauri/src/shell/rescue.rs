//! The way out of a home that cannot be opened. Not in the table of operations, for there is no home to answer them.

use super::HomeDoor;
use api::{ApiError, Code};
use serde::Deserialize;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::Arc;

/// What can be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// Lists the backups.
    Backups,
    /// Puts a backup in place of the home.
    Restore,
    /// Folds the ledger anew.
    Rebuild,
    /// Writes out what can be read.
    Export,
    /// Tries again.
    Retry,
}

impl Way {
    /// The way with this name on the wire.
    pub fn named(op: &str) -> Option<Self> {
        Some(match op {
            "rescue.backups" => Self::Backups,
            "rescue.restore" => Self::Restore,
            "rescue.rebuild" => Self::Rebuild,
            "rescue.export" => Self::Export,
            "rescue.retry" => Self::Retry,
            _ => return None,
        })
    }
}

#[derive(Default, Deserialize)]
struct Chosen {
    path: Option<PathBuf>,
}

/// Carries it out, then opens the home.
pub async fn carry_out(door: Arc<HomeDoor>, way: Way, params: Value) -> Result<Value, ApiError> {
    let chosen: Chosen =
        serde_json::from_value(params).map_err(|fault| ApiError::new(Code::InvalidRequest, format!("Not understood: {fault}.")))?;
    let folder = door.folder().to_path_buf();
    match way {
        Way::Backups => json(&home::rescue::backups(&folder)),
        Way::Restore => json(&door.mend(home::rescue::restore(&folder, chosen.path.as_deref())).await?),
        Way::Rebuild => json(&door.mend(home::rescue::rebuild(&folder)).await?),
        Way::Export => json(&home::rescue::export(&folder, chosen.path.as_deref()).await?),
        Way::Retry => json(&door.mend(async { Ok(serde_json::Map::new()) }).await?),
    }
}

fn json(answer: &impl serde::Serialize) -> Result<Value, ApiError> {
    serde_json::to_value(answer).map_err(|fault| ApiError::new(Code::Internal, format!("The answer could not be written: {fault}.")))
}
