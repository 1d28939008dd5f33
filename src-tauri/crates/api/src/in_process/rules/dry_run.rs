//! What rules would have done, counted over alerts of the past. It changes nothing, and rings nobody.

use crate::dto::{DryRunRule, DryRunView};
use domain::alerts::{AlertEvent, Opened};
use domain::matching::Facts;
use domain::rules::{Compiled, Rule};
use domain::{GroupId, Timestamp};
use std::collections::{BTreeSet, HashMap};

/// Titles shown of what a rule fits.
const EXAMPLES: usize = 3;
/// A group that is named by a rule is joined for so long after its last news (30 min), as the ledger's own are.
const JOINED_FOR_MS: i64 = 30 * 60_000;

/// Rules that are tried.
pub(super) struct DryRun {
    compiled: Compiled,
    alerts: u64,
    quieted: u64,
    severity_changed: u64,
    declared: u64,
    /// When each group that a rule names was last heard of, and whether an incident was declared from it.
    named: HashMap<String, (Timestamp, bool)>,
    declared_from: BTreeSet<GroupId>,
    rules: Vec<DryRunRule>,
    places: HashMap<String, usize>,
}

impl DryRun {
    pub fn new(rules: &[Rule]) -> Self {
        Self {
            compiled: Compiled::new(rules),
            alerts: 0,
            quieted: 0,
            severity_changed: 0,
            declared: 0,
            named: HashMap::new(),
            declared_from: BTreeSet::new(),
            rules: rules.iter().map(|rule| DryRunRule { name: rule.name.clone(), hits: 0, examples: vec![] }).collect(),
            places: rules.iter().enumerate().map(|(place, rule)| (rule.name.clone(), place)).collect(),
        }
    }

    /// Tries the rules on an alert that began to fire.
    pub fn hear(&mut self, group: GroupId, at: Timestamp, event: &AlertEvent) {
        let (AlertEvent::Opened(opened) | AlertEvent::Reopened(opened)) = event else { return };
        self.alerts += 1;
        let ruled = self.compiled.judge(&facts(opened));
        self.quieted += u64::from(ruled.quiet.is_some());
        self.severity_changed += u64::from(ruled.severity.is_some_and(|severity| severity != opened.severity));
        for name in &ruled.rules {
            let Some(rule) = self.places.get(name).map(|place| &mut self.rules[*place]) else { continue };
            rule.hits += 1;
            if rule.examples.len() < EXAMPLES && !rule.examples.contains(&opened.title) {
                rule.examples.push(opened.title.clone());
            }
        }
        let is_new = match ruled.group.filter(|name| !name.trim().is_empty()) {
            Some(name) => self.joins(name, at, ruled.declare.is_some()),
            None => ruled.declare.is_some() && self.declared_from.insert(group),
        };
        self.declared += u64::from(is_new);
    }

    /// Joins a group that a rule names; whether it is the first of it from which an incident is declared.
    fn joins(&mut self, name: String, at: Timestamp, declares: bool) -> bool {
        let known = self.named.entry(name).or_insert((at, false));
        if at.since(known.0) > JOINED_FOR_MS {
            known.1 = false;
        }
        known.0 = at;
        declares && !std::mem::replace(&mut known.1, true)
    }

    /// What came of it.
    pub fn view(self, from: Timestamp) -> DryRunView {
        let Self { alerts, declared, quieted, severity_changed, rules, .. } = self;
        let sentence = match alerts {
            0 => "No alert began in that time, so nothing is known.".to_owned(),
            _ => {
                let of = if alerts == 1 { "1 alert".to_owned() } else { format!("{alerts} alerts") };
                format!("Of {of}: would have declared {declared}, kept quiet {quieted}, changed the severity of {severity_changed}.")
            }
        };
        DryRunView { sentence, from, alerts, declared, quieted, severity_changed, rules }
    }
}

fn facts(opened: &Opened) -> Facts<'_> {
    Facts {
        source: &opened.source,
        service: opened.service.as_ref(),
        severity: opened.severity,
        title: &opened.title,
        labels: &opened.labels,
        annotations: &opened.annotations,
    }
}
