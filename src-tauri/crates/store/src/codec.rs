//! Words as bytes: MessagePack with field names. Reads every version ever shipped; fields it does not know it skips.
//!
//! An event's bytes are the whole [`Event`]. What older versions wrote is lifted to the present shape here, by pure
//! functions from value to value, one per step; none is needed yet, for every kind is at version 1.

use crate::StoreError;
use domain::Event;
use domain::incidents::Incident;

/// Codec byte: the payload is MessagePack in the clear.
pub const PLAIN: u8 = 0;
/// Codec byte: the payload is sealed to keys. Reserved.
pub const SEALED: u8 = 1;

/// An event's payload.
pub fn encode(event: &Event) -> Result<Vec<u8>, StoreError> {
    rmp_serde::to_vec_named(event).map_err(|fault| StoreError::Codec(fault.to_string()))
}

/// The event of a payload, as its kind, version and codec in the ledger say.
pub fn decode(kind: &str, version: u16, codec: u8, payload: &[u8]) -> Result<Event, StoreError> {
    match codec {
        PLAIN => {}
        SEALED => return Err(StoreError::Codec(format!("{kind} is sealed, and this Muster holds no key"))),
        other => return Err(StoreError::Codec(format!("{kind} is written in a way ({other}) that this Muster does not know"))),
    }
    let event: Event = rmp_serde::from_slice(payload).map_err(|fault| StoreError::Codec(format!("{kind} version {version}: {fault}")))?;
    if event.kind() == kind && version <= event.version() {
        Ok(event)
    } else {
        Err(StoreError::Codec(format!("{kind} version {version} holds {} version {}", event.kind(), event.version())))
    }
}

/// Version of the projections' own shape. Raise it whenever a projection would hold something else after a rebuild:
/// an older home is rebuilt when it is opened.
pub const PROJECTIONS: i64 = 4;

/// Packs what a projection keeps whole. Its format may change with [`PROJECTIONS`].
pub fn packed(state: &impl serde::Serialize) -> Result<Vec<u8>, StoreError> {
    rmp_serde::to_vec(state).map_err(|fault| StoreError::Codec(fault.to_string()))
}

/// What was packed.
pub fn unpacked<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, StoreError> {
    rmp_serde::from_slice(bytes).map_err(|fault| StoreError::Codec(format!("a projection's state: {fault}")))
}

/// An incident's state as it lies beside its events. A projection's format: it may change with [`PROJECTIONS`].
pub fn pack(incident: &Incident) -> Result<Vec<u8>, StoreError> {
    packed(incident)
}

/// The state of packed bytes.
pub fn unpack(bytes: &[u8]) -> Result<Incident, StoreError> {
    rmp_serde::from_slice(bytes).map_err(|fault| StoreError::Codec(format!("an incident's state: {fault}")))
}
