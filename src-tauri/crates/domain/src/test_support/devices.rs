//! Several people on two machines, who see each other's events only once their machines meet. Whatever comes of it went
//! through `decide`, each time with what that machine knew.

use super::{declaration, declared, incident, minute, target};
use crate::incidents::{ImpactDetail, Incident, IncidentCommand as C, IncidentEvent as E, decide, fold, parents};
use crate::{
    DeviceId, Entry, Envelope, EventId, GroupId, Handle, Hlc, Recorded, Role, ServiceName, Severity, Status, Subject, Timestamp, Via,
};
use proptest::prelude::*;
use uuid::Uuid;

const PEOPLE: [&str; 4] = ["dana", "ravi", "mei", "jo"];

/// One thing that somebody tries.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    device: usize,
    who: u8,
    what: u8,
    which: u8,
    /// Minutes by which the act is entered late.
    late: i64,
}

/// Up to `length` attempts.
pub fn steps(length: usize) -> impl Strategy<Value = Vec<Step>> {
    let step = (0..2_usize, 0..6_u8, 0..24_u8, any::<u8>(), prop_oneof![4 => Just(0_i64), 1 => 0..90_i64]);
    proptest::collection::vec(step.prop_map(|(device, who, what, which, late)| Step { device, who, what, which, late }), 1..length)
}

/// One machine and the events it has.
#[derive(Clone)]
pub struct Device {
    /// In order of arrival.
    pub known: Vec<Recorded>,
    id: DeviceId,
    hlc: Hlc,
    written: u64,
}

impl Device {
    fn new(number: u128) -> Self {
        Self { known: vec![], id: DeviceId(Uuid::from_u128(0xD0 + number)), hlc: Hlc::default(), written: 0 }
    }

    /// What this machine makes of what it knows.
    pub fn state(&self) -> Option<Incident> {
        fold(&self.known)
    }

    fn record(&mut self, entry: Entry, at: Timestamp, now: Timestamp, event: E) {
        let seen = self.state().map(|state| parents(&state, &event)).unwrap_or_default();
        self.written += 1;
        self.hlc = self.hlc.tick(now);
        if let E::Redacted { target, .. } = &event {
            self.erase(*target);
        }
        let envelope = Envelope {
            id: EventId(Uuid::from_u128(self.id.0.as_u128() << 32 | u128::from(self.written))),
            subject: Subject::Incident(incident()),
            occurred_at: at,
            recorded_at: now,
            device: self.id,
            device_seq: self.written,
            hlc: self.hlc,
            entry,
            parents: seen,
        };
        self.known.push(Recorded { seq: self.known.len() as u64 + 1, envelope, event: Some(event.into()) });
    }

    fn erase(&mut self, target: EventId) {
        for known in self.known.iter_mut().filter(|known| known.envelope.id == target) {
            known.event = None;
        }
    }

    fn attempt(&mut self, step: Step, now: Timestamp) {
        let Some(state) = self.state() else { return };
        let entry = author(step.who);
        let at = now.plus_secs(-60 * step.late);
        let Some(command) = self.command(step) else { return };
        for event in decide(&state, command, &entry, at, now).unwrap_or_default() {
            self.record(entry.clone(), at, now, event);
        }
    }

    fn command(&self, Step { what, which, late, .. }: Step) -> Option<C> {
        let pick = usize::from(which);
        let entry = target(self.known.get(pick % self.known.len().max(1))?);
        let person = Handle(PEOPLE[pick % 4].into());
        let group = GroupId(Uuid::from_u128(u128::from(which % 3)));
        let detail = ImpactDetail {
            share: (which % 2 == 0).then(|| f64::from(which % 100)),
            services: vec![ServiceName(format!("s{}", which % 3))],
            text: (which % 3 == 0).then(|| format!("text {which}")),
        };
        Some(match what {
            0..=2 => C::AssignRole { role: Role::Commander, person },
            3..=4 => C::TakeCommand,
            5..=6 => C::ConfirmCommand,
            7 => C::ReleaseRole { role: Role::ALL[pick % 10], person: None },
            8..=9 => C::AssignRole { role: Role::ALL[pick % 10], person },
            10 => C::Retitle(format!("Title {}", which % 4)),
            11 => C::SetSeverity { severity: Severity::ALL[pick % 5], reason: None },
            12..=13 => C::SetStatus(Status::CHOICES[pick % 8]),
            14 => C::Acknowledge,
            15 => C::Note { text: format!("note {which}"), pin: which % 2 == 0 },
            16 => C::Pin { target: entry, pinned: which % 2 == 0 },
            17 => C::Correct { occurred_at: Some(entry.envelope.occurred_at.plus_secs(-60 * late)), target: entry, text: None },
            18 => C::Correct { target: entry, occurred_at: None, text: Some(format!("better {which}")) },
            19 => C::Redact { target: entry, reason: "a secret".into(), masked: "[redacted]".into() },
            20 => C::StartImpact(detail),
            21 => C::UpdateImpact(detail),
            22 => C::EndImpact,
            _ if which % 2 == 0 => C::Attach { group, title: "alerts".into() },
            _ => C::Detach { group, title: "alerts".into() },
        })
    }

    /// Takes over what `other` knows and this one does not, words that were taken out meanwhile included.
    fn learn(&mut self, other: &Self) {
        for theirs in &other.known {
            match self.known.iter_mut().find(|mine| mine.envelope.id == theirs.envelope.id) {
                Some(mine) if theirs.event.is_none() => mine.event = None,
                Some(_) => {}
                None => self.known.push(theirs.clone()),
            }
        }
        self.hlc = self.hlc.max(other.hlc);
    }
}

fn author(who: u8) -> Entry {
    match PEOPLE.get(usize::from(who)) {
        Some(name) => Entry::by(Handle((*name).into()), Via::Window),
        None => Entry::machine("alertmanager", Via::Alertmanager),
    }
}

/// Plays attempts on two machines that begin with the same declaration, by a person or by a machine, and meet now and
/// then. `look` is called with each state of each machine, in order.
pub fn play(by_machine: bool, steps: &[Step], mut look: impl FnMut(usize, &Incident)) -> [Device; 2] {
    let mut devices = [Device::new(0), Device::new(1)];
    let (entry, event) = if by_machine { (author(9), E::Declared(declaration(None))) } else { (author(0), declared()) };
    devices[0].record(entry, minute(0), minute(0), event);
    let [first, second] = &mut devices;
    second.learn(first);
    for (number, step) in steps.iter().enumerate() {
        let now = minute(1 + number as i64 / 3);
        if step.what == 23 && step.which % 3 == 0 {
            let [first, second] = &mut devices;
            second.learn(first);
            first.learn(second);
        } else {
            devices[step.device].attempt(*step, now);
        }
        for (which, device) in devices.iter().enumerate() {
            look(which, &device.state().expect("declared at the start"));
        }
    }
    devices
}
