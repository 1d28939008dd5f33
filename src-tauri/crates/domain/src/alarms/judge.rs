//! The verdict on a group: asked in the order in which a person would explain it.

use super::{ALARM_BREAKS_MAX, Alarm, Because, Hush, Noise, Verdict};
use crate::home::Home;
use crate::matching::Facts;
use crate::quiet::{self, Breach};
use crate::{AlertSeverity, GroupId, IncidentRef, Loudness, ServiceName, Timestamp, catalog};
use std::collections::BTreeSet;

/// What must be known of a group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GroupFacts {
    /// Which.
    pub id: GroupId,
    /// Whether anything of it fires.
    pub fires: bool,
    /// The services it speaks of.
    pub services: BTreeSet<ServiceName>,
    /// Who looks at it.
    pub acknowledged_by: Option<String>,
    /// The open incident it belongs to.
    pub incident: Option<IncidentRef>,
    /// How it stands with noise.
    pub noise: Option<Noise>,
    /// What its services rest on, and is down: the service, and the group that says so.
    pub parent: Option<(ServiceName, GroupId)>,
}

/// An alert that may make its group ring: one that is news, or, where a reason to be silent has passed, one that fires.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// What is known of it.
    pub facts: Facts<'a>,
    /// The rule that keeps it quiet, and why.
    pub quiet_rule: Option<(&'a str, &'a str)>,
}

/// A verdict that changes something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Judgement {
    /// What is to be.
    pub verdict: Verdict,
    /// How bad the worst alert is that it is about.
    pub severity: AlertSeverity,
}

/// Judges a group; `None` where all stays as it is.
pub fn judge(group: &GroupFacts, candidates: &[Candidate<'_>], home: &Home, now: Timestamp) -> Option<Judgement> {
    let before = group.noise.as_ref();
    if !group.fires {
        let known = before.filter(|before| before.verdict != Verdict::Silent(Hush::Over))?;
        return Some(Judgement { verdict: Verdict::Silent(Hush::Over), severity: known.severity });
    }
    let worst = candidates.iter().map(|candidate| candidate.facts.severity).min().or(before.map(|before| before.severity))?;
    let silent = |hush| changed(before, now, Judgement { verdict: Verdict::Silent(hush), severity: worst });
    if let Some(incident) = &group.incident {
        return silent(Hush::Attached { incident: incident.clone() });
    }
    if let Some(by) = &group.acknowledged_by {
        return silent(Hush::Acknowledged { by: by.clone() });
    }
    if candidates.is_empty() {
        // Something of it ended, and nobody looks yet: what the rest rang for stands.
        return None;
    }
    let (severity, breach) = match uncovered(group.id, candidates, home, now) {
        Ok(loud) => loud,
        Err(hush) => return silent(hush),
    };
    let judged = |verdict| changed(before, now, Judgement { verdict, severity });
    if let Some(until) = Noise::flaps_until(before, now) {
        return judged(Verdict::Silent(Hush::Flapping { until }));
    }
    if let Some((service, parent)) = &group.parent {
        return judged(Verdict::Silent(Hush::Parent { service: service.clone(), group: *parent }));
    }
    let incident = severity.suggests();
    if matches!(home.rule(incident).loudness, Loudness::None | Loudness::Low) {
        return judged(Verdict::Silent(Hush::TooLow { severity: incident }));
    }
    if before.is_some_and(|before| stays_as_it_rang(before, severity)) {
        return None;
    }
    judged(ring(group, severity, breach, home, now))
}

/// The worst alert that nothing keeps quiet, and by what it broke through; or what keeps all of them quiet.
fn uncovered(group: GroupId, candidates: &[Candidate<'_>], home: &Home, now: Timestamp) -> Result<(AlertSeverity, Option<Breach>), Hush> {
    let mut loud: Option<(AlertSeverity, Option<Breach>)> = None;
    let mut hush = None;
    for candidate in candidates {
        let kept = match candidate.quiet_rule {
            Some((rule, why)) => Ok(Hush::Rule { rule: rule.to_owned(), why: why.to_owned() }),
            None => match quiet::find(&home.quiet, group, &candidate.facts, now) {
                Some(Ok((id, quiet))) => Ok(Hush::Quiet { quiet: id, shape: quiet.order.shape, until: quiet.turns(now) }),
                Some(Err(breach)) => Err(Some(breach)),
                None => Err(None),
            },
        };
        match kept {
            Ok(kept) => drop(hush.get_or_insert(kept)),
            Err(breach) if loud.as_ref().is_none_or(|(severity, _)| candidate.facts.severity < *severity) => {
                loud = Some((candidate.facts.severity, breach));
            }
            Err(_) => {}
        }
    }
    loud.ok_or_else(|| hush.unwrap_or(Hush::Over))
}

/// A group that rang goes on to fire in silence, as long as it is no worse.
fn stays_as_it_rang(before: &Noise, severity: AlertSeverity) -> bool {
    matches!(before.verdict, Verdict::Rings(_)) && before.rang.is_some_and(|(_, rang)| severity >= rang)
}

fn ring(group: &GroupFacts, severity: AlertSeverity, breach: Option<Breach>, home: &Home, now: Timestamp) -> Verdict {
    match breach {
        Some(Breach::Worse) => return Verdict::Rings(Because::Worse),
        Some(Breach::NewService(service)) => return Verdict::Rings(Because::NewService(service)),
        None => {}
    }
    let again = group.noise.as_ref().is_some_and(|before| match &before.verdict {
        Verdict::Silent(Hush::Quiet { shape, .. }) => shape.rings_after(),
        Verdict::Silent(Hush::Acknowledged { .. }) => true,
        Verdict::Silent(_) | Verdict::Rings(_) => false,
    });
    let Some(alarm) = home.alarm.as_ref().filter(|alarm| alarm.is_on(now)) else {
        return Verdict::Rings(if again { Because::Again } else { Because::First });
    };
    if again && alarm.groups.contains(&group.id) {
        // It cannot belong to an alarm that it rang itself: what was taken back is as it was.
        return Verdict::Rings(Because::Again);
    }
    match breaks_through(group, severity, alarm, home) {
        Some(because) => Verdict::Rings(because),
        None => Verdict::Silent(Hush::Together { rang_at: alarm.at }),
    }
}

fn breaks_through(group: &GroupFacts, severity: AlertSeverity, alarm: &Alarm, home: &Home) -> Option<Because> {
    if severity < alarm.worst {
        return Some(Because::Worse);
    }
    if alarm.breaks >= ALARM_BREAKS_MAX {
        return None;
    }
    let has_to_do = |service: &ServiceName| alarm.services.iter().any(|known| catalog::shared(&home.services, service, known).is_some());
    let mut services = group.services.iter();
    match group.services.first() {
        Some(first) if !services.any(has_to_do) => Some(Because::NewService(first.clone())),
        Some(_) | None => None,
    }
}

/// Said again in other words, a verdict is none.
fn changed(before: Option<&Noise>, at: Timestamp, now: Judgement) -> Option<Judgement> {
    let Some(before) = before else { return Some(now) };
    let has_passed = match &before.verdict {
        Verdict::Silent(hush) => hush.until().is_some_and(|until| until <= at),
        Verdict::Rings(_) => false,
    };
    if has_passed {
        // Its reason had an end, and so has the new one: the record says which.
        return Some(now);
    }
    let same = match (&before.verdict, &now.verdict) {
        (Verdict::Silent(Hush::Quiet { quiet: one, .. }), Verdict::Silent(Hush::Quiet { quiet: other, .. })) => one == other,
        (Verdict::Silent(Hush::Flapping { .. }), Verdict::Silent(Hush::Flapping { .. })) => true,
        (Verdict::Silent(Hush::Together { .. }), Verdict::Silent(Hush::Together { .. })) => true,
        (Verdict::Silent(Hush::Parent { .. }), Verdict::Silent(Hush::Parent { .. })) => true,
        (Verdict::Rings(_), Verdict::Rings(_)) => false,
        (one, other) => one == other,
    };
    (!same).then_some(now)
}
