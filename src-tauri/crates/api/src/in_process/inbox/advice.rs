//! What helps to decide about a group: how bad, whose, what it may be part of, and why it rang or did not. Only what is known;
//! each piece says where it comes from.

use super::reading::{Open, Waiting};
use crate::dto::LikelyView;
use domain::alarms::explain;
use domain::home::Home;
use domain::likeness::{LIKELY, Trouble};
use domain::matching::Facts;
use domain::rules::Ruled;
use domain::{GroupId, Severity};
use store::{AlertRow, GroupRow};

/// Groups named as alike to one: more is the whole inbox.
const ALIKE_SHOWN: usize = 50;

/// What the rules say of a group now, by its first alerts; the worst severity and the first of all else.
pub(super) fn ruled(home: &Home, waiting: &Waiting) -> Ruled {
    let rules = &home.alert_rules.compiled;
    let mut all = Ruled::default();
    if rules.is_empty() {
        return all;
    }
    for alert in &waiting.alerts {
        let said = rules.judge(&facts(alert));
        for rule in said.rules {
            if !all.rules.contains(&rule) {
                all.rules.push(rule);
            }
        }
        all.severity = [all.severity, said.severity].into_iter().flatten().min();
        all.person = all.person.or(said.person);
        all.role = all.role.or(said.role);
        all.playbook = all.playbook.or(said.playbook);
        all.declare = [all.declare, said.declare].into_iter().flatten().min();
    }
    all
}

fn facts(alert: &AlertRow) -> Facts<'_> {
    Facts {
        source: &alert.source,
        service: alert.service.as_ref(),
        severity: alert.severity,
        title: &alert.title,
        labels: &alert.labels,
        annotations: &alert.annotations,
    }
}

/// What an incident from it should start as, and who says so.
pub(super) fn severity(waiting: &Waiting, ruled: &Ruled) -> (Severity, String) {
    let severity = waiting.row.severity;
    let by_rule = || ruled.rules.iter().map(|rule| format!("“{rule}”")).collect::<Vec<_>>().join(", ");
    if let Some(declare) = ruled.declare {
        return (declare, format!("rule {} declares it so", by_rule()));
    }
    if ruled.severity == Some(severity) {
        return (severity.suggests(), format!("rule {} calls it {}", by_rule(), severity.wire()));
    }
    let reporter = waiting.alerts.iter().find_map(|alert| alert.labels.get("reported_by"));
    match reporter {
        Some(name) => (severity.suggests(), format!("reported by {name}, as {}", severity.wire())),
        None => (severity.suggests(), format!("{} calls it {}", waiting.row.source, severity.wire())),
    }
}

/// Who should look: whom a rule names, else who owns a service of it.
pub(super) fn owner(home: &Home, waiting: &Waiting, ruled: &Ruled) -> Option<String> {
    let by_rule = ruled.person.as_ref().map(|person| format!("@{person}")).or_else(|| ruled.role.map(|role| role.title().to_owned()));
    let cards = || waiting.row.services.iter().filter_map(|service| home.services.get(service));
    let person = || cards().find_map(|card| card.owner.as_ref()).map(|owner| format!("@{owner}"));
    by_rule.or_else(person).or_else(|| cards().find_map(|card| card.team.clone()))
}

/// Whether it made a noise, and why, in one sentence.
pub(super) fn why(home: &Home, row: &GroupRow) -> String {
    explain(row.noise.as_ref(), row.first_at, row.severity, home).sentence
}

/// What groups of the inbox may be one with: open incidents, and each other.
pub(super) struct Likenesses<'r> {
    groups: Vec<(GroupId, Trouble)>,
    open: Vec<(&'r Open, Trouble)>,
}

impl<'r> Likenesses<'r> {
    pub fn of(home: &Home, groups: &[&Waiting], open: &'r [Open]) -> Self {
        let group = |waiting: &&Waiting| {
            let row = &waiting.row;
            let trouble = Trouble::new(&home.services, row.services.iter().cloned(), [row.title.as_str()], row.first_at);
            (row.id, trouble)
        };
        let incident = |open: &'r Open| {
            let titles = open.titles.iter().map(String::as_str);
            let began = super::super::changes::began(&open.incident);
            (open, Trouble::new(&home.services, open.incident.services.iter().cloned(), titles, began))
        };
        Self { groups: groups.iter().map(group).collect(), open: open.iter().map(incident).collect() }
    }

    /// The open incident that the group at a place is most like.
    pub fn likely(&self, place: usize) -> Option<LikelyView> {
        let (_, trouble) = self.groups.get(place)?;
        let nearest = |(open, other): &&(&'r Open, Trouble)| (trouble.score(other), open.incident.declared_at);
        let (open, other) = self.open.iter().max_by_key(nearest)?;
        let like = trouble.like(other)?;
        Some(LikelyView { reference: open.incident.reference.clone(), title: open.incident.title.value.clone(), because: like.because })
    }

    /// Other groups that are like it, the most alike first, and why the first one is.
    pub fn alike(&self, place: usize) -> (Vec<GroupId>, Option<String>) {
        let Some((id, trouble)) = self.groups.get(place) else { return (vec![], None) };
        let others = self.groups.iter().filter(|(other, _)| other != id);
        let scored = others.map(|(other, theirs)| (trouble.score(theirs), *other, theirs));
        let mut alike: Vec<(u32, GroupId, &Trouble)> = scored.filter(|(score, ..)| *score >= LIKELY).collect();
        alike.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
        let because = alike.first().and_then(|(_, _, first)| trouble.like(first)).map(|like| like.because);
        (alike.into_iter().take(ALIKE_SHOWN).map(|(_, other, _)| other).collect(), because)
    }
}
