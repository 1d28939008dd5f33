//! One row of the ledger, and whether it is what was recorded.

use crate::chain::{self, Sealed};
use crate::{StoreError, codec, columns};
use domain::{DeviceId, Entry, Envelope, EventId, Handle, Hlc, Recorded, Timestamp};
use rusqlite::Row;

/// An event as it lies in the ledger, words still packed.
#[derive(Clone, PartialEq, Debug)]
pub struct Stored {
    pub seq: u64,
    pub received_at: Timestamp,
    pub envelope: Envelope,
    pub kind: String,
    pub version: u16,
    pub codec: u8,
    pub payload_hash: [u8; 32],
    pub hash: [u8; 32],
    pub salt: Option<[u8; 16]>,
    pub payload: Option<Vec<u8>>,
}

impl Stored {
    /// Reads a row selected by this module.
    pub fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        let envelope = Envelope {
            id: EventId(columns::id(row, 1)?),
            subject: columns::subject_of(row.get(2)?, row.get_ref(3)?.as_blob().map_err(wrong)?)?,
            occurred_at: Timestamp(row.get(6)?),
            recorded_at: Timestamp(row.get(7)?),
            device: DeviceId(columns::id(row, 9)?),
            device_seq: unsigned(row, 10)?,
            hlc: Hlc(unsigned(row, 11)?),
            entry: Entry {
                actor: columns::actor_of(row.get(12)?, row.get(13)?)?,
                on_behalf_of: row.get::<_, Option<String>>(14)?.map(Handle),
                means: columns::means_named(row.get_ref(15)?.as_str().map_err(wrong)?)?,
                via: columns::via_named(row.get_ref(16)?.as_str().map_err(wrong)?)?,
            },
            parents: columns::split(row.get_ref(17)?.as_blob().map_err(wrong)?)?,
        };
        Ok(Self {
            seq: unsigned(row, 0)?,
            received_at: Timestamp(row.get(8)?),
            envelope,
            kind: row.get(4)?,
            version: row.get(5)?,
            codec: row.get(18)?,
            payload_hash: row.get(19)?,
            hash: row.get(20)?,
            salt: row.get(21)?,
            payload: row.get(22)?,
        })
    }

    /// The hash of the event on its own.
    pub fn leaf(&self) -> [u8; 32] {
        let Self { kind, version, codec, payload_hash, .. } = self;
        chain::leaf(&self.envelope, Sealed { kind, version: *version, codec: *codec, payload_hash })
    }

    /// Unpacks the words; those that were erased stay `None`.
    pub fn recorded(self) -> Result<Recorded, StoreError> {
        let event = self.payload.map(|payload| codec::decode(&self.kind, self.version, self.codec, &payload)).transpose()?;
        Ok(Recorded { seq: self.seq, envelope: self.envelope, event })
    }

    /// Whether the row is what was recorded after `before`; else what is wrong.
    pub fn check(&self, before: &[u8; 32]) -> Result<(), &'static str> {
        self.check_words()?;
        if chain::link(before, &self.leaf()) == self.hash { Ok(()) } else { Err("it does not fit the chain of its device") }
    }

    /// Whether the words are those that the row's own hash stands for.
    pub fn check_words(&self) -> Result<(), &'static str> {
        match (&self.salt, &self.payload) {
            (None, None) => Ok(()),
            (Some(salt), Some(payload)) if chain::payload_hash(salt, payload) == self.payload_hash => Ok(()),
            (Some(_), Some(_)) => Err("its words are not those that were recorded"),
            (Some(_), None) | (None, Some(_)) => Err("its words are half erased"),
        }
    }

    pub fn is_erased(&self) -> bool {
        self.payload.is_none()
    }
}

fn wrong(fault: rusqlite::types::FromSqlError) -> StoreError {
    StoreError::Corrupt(fault.to_string())
}

fn unsigned(row: &Row<'_>, column: usize) -> Result<u64, StoreError> {
    let number: i64 = row.get(column)?;
    u64::try_from(number).map_err(|_| StoreError::Corrupt(format!("{number} is no count")))
}
