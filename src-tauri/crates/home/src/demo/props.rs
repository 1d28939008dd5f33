//! What the stage brings instead of the world: a clock that stands where it was put, dice that always fall alike, and
//! alerts as a real Alertmanager would send them.

use domain::alerts::{Signal, SignalState};
use domain::{AlertSeverity, DeviceId, ServiceName, Timestamp};
use engine::ports::{Clock, Entropy};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use uuid::Builder;

/// A clock that stands where it was put.
pub struct StageClock(AtomicI64);

impl StageClock {
    pub const fn at(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.0))
    }

    pub fn set(&self, now: Timestamp) {
        self.0.store(now.0, Ordering::Release);
    }
}

impl Clock for StageClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Acquire))
    }
}

/// Falls alike in every performance, so that the same story makes the same record. No secret is made of it.
#[derive(Default)]
pub struct Dice(AtomicU64);

impl Dice {
    /// The id of the home that the story is played into.
    pub fn device(&self, now: Timestamp) -> DeviceId {
        let bytes = self.bytes16();
        let random: [u8; 10] = std::array::from_fn(|i| bytes[i]);
        DeviceId(Builder::from_unix_timestamp_millis(now.0.max(0).unsigned_abs(), &random).into_uuid())
    }
}

impl Entropy for Dice {
    fn bytes16(&self) -> [u8; 16] {
        let throw = self.0.fetch_add(1, Ordering::AcqRel);
        let hash = blake3::derive_key("muster 2026 demonstration dice", &throw.to_le_bytes());
        std::array::from_fn(|i| hash[i])
    }
}

/// A number below `limit` that follows from `what`: when within its minute something happens.
pub fn chance(what: &str, limit: u64) -> i64 {
    let hash = blake3::hash(what.as_bytes());
    let bytes: [u8; 8] = std::array::from_fn(|i| hash.as_bytes()[i]);
    (u64::from_le_bytes(bytes) % limit).cast_signed()
}

/// Alerts of one name on several instances.
#[derive(Clone)]
pub struct Firing {
    pub name: String,
    /// What people call the group.
    pub title: String,
    pub service: ServiceName,
    pub severity: AlertSeverity,
    pub count: u32,
    pub started: Timestamp,
}

impl Firing {
    /// All of them, firing or over.
    pub fn signals(&self, state: SignalState) -> Vec<Signal> {
        (1..=self.count).map(|number| self.signal(number, state.clone())).collect()
    }

    fn signal(&self, number: u32, state: SignalState) -> Signal {
        let service = self.service.as_str();
        let instance = format!("{service}-{number}:9100");
        let labels = [("alertname", self.name.as_str()), ("service", service), ("instance", &instance), ("severity", self.severity.wire())];
        Signal {
            key: blake3::hash(format!("{}/{instance}", self.name).as_bytes()).to_hex()[..16].to_owned(),
            episode: self.started.to_string(),
            group_key: format!("{{}}:{{alertname=\"{}\", service=\"{service}\"}}", self.name),
            group_title: self.title.clone(),
            title: format!("{} on {instance}", self.title),
            severity: self.severity,
            started_at: self.started,
            state,
            labels: labels.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            annotations: BTreeMap::from([("summary".to_owned(), self.title.clone())]),
            link: None,
            service: Some(self.service.clone()),
            rules: vec![],
        }
    }
}
