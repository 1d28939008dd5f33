//! Rules by example, and that looking them up changes nothing.

use super::*;
use crate::matching::Facts;
use crate::{ServiceName, SourceName};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn rule(name: &str, when: &str) -> Rule {
    Rule::new(name, When::parse(when).expect("reads"))
}

fn judged(rules: &[Rule], labels: &[(&str, &str)]) -> Ruled {
    let labels: BTreeMap<String, String> = labels.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let (source, service, none) = (SourceName("eu".into()), ServiceName("checkout".into()), BTreeMap::new());
    let severity = AlertSeverity::Warning;
    Compiled::new(rules).judge(&Facts {
        source: &source,
        service: Some(&service),
        severity,
        title: "Disk full",
        labels: &labels,
        annotations: &none,
    })
}

#[test]
fn every_rule_that_fits_applies_and_the_last_word_holds() {
    let rules = [
        Rule { severity: Some(AlertSeverity::Error), group: Some("{service} in {region}".into()), ..rule("checkout", "service=checkout") },
        Rule { severity: Some(AlertSeverity::Info), ..rule("disks", "title~*disk*") },
        Rule { severity: Some(AlertSeverity::Critical), ..rule("us", "region=us") },
    ];
    let ruled = judged(&rules, &[("region", "eu")]);
    assert_eq!(ruled.rules, ["checkout", "disks"], "in their order, whichever way they were found");
    assert_eq!(ruled.severity, Some(AlertSeverity::Info));
    assert_eq!(ruled.group.as_deref(), Some("checkout in eu"));
    assert_eq!(judged(&rules[2..], &[]), Ruled::default(), "none fits");
}

#[test]
fn quiet_and_declare_take_each_others_place() {
    let quiet = Rule { quiet: Some("known".into()), ..rule("quiet", "service=checkout") };
    let declare = Rule { declare: Some(Severity::Sev2), ..rule("declare", "title~disk*") };
    let ruled = judged(&[quiet.clone(), declare.clone()], &[]);
    assert_eq!((ruled.declare, ruled.quiet), (Some(Severity::Sev2), None));
    let ruled = judged(&[declare, quiet], &[]);
    assert_eq!((ruled.declare, ruled.quiet), (None, Some(("quiet".into(), "known".into()))));
}

#[test]
fn a_list_that_says_nothing_sure_is_refused() {
    let says = |name: &str| Rule { severity: Some(AlertSeverity::Info), ..rule(name, "a=b") };
    assert_eq!(check(&[says("a"), says("b")]), Ok(()));
    assert_eq!(check(&[says("a"), says("A")]), Err(RulesFault::TwoAlike("A".into())));
    assert_eq!(check(&[rule("a", "a=b")]), Err(RulesFault::Idle("a".into())));
    assert_eq!(check(&[says(" ")]), Err(RulesFault::NoName));
    let both = Rule { declare: Some(Severity::Sev1), quiet: Some("x".into()), ..says("a") };
    assert_eq!(check(&[both]), Err(RulesFault::DeclaresQuietly("a".into())));
    assert_eq!(check(&[Rule { group: Some("x".repeat(501)), ..says("a") }]), Err(RulesFault::FieldTooLong("a".into())));
    assert_eq!(check(&(0..=RULES_LIMIT).map(|n| says(&n.to_string())).collect::<Vec<_>>()), Err(RulesFault::TooMany));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn looking_rules_up_finds_those_that_reading_all_would(whens in proptest::collection::vec("[ab](=|!=|~)[xy]\\*?( service=(checkout|search))?", 0..12), a in "[xyz]", b in "[xyz]") {
        let rules: Vec<Rule> = whens.iter().enumerate().map(|(n, when)| Rule { severity: Some(AlertSeverity::Info), ..rule(&n.to_string(), when) }).collect();
        let labels: BTreeMap<String, String> = [("a".to_owned(), a.clone()), ("b".to_owned(), b.clone())].into();
        let (source, service, none) = (SourceName("eu".into()), ServiceName("checkout".into()), BTreeMap::new());
        let facts = Facts { source: &source, service: Some(&service), severity: AlertSeverity::Warning, title: "t", labels: &labels, annotations: &none };
        let all: Vec<String> = rules.iter().filter(|rule| rule.when.holds(&facts)).map(|rule| rule.name.clone()).collect();
        prop_assert_eq!(Compiled::new(&rules).judge(&facts).rules, all);
    }
}
