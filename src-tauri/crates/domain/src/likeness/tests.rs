//! Likeness by example: what makes two troubles one, and what does not.

use super::*;
use crate::catalog::ServiceCard;
use crate::test_support::minute;

fn name(name: &str) -> ServiceName {
    ServiceName(name.into())
}

fn catalog() -> Catalog {
    let rests_on = |below: &[&str]| ServiceCard { depends_on: below.iter().map(|below| name(below)).collect(), ..ServiceCard::default() };
    [("checkout", rests_on(&["payments"])), ("refunds", rests_on(&["payments"])), ("mail", rests_on(&[]))]
        .map(|(service, card)| (name(service), card))
        .into()
}

fn trouble(services: &[&str], title: &str, began: i64) -> Trouble {
    Trouble::new(&catalog(), services.iter().map(|service| name(service)), [title], minute(began))
}

fn because(one: &Trouble, other: &Trouble) -> Option<String> {
    one.like(other).map(|like| like.because)
}

#[test]
fn what_is_shared_says_why_two_troubles_are_one() {
    let checkout = trouble(&["checkout"], "Errors", 0);
    let says = |services: &[&str], title, began| because(&checkout, &trouble(services, title, began));
    assert_eq!(says(&["checkout"], "Latency", 12).as_deref(), Some("same service and upstream: checkout, payments; 12 min apart"));
    assert_eq!(says(&["refunds"], "Latency", 0).as_deref(), Some("same upstream: payments; within a minute"));
    assert_eq!(says(&["payments"], "Latency", 3).as_deref(), Some("same upstream: payments; 3 min apart"), "one rests on the other");
    assert_eq!(says(&[], " errors", 0).as_deref(), Some("the same alert; within a minute"), "whatever its case");
}

#[test]
fn nearness_in_time_alone_is_no_likeness() {
    let checkout = trouble(&["checkout"], "Errors", 0);
    assert_eq!(because(&checkout, &trouble(&["mail"], "Bounces", 0)), None, "nothing shared");
    assert_eq!(because(&checkout, &trouble(&["refunds"], "Latency", 61)), None, "an upstream in common, an hour apart, is chance");
    assert_eq!(
        because(&checkout, &trouble(&["checkout"], "Latency", 600)).as_deref(),
        Some("same service and upstream: checkout, payments")
    );
}

#[test]
fn more_in_common_is_more_alike() {
    let checkout = trouble(&["checkout"], "Errors", 0);
    let score = |other: Trouble| checkout.like(&other).map(|like| like.score);
    assert!(score(trouble(&["checkout"], "Errors", 0)) > score(trouble(&["checkout"], "Latency", 0)));
    assert!(score(trouble(&["checkout"], "Latency", 0)) > score(trouble(&["refunds"], "Latency", 0)));
}

#[test]
fn a_long_list_of_names_is_counted() {
    let many: Vec<String> = (0..7).map(|n| format!("s{n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let said = because(&trouble(&many, "a", 0), &trouble(&many, "b", 120));
    assert_eq!(said.as_deref(), Some("same services: s0, s1, s2, s3, 3 more"));
}

#[test]
fn plural_and_case_do_not_hide_a_shared_word() {
    assert_eq!(words("Checkout 502s for EU").intersection(&words("checkout returns 502")).count(), 2, "checkout and 502");
}

#[test]
fn one_word_in_common_is_chance_and_two_are_not() {
    let past = |title: &str, services: &[&str]| {
        let theirs = services.iter().map(|service| name(service)).collect();
        resembles((&words("checkout returns 502"), &[name("checkout")]), (&words(title), &theirs)).map(|like| like.because)
    };
    assert_eq!(past("checkout is slow", &[]), None);
    assert_eq!(past("Checkout 502s", &[]).as_deref(), Some("same words 502, checkout"));
    assert_eq!(past("Everything is down", &["checkout"]).as_deref(), Some("same service checkout"));
}
