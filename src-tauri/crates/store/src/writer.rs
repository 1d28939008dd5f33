//! The one writer.
use crate::{Batch, StoreError, Verification};
use domain::{DeviceId, Hlc, IncidentId};
use std::path::Path;

/// The one connection that writes.
pub struct Writer {
    pub(crate) connection: rusqlite::Connection,
}

#[allow(missing_docs, clippy::unimplemented, unused_variables)]
impl Writer {
    pub fn device(&self) -> DeviceId { unimplemented!() }
    pub fn last_hlc(&self) -> Hlc { unimplemented!() }
    pub fn seq(&self) -> u64 { unimplemented!() }
    pub fn home(&mut self) -> Result<domain::home::Home, StoreError> { unimplemented!() }
    pub fn batch(&mut self) -> Result<Batch<'_>, StoreError> { unimplemented!() }
    pub fn checkpoint_if_large(&mut self) -> Result<(), StoreError> { unimplemented!() }
    pub fn checkpoint_truncate(&mut self) -> Result<(), StoreError> { unimplemented!() }
    pub fn backup_to(&mut self, file: &Path) -> Result<u64, StoreError> { unimplemented!() }
    pub fn rebuild(&mut self) -> Result<(), StoreError> { unimplemented!() }
    pub fn drain_search(&mut self, limit: usize) -> Result<usize, StoreError> { unimplemented!() }
    pub fn verify(&mut self, incident: Option<IncidentId>) -> Result<Verification, StoreError> { unimplemented!() }
}
