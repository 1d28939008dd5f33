//! The home: what may be said of it, and what follows.

use super::*;
use crate::notices::REPEAT_LIMIT_MINUTES;
use crate::test_support::{by, handle, id, machine, minute};
use crate::{DeviceId, Entry, Hlc, Loudness, Sound, Subject};
use proptest::prelude::*;
use uuid::Uuid;

fn recorded(number: u64, entry: Entry, event: HomeEvent) -> Recorded {
    let at = minute(number as i64);
    let envelope = Envelope {
        id: id(u128::from(number)),
        subject: Subject::Home,
        occurred_at: at,
        recorded_at: at,
        device: DeviceId(Uuid::from_u128(1)),
        device_seq: number,
        hlc: Hlc::new(at.0.unsigned_abs(), 0),
        entry,
        parents: vec![],
    };
    Recorded { seq: number, envelope, event: Some(event.into()) }
}

/// The home after these events, each decided first.
#[track_caller]
fn home(events: &[HomeEvent]) -> Home {
    let mut home = Home::default();
    for (number, event) in events.iter().enumerate() {
        let event = decide(&home, event.clone()).expect("may be recorded");
        home.evolve(&recorded(number as u64 + 1, by("dana"), event.clone()).envelope, &event);
    }
    home
}

fn person(name: Option<&str>) -> HomeEvent {
    HomeEvent::PersonAdded { handle: handle("mei"), name: name.map(Into::into) }
}

fn source(token: u8) -> HomeEvent {
    HomeEvent::SourceAdded { name: SourceName("eu".into()), kind: SourceKind::Alertmanager, token_hash: [token; 32] }
}

fn rotated(token: u8) -> HomeEvent {
    HomeEvent::SourceRotated { name: SourceName("eu".into()), token_hash: [token; 32] }
}

fn removed() -> HomeEvent {
    HomeEvent::SourceRemoved { name: SourceName("eu".into()) }
}

fn group() -> GroupId {
    GroupId(Uuid::from_u128(7))
}

fn quiet() -> HomeEvent {
    HomeEvent::QuietAdded { scope: QuietScope::GroupUntilOver(group()), title: "Disk full".into(), reason: "known".into() }
}

fn rule(severity: Severity, repeat_minutes: Option<u32>) -> HomeEvent {
    HomeEvent::NoticeRuleSet { severity, rule: NoticeRule { loudness: Loudness::Normal, sound: Sound::None, repeat_minutes } }
}

#[test]
fn a_person_is_known_once_and_may_be_known_better() {
    assert_eq!(decide(&home(&[person(None)]), person(None)), Err(HomeRejection::PersonKnown(handle("mei"))));
    let named = home(&[person(None), person(Some("Mei Tanaka"))]);
    assert_eq!(named.people[&handle("mei")].name.as_deref(), Some("Mei Tanaka"));
    assert_eq!(named.people[&handle("mei")].added_at, minute(1), "known since the first word of them");
    assert_eq!(decide(&named, person(Some("Mei Tanaka"))), Err(HomeRejection::PersonKnown(handle("mei"))));
    assert_eq!(decide(&named, person(None)), Err(HomeRejection::PersonKnown(handle("mei"))), "a name is not unlearnt");
}

#[test]
fn a_source_is_added_rotated_and_removed() {
    let known = home(&[source(1), rotated(2)]);
    assert_eq!(known.sources[&SourceName("eu".into())].token_hash, [2; 32]);
    assert_eq!(decide(&known, source(3)), Err(HomeRejection::SourceExists(SourceName("eu".into()))));
    let gone = home(&[source(1), removed()]);
    assert!(gone.sources.is_empty());
    for event in [rotated(2), removed()] {
        assert_eq!(decide(&gone, event), Err(HomeRejection::NoSource(SourceName("eu".into()))));
    }
    assert_eq!(home(&[source(1), removed(), source(3)]).sources.len(), 1, "a name is free again");
}

#[test]
fn only_major_incidents_may_call_again() {
    for severity in [Severity::Sev3, Severity::Sev4, Severity::Sev5] {
        assert_eq!(decide(&Home::default(), rule(severity, Some(5))), Err(HomeRejection::RepeatTooLoud), "{severity:?}");
        assert!(decide(&Home::default(), rule(severity, None)).is_ok() || NoticeRule::default_for(severity).repeat_minutes.is_none());
    }
    for minutes in [0, REPEAT_LIMIT_MINUTES + 1] {
        assert_eq!(decide(&Home::default(), rule(Severity::Sev1, Some(minutes))), Err(HomeRejection::RepeatOutOfRange));
    }
    let set = home(&[rule(Severity::Sev1, Some(REPEAT_LIMIT_MINUTES))]);
    assert_eq!(set.rule(Severity::Sev1).repeat_minutes, Some(REPEAT_LIMIT_MINUTES));
    assert_eq!(set.rule(Severity::Sev2), NoticeRule::default_for(Severity::Sev2), "the others keep the default");
    assert_eq!(decide(&set, rule(Severity::Sev1, Some(REPEAT_LIMIT_MINUTES))), Err(HomeRejection::NothingToChange));
}

#[test]
fn a_group_is_quiet_once_with_an_owner() {
    let hushed = home(&[quiet()]);
    let (event, why) = hushed.quiet_of(group()).expect("it is quiet");
    assert_eq!((event, why.owner.as_str(), why.reason.as_str(), why.since), (id(1), "dana", "known", minute(1)));
    assert_eq!(decide(&hushed, quiet()), Err(HomeRejection::QuietAlready));
    assert!(decide(&home(&[quiet(), HomeEvent::QuietEnded { quiet: id(1) }]), quiet()).is_ok(), "and may be quiet another time");
    assert_eq!(decide(&Home::default(), HomeEvent::QuietEnded { quiet: id(1) }), Err(HomeRejection::NotQuiet));
    assert_eq!(hushed.quiet_of(GroupId(Uuid::nil())).map(|(id, _)| id), None);
}

#[test]
fn whose_word_made_it_quiet_is_the_owner() {
    let entry = Entry { on_behalf_of: Some(handle("mei")), ..machine() };
    let home = Home::fold(&[recorded(1, entry, quiet())]);
    assert_eq!(home.quiet[&id(1)].owner, "mei");
    assert_eq!(Home::fold(&[recorded(1, machine(), quiet())]).quiet[&id(1)].owner, "alertmanager");
}

#[test]
fn a_kind_reads_back_by_its_name() {
    assert_eq!(SourceKind::parse(" Alertmanager "), Some(SourceKind::Alertmanager));
    assert_eq!(SourceKind::parse(SourceKind::Alertmanager.wire()), Some(SourceKind::Alertmanager));
    assert_eq!(SourceKind::parse("nagios"), None);
}

fn any_event() -> impl Strategy<Value = HomeEvent> {
    let severity = proptest::sample::select(Severity::ALL.to_vec());
    prop_oneof![
        proptest::option::of("[a-c]").prop_map(|name| HomeEvent::PersonAdded { handle: handle("mei"), name }),
        any::<u8>().prop_map(source),
        any::<u8>().prop_map(rotated),
        Just(removed()),
        (severity, proptest::option::of(0..300_u32)).prop_map(|(severity, minutes)| rule(severity, minutes)),
        Just(quiet()),
        (1..12_u128).prop_map(|n| HomeEvent::QuietEnded { quiet: id(n) }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_arrival_does_not_matter(events in proptest::collection::vec(any_event(), 1..20).prop_flat_map(|events| {
        let order: Vec<usize> = (0..events.len()).collect();
        (Just(events), Just(order).prop_shuffle())
    })) {
        let (events, order) = events;
        let records: Vec<Recorded> = events.iter().enumerate().map(|(n, event)| recorded(n as u64 + 1, by("dana"), event.clone())).collect();
        let late: Vec<Recorded> = order.iter().map(|which| records[*which].clone()).collect();
        let mut stepped = Home::default();
        for (recorded, event) in records.iter().zip(&events) {
            stepped.evolve(&recorded.envelope, event);
        }
        prop_assert_eq!(Home::fold(&late), stepped);
    }
}
