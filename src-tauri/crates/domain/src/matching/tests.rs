//! What is written, read and meant.

use super::*;
use proptest::prelude::*;

fn holds(when: &str, severity: AlertSeverity, title: &str, labels: &[(&str, &str)]) -> bool {
    let labels = labels.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let annotations = [("summary".to_owned(), "Out of memory on db-1".to_owned())].into();
    let (source, service) = (SourceName("eu".into()), ServiceName("checkout".into()));
    let facts = Facts { source: &source, service: Some(&service), severity, title, labels: &labels, annotations: &annotations };
    When::parse(when).expect("reads").holds(&facts)
}

#[test]
fn each_comparison_means_what_it_says() {
    use AlertSeverity::{Critical, Error, Info, Warning};
    let labels = [("alertname", "DiskFull"), ("team", "Größe")];
    for (when, severity, meant) in [
        ("alertname=diskfull", Warning, true),
        ("alertname=Disk", Warning, false),
        ("alertname~disk*", Warning, true),
        ("alertname~*FULL", Warning, true),
        ("alertname!~disk*", Warning, false),
        ("team=GRÖSSE", Warning, false),
        ("team=größe", Warning, true),
        ("absent=x", Warning, false),
        ("absent!=x", Warning, true),
        ("service=checkout source=eu", Warning, true),
        ("service=search", Warning, false),
        ("severity>=error", Critical, true),
        ("severity>=error", Error, true),
        ("severity>=error", Warning, false),
        ("severity<=warning", Info, true),
        ("severity=critical", Error, false),
        ("text~*memory*", Warning, true),
        ("text!~*memory*", Warning, false),
        ("title=\"Disk full\"", Warning, true),
    ] {
        assert_eq!(holds(when, severity, "Disk full", &labels), meant, "{when} for {severity:?}");
    }
}

#[test]
fn what_does_not_read_says_what_would() {
    for (written, fault) in [
        ("", WhenFault::Empty),
        ("checkout", WhenFault::NoCondition("checkout".into())),
        ("=x", WhenFault::NoCondition("=x".into())),
        ("a!x", WhenFault::NoCondition("a!x".into())),
        ("severity=bad", WhenFault::NoSeverity("bad".into())),
        ("service>=a", WhenFault::NotOrdered("service".into())),
        ("a=\"b", WhenFault::OpenQuote),
    ] {
        assert_eq!(When::parse(written), Err(fault), "{written:?}");
    }
    assert_eq!(When::parse(&"a=b ".repeat(21)), Err(WhenFault::TooLong));
}

#[test]
fn many_stars_do_not_take_for_ever() {
    let pattern = format!("{}b", "*a".repeat(400));
    assert!(!like(&pattern, &"a".repeat(8_000)), "a hostile pattern ends all the same");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back(names in proptest::collection::vec(("[a-z_]{1,8}", "(=|!=|~|!~)", "[^\u{0}]{0,12}"), 1..5)) {
        let conditions = names.into_iter().filter(|(name, ..)| !["source", "service", "severity", "title", "text"].contains(&name.as_str()));
        let when = When(conditions.map(|(name, sign, value)| {
            let compare = SIGNS.iter().find(|(known, _)| *known == sign).expect("a sign").1;
            Condition { field: Field::Label(name), compare, value: value.to_lowercase().to_lowercase() }
        }).filter(|condition| condition.value == condition.value.to_lowercase()).collect());
        prop_assume!(!when.0.is_empty() && when.to_string().len() <= WHEN_LIMIT);
        prop_assert_eq!(When::parse(&when.to_string()), Ok(when));
    }

    #[test]
    fn a_pattern_without_stars_is_the_text(text in "[a-z]{0,8}", other in "[a-z]{0,8}") {
        prop_assert_eq!(like(&text, &other), text == other);
        let pattern = format!("*{}*", text);
        let around = format!("{}{}{}", other, text, other);
        prop_assert!(like(&pattern, &around));
    }

    #[test]
    fn stars_stand_for_any_text_and_letters_for_either_case(pattern in "[ab*]{0,7}", text in "[abAB]{0,9}") {
        prop_assert_eq!(like(&pattern, &text), plainly(pattern.as_bytes(), text.as_bytes()));
    }
}

/// The same by trying every text for every star.
fn plainly(pattern: &[u8], text: &[u8]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some((b'*', rest)) => (0..=text.len()).any(|at| plainly(rest, &text[at..])),
        Some((sign, rest)) => text.split_first().is_some_and(|(first, text)| first.eq_ignore_ascii_case(sign) && plainly(rest, text)),
    }
}
