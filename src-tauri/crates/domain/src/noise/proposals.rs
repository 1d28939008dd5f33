//! What would make a kind of alert less noisy, and how many noises it would have saved. The gentlest change that saves half
//! comes first: what is worse still rings, then what lasts, then what comes alone.

use super::ledger::Kind;
use super::{Change, Proposal, lines};
use crate::alarms::ALARM_WINDOW_MS;
use crate::{AlertSeverity, ServiceName, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Fewer firings, groups or openings than this show no pattern.
const FEW: usize = 5;
/// Firings that last less than this in the median are short.
const SHORT_MS: i64 = 5 * 60_000;
/// Longest wait that is proposed in minutes: a commander must hear of what lasts.
const WAIT_MINUTES_MAX: i64 = 10;
/// Groups a burst on average, from which on they should be one.
const GROUPS_A_BURST: usize = 3;
/// Percent of openings in whose company something worse must be.
const COMPANY_PERCENT: usize = 80;
/// Noises that nobody acted on, from which on to mute is proposed.
const IGNORED: usize = 10;
/// Labels by which people usually group, the widest first.
const GROUP_LABELS: [&str; 4] = ["cluster", "namespace", "service", "job"];
const MINUTE_MS: i64 = 60_000;

/// What fired for each service in each minute: how bad at worst, by kind.
#[derive(Clone, Debug)]
pub(super) struct Company(BTreeMap<(ServiceName, i64), BTreeMap<usize, AlertSeverity>>);

impl Company {
    pub fn of(kinds: &[Kind]) -> Self {
        let mut minutes: BTreeMap<(ServiceName, i64), BTreeMap<usize, AlertSeverity>> = BTreeMap::new();
        for (place, kind) in kinds.iter().enumerate() {
            for opening in &kind.openings {
                let Some(service) = &opening.service else { continue };
                let worst = minutes.entry((service.clone(), minute(opening.at))).or_default().entry(place).or_insert(opening.severity);
                *worst = opening.severity.min(*worst);
            }
        }
        Self(minutes)
    }

    /// Kinds that fired for a service about that time, and are worse.
    fn worse(&self, service: &ServiceName, at: Timestamp, than: AlertSeverity) -> BTreeSet<usize> {
        let near = ALARM_WINDOW_MS / MINUTE_MS;
        let (from, to) = (minute(at) - near, minute(at) + near);
        let near = self.0.range((service.clone(), from)..=(service.clone(), to));
        near.flat_map(|(_, kinds)| kinds).filter(|(_, severity)| **severity < than).map(|(kind, _)| *kind).collect()
    }
}

const fn minute(at: Timestamp) -> i64 {
    at.0.div_euclid(MINUTE_MS)
}

/// The change to propose for a kind, where one would save noises.
pub(super) fn propose(kind: &Kind, acted_on: u64, kinds: &[Kind], company: &Company) -> Option<Proposal> {
    let proposals = [inhibit(kind, kinds, company), wait(kind), group(kind), mute(kind, acted_on)];
    let saving: Vec<Proposal> = proposals.into_iter().flatten().filter(|proposal| proposal.saves > 0).collect();
    let half = |proposal: &&Proposal| proposal.saves * 2 >= kind.rings.len() as u64;
    saving.iter().find(half).or_else(|| saving.iter().max_by_key(|proposal| proposal.saves)).cloned()
}

fn wait(kind: &Kind) -> Option<Proposal> {
    let mut firings = kind.firings.clone();
    firings.sort_unstable();
    if firings.len() < FEW || firings[firings.len() / 2] >= SHORT_MS {
        return None;
    }
    // Three quarters of the firings end within it.
    let most = firings[(firings.len() * 3).div_ceil(4) - 1];
    let minutes = (most / MINUTE_MS + 1).min(WAIT_MINUTES_MAX);
    let within = |lasted: &i64| *lasted < minutes * MINUTE_MS;
    let short = firings.iter().filter(|lasted| within(lasted)).count();
    let saves = kind.rings.iter().filter(|ring| ring.lasted.as_ref().is_some_and(within)).count() as u64;
    let sentence = format!(
        "{short} of {} firings ended within {minutes} min. A rule that waits as long would have saved {}.",
        firings.len(),
        of_noises(saves, kind)
    );
    Some(Proposal { change: Change::For, sentence, text: lines::wait(&kind.name, minutes), saves })
}

fn group(kind: &Kind) -> Option<Proposal> {
    let mut begun = kind.begun.clone();
    begun.sort_unstable();
    let bursts: Vec<&[Timestamp]> = begun.chunk_by(|one, next| next.since(*one) <= ALARM_WINDOW_MS).collect();
    if begun.len() < FEW || begun.len() < GROUPS_A_BURST * bursts.len() {
        return None;
    }
    let noises = |burst: &&[Timestamp]| {
        let (first, last) = (burst[0], burst[burst.len() - 1].plus_millis(ALARM_WINDOW_MS));
        kind.rings.iter().filter(|ring| (first..=last).contains(&ring.at)).count().saturating_sub(1) as u64
    };
    let saves = bursts.iter().map(noises).sum();
    let known = GROUP_LABELS.into_iter().filter(|label| kind.labels.contains(*label)).take(2);
    let labels: Vec<&str> = std::iter::once("alertname").chain(known).collect();
    let (groups, times) = (begun.len(), bursts.len());
    let bursts = if times == 1 { "one burst".to_owned() } else { format!("{times} bursts") };
    let sentence = format!(
        "It came as {groups} groups in {bursts}. Grouped by {}, it would have saved {}.",
        labels.join(", "),
        of_noises(saves, kind)
    );
    Some(Proposal { change: Change::Group, sentence, text: lines::group(&labels), saves })
}

fn inhibit(kind: &Kind, kinds: &[Kind], company: &Company) -> Option<Proposal> {
    if kind.openings.len() < FEW {
        return None;
    }
    let mut met: BTreeMap<usize, usize> = BTreeMap::new();
    for opening in &kind.openings {
        let Some(service) = &opening.service else { continue };
        for other in company.worse(service, opening.at, opening.severity) {
            *met.entry(other).or_default() += 1;
        }
    }
    let (other, times) = met.into_iter().filter(|(other, _)| kinds[*other].name != kind.name).max_by_key(|(_, times)| *times)?;
    let percent = times * 100 / kind.openings.len();
    if percent < COMPANY_PERCENT {
        return None;
    }
    let worse = &kinds[other];
    let near = |at: Timestamp| worse.openings.iter().any(|opening| opening.at.since(at).abs() <= ALARM_WINDOW_MS);
    let saves = kind.rings.iter().filter(|ring| near(ring.at)).count() as u64;
    let sentence = format!(
        "In {percent} % of cases {} fired about the same service, and is worse. Inhibited by it, this would have saved {}.",
        worse.name,
        of_noises(saves, kind)
    );
    Some(Proposal { change: Change::Inhibit, sentence, text: lines::inhibit(&kind.name, &worse.name), saves })
}

fn mute(kind: &Kind, acted_on: u64) -> Option<Proposal> {
    if acted_on > 0 || kind.rings.len() < IGNORED {
        return None;
    }
    let saves = kind.rings.len() as u64;
    let sentence = format!("It made {saves} noises, and nobody acted on any of them. Told to nobody, it would have made none.");
    Some(Proposal { change: Change::Mute, sentence, text: lines::mute(&kind.name), saves })
}

fn of_noises(saves: u64, kind: &Kind) -> String {
    let all = kind.rings.len();
    if all == 1 { format!("{saves} of 1 noise") } else { format!("{saves} of {all} noises") }
}
