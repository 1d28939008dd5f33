//! What binds the ledger: one hash chain per device. Pure bytes; never hashes JSON, never reads a clock.
//!
//! The layout, fixed for ever by the golden vectors below (H is BLAKE3, 32 bytes; integers are little-endian):
//!
//! ```text
//! payload_hash = H(salt[16] ‖ payload)
//! leaf         = H(0x01 ‖ field ‖ field ‖ … )      each field: u32 length ‖ bytes, in this order:
//!                  id[16]  subject_kind[1]  subject[0 or 16]  occurred_at i64  recorded_at i64
//!                  device[16]  device_seq u64  hlc u64
//!                  actor_kind[1]  actor  on_behalf_of (empty: nobody; else 0x01 ‖ handle)  means  via
//!                  parents[16 × n]  kind  version u16  codec[1]  payload_hash[32]
//! hash         = H(hash of the device's event before ‖ leaf)      32 zero bytes before the first
//! ```
//!
//! `received_at` and `seq` belong to the home that stores the event, not to the event, and are not hashed.

use crate::columns;
use domain::Envelope;

/// First byte of a leaf: this layout.
const FORMAT: u8 = 1;
/// What stands for the hash before a device's first event.
pub const ROOT: [u8; 32] = [0; 32];

/// What a leaf says of the words without showing them.
#[derive(Clone, Copy, Debug)]
pub struct Sealed<'s> {
    pub kind: &'s str,
    pub version: u16,
    pub codec: u8,
    pub payload_hash: &'s [u8; 32],
}

/// The hash that stands for the words.
pub fn payload_hash(salt: &[u8; 16], payload: &[u8]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(salt).update(payload);
    hasher.finalize().into()
}

/// The hash of one event on its own.
pub fn leaf(envelope: &Envelope, sealed: Sealed<'_>) -> [u8; 32] {
    let entry = &envelope.entry;
    let (subject_kind, subject) = columns::subject(&envelope.subject);
    let (actor_kind, actor) = columns::actor(&entry.actor);
    let for_whom = entry.on_behalf_of.as_ref().map(|handle| [&[1], handle.as_str().as_bytes()].concat()).unwrap_or_default();
    let parents = columns::joined(&envelope.parents);
    let mut bytes = Vec::with_capacity(384);
    bytes.push(FORMAT);
    let mut field = |value: &[u8]| {
        bytes.extend_from_slice(&(value.len() as u32).to_le_bytes());
        bytes.extend_from_slice(value);
    };
    field(envelope.id.0.as_bytes());
    field(&[subject_kind]);
    field(subject);
    field(&envelope.occurred_at.0.to_le_bytes());
    field(&envelope.recorded_at.0.to_le_bytes());
    field(envelope.device.0.as_bytes());
    field(&envelope.device_seq.to_le_bytes());
    field(&envelope.hlc.0.to_le_bytes());
    field(&[actor_kind]);
    field(actor.as_bytes());
    field(&for_whom);
    field(columns::means(entry.means).as_bytes());
    field(columns::via(entry.via).as_bytes());
    field(&parents);
    field(sealed.kind.as_bytes());
    field(&sealed.version.to_le_bytes());
    field(&[sealed.codec]);
    field(sealed.payload_hash);
    blake3::hash(&bytes).into()
}

/// The hash of an event in its chain.
pub fn link(before: &[u8; 32], leaf: &[u8; 32]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(before).update(leaf);
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Actor, DeviceId, Entry, EventId, Handle, Hlc, IncidentId, Means, Subject, Timestamp, Via};
    use uuid::Uuid;

    fn envelope() -> Envelope {
        Envelope {
            id: EventId(Uuid::from_u128(1)),
            subject: Subject::Incident(IncidentId(Uuid::from_u128(2))),
            occurred_at: Timestamp(-1),
            recorded_at: Timestamp(1_700_000_000_123),
            device: DeviceId(Uuid::from_u128(3)),
            device_seq: 1,
            hlc: Hlc::new(1_700_000_000_123, 7),
            entry: Entry {
                actor: Actor::Person(Handle("dana".into())),
                on_behalf_of: Some(Handle("lee".into())),
                means: Means::Voice,
                via: Via::Window,
            },
            parents: vec![EventId(Uuid::from_u128(4))],
        }
    }

    fn hex(bytes: [u8; 32]) -> String {
        blake3::Hash::from(bytes).to_hex().to_string()
    }

    fn leaf_of(envelope: &Envelope, kind: &str) -> [u8; 32] {
        let payload_hash = payload_hash(&[9; 16], b"words");
        leaf(envelope, Sealed { kind, version: 1, codec: 0, payload_hash: &payload_hash })
    }

    #[test]
    fn golden_vectors_hold_for_ever() {
        let leaf = leaf_of(&envelope(), "incident.noted");
        let home = Envelope { subject: Subject::Home, parents: vec![], entry: Entry::machine("muster", Via::Timer), ..envelope() };
        let vectors = [hex(payload_hash(&[9; 16], b"words")), hex(leaf), hex(link(&ROOT, &leaf)), hex(leaf_of(&home, "home.person_added"))];
        assert_eq!(vectors, GOLDEN, "the layout changed: every ledger ever written would fail to verify");
    }

    const GOLDEN: [&str; 4] = [
        "c6957a49ca2ca69b30e18a52973c4d07ee9af911493ba7d024da0adc535c7ba4",
        "825ff4927cbce42a02def55c368caab808e42fa3e85bd35acd25e439a38cbe74",
        "2364d19a432e5edb4424153ba34c1411c24eab7128cc7e64dd2bdbba101e04b4",
        "b4fc6c9f89f083285ac2af25a9196b1cfb307f9ef7629d1a40418cda1ddfcb78",
    ];

    #[test]
    fn nothing_of_an_envelope_can_slide_into_its_neighbour() {
        let said = envelope();
        let mut other = said.clone();
        other.entry.actor = Actor::Person(Handle("dan".into()));
        other.entry.on_behalf_of = Some(Handle("alee".into()));
        assert_ne!(leaf_of(&said, "incident.noted"), leaf_of(&other, "incident.noted"), "fields are told apart by their lengths");
        other = Envelope { entry: Entry { on_behalf_of: None, ..said.entry.clone() }, ..said.clone() };
        let empty = Envelope { entry: Entry { on_behalf_of: Some(Handle(String::new())), ..said.entry.clone() }, ..said.clone() };
        assert_ne!(leaf_of(&other, "incident.noted"), leaf_of(&empty, "incident.noted"), "nobody is not somebody without a name");
    }
}
