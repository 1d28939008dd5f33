//! Rules on alerts: listed with what they did, tried on the past, and set as a whole.

use super::incidents::Wish;
use super::{Answer, InProcess, rule_text};
use crate::dto::*;
use crate::{ApiError, Code};
use domain::home::HomeEvent;
use domain::rules::{self, Rule};
use domain::{Event, Subject, Timestamp};
use engine::Act;
use serde_json::json;
use store::Wanted;

mod dry_run;

/// Hits and dry runs look so far back (30 days).
const LOOKED_BACK_MS: i64 = 30 * 24 * 60 * 60_000;

impl InProcess {
    pub(super) async fn rules(&self) -> Answer<RulesView> {
        let since = self.engine.now().plus_millis(-LOOKED_BACK_MS);
        let hits = self.engine.read(move |reader| reader.rule_hits(since)).await?;
        let home = self.engine.home();
        let written = &home.alert_rules.written;
        let view = |rule: &Rule| {
            let hit = hits.iter().find(|hit| hit.rule == rule.name);
            RuleView { rule: rule.clone(), hits: hit.map_or(0, |hit| hit.hits), last_hit_at: hit.map(|hit| hit.last_at) }
        };
        Ok(RulesView {
            rules: written.iter().map(view).collect(),
            text: rule_text::write(written),
            quiet_until: home.alert_rules.quiet_until(),
        })
    }

    pub(super) async fn rules_set(&self, caller: &Caller, ask: SetRules) -> Answer<Receipt> {
        let rules = read(ask)?;
        let was = self.engine.home().alert_rules.written.clone();
        let mut receipt = self.change(caller, Wish::plain(Act::Home(HomeEvent::RulesSet { rules }))).await?;
        receipt.undo =
            Some(UndoView { op: "rule.set".into(), params: json!({ "rules": was }), label: "Undo: the rules as they were".into() });
        Ok(receipt)
    }

    pub(super) async fn rules_dry_run(&self, ask: SetRules) -> Answer<DryRunView> {
        let rules = read(ask)?;
        let from = self.engine.now().plus_millis(-LOOKED_BACK_MS);
        let (run, from) = self.engine.read(move |reader| tried(reader, &rules, from)).await?;
        Ok(run.view(from))
    }
}

fn tried(reader: &store::Reader, rules: &[Rule], from: Timestamp) -> Result<(dry_run::DryRun, Timestamp), store::StoreError> {
    let mut run = dry_run::DryRun::new(rules);
    let reached = reader.history(Wanted::Beginnings, from, |recorded| {
        if let (Subject::Group(group), Some(Event::Alert(event))) = (recorded.envelope.subject, &recorded.event) {
            run.hear(group, recorded.envelope.recorded_at, event);
        }
    })?;
    Ok((run, reached))
}

/// The rules of a request: a list, or a file's text.
fn read(ask: SetRules) -> Answer<Vec<Rule>> {
    match (ask.rules, ask.text) {
        (Some(rules), None) => match rules::check(&rules) {
            Ok(()) => Ok(rules),
            Err(fault) => Err(ApiError::new(Code::InvalidField, fault.to_string()).field("rules")),
        },
        (None, Some(text)) => rule_text::read(&text),
        (Some(_), Some(_)) | (None, None) => {
            Err(ApiError::new(Code::InvalidField, "Give the rules as a list, or as a file's text.").field("rules"))
        }
    }
}
