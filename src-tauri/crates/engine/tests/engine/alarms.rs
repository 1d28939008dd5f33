//! The alarm on a real file: one noise for what belongs together, quiet that ends, storms, rules, and what is over.

use domain::alarms::{Hush, Verdict};
use domain::alerts::Signal;
use domain::catalog::ServiceCard;
use domain::home::HomeEvent;
use domain::matching::When;
use domain::notices::{About, Notice, NoticeKey};
use domain::quiet::{Known, QuietOrder, QuietScope, Shape, dismissal};
use domain::rules::Rule;
use domain::{AlertSeverity, GroupId, ServiceName, Severity};
use engine::Act;
use std::time::Duration;
use store::{GroupFilter, GroupRow};
use testkit::{Asked, House, MINUTE, ended, firing};

/// An alert in a group of its own.
fn alert(name: &str, service: &str, severity: AlertSeverity) -> Signal {
    Signal {
        group_key: name.into(),
        group_title: name.into(),
        title: format!("{name} on {service}"),
        service: Some(ServiceName(service.into())),
        severity,
        ..firing(name)
    }
}

async fn groups(house: &House) -> Vec<GroupRow> {
    let all = GroupFilter { waiting_only: false, incident: None, limit: 5_000 };
    house.engine.read(move |reader| reader.groups(&all)).await.expect("read")
}

async fn group(house: &House, title: &str) -> GroupRow {
    groups(house).await.into_iter().find(|group| group.title == title).expect("a group of that name")
}

async fn verdict(house: &House, title: &str) -> Verdict {
    group(house, title).await.noise.expect("it was judged").verdict
}

async fn rang(house: &House, title: &str) -> bool {
    matches!(verdict(house, title).await, Verdict::Rings(_))
}

/// Waits until something holds, looking again after every commit.
async fn until<F: Future<Output = bool>>(house: &House, what: &str, holds: impl Fn() -> F) {
    let mut feed = house.engine.feed().follow();
    while !holds().await {
        let heard = tokio::time::timeout(Duration::from_secs(20), feed.recv()).await;
        assert!(heard.is_ok(), "{what} within 20 s");
    }
}

/// Waits until the alarm's notice is on the record as shown.
async fn on_record(house: &House) {
    until(house, "the notice is on the record", || async {
        house.engine.home().alarm.as_ref().is_some_and(|alarm| alarm.shown_at.is_some())
    })
    .await;
}

/// The alarm's notices so far.
fn alarms(house: &House) -> Vec<Notice> {
    house.hands.shown().into_iter().filter(|notice| matches!(notice.about, About::Alarm { .. })).collect()
}

/// Lets the alarm settle, and waits until so many things were asked of the desktop.
async fn settled(house: &House, count: usize) -> Vec<Asked> {
    house.fast_forward(3_000).await;
    house.hands.asked(count).await
}

async fn quiet(house: &House, order: QuietOrder) {
    house.act(Act::Home(HomeEvent::QuietSet { order })).await.expect("quiet");
}

fn over_group(id: GroupId, shape: Shape, house: &House, minutes: i64) -> QuietOrder {
    let until = house.now().plus_millis(minutes * MINUTE);
    QuietOrder { scope: QuietScope::Group(id), shape, until, ..dismissal(id, "Disk full", "known", house.now()) }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_in_one_breath_is_said_in_one() {
    let house = House::open();
    let many = (0..40).map(|n| alert(&format!("g{n}"), "db", AlertSeverity::Error)).collect();
    house.ingest(many).await;
    settled(&house, 1).await;
    let [notice] = &alarms(&house)[..] else { panic!("one notice: {:?}", alarms(&house)) };
    assert_eq!(notice.body, "1 alert fires. 39 more groups wait.", "one speaks, all are counted");
    let rings =
        groups(&house).await.iter().filter(|group| matches!(group.noise.as_ref().map(|n| &n.verdict), Some(Verdict::Rings(_)))).count();
    assert_eq!(rings, 1);
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_worst_of_a_batch_speaks_and_what_is_worse_later_breaks_through() {
    let house = House::open();
    house.ingest(vec![alert("slow", "db", AlertSeverity::Error), alert("down", "db", AlertSeverity::Critical)]).await;
    settled(&house, 1).await;
    assert_eq!(alarms(&house)[0].summary, "Critical alert: down");
    assert!(!rang(&house, "slow").await, "it belongs to the alarm");
    house.ingest(vec![alert("mail", "mail", AlertSeverity::Error)]).await;
    assert!(rang(&house, "mail").await, "another service");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_called_for_what_somebody_has_seen_to() {
    let house = House::open();
    house.ingest(vec![alert("down", "db", AlertSeverity::Critical)]).await;
    settled(&house, 1).await;
    let id = group(&house, "down").await.id;
    house.act(Act::AcknowledgeGroup(id)).await.expect("acknowledged");
    let asked = house.hands.asked(2).await;
    assert_eq!(asked[1], Asked::Close(NoticeKey::Alarm), "its notice goes");
    house.fast_forward(60 * MINUTE).await;
    house.ingest(vec![Signal { key: "down-2".into(), ..alert("down", "db", AlertSeverity::Critical) }]).await;
    house.fast_forward(MINUTE).await;
    assert_eq!(alarms(&house).len(), 1, "an acknowledged group rings for nothing that joins it");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alarm_comes_again_until_somebody_answers() {
    let house = House::open();
    house.ingest(vec![alert("down", "db", AlertSeverity::Critical)]).await;
    settled(&house, 1).await;
    on_record(&house).await;
    house.fast_forward(10 * MINUTE).await;
    house.hands.asked(2).await;
    assert_eq!(alarms(&house).len(), 2, "a critical alert is as loud as SEV2, which repeats every ten minutes");
    house.ingest(vec![ended("down", house.now())]).await;
    let asked = house.hands.asked(3).await;
    assert_eq!(asked[2], Asked::Close(NoticeKey::Alarm), "over is an answer");
    house.fast_forward(60 * MINUTE).await;
    assert_eq!(alarms(&house).len(), 2);
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snooze_ends_and_what_still_fires_rings() {
    let house = House::open();
    house.ingest(vec![alert("down", "db", AlertSeverity::Critical)]).await;
    settled(&house, 1).await;
    let id = group(&house, "down").await.id;
    quiet(&house, over_group(id, Shape::Snoozed, &house, 30)).await;
    assert!(matches!(verdict(&house, "down").await, Verdict::Silent(Hush::Quiet { shape: Shape::Snoozed, .. })));
    assert_eq!(house.hands.asked(2).await[1], Asked::Close(NoticeKey::Alarm), "snoozed is an answer");
    house.fast_forward(29 * MINUTE).await;
    assert!(!rang(&house, "down").await);
    house.fast_forward(2 * MINUTE).await;
    until(&house, "its time is over and it still fires", || rang(&house, "down")).await;
    settled(&house, 3).await;
    assert!(house.engine.home().quiet.is_empty(), "a quiet that has ended is off the list");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mute_until_it_ends_tells_the_end() {
    let house = House::open();
    house.ingest(vec![alert("down", "db", AlertSeverity::Error)]).await;
    let id = group(&house, "down").await.id;
    quiet(&house, over_group(id, Shape::Muted, &house, 600)).await;
    house.ingest(vec![ended("down", house.now())]).await;
    house.fast_forward(MINUTE).await;
    let asked = house.hands.asked(2).await;
    let told = asked.iter().filter_map(|asked| match asked {
        Asked::Show(notice, _) => Some(notice.summary.as_str()),
        Asked::Close(_) => None,
    });
    assert!(told.into_iter().any(|summary| summary == "Ended: Disk full"), "{asked:?}");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn i_know_holds_the_storm_and_counts_on() {
    let house = House::open();
    house.ingest(vec![alert("a", "db", AlertSeverity::Error)]).await;
    settled(&house, 1).await;
    let known = Some(Known { services: [ServiceName("db".into())].into(), worst: Some(AlertSeverity::Error) });
    let until = house.now().plus_millis(30 * MINUTE);
    let id = group(&house, "a").await.id;
    let storm =
        QuietOrder { scope: QuietScope::Everything, shape: Shape::Storm, until, known, ..dismissal(id, "Storm", "I know", house.now()) };
    quiet(&house, storm).await;
    house.fast_forward(15 * MINUTE).await;
    house.ingest((0..30).map(|n| alert(&format!("s{n}"), "db", AlertSeverity::Error)).collect()).await;
    assert!(matches!(verdict(&house, "s7").await, Verdict::Silent(Hush::Quiet { shape: Shape::Storm, .. })), "held");
    house.ingest(vec![alert("mail", "mail", AlertSeverity::Error), alert("worse", "db", AlertSeverity::Critical)]).await;
    assert!(rang(&house, "mail").await && rang(&house, "worse").await, "a new service and a higher severity break through");
    let all: Vec<Signal> = groups(&house).await.iter().map(|group| ended(&group.title, house.now())).collect();
    house.ingest(all).await;
    assert!(house.engine.home().quiet.is_empty(), "with the last of it, the storm is over");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_raises_lowers_quiets_groups_and_declares() {
    let house = House::open();
    let rule = |name: &str, when: &str| Rule::new(name, When::parse(when).expect("reads"));
    let rules = vec![
        Rule { quiet: Some("known".into()), ..rule("staging", "service=staging") },
        Rule { severity: Some(AlertSeverity::Critical), group: Some("shop".into()), ..rule("shop", "service=shop") },
        Rule { declare: Some(Severity::Sev1), ..rule("till", "service=till severity>=error") },
    ];
    house.act(Act::Home(HomeEvent::RulesSet { rules })).await.expect("set");
    house
        .ingest(vec![
            alert("x", "staging", AlertSeverity::Critical),
            alert("a", "shop", AlertSeverity::Warning),
            alert("b", "shop", AlertSeverity::Info),
            alert("till-a", "till", AlertSeverity::Error),
        ])
        .await;
    assert!(matches!(verdict(&house, "x").await, Verdict::Silent(Hush::Rule { .. })));
    let shop = group(&house, "shop").await;
    assert_eq!((shop.count, shop.severity), (2, AlertSeverity::Critical), "one group, as bad as the rule says");
    let till = group(&house, "till-a").await;
    let (incident, _) = till.incident.expect("the rule declared");
    assert_eq!(house.incident(incident).await.severity.value, Severity::Sev1);
    house.ingest(vec![Signal { key: "till-b".into(), ..alert("till-a", "till", AlertSeverity::Error) }]).await;
    let open = house.engine.read(|reader| reader.incidents(&every())).await.expect("read");
    assert_eq!(open.len(), 1, "once a group");
    let hits = house.engine.read(|reader| reader.rule_hits(domain::Timestamp(0))).await.expect("read");
    assert_eq!(hits.iter().map(|hit| (hit.rule.as_str(), hit.hits)).collect::<Vec<_>>(), [("shop", 2), ("staging", 1), ("till", 2)]);
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clocks_of_what_a_rule_declares_run_though_nobody_commanded_anything() {
    let house = House::open();
    let rule = Rule { declare: Some(Severity::Sev1), ..Rule::new("till", When::parse("service=till").expect("reads")) };
    house.act(Act::Home(HomeEvent::RulesSet { rules: vec![rule] })).await.expect("set");
    house.ingest(vec![alert("till", "till", AlertSeverity::Critical)]).await;
    let (incident, _) = group(&house, "till").await.incident.expect("the rule declared");
    let tomorrow = house.now().plus_millis(24 * 60 * MINUTE);
    let wakes = house.engine.read(move |reader| reader.due_wakes(tomorrow, 9)).await.expect("read");
    assert_eq!(wakes, [incident], "its clocks are looked at by then, whatever becomes of its notice");
    house.engine.stop().await;
}

fn every() -> store::IncidentFilter {
    store::IncidentFilter { open_only: false, severity: None, service: None, since: None, limit: 9 }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_rests_on_what_is_down_is_quiet_until_that_is_back() {
    let house = House::open();
    let card = ServiceCard { depends_on: [ServiceName("db".into())].into(), ..ServiceCard::default() };
    house.act(Act::Home(HomeEvent::ServiceDescribed { name: ServiceName("shop".into()), card })).await.expect("described");
    house.ingest(vec![alert("db-down", "db", AlertSeverity::Critical)]).await;
    house.ingest(vec![alert("shop-down", "shop", AlertSeverity::Critical)]).await;
    assert!(matches!(verdict(&house, "shop-down").await, Verdict::Silent(Hush::Parent { .. })));
    house.fast_forward(20 * MINUTE).await;
    house.ingest(vec![ended("db-down", house.now())]).await;
    assert!(rang(&house, "shop-down").await, "the parent is back and the child still fires");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn coming_and_going_rings_a_few_times_and_then_is_one_trouble() {
    let house = House::open();
    let mut rings = 0;
    for round in 0..8 {
        let again = Signal { episode: format!("{round}"), started_at: house.now(), ..alert("flap", "db", AlertSeverity::Critical) };
        house.ingest(vec![again]).await;
        rings += usize::from(rang(&house, "flap").await);
        house.fast_forward(MINUTE).await;
        house.ingest(vec![Signal { episode: format!("{round}"), ..ended("flap", house.now()) }]).await;
        house.fast_forward(30_000).await;
    }
    assert!(rings <= 3, "{rings} noises of eight beginnings");
    let again = Signal { episode: "last".into(), started_at: house.now(), ..alert("flap", "db", AlertSeverity::Critical) };
    house.ingest(vec![again]).await;
    assert!(matches!(verdict(&house, "flap").await, Verdict::Silent(Hush::Flapping { .. })));
    house.fast_forward(16 * MINUTE).await;
    until(&house, "fifteen minutes without a return, and it still fires", || rang(&house, "flap")).await;
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_in_the_middle_of_a_storm_calls_nobody_twice() {
    let house = House::open();
    house.ingest((0..20).map(|n| alert(&format!("g{n}"), "db", AlertSeverity::Critical)).collect()).await;
    settled(&house, 1).await;
    let house = house.restart().await;
    house.ingest((0..20).map(|n| alert(&format!("g{n}"), "db", AlertSeverity::Critical)).collect()).await;
    house.ingest((20..40).map(|n| alert(&format!("g{n}"), "db", AlertSeverity::Critical)).collect()).await;
    house.fast_forward(MINUTE).await;
    assert_eq!(alarms(&house), [], "repeats and what belongs to the alarm");
    assert_eq!(groups(&house).await.len(), 40, "and nothing that was answered is lost");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_given_in_one_go_are_judged_by_what_they_come_to() {
    let house = House::open();
    house.ingest(vec![alert("Disk", "db", AlertSeverity::Critical)]).await;
    let disk = group(&house, "Disk").await.id;
    let snooze = |minutes: i64| {
        let now = house.now();
        let until = now.plus_millis(minutes * MINUTE);
        HomeEvent::QuietSet {
            order: QuietOrder { shape: Shape::Snoozed, until, until_over: false, ..dismissal(disk, "Disk", "not now", now) },
        }
    };
    let first = house.act(Act::Home(snooze(60))).await.expect("a snooze").events[0];
    house.fast_forward(20 * MINUTE).await;
    let rang_by = house.engine.home().alarm.as_ref().map(|alarm| alarm.id);
    house.act(Act::HomeAll(vec![HomeEvent::QuietEnded { quiet: first }, snooze(120)])).await.expect("another in its place");
    assert!(!rang(&house, "Disk").await, "it is quiet before and after");
    assert_eq!(house.engine.home().alarm.as_ref().map(|alarm| alarm.id), rang_by, "and nothing rang between");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_looks_no_more_gives_it_back_and_it_may_ring() {
    let house = House::open();
    house.ingest(vec![alert("down", "db", AlertSeverity::Critical)]).await;
    let id = group(&house, "down").await.id;
    house.act(Act::AcknowledgeGroup(id)).await.expect("acknowledged");
    assert!(!rang(&house, "down").await, "somebody looks");
    house.act(Act::ReleaseGroup(id)).await.expect("released");
    assert!(rang(&house, "down").await, "nobody looks, and it fires");
    assert_eq!(group(&house, "down").await.acknowledged_by, None);
    assert!(house.act(Act::ReleaseGroup(id)).await.is_err(), "once");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_keeps_nothing_quiet_for_ever() {
    let house = House::open();
    let quiet = Rule { quiet: Some("known".into()), ..Rule::new("staging", When::parse("service=staging").expect("reads")) };
    house.act(Act::Home(HomeEvent::RulesSet { rules: vec![quiet.clone()] })).await.expect("set");
    house.ingest(vec![alert("x", "staging", AlertSeverity::Critical)]).await;
    assert!(matches!(verdict(&house, "x").await, Verdict::Silent(Hush::Rule { .. })));
    house.fast_forward(60 * 24 * 60 * MINUTE).await;
    house.act(Act::Home(HomeEvent::RulesSet { rules: vec![quiet] })).await.expect("the same again says so again");
    house.fast_forward(60 * 24 * 60 * MINUTE).await;
    assert!(!rang(&house, "x").await, "sixty days after it was said again");
    house.fast_forward(31 * 24 * 60 * MINUTE).await;
    until(&house, "ninety days are over, and it still fires", || rang(&house, "x")).await;
    house.engine.stop().await;
}
