//! Events that nobody could have recorded: any author, any time, any order, about things that never were. The fold must
//! stand them all.

use super::wild_nouns::{asks, comms, passes, thoughts};
use super::{declared, declared_by_machine, handle, id, incident, machine};
use crate::incidents::{ImpactDetail, IncidentEvent as E};
use crate::{
    DeviceId, Entry, Envelope, EventId, GroupId, Hlc, IncidentId, Recorded, Role, ServiceName, Severity, Status, Subject, Timestamp, Via,
};
use proptest::prelude::*;
use uuid::Uuid;

/// Free words, told apart from names: whatever begins like this was said by somebody.
pub(super) const WORDS: &str = "zq[a-z]{0,5}";

pub(super) fn time() -> impl Strategy<Value = Timestamp> {
    prop_oneof![
        8 => (-600..600_i64).prop_map(super::minute),
        1 => any::<i64>().prop_map(Timestamp),
        1 => Just(Timestamp(i64::MIN)),
        1 => Just(Timestamp(i64::MAX)),
    ]
}

pub(super) fn event_id() -> impl Strategy<Value = EventId> {
    (1..24_u128).prop_map(id)
}

fn entry() -> impl Strategy<Value = Entry> {
    let person = prop_oneof![Just("dana"), Just("ravi"), Just("mei")];
    let own = person.clone().prop_map(|name| Entry::by(handle(name), Via::Window));
    let spoken_for = (person.clone(), person).prop_map(|(of, by)| super::voice(of, by));
    prop_oneof![4 => own, 1 => spoken_for, 2 => Just(machine())]
}

/// An envelope with anything in it.
pub fn envelopes() -> impl Strategy<Value = Envelope> {
    let subject = prop_oneof![20 => Just(incident()), 1 => Just(IncidentId(Uuid::nil()))];
    (event_id(), subject, time(), time(), 0..3_u128, any::<u8>(), any::<u64>(), entry(), proptest::collection::vec(event_id(), 0..3))
        .prop_map(|(id, subject, occurred_at, recorded_at, device, device_seq, hlc, entry, parents)| Envelope {
            id,
            subject: Subject::Incident(subject),
            occurred_at,
            recorded_at,
            device: DeviceId(Uuid::from_u128(device)),
            device_seq: u64::from(device_seq),
            hlc: Hlc(hlc),
            entry,
            parents,
        })
}

fn detail() -> impl Strategy<Value = ImpactDetail> {
    let services = proptest::collection::vec(prop_oneof![Just("auth"), Just("edge-eu")].prop_map(|name| ServiceName(name.into())), 0..2);
    (proptest::option::of((-40..800_i32).prop_map(|quarters| f64::from(quarters) / 4.0)), services, proptest::option::of(WORDS))
        .prop_map(|(share, services, text)| ImpactDetail { share, services, text })
}

fn sets() -> impl Strategy<Value = E> {
    let status = proptest::sample::select(Status::CHOICES.into_iter().chain([Status::Merged]).collect::<Vec<_>>());
    let severity = proptest::sample::select(Severity::ALL.to_vec());
    let words = proptest::option::of(WORDS);
    prop_oneof![
        Just(declared()),
        Just(declared_by_machine()),
        WORDS.prop_map(|title| E::Retitled { title }),
        (severity, words).prop_map(|(severity, reason)| E::SeveritySet { severity, reason }),
        status.prop_map(|status| E::StatusSet { status }),
        Just(E::Acknowledged {}),
        (WORDS, any::<bool>()).prop_map(|(text, pinned)| E::Noted { text, pinned }),
        (event_id(), any::<bool>()).prop_map(|(target, pinned)| E::Pinned { target, pinned }),
        (event_id(), proptest::option::of(time()), proptest::option::of(WORDS)).prop_map(|(target, occurred_at, text)| E::Corrected {
            target,
            occurred_at,
            text
        }),
    ]
}

fn concerns() -> impl Strategy<Value = E> {
    let role = proptest::sample::select(Role::ALL.to_vec());
    let person = prop_oneof![Just("dana"), Just("ravi"), Just("mei")].prop_map(handle);
    let group = (0..3_u128).prop_map(|n| GroupId(Uuid::from_u128(n)));
    prop_oneof![
        (role.clone(), person.clone()).prop_map(|(role, person)| E::RoleAssigned { role, person }),
        (role, person.clone()).prop_map(|(role, person)| E::RoleReleased { role, person }),
        (person, any::<bool>()).prop_map(|(person, confirmed)| E::CommandSet { person, confirmed }),
        Just(E::CommandConfirmed {}),
        detail().prop_map(E::ImpactStarted),
        (event_id(), detail()).prop_map(|(impact, detail)| E::ImpactUpdated { impact, detail }),
        event_id().prop_map(|impact| E::ImpactEnded { impact }),
        group.clone().prop_map(|group| E::GroupAttached { group, title: "alerts".into() }),
        group.prop_map(|group| E::GroupDetached { group, title: "alerts".into() }),
        (event_id(), any::<u32>()).prop_map(|(effect, round)| E::NoticeClaimed { effect, round }),
        event_id().prop_map(|effect| E::NoticeShown { effect }),
        event_id().prop_map(|effect| E::NoticeFailed { effect, reason: "no desktop".into() }),
    ]
}

/// Any event, redactions of anything by anything included; some have lost their words.
pub fn events(length: usize) -> impl Strategy<Value = Vec<Recorded>> {
    let plain = prop_oneof![sets(), concerns(), asks(), thoughts(), comms(), passes()].boxed();
    let redaction = (event_id(), plain.clone()).prop_map(|(target, masked)| {
        let masked = Box::new(masked);
        E::Redacted { target, reason: "a secret".into(), masked }
    });
    let event = proptest::option::weighted(0.95, prop_oneof![12 => plain, 1 => redaction]);
    let recorded = (envelopes(), event).prop_map(|(envelope, event)| Recorded { seq: 0, envelope, event: event.map(Into::into) });
    proptest::collection::vec(recorded, 1..length).prop_map(|mut all| {
        // Order is total in a ledger: a device never uses a number twice.
        for (number, recorded) in all.iter_mut().enumerate() {
            recorded.envelope.device_seq = number as u64;
            recorded.seq = number as u64 + 1;
        }
        all
    })
}
