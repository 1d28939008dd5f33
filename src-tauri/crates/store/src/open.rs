//! Opens a home's database.
use crate::{OpenError, Readers, Writer};
use domain::{DeviceId, Timestamp};
use std::path::PathBuf;

/// What to open.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The file, `muster.db`.
    pub path: PathBuf,
    /// The id that a new database gets.
    pub device: DeviceId,
    /// Now.
    pub now: Timestamp,
}

/// Opens, and where need be creates or migrates, the database.
pub fn open(_opening: &Opening) -> Result<(Writer, Readers), OpenError> {
    unimplemented!()
}
