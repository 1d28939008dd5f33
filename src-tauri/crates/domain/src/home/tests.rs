//! The home: what may be said of it, and what follows.

use super::*;
use crate::notices::REPEAT_LIMIT_MINUTES;
use crate::quiet::{QuietOrder, QuietScope, Shape, dismissal};
use crate::test_support::{by, handle, id, machine, minute};
use crate::{CONDITIONS, ChannelName, DeviceId, Entry, Hlc, Loudness, REACHES, Role, Sound, Status, Subject};
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
        let event = super::decide(&home, event.clone(), minute(number as i64 + 1)).expect("may be recorded");
        home.evolve(&recorded(number as u64 + 1, by("dana"), event.clone()).envelope, &event);
    }
    home
}

/// Decides early in the home's life.
fn decide(home: &Home, event: HomeEvent) -> Result<HomeEvent, HomeRejection> {
    super::decide(home, event, minute(9))
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
    assert_eq!((event, why.owner.as_str(), why.order.reason.as_str(), why.since), (id(1), "dana", "known", minute(1)));
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
    assert_eq!(SourceKind::parse("pigeon"), None);
}

fn described(card: Card) -> HomeEvent {
    HomeEvent::PersonDescribed { handle: handle("mei"), card }
}

fn card(zone: &str, shift: &str) -> Card {
    Card { zone: Some(zone.into()), shift: Shift::parse(shift), ..Card::default() }
}

#[test]
fn a_card_says_all_that_is_known_and_replaces_what_was() {
    let whole = Card { roles: vec![Role::Scribe], phone: Some("+49 30 1234".into()), ..card("Europe/Berlin", "mon-fri 9-17") };
    let known = home(&[person(Some("Mei Tanaka")), described(whole.clone())]);
    assert_eq!(
        (known.people[&handle("mei")].card.clone(), known.people[&handle("mei")].name.as_deref()),
        (whole.clone(), Some("Mei Tanaka"))
    );
    assert_eq!(decide(&known, described(whole)), Err(HomeRejection::NothingToChange));
    let bare = home(&[person(None), described(card("Europe/Berlin", "mon-fri 9-17")), described(Card::default())]);
    assert_eq!(bare.people[&handle("mei")].card, Card::default(), "a number that is gone is gone");
    assert_eq!(decide(&Home::default(), described(Card::default())), Err(HomeRejection::NoPerson(handle("mei"))));
}

#[test]
fn a_card_has_a_zone_that_exists_and_fields_that_fit() {
    let known = home(&[person(None)]);
    for wrong in ["Berlin", "CEST+2", ""] {
        let refused = Err(HomeRejection::NoZone(wrong.into()));
        assert_eq!(decide(&known, described(Card { zone: Some(wrong.into()), ..Card::default() })), refused);
    }
    let long = || Some("x".repeat(FIELD_LIMIT + 1));
    for wrong in
        [Card { phone: long(), ..Card::default() }, Card { mail: long(), ..Card::default() }, Card { chat: long(), ..Card::default() }]
    {
        assert_eq!(decide(&known, described(wrong)), Err(HomeRejection::FieldTooLong));
    }
    assert!(decide(&known, described(Card { mail: Some("x".repeat(FIELD_LIMIT)), ..Card::default() })).is_ok());
}

#[test]
fn who_is_removed_may_come_back() {
    let gone = HomeEvent::PersonRemoved { handle: handle("mei") };
    assert_eq!(decide(&Home::default(), gone.clone()), Err(HomeRejection::NoPerson(handle("mei"))));
    let back = home(&[person(None), described(card("Asia/Tokyo", "9-17")), gone, person(None)]);
    assert_eq!(back.people[&handle("mei")].card, Card::default());
}

#[test]
fn somebody_is_on_shift_by_the_book() {
    let at = |text| Timestamp::parse_rfc3339(text).expect("a time");
    let on = |card: Card, when| home(&[person(None), described(card)]).on_shift(&handle("mei"), at(when));
    let berlin = |shift, when| on(card("Europe/Berlin", shift), when);
    let (until, from) = (|text| Some(OnShift::Until(at(text))), |text| Some(OnShift::From(at(text))));
    assert_eq!(berlin("mon-fri 9-17", "2026-03-09T12:00:00Z"), until("2026-03-09T16:00:00Z"));
    assert_eq!(berlin("mon-fri 9-17", "2026-03-09T16:00:00Z"), from("2026-03-10T08:00:00Z"), "five o'clock is off");
    assert_eq!(on(Card { shift: Shift::parse("9-17"), ..Card::default() }, "2026-03-09T12:00:00Z"), None, "nobody knows whose nine");
    assert_eq!(on(Card { zone: Some("Asia/Tokyo".into()), ..Card::default() }, "2026-03-09T12:00:00Z"), None);
    assert_eq!(Home::default().on_shift(&handle("mei"), at("2026-03-09T12:00:00Z")), None);
}

#[test]
fn shifts_keep_to_the_wall_when_clocks_change() {
    let at = |text| Timestamp::parse_rfc3339(text).expect("a time");
    let on = |shift, when| home(&[person(None), described(card("Europe/Berlin", shift))]).on_shift(&handle("mei"), at(when));
    let (until, from) = (|text| Some(OnShift::Until(at(text))), |text| Some(OnShift::From(at(text))));
    // The night of 29 March 2026 has no 02:30; that of 25 October has two.
    assert_eq!(on("sat 22:00-06:00", "2026-03-28T21:30:00Z"), until("2026-03-29T04:00:00Z"), "seven hours long");
    assert_eq!(on("sat 22:00-06:00", "2026-10-24T20:30:00Z"), until("2026-10-25T05:00:00Z"), "nine hours long");
    assert_eq!(on("sun 02:30-10:00", "2026-03-29T00:45:00Z"), from("2026-03-29T01:30:00Z"), "begins after the gap");
    assert_eq!(on("sun 02:30-10:00", "2026-10-25T00:15:00Z"), from("2026-10-25T00:30:00Z"), "the first of the two");
    assert_eq!(on("sun 02:30-10:00", "2026-10-25T01:15:00Z"), until("2026-10-25T09:00:00Z"), "02:15 again, and long begun");
    assert_eq!(on("mon 9-17", "2026-03-29T12:00:00Z"), from("2026-03-30T07:00:00Z"), "nine o'clock is an hour earlier");
}

fn channel(kind: ChannelKind) -> HomeEvent {
    HomeEvent::ChannelAdded { name: ChannelName("war-room".into()), kind, to: Some("hooks.example.org".into()) }
}

#[test]
fn a_channel_is_added_and_removed_under_its_name() {
    let name = || ChannelName("war-room".into());
    let known = home(&[channel(ChannelKind::Slack)]);
    assert_eq!((known.channels[&name()].kind, known.channels[&name()].kind.sends()), (ChannelKind::Slack, true));
    assert_eq!(decide(&known, channel(ChannelKind::Mail)), Err(HomeRejection::ChannelExists(name())));
    let removed = || HomeEvent::ChannelRemoved { name: name() };
    assert_eq!(decide(&Home::default(), removed()), Err(HomeRejection::NoChannel(name())));
    assert_eq!(home(&[channel(ChannelKind::Slack), removed(), channel(ChannelKind::Mail)]).channels[&name()].kind, ChannelKind::Mail);
    for kind in ChannelKind::ALL {
        assert_eq!(ChannelKind::parse(&kind.label().to_uppercase()), Some(kind));
    }
    assert!(!ChannelKind::Mail.sends(), "mail is drafted, never sent by itself");
}

#[test]
fn rhythms_and_targets_run_a_minute_to_a_week() {
    let severity = Severity::Sev1;
    let cadence = |every_minutes| HomeEvent::CadenceSet { severity, cadence: Cadence { every_minutes, ..Cadence::default_for(severity) } };
    let targets = |acknowledge_minutes| HomeEvent::TargetsSet {
        severity,
        targets: Targets { acknowledge_minutes, ..Targets::default_for(severity) },
    };
    for wrong in [0, MINUTES_LIMIT + 1] {
        assert_eq!(decide(&Home::default(), cadence(wrong)), Err(HomeRejection::MinutesOutOfRange));
        assert_eq!(decide(&Home::default(), targets(Some(wrong))), Err(HomeRejection::MinutesOutOfRange));
    }
    let set = home(&[cadence(15), targets(None)]);
    assert_eq!((set.cadence(severity).every_minutes, set.targets(severity).acknowledge_minutes), (15, None), "no such clock");
    assert_eq!(set.cadence(Severity::Sev2), Cadence::default_for(Severity::Sev2), "the others keep the default");
    assert_eq!(decide(&set, cadence(15)), Err(HomeRejection::NothingToChange));
    assert_eq!(decide(&set, targets(None)), Err(HomeRejection::NothingToChange));
    for severity in Severity::ALL {
        let Cadence { every_minutes, long_minutes, .. } = Cadence::default_for(severity);
        assert!(every_minutes <= long_minutes && Targets::default_for(severity).pauses == [Status::Monitoring], "{severity:?}");
    }
}

#[test]
fn a_matrix_never_rates_more_people_less_bad() {
    let set = |matrix| HomeEvent::MatrixSet { matrix };
    assert_eq!(decide(&Home::default(), set(Matrix::default())), Err(HomeRejection::NothingToChange));
    for (row, condition) in CONDITIONS.into_iter().enumerate() {
        for (column, reach) in REACHES.into_iter().enumerate().skip(1) {
            let mut wrong = Matrix { rows: [[Severity::Sev3; 4]; 4] };
            wrong.rows[row][column] = Severity::Sev1;
            assert_eq!(decide(&Home::default(), set(wrong)), Err(HomeRejection::MatrixTurnedRound(condition, reach)));
            assert_eq!(wrong.severity(condition, reach), Severity::Sev1, "read by its row and column");
        }
    }
    let flat = Matrix { rows: [[Severity::Sev2; 4]; 4] };
    assert_eq!(home(&[set(flat)]).matrix, flat, "all the same is a matter of taste");
}

#[test]
fn people_meet_by_the_homes_rule() {
    let rule = |rule| HomeEvent::BridgeRuleSet { rule };
    let fixed = |url: &str| rule(BridgeRule::Fixed { url: url.into() });
    assert_eq!(decide(&Home::default(), rule(BridgeRule::None)), Err(HomeRejection::NothingToChange));
    for wrong in ["meet.example.org", "javascript:alert(1)", "https://a b", "https://"] {
        assert_eq!(decide(&Home::default(), fixed(wrong)), Err(HomeRejection::NotAnAddress));
        assert_eq!(decide(&Home::default(), rule(BridgeRule::Jitsi { server: wrong.into() })), Err(HomeRejection::NotAnAddress));
    }
    let set = home(&[fixed("https://meet.example.org/room")]);
    assert_eq!(set.bridge, BridgeRule::Fixed { url: "https://meet.example.org/room".into() });
    assert_eq!(home(&[fixed("https://meet.example.org/room"), rule(BridgeRule::None)]).bridge, BridgeRule::None);
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
        proptest::option::of("[a-c]").prop_map(|chat| described(Card { chat, ..Card::default() })),
        Just(HomeEvent::PersonRemoved { handle: handle("mei") }),
        proptest::sample::select(ChannelKind::ALL.to_vec()).prop_map(channel),
        Just(HomeEvent::ChannelRemoved { name: ChannelName("war-room".into()) }),
        any::<u32>().prop_map(|minutes| HomeEvent::CadenceSet {
            severity: Severity::Sev1,
            cadence: Cadence { every_minutes: minutes, ..Cadence::default_for(Severity::Sev1) },
        }),
        proptest::option::of(any::<u32>()).prop_map(|minutes| HomeEvent::TargetsSet {
            severity: Severity::Sev1,
            targets: Targets { resolve_minutes: minutes, ..Targets::default_for(Severity::Sev1) },
        }),
        "[a-c]".prop_map(|url| HomeEvent::BridgeRuleSet { rule: BridgeRule::Fixed { url } }),
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

fn asked(settings: SourceSettings) -> HomeEvent {
    HomeEvent::SourceSet { name: SourceName("eu".into()), settings }
}

fn of_kind(kind: SourceKind) -> HomeEvent {
    HomeEvent::SourceAdded { name: SourceName("eu".into()), kind, token_hash: [1; 32] }
}

#[test]
fn a_source_that_is_asked_needs_to_be_found() {
    let pulled = home(&[of_kind(SourceKind::PrometheusPull)]);
    let at = |url: &str| SourceSettings { url: Some(url.into()), ..SourceSettings::default() };
    assert_eq!(decide(&pulled, asked(SourceSettings::default())), Err(HomeRejection::NoUrl));
    assert_eq!(decide(&pulled, asked(at("ftp://x"))), Err(HomeRejection::NoUrl));
    assert!(decide(&pulled, asked(at("http://127.0.0.1:9090"))).is_ok());
    let probe = home(&[of_kind(SourceKind::TcpProbe)]);
    assert_eq!(decide(&probe, asked(at("http://db"))), Err(HomeRejection::NoHostAndPort));
    assert!(decide(&probe, asked(at("db.example:5432"))).is_ok());
    for (settings, refused) in [
        (SourceSettings { every_secs: Some(1), ..at("http://x") }, HomeRejection::EveryOutOfRange),
        (SourceSettings { silent_minutes: Some(0), ..at("http://x") }, HomeRejection::SilenceOutOfRange),
        (SourceSettings { mapping: Some("x".repeat(MAPPING_LIMIT + 1)), ..at("http://x") }, HomeRejection::MappingTooLong),
        (
            SourceSettings { expect: Some(Expect { tries: Some(11), ..Expect::default() }), ..at("http://x") },
            HomeRejection::TriesOutOfRange,
        ),
    ] {
        assert_eq!(decide(&pulled, asked(settings)), Err(refused));
    }
}

#[test]
fn what_is_set_of_a_source_goes_with_it() {
    let settings = SourceSettings { url: Some("http://x".into()), ..SourceSettings::default() };
    let set = home(&[of_kind(SourceKind::PrometheusPull), asked(settings.clone())]);
    assert_eq!(set.sources[&SourceName("eu".into())].settings, settings);
    assert_eq!(decide(&set, asked(settings)), Err(HomeRejection::NothingToChange));
    let anew = home(&[of_kind(SourceKind::PrometheusPull), removed(), of_kind(SourceKind::Alertmanager)]);
    assert_eq!(anew.sources[&SourceName("eu".into())].settings, SourceSettings::default());
}

#[test]
fn one_order_a_group_and_a_dismissal_is_one() {
    let snooze = |until| HomeEvent::QuietSet {
        order: QuietOrder {
            shape: Shape::Snoozed,
            scope: QuietScope::Group(group()),
            until,
            ..dismissal(group(), "Disk full", "lunch", minute(0))
        },
    };
    let dismissed = home(&[quiet()]);
    assert_eq!(decide(&dismissed, snooze(minute(60))), Err(HomeRejection::QuietAlready));
    let why = dismissed.quiet_of(group()).expect("quiet").1;
    assert_eq!((why.order.shape, why.order.until_over), (Shape::Dismissed, true));
    assert_eq!(why.order.until, minute(1).plus_millis(quiet::DISMISSED_DAYS * 86_400_000), "none is endless, those first recorded neither");
    assert!(decide(&Home::default(), snooze(minute(60))).is_ok());
    assert!(matches!(decide(&Home::default(), snooze(minute(1))), Err(HomeRejection::Quiet(_))), "it would have ended");
}

#[test]
fn a_silent_source_is_told_once_and_forgotten_with_it() {
    let silent = HomeEvent::SourceSilent { name: SourceName("eu".into()), since: minute(1) };
    let told = home(&[of_kind(SourceKind::Alertmanager), silent.clone()]);
    assert_eq!(decide(&told, silent), Err(HomeRejection::NothingToChange));
    let gone =
        home(&[of_kind(SourceKind::Alertmanager), HomeEvent::SourceSilent { name: SourceName("eu".into()), since: minute(1) }, removed()]);
    assert!(gone.silent.is_empty(), "what is removed cannot be missed");
    assert_eq!(decide(&Home::default(), HomeEvent::BackOnline {}), Err(HomeRejection::NothingToChange), "it was never cut off");
}
