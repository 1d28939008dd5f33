//! The alarm by example, and what must hold whatever happens.

use super::*;
use crate::home::{Home, HomeEvent};
use crate::matching::{Facts, When};
use crate::quiet::{Known, QuietOrder, QuietScope, dismissal};
use crate::test_support::{by, id, minute};
use crate::{AlertSeverity, Envelope, NoticeRule, ServiceName, SourceName, Subject};
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

fn group(number: u128) -> GroupId {
    GroupId(Uuid::from_u128(number))
}

fn service(name: &str) -> ServiceName {
    ServiceName(name.into())
}

fn of(number: u128, services: &[&str]) -> GroupFacts {
    let services = services.iter().map(|name| service(name)).collect();
    GroupFacts { id: group(number), fires: true, services, acknowledged_by: None, incident: None, noise: None, parent: None }
}

/// The verdict on a group of which one alert is news.
fn verdict(facts: &GroupFacts, severity: AlertSeverity, home: &Home, at: i64) -> Option<Verdict> {
    let (source, none) = (SourceName("eu".into()), BTreeMap::new());
    let service = facts.services.first();
    let facts_of = Facts { source: &source, service, severity, title: "Disk full", labels: &none, annotations: &none };
    judge(facts, &[Candidate { facts: facts_of, quiet_rule: None }], home, minute(at)).map(|judged| judged.verdict)
}

fn then(home: &mut Home, number: u64, event: HomeEvent) {
    let at = minute(number as i64);
    let device = crate::DeviceId(Uuid::nil());
    let (entry, subject) = (by("dana"), Subject::Home);
    let hlc = crate::Hlc::default();
    let envelope = Envelope {
        id: id(u128::from(number)),
        subject,
        occurred_at: at,
        recorded_at: at,
        device,
        device_seq: number,
        hlc,
        entry,
        parents: vec![],
    };
    home.evolve(&envelope, &event);
}

fn rang(home: &mut Home, at: u64, number: u128, worst: AlertSeverity, services: &[&str]) {
    let services = services.iter().map(|name| service(name)).collect();
    then(home, at, HomeEvent::AlarmRang(Rang { groups: vec![group(number)], worst, services }));
}

fn noise(verdict: Verdict, at: i64, severity: AlertSeverity) -> Noise {
    Noise::evolve(None, &verdict, severity, minute(at))
}

/// A group that came and went four times, and is over for the moment.
fn flapping() -> Noise {
    let begun = (-3..=0).map(minute).collect();
    Noise { begun, ..noise(Verdict::Silent(Hush::Over), 0, Error) }
}

use AlertSeverity::{Critical, Error, Info, Warning};

#[test]
fn the_first_rings_and_what_belongs_to_it_does_not() {
    let mut home = Home::default();
    assert_eq!(verdict(&of(1, &["db"]), Error, &home, 1), Some(Verdict::Rings(Because::First)));
    rang(&mut home, 1, 1, Error, &["db"]);
    let together = Some(Verdict::Silent(Hush::Together { rang_at: minute(1) }));
    assert_eq!(verdict(&of(2, &["db"]), Error, &home, 3), together, "the same service");
    assert_eq!(verdict(&of(2, &[]), Error, &home, 3), together, "nobody knows what it is about");
    assert_eq!(verdict(&of(2, &["db"]), Critical, &home, 3), Some(Verdict::Rings(Because::Worse)));
    assert_eq!(verdict(&of(2, &["mail"]), Error, &home, 3), Some(Verdict::Rings(Because::NewService(service("mail")))));
    assert_eq!(verdict(&of(2, &["db"]), Error, &home, 11), Some(Verdict::Rings(Because::First)), "ten minutes later it is another matter");
    assert_eq!(verdict(&of(2, &["db"]), Error, &home, -5), Some(Verdict::Rings(Because::First)), "a clock set back silences nobody");
}

#[test]
fn what_rests_on_the_same_is_no_new_service() {
    let mut home = Home::default();
    for name in ["shop", "search"] {
        let card = crate::catalog::ServiceCard { depends_on: [service("db")].into(), ..Default::default() };
        then(&mut home, 1, HomeEvent::ServiceDescribed { name: service(name), card });
    }
    rang(&mut home, 2, 1, Error, &["shop"]);
    assert!(matches!(verdict(&of(2, &["search"]), Error, &home, 3), Some(Verdict::Silent(Hush::Together { .. }))));
}

#[test]
fn a_storm_breaks_through_only_so_often() {
    let mut home = Home::default();
    for number in 0..20_u64 {
        let name = format!("service-{number}");
        let facts = of(u128::from(number), &[&name]);
        if let Some(Verdict::Rings(_)) = verdict(&facts, Error, &home, 1) {
            rang(&mut home, 1, u128::from(number), Error, &[&name]);
        }
    }
    let alarm = home.alarm.expect("rang");
    assert_eq!((alarm.breaks, alarm.groups.len()), (ALARM_BREAKS_MAX, 1 + ALARM_BREAKS_MAX as usize), "twenty services, four noises");
}

#[test]
fn each_reason_comes_in_the_order_a_person_would_give_it() {
    let home = Home::default();
    let all = GroupFacts {
        incident: Some(IncidentRef("INC-7K3F".into())),
        acknowledged_by: Some("dana".into()),
        noise: Some(flapping()),
        parent: Some((service("db"), group(9))),
        ..of(1, &["shop"])
    };
    let silent = |facts: &GroupFacts| match verdict(facts, Critical, &home, 1) {
        Some(Verdict::Silent(hush)) => hush,
        other => panic!("{other:?}"),
    };
    assert!(matches!(silent(&all), Hush::Attached { .. }));
    let all = GroupFacts { incident: None, ..all };
    assert!(matches!(silent(&all), Hush::Acknowledged { .. }));
    let all = GroupFacts { acknowledged_by: None, ..all };
    assert!(matches!(silent(&all), Hush::Flapping { .. }));
    let all = GroupFacts { noise: None, ..all };
    assert!(matches!(silent(&all), Hush::Parent { .. }));
    let all = GroupFacts { parent: None, ..all };
    assert_eq!(verdict(&all, Info, &home, 1), Some(Verdict::Silent(Hush::TooLow { severity: Severity::Sev5 })));
}

#[test]
fn a_group_that_rang_goes_on_in_silence_until_it_is_worse_or_begins_anew() {
    let home = Home::default();
    let mut facts = of(1, &["db"]);
    facts.noise = Some(noise(Verdict::Rings(Because::First), 1, Error));
    assert_eq!(verdict(&facts, Error, &home, 30), None, "one more alert of it");
    assert_eq!(verdict(&facts, Critical, &home, 30), Some(Verdict::Rings(Because::First)), "worse");
    let over = judge(&GroupFacts { fires: false, ..facts.clone() }, &[], &home, minute(31)).expect("it is over");
    assert_eq!(over.verdict, Verdict::Silent(Hush::Over));
    facts.noise = Some(Noise::evolve(facts.noise, &over.verdict, over.severity, minute(31)));
    assert_eq!(verdict(&facts, Error, &home, 40), Some(Verdict::Rings(Because::First)), "it begins anew");
    assert_eq!(judge(&GroupFacts { fires: false, ..facts }, &[], &home, minute(41)), None, "over is said once");
}

fn ordered(home: &mut Home, at: u64, order: QuietOrder) {
    then(home, at, HomeEvent::QuietSet { order });
}

#[test]
fn what_a_person_ordered_holds_and_then_rings_again() {
    let mut home = Home::default();
    let snooze = QuietOrder {
        shape: Shape::Snoozed,
        scope: QuietScope::Group(group(1)),
        until: minute(20),
        ..dismissal(group(1), "t", "lunch", minute(0))
    };
    ordered(&mut home, 1, snooze);
    let mut facts = of(1, &["db"]);
    let hushed = verdict(&facts, Critical, &home, 2).expect("a verdict");
    assert_eq!(hushed, Verdict::Silent(Hush::Quiet { quiet: id(1), shape: Shape::Snoozed, until: minute(20) }));
    facts.noise = Some(noise(hushed, 2, Critical));
    assert_eq!(verdict(&facts, Critical, &home, 3), None, "said once");
    assert_eq!(verdict(&facts, Critical, &home, 20), Some(Verdict::Rings(Because::Again)), "its time is over and it still fires");
}

#[test]
fn a_group_is_quiet_only_if_all_of_its_news_is() {
    let mut home = Home::default();
    let scope = QuietScope::Alerts(When::parse("env=staging").expect("reads"));
    ordered(
        &mut home,
        1,
        QuietOrder { shape: Shape::Muted, scope, until: minute(90), until_over: false, ..dismissal(group(1), "t", "load test", minute(0)) },
    );
    let (source, none) = (SourceName("eu".into()), BTreeMap::new());
    let staging: BTreeMap<String, String> = [("env".to_owned(), "staging".to_owned())].into();
    let candidate = |labels, severity| {
        let facts = Facts { source: &source, service: None, severity, title: "t", labels, annotations: &none };
        Candidate { facts, quiet_rule: None }
    };
    let facts = of(1, &[]);
    let muted = judge(&facts, &[candidate(&staging, Critical)], &home, minute(2)).expect("a verdict");
    assert!(matches!(muted.verdict, Verdict::Silent(Hush::Quiet { .. })));
    let loud = judge(&facts, &[candidate(&staging, Critical), candidate(&none, Error)], &home, minute(2)).expect("a verdict");
    assert_eq!((loud.verdict, loud.severity), (Verdict::Rings(Because::First), Error), "and as bad as what nothing keeps quiet");
}

#[test]
fn i_know_lets_through_what_nobody_knew() {
    let mut home = Home::default();
    rang(&mut home, 1, 1, Error, &["db"]);
    let known = Some(Known { services: [service("db")].into(), worst: Some(Error) });
    let storm = QuietOrder {
        shape: Shape::Storm,
        scope: QuietScope::Everything,
        until: minute(40),
        until_over: true,
        known,
        ..dismissal(group(1), "Storm", "I know", minute(1))
    };
    ordered(&mut home, 2, storm);
    assert!(matches!(verdict(&of(2, &["db"]), Error, &home, 3), Some(Verdict::Silent(Hush::Quiet { shape: Shape::Storm, .. }))));
    assert_eq!(verdict(&of(2, &["db"]), Critical, &home, 3), Some(Verdict::Rings(Because::Worse)));
    assert_eq!(
        verdict(&of(2, &["mail"]), Warning, &home, 3),
        Some(Verdict::Silent(Hush::TooLow { severity: Severity::Sev4 })),
        "too low at any time"
    );
    assert_eq!(verdict(&of(2, &["mail"]), Error, &home, 3), Some(Verdict::Rings(Because::NewService(service("mail")))));
}

#[test]
fn coming_and_going_is_one_trouble() {
    let at = |minutes: &[i64]| minutes.iter().map(|at| minute(*at)).collect::<Vec<_>>();
    assert_eq!(flaps_until(&at(&[1, 4, 7]), minute(8)), None, "three times is life");
    assert_eq!(flaps_until(&at(&[1, 4, 7, 10]), minute(10)), Some(minute(25)));
    assert_eq!(flaps_until(&at(&[1, 4, 7, 10, 20]), minute(21)), Some(minute(35)), "each return holds it on");
    assert_eq!(flaps_until(&at(&[1, 4, 7, 10]), minute(25)), None, "fifteen minutes of peace end it");
    assert_eq!(flaps_until(&at(&[1, 14, 27, 40]), minute(40)), None, "too far apart");
}

#[test]
fn why_is_one_sentence_and_what_would_change_it() {
    let mut home = Home::default();
    let first = noise(Verdict::Rings(Because::First), 2, Error);
    let told = explain(Some(&first), minute(1), Error, &home);
    assert_eq!(told.sentence, "It rang at 14:02 UTC: nothing else had rung in the ten minutes before.");
    let later = explain(Some(&first), minute(5), Error, &home);
    assert_eq!((later.rang, later.sentence.as_str()), (false, "It made no noise: its group rang at 14:02 UTC and tells of it as one."));
    let muted = QuietOrder {
        shape: Shape::Muted,
        scope: QuietScope::Group(group(1)),
        until: minute(90),
        ..dismissal(group(1), "t", "vendor ticket 4711", minute(0))
    };
    ordered(&mut home, 3, muted);
    let quiet = noise(Verdict::Silent(Hush::Quiet { quiet: id(3), shape: Shape::Muted, until: minute(90) }), 4, Error);
    let told = explain(Some(&quiet), minute(4), Error, &home);
    assert_eq!(told.sentence, "It made no noise: muted by dana until it ends: vendor ticket 4711.");
    assert_eq!(told.change, "End it in the list of what is quiet, or wait until it ends.");
    let hushed = Noise::evolve(Some(first), &Verdict::Silent(Hush::Acknowledged { by: "mei".into() }), Error, minute(6));
    assert_eq!(explain(Some(&hushed), minute(1), Error, &home).sentence, "It rang at 14:02 UTC. Since 14:06 UTC: mei looks at it.");
    for hush in [
        Hush::Rule { rule: "disks".into(), why: "known".into() },
        Hush::Flapping { until: minute(30) },
        Hush::Parent { service: service("db"), group: group(2) },
        Hush::Attached { incident: IncidentRef("INC-7K3F".into()) },
        Hush::TooLow { severity: Severity::Sev4 },
        Hush::Together { rang_at: minute(1) },
    ] {
        let told = explain(Some(&noise(Verdict::Silent(hush.clone()), 2, Error)), minute(2), Error, &home);
        assert!(told.sentence.starts_with("It made no noise: ") && told.sentence.ends_with('.'), "{hush:?}: {}", told.sentence);
        assert!(told.change.ends_with('.') && !told.rang, "{hush:?}: {}", told.change);
    }
}

#[test]
fn the_notice_names_the_worst_and_counts_the_rest() {
    let mut home = Home::default();
    rang(&mut home, 1, 1, Critical, &["db"]);
    let alarm = home.alarm.clone().expect("rang");
    let ringing = |number, title: &str, severity, firing| Ringing { id: group(number), title: title.into(), severity, firing };
    let notice =
        compose(&alarm, &[ringing(2, "Slow", Error, 40), ringing(1, "Disk full", Critical, 1)], 3, &home).expect("somebody must know");
    assert_eq!((notice.summary.as_str(), notice.body.as_str()), ("Critical alert: Disk full", "1 alert fires. 4 more groups wait."));
    assert_eq!(notice.about, crate::notices::About::Alarm { groups: vec![group(1), group(2)] });
    assert_eq!(compose(&alarm, &[], 3, &home), None, "somebody has looked at all that rang");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever comes in whatever order: something critical that nothing keeps quiet rings within the window, or
    /// something at least as bad rang within it.
    #[test]
    fn nothing_critical_is_ever_swallowed(steps in proptest::collection::vec((0..6_u128, 0..4_usize, 0..3_usize, 0..8_i64), 1..40)) {
        let mut home = Home::default();
        then(&mut home, 0, HomeEvent::NoticeRuleSet { severity: Severity::Sev4, rule: NoticeRule::default_for(Severity::Sev3) });
        let mut known: BTreeMap<u128, Noise> = BTreeMap::new();
        let (mut now, mut rings) = (1_i64, vec![]);
        for (number, severity, service, pause) in steps {
            now += pause;
            let severity = AlertSeverity::ALL[severity];
            let name = ["db", "mail", "web"][service];
            let facts = GroupFacts { noise: known.get(&number).cloned(), ..of(number, &[name]) };
            match verdict(&facts, severity, &home, now) {
                Some(verdict) => {
                    if let Verdict::Rings(_) = verdict {
                        rang(&mut home, now as u64, number, severity, &[name]);
                        rings.push((now, severity));
                    }
                    known.insert(number, Noise::evolve(facts.noise, &verdict, severity, minute(now)));
                }
                None => prop_assert!(facts.noise.is_some(), "only what was said before goes without saying"),
            }
            if severity == Critical {
                let own = known[&number].rang.is_some_and(|(_, rang)| rang == Critical);
                let near = rings.iter().any(|(at, rang)| *rang == Critical && now - at < 10);
                prop_assert!(own || near, "a critical alert of {} at {} was swallowed", number, now);
            }
        }
    }
}
