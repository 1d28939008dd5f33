//! One of each event ever shipped, and one database of each schema ever released: they must read for ever.
//! `UPDATE_GOLDEN=1 cargo test -p store golden` adds what is missing and never changes what is there.

use super::world::opened;
use super::*;
use crate::codec::{self, PLAIN};
use domain::alerts::AlertEvent;
use domain::home::{HomeEvent, QuietScope, SourceKind};
use domain::incidents::ImpactDetail;
use domain::{AlertSeverity, GroupId, Loudness, NoticeRule, Role, ServiceName, Sound, SourceName, Status};
use std::fs;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden")
}

#[expect(clippy::disallowed_methods, reason = "whether goldens may be added is asked of whoever runs the tests")]
fn updating() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some()
}

/// What a file must hold; it is written where it is missing and may be.
fn hold(name: &str, made: &[u8]) {
    let file = folder().join(name);
    if updating() && !file.exists() {
        fs::create_dir_all(folder()).expect("a folder");
        fs::write(&file, made).expect("written");
    }
    let known = fs::read(&file).unwrap_or_else(|_| panic!("{name} is missing: run the tests once with UPDATE_GOLDEN=1 and look at it"));
    assert_eq!(String::from_utf8_lossy(made), String::from_utf8_lossy(&known), "{name} has changed");
}

fn id(number: u128) -> EventId {
    EventId(Uuid::from_u128(number))
}

/// Every kind of event. A new one does not compile here until it has a place, and fails until it has a sample.
fn place(event: &Event) -> usize {
    use AlertEvent as A;
    use HomeEvent as H;
    use IncidentEvent as I;
    match event {
        Event::Incident(I::Declared(_)) => 0,
        Event::Incident(I::Retitled { .. }) => 1,
        Event::Incident(I::SeveritySet { .. }) => 2,
        Event::Incident(I::StatusSet { .. }) => 3,
        Event::Incident(I::Acknowledged {}) => 4,
        Event::Incident(I::Noted { .. }) => 5,
        Event::Incident(I::Pinned { .. }) => 6,
        Event::Incident(I::Corrected { .. }) => 7,
        Event::Incident(I::Redacted { .. }) => 8,
        Event::Incident(I::RoleAssigned { .. }) => 9,
        Event::Incident(I::RoleReleased { .. }) => 10,
        Event::Incident(I::CommandSet { .. }) => 11,
        Event::Incident(I::CommandConfirmed {}) => 12,
        Event::Incident(I::ImpactStarted(_)) => 13,
        Event::Incident(I::ImpactUpdated { .. }) => 14,
        Event::Incident(I::ImpactEnded { .. }) => 15,
        Event::Incident(I::GroupAttached { .. }) => 16,
        Event::Incident(I::GroupDetached { .. }) => 17,
        Event::Incident(I::NoticeClaimed { .. }) => 18,
        Event::Incident(I::NoticeShown { .. }) => 19,
        Event::Incident(I::NoticeFailed { .. }) => 20,
        Event::Alert(A::Opened(_)) => 21,
        Event::Alert(A::Reopened(_)) => 22,
        Event::Alert(A::Changed { .. }) => 23,
        Event::Alert(A::Resolved { .. }) => 24,
        Event::Alert(A::Lapsed { .. }) => 25,
        Event::Alert(A::GroupAcknowledged {}) => 26,
        Event::Home(H::PersonAdded { .. }) => 27,
        Event::Home(H::SourceAdded { .. }) => 28,
        Event::Home(H::SourceRotated { .. }) => 29,
        Event::Home(H::SourceRemoved { .. }) => 30,
        Event::Home(H::NoticeRuleSet { .. }) => 31,
        Event::Home(H::QuietAdded { .. }) => 32,
        Event::Home(H::QuietEnded { .. }) => 33,
    }
}
const PLACES: usize = 34;

fn samples() -> Vec<Event> {
    incident_samples()
        .into_iter()
        .map(Event::from)
        .chain(alert_samples().into_iter().map(Event::from))
        .chain(home_samples().into_iter().map(Event::from))
        .collect()
}

fn incident_samples() -> Vec<IncidentEvent> {
    use IncidentEvent as I;
    let lee = || Handle("lee".into());
    let group = GroupId(Uuid::from_u128(9));
    let detail = ImpactDetail { share: Some(12.5), services: vec![ServiceName("api".into())], text: Some("EU customers".into()) };
    let I::Declared(mut whole) = declared("Checkout returns 502", 7) else { unreachable!("declared") };
    (whole.groups, whole.services, whole.drill) = (vec![group], vec![ServiceName("payments".into())], true);
    vec![
        I::Declared(whole),
        I::Retitled { title: "Checkout fails".into() },
        I::SeveritySet { severity: Severity::Sev1, reason: Some("all of EU".into()) },
        I::StatusSet { status: Status::Mitigated },
        I::Acknowledged {},
        I::Noted { text: "rolled back".into(), pinned: true },
        I::Pinned { target: id(3), pinned: false },
        I::Corrected { target: id(3), occurred_at: Some(BEGIN), text: Some("rolled forward".into()) },
        I::Redacted { target: id(3), reason: "a password".into(), masked: Box::new(note("[redacted]")) },
        I::RoleAssigned { role: Role::CustomerLiaison, person: lee() },
        I::RoleReleased { role: Role::Scribe, person: lee() },
        I::CommandSet { person: lee(), confirmed: true },
        I::CommandConfirmed {},
        I::ImpactStarted(detail.clone()),
        I::ImpactUpdated { impact: id(4), detail },
        I::ImpactEnded { impact: id(4) },
        I::GroupAttached { group, title: "HighErrorRate".into() },
        I::GroupDetached { group, title: "HighErrorRate".into() },
        I::NoticeClaimed { effect: id(5), round: 2 },
        I::NoticeShown { effect: id(5) },
        I::NoticeFailed { effect: id(5), reason: "no notification service".into() },
    ]
}

fn alert_samples() -> Vec<AlertEvent> {
    let (source, key) = (SourceName("am".into()), String::from("f00d"));
    let mut alert = opened("f00d", AlertSeverity::Critical, BEGIN, 2);
    alert.link = Some("http://127.0.0.1:9090/graph".into());
    alert.annotations = [("summary".to_owned(), "Errors over 5 %".to_owned())].into();
    vec![
        AlertEvent::Opened(alert.clone()),
        AlertEvent::Reopened(alert),
        AlertEvent::Changed { source: source.clone(), key: key.clone(), severity: AlertSeverity::Warning, title: "calmer".into() },
        AlertEvent::Resolved { source: source.clone(), key: key.clone(), ended_at: BEGIN },
        AlertEvent::Lapsed { source, key },
        AlertEvent::GroupAcknowledged {},
    ]
}

fn home_samples() -> Vec<HomeEvent> {
    let name = SourceName("am".into());
    let rule = NoticeRule { loudness: Loudness::Critical, sound: Sound::Bell, repeat_minutes: Some(5) };
    vec![
        HomeEvent::PersonAdded { handle: Handle("lee".into()), name: Some("Lee Example".into()) },
        HomeEvent::SourceAdded { name: name.clone(), kind: SourceKind::Alertmanager, token_hash: [7; 32] },
        HomeEvent::SourceRotated { name: name.clone(), token_hash: [200; 32] },
        HomeEvent::SourceRemoved { name },
        HomeEvent::NoticeRuleSet { severity: Severity::Sev3, rule },
        HomeEvent::QuietAdded {
            scope: QuietScope::GroupUntilOver(GroupId(Uuid::from_u128(9))),
            title: "Flapping".into(),
            reason: "known".into(),
        },
        HomeEvent::QuietEnded { quiet: id(6) },
    ]
}

#[test]
fn golden_events_cover_every_kind() {
    let mut covered: Vec<usize> = samples().iter().map(place).collect();
    covered.sort_unstable();
    assert_eq!(covered, (0..PLACES).collect::<Vec<_>>());
    for event in samples() {
        let name = format!("{}-{}", event.kind(), event.version());
        hold(&format!("{name}.txt"), format!("{event:#?}\n").as_bytes());
        if updating() || !folder().join(format!("{name}.msgpack")).exists() {
            hold(&format!("{name}.msgpack"), &codec::encode(&event).expect("encodes"));
        }
    }
}

#[test]
fn golden_events_read_for_ever() {
    let mut read = 0;
    for file in fs::read_dir(folder()).expect("the golden folder").map(|entry| entry.expect("an entry").path()) {
        if file.extension().is_none_or(|end| end != "msgpack") {
            continue;
        }
        let name = file.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
        let (kind, version) = name.rsplit_once('-').expect("kind-version");
        let event = codec::decode(kind, version.parse().expect("a version"), PLAIN, &fs::read(&file).expect("read"));
        let event = event.unwrap_or_else(|fault| panic!("{name}: {fault}"));
        let known = fs::read_to_string(file.with_extension("txt")).expect("what it meant");
        assert_eq!(format!("{event:#?}\n"), known, "{name} means something else now");
        read += 1;
    }
    assert!(read >= PLACES, "only {read} golden events were there");
}

#[test]
fn golden_shape_of_the_projections() {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502");
    for event in incident_samples().into_iter().skip(1) {
        house.record(Subject::Incident(incident), event);
    }
    let state = ask(&house, |reader| reader.incident(incident)).expect("known");
    let shape = blake3::hash(&codec::pack(&state).expect("packs")).to_hex();
    // Where this fails, raise `codec::PROJECTIONS`: homes out there hold states of the old shape.
    hold(&format!("projections-{}.txt", codec::PROJECTIONS), format!("{shape}\n").as_bytes());
}

#[test]
fn golden_schema() {
    let house = House::new();
    let rows = house.rows("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name");
    let text = |row: &Vec<Value>| match &row[0] {
        Value::Text(sql) => format!("{sql};\n"),
        other => panic!("a text, not {other:?}"),
    };
    let schema: String = rows.iter().map(text).collect();
    hold(&format!("schema-{}.sql", crate::schema::VERSION), schema.as_bytes());
    crate::schema::HISTORY.steps.validate().expect("the steps follow each other");
}

#[test]
fn golden_databases_open() {
    let newest = folder().join(format!("schema-{}.db", crate::schema::VERSION));
    if updating() && !newest.exists() {
        fs::create_dir_all(folder()).expect("a folder");
        make_database(&newest);
    }
    for version in 1..=crate::schema::VERSION {
        let home = tempfile::tempdir().expect("a folder");
        fs::copy(folder().join(format!("schema-{version}.db")), path(home.path())).expect("a database of every schema");
        let mut house = House::open(home);
        let verified = ask(&house, |reader| reader.verify(None));
        assert!(verified.ok && verified.events == PLACES as u64, "{verified:?}");
        let all = crate::IncidentFilter { open_only: false, severity: None, service: None, since: None, limit: 9 };
        let incident = ask(&house, |reader| reader.incidents(&all)).remove(0);
        assert_eq!(incident.title.value, "Checkout fails");
        let before = house.projections();
        house.writer.rebuild().expect("rebuilt");
        assert_eq!(before, house.projections(), "its projections are those of today");
        house.note(incident.id, "goes on");
        house.writer.drain_search(usize::MAX).expect("search reads");
        assert_eq!(ask(&house, |reader| reader.search("goes", 9)).len(), 1);
    }
}

fn make_database(file: &Path) {
    let mut house = House::new();
    let (incident, group) = (IncidentId(house.uuid()), GroupId(house.uuid()));
    for event in samples() {
        let subject = match &event {
            Event::Incident(_) => Subject::Incident(incident),
            Event::Alert(_) => Subject::Group(group),
            Event::Home(_) => Subject::Home,
        };
        house.record(subject, event);
    }
    house.writer.backup_to(file).expect("copied");
}

#[test]
fn fields_from_elsewhere_are_skipped() {
    let told = serde_json::json!({ "incident": { "noted": { "text": "rolled back", "pinned": false, "colour": "red" } } });
    let bytes = rmp_serde::to_vec_named(&told).expect("encodes");
    assert_eq!(codec::decode("incident.noted", 1, PLAIN, &bytes).expect("reads"), note("rolled back").into());
    assert!(codec::decode("incident.noted", 1, PLAIN, &bytes[1..]).is_err(), "damage is said");
    assert!(codec::decode("incident.retitled", 1, PLAIN, &bytes).is_err(), "the kind is part of what was hashed");
    assert!(codec::decode("incident.noted", 2, PLAIN, &bytes).is_err(), "a version from the future is not guessed at");
    assert!(codec::decode("incident.noted", 1, 9, &bytes).is_err(), "nor is an unknown codec");
}
