//! What alerts did over a time, counted as their events are heard in order.

use super::{Row, proposals};
use crate::alarms::{Hush, Verdict};
use crate::alerts::{AlertEvent, Opened};
use crate::{AlertSeverity, GroupId, ServiceName, SourceName, Timestamp};
use chrono::Timelike as _;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Hours at which a noise wakes people: 22:00 to 07:00 of their own zone.
const NIGHT: (u32, u32) = (22, 7);

/// Counts what is heard. What began before the first event heard is not counted.
#[derive(Clone, Debug)]
pub struct NoiseLedger {
    zone: chrono_tz::Tz,
    places: HashMap<(String, SourceName), usize>,
    kinds: Vec<Kind>,
    groups: BTreeMap<GroupId, Heard>,
    firing: HashMap<(SourceName, String), (Timestamp, usize)>,
}

/// One kind of alert.
#[derive(Clone, Debug)]
pub(super) struct Kind {
    pub name: String,
    pub source: SourceName,
    /// Names of the labels that every alert of it has.
    pub labels: BTreeSet<String>,
    pub fired: u64,
    pub quieted: u64,
    pub flapped: u64,
    pub at_night: u64,
    pub groups: BTreeSet<GroupId>,
    /// When its groups began.
    pub begun: Vec<Timestamp>,
    /// How long its firings lasted in milliseconds, those that ended.
    pub firings: Vec<i64>,
    pub openings: Vec<Opening>,
    pub rings: Vec<Ring>,
}

/// An alert that began to fire.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    pub at: Timestamp,
    pub severity: AlertSeverity,
    pub service: Option<ServiceName>,
}

/// A noise.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ring {
    pub at: Timestamp,
    /// Milliseconds until all that it was about was over, where that is known.
    pub lasted: Option<i64>,
}

/// A group as far as it was heard.
#[derive(Clone, Debug)]
struct Heard {
    /// The kind of the alert that was last news in it.
    kind: usize,
    /// The place of its last noise among those of its kind.
    ring: Option<(usize, usize)>,
    acted_on: bool,
}

impl NoiseLedger {
    /// An empty ledger; night is night in `zone`.
    pub fn new(zone: chrono_tz::Tz) -> Self {
        Self { zone, places: HashMap::new(), kinds: vec![], groups: BTreeMap::new(), firing: HashMap::new() }
    }

    /// Hears an event of a group, recorded at `at`: senders' clocks differ, and what came together was heard together.
    pub fn hear(&mut self, group: GroupId, at: Timestamp, event: &AlertEvent) {
        match event {
            AlertEvent::Opened(opened) | AlertEvent::Reopened(opened) => self.begins(group, at, opened),
            AlertEvent::Resolved { source, key, .. } => {
                if let Some((since, kind)) = self.firing.remove(&(source.clone(), key.clone())) {
                    self.kinds[kind].firings.push(at.since(since).max(0));
                }
            }
            // Nothing heard is no end: how long it lasted is not known.
            AlertEvent::Lapsed { source, key } => drop(self.firing.remove(&(source.clone(), key.clone()))),
            AlertEvent::Changed { .. } | AlertEvent::GroupReleased {} => {}
            AlertEvent::Acknowledged { .. } | AlertEvent::GroupAcknowledged {} => self.acted_on(group),
            AlertEvent::Judged { verdict, .. } => self.judged(group, at, verdict),
        }
    }

    /// Somebody acted on a group: acknowledged it, attached it, or declared from it.
    pub fn acted_on(&mut self, group: GroupId) {
        if let Some(heard) = self.groups.get_mut(&group) {
            heard.acted_on = true;
        }
    }

    /// What each kind came to, the noisiest first, with what would make it less noisy.
    pub fn rows(self) -> Vec<Row> {
        let acted = |kind: &Kind| {
            let acted = kind.groups.iter().filter(|group| self.groups.get(group).is_some_and(|heard| heard.acted_on));
            acted.count() as u64
        };
        let company = proposals::Company::of(&self.kinds);
        let mut rows: Vec<Row> = self
            .kinds
            .iter()
            .map(|kind| Row {
                name: kind.name.clone(),
                source: kind.source.clone(),
                fired: kind.fired,
                notified: kind.rings.len() as u64,
                acted_on: acted(kind),
                quieted: kind.quieted,
                flapped: kind.flapped,
                at_night: kind.at_night,
                proposal: proposals::propose(kind, acted(kind), &self.kinds, &company),
            })
            .collect();
        rows.sort_by(|one, other| {
            let noise = |row: &Row| (std::cmp::Reverse(row.notified), std::cmp::Reverse(row.fired));
            noise(one).cmp(&noise(other)).then_with(|| (&one.name, &one.source).cmp(&(&other.name, &other.source)))
        });
        rows
    }

    fn begins(&mut self, group: GroupId, at: Timestamp, opened: &Opened) {
        let place = self.place(opened);
        let kind = &mut self.kinds[place];
        kind.fired += 1;
        kind.labels.retain(|label| opened.labels.contains_key(label));
        kind.openings.push(Opening { at, severity: opened.severity, service: opened.service.clone() });
        if kind.groups.insert(group) {
            kind.begun.push(at);
        }
        self.firing.insert((opened.source.clone(), opened.key.clone()), (at, place));
        self.groups.entry(group).or_insert(Heard { kind: place, ring: None, acted_on: false }).kind = place;
    }

    fn place(&mut self, opened: &Opened) -> usize {
        let name = opened.labels.get("alertname").unwrap_or(&opened.group_title);
        let kinds = &mut self.kinds;
        *self.places.entry((name.clone(), opened.source.clone())).or_insert_with(|| {
            kinds.push(Kind {
                name: name.clone(),
                source: opened.source.clone(),
                labels: opened.labels.keys().cloned().collect(),
                fired: 0,
                quieted: 0,
                flapped: 0,
                at_night: 0,
                groups: BTreeSet::new(),
                begun: vec![],
                firings: vec![],
                openings: vec![],
                rings: vec![],
            });
            kinds.len() - 1
        })
    }

    fn judged(&mut self, group: GroupId, at: Timestamp, verdict: &Verdict) {
        let is_night = self.is_night(at);
        let Some(heard) = self.groups.get_mut(&group) else { return };
        let kind = &mut self.kinds[heard.kind];
        match verdict {
            Verdict::Rings(_) => {
                kind.at_night += u64::from(is_night);
                heard.ring = Some((heard.kind, kind.rings.len()));
                kind.rings.push(Ring { at, lasted: None });
            }
            Verdict::Silent(Hush::Over) => {
                if let Some((kind, ring)) = heard.ring.take() {
                    let ring = &mut self.kinds[kind].rings[ring];
                    ring.lasted = Some(at.since(ring.at).max(0));
                }
            }
            Verdict::Silent(Hush::Flapping { .. }) => kind.flapped += 1,
            Verdict::Silent(Hush::Quiet { .. } | Hush::Rule { .. } | Hush::Parent { .. }) => kind.quieted += 1,
            Verdict::Silent(Hush::Attached { .. } | Hush::Acknowledged { .. }) => heard.acted_on = true,
            Verdict::Silent(Hush::TooLow { .. } | Hush::Together { .. }) => {}
        }
    }

    fn is_night(&self, at: Timestamp) -> bool {
        let hour = at.utc().with_timezone(&self.zone).hour();
        hour >= NIGHT.0 || hour < NIGHT.1
    }
}
