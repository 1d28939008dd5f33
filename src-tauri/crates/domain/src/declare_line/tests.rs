//! Declare lines as people type them: tokens, positions, and that no word is lost.

use super::*;
use proptest::prelude::*;

fn services(names: &[&str]) -> Vec<ServiceName> {
    names.iter().map(|name| ServiceName((*name).into())).collect()
}

/// The pieces that were recognised, as they stand in the line.
fn pieces(line: &str) -> Vec<&str> {
    read(line).tokens.iter().map(|token| &line[token.start..token.end]).collect()
}

#[test]
fn the_line_of_the_contract() {
    let line = read("sev1 checkout 502s for EU @dana #payments");
    assert_eq!(line.title, "checkout 502s for EU");
    assert_eq!(line.severity, Some(Severity::Sev1));
    assert_eq!(line.commander, Handle::parse("dana"));
    assert_eq!(line.services, services(&["payments"]));
    assert_eq!(pieces("sev1 checkout 502s for EU @dana #payments"), ["sev1", "@dana", "#payments"]);
}

#[test]
fn no_word_is_lost() {
    assert_eq!(read("several carts #1042 stuck, a@b.c and @").title, "several carts #1042 stuck, a@b.c and @");
    assert_eq!(read("@a hands to @b").title, "hands to @b", "only the first person is the commander");
    assert_eq!(read("s1 is the bucket, sev6 is none, seventh try").title, "s1 is the bucket, sev6 is none, seventh try");
    assert_eq!(read("ask @dana, or #a/b").title, "ask @dana, or #a/b", "what only resembles a name is a word");
}

#[test]
fn severities_as_people_type_them() {
    for (typed, severity) in [("SEV1 x", Severity::Sev1), ("x sev-2", Severity::Sev2), ("x Sev3 y", Severity::Sev3)] {
        assert_eq!((read(typed).severity, pieces(typed).len()), (Some(severity), 1), "{typed}");
    }
    assert_eq!(read("sev3 no, sev1").severity, Some(Severity::Sev1), "the last one named");
}

#[test]
fn services_are_named_once_each() {
    let line = read("#edge-eu and #checkout and #EDGE-EU");
    assert_eq!(line.services, services(&["edge-eu", "checkout"]));
    assert_eq!(line.tokens.len(), 3, "each mention is marked");
    assert_eq!(line.title, "and and");
}

#[test]
fn names_of_any_script_stand_where_they_stand() {
    let line = "sev2 Überlast 🔥 @жанна  #日本-edge";
    assert_eq!(pieces(line), ["sev2", "@жанна", "#日本-edge"]);
    let line = read(line);
    assert_eq!((line.commander, line.title.as_str()), (Handle::parse("жанна"), "Überlast 🔥"));
    assert_eq!(line.services, services(&["日本-edge"]));
}

#[test]
fn an_empty_line_says_nothing() {
    assert_eq!(read(" \t "), DeclareLine::default());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_line_is_read_and_no_word_is_lost(line in prop_oneof![".*", "([@# ]|sev|[1-6]|[a-zé🔥İ-]){0,40}"]) {
        let read = read(&line);
        let mut end = 0;
        for token in &read.tokens {
            prop_assert!(end <= token.start && token.start < token.end, "in order and apart");
            prop_assert!(line.get(token.start..token.end).is_some(), "on the borders of characters");
            end = token.end;
        }
        let words = line.split_whitespace().count();
        prop_assert_eq!(read.title.split_whitespace().count() + read.tokens.len(), words);
    }
}
