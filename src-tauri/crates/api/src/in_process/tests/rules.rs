//! Rules: written and read, tried on the past, counted.

use super::*;
use crate::Code;
use crate::dto::{DryRunView, Receipt, RulesView};
use domain::AlertSeverity::{Critical, Error, Warning};
use domain::alerts::Signal;
use serde_json::json;
use testkit::MINUTE;

const RULES: &str = "\
[[rule]]
name = \"batch\"
when = \"service=batch\"
quiet = \"it retries\"

[[rule]]
name = \"shop\"
when = \"service=shop severity>=error\"
severity = \"critical\"
declare = \"sev2\"

[[rule]]
name = \"one trouble\"
when = \"title~*node*\"
group = \"nodes\"
declare = \"sev3\"
";

#[tokio::test]
async fn a_dry_run_counts_what_would_have_been() {
    let rig = rig();
    rig.house.ingest(vec![signal("job1", "batch", Error), signal("job2", "batch", Error)]).await;
    rig.house.ingest(vec![signal("pay", "shop", Error), signal("hint", "shop", Warning)]).await;
    // Two alerts of one group, and two groups that a rule would make one.
    rig.house.ingest(vec![Signal { group_key: "pay".into(), ..signal("pay2", "shop", Critical) }]).await;
    rig.house.ingest(vec![signal("node1", "", Error)]).await;
    rig.house.fast_forward(10 * MINUTE).await;
    rig.house.ingest(vec![signal("node2", "", Error)]).await;
    rig.house.fast_forward(60 * MINUTE).await;
    rig.house.ingest(vec![signal("node3", "", Error)]).await;
    let run: DryRunView = rig.ask("rule.dry_run", json!({ "text": RULES })).await;
    let counts = (run.alerts, run.declared, run.quieted, run.severity_changed);
    assert_eq!(counts, (8, 3, 2, 1), "once a group: the shop, and the nodes twice, an hour apart");
    assert_eq!(run.sentence, "Of 8 alerts: would have declared 3, kept quiet 2, changed the severity of 1.");
    let hits: Vec<(&str, u64, usize)> = run.rules.iter().map(|rule| (rule.name.as_str(), rule.hits, rule.examples.len())).collect();
    assert_eq!(hits, [("batch", 2, 2), ("shop", 2, 2), ("one trouble", 3, 3)]);
    let none: RulesView = rig.ask("rule.list", json!({})).await;
    assert_eq!(none.rules, vec![], "nothing was changed");
}

#[tokio::test]
async fn rules_are_set_listed_with_their_hits_and_taken_back() {
    let rig = rig();
    let set: Receipt = rig.ask("rule.set", json!({ "text": RULES })).await;
    rig.house.ingest(vec![signal("job1", "batch", Error)]).await;
    let listed: RulesView = rig.ask("rule.list", json!({})).await;
    let hits: Vec<(&str, u64)> = listed.rules.iter().map(|view| (view.rule.name.as_str(), view.hits)).collect();
    assert_eq!(hits, [("batch", 1), ("shop", 0), ("one trouble", 0)]);
    assert!(listed.rules[0].last_hit_at.is_some());
    let _: Receipt = rig.ask("rule.set", json!({ "text": listed.text })).await;
    let again: RulesView = rig.ask("rule.list", json!({})).await;
    assert_eq!(again.rules, listed.rules, "the text says the same as the list, and that it is quiet for longer");
    rig.undo(set.undo).await;
    let listed: RulesView = rig.ask("rule.list", json!({})).await;
    assert_eq!(listed.rules, vec![]);
    assert!(listed.text.contains("# [[rule]]"), "an empty list explains itself");
}

#[tokio::test]
async fn a_list_with_a_fault_is_refused_whole() {
    let rig = rig();
    let refusal = rig.refused("rule.set", json!({ "text": RULES.replace("sev2", "sev9") })).await;
    assert_eq!((refusal.code, refusal.field.as_deref()), (Code::InvalidField, Some("text")));
    assert!(refusal.message.starts_with("Rule “shop”, line 10: "), "{}", refusal.message);
    assert_eq!(rig.refused("rule.dry_run", json!({})).await.field.as_deref(), Some("rules"));
    let listed = json!({ "rules": [{ "name": "idle", "when": "a=b" }] });
    assert_eq!(rig.refused("rule.set", listed).await.field.as_deref(), Some("rules"));
}

#[tokio::test]
async fn nothing_past_is_nothing_known() {
    let rig = rig();
    let run: DryRunView = rig.ask("rule.dry_run", json!({ "text": RULES })).await;
    assert_eq!((run.alerts, run.sentence.as_str()), (0, "No alert began in that time, so nothing is known."));
}
