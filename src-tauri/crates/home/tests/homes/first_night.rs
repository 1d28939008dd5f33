//! The first night: a laptop wakes at three into a storm, and later loses its network. Real HTTP, a clock that is put.

use crate::{Place, ask};
use api::Request;
use api::dto::{
    AddPerson, AddSource, EarsView, ImportServices, InboxView, ListIncidents, Nothing, OneAlert, SourceCreated, SourceView, WhyView,
};
use domain::home::SourceSettings;
use domain::notices::{About, Notice};
use domain::{Handle, SourceName, Timestamp};
use engine::ports::Clock as _;
use home::{Opened, Options, Ports};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};
use testkit::{Cable, FakeClock, Hands};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Minutes that the storm takes, and alerts in each of them but the last.
const MINUTES: usize = 6;
const A_MINUTE: usize = 66;
/// When a service breaks through that rests on nothing that is down.
const BREAKS_AT: usize = 3;

struct Night {
    clock: Arc<FakeClock>,
    cable: Arc<Cable>,
    hands: Arc<Hands>,
    opened: Opened,
}

impl Night {
    async fn begin(place: &Place) -> Self {
        let clock = Arc::new(FakeClock::at(at("00:50:00")));
        let (cable, hands) = (Arc::new(Cable::default()), Arc::new(Hands::default()));
        let ports = Ports { clock: clock.clone(), network: cable.clone(), ..Ports::default() };
        let listen = Some("127.0.0.1:0".to_owned());
        let opened = home::open(Options { listen, ports, ..Options::desktop(place.home(), hands.clone()) }).await.expect("it opens");
        Self { clock, cable, hands, opened }
    }

    /// Puts the clock, and gives the home a reason to look at it at once.
    async fn at(&self, time: &str) {
        self.clock.set(at(time));
        let handle = Handle(format!("at-{}", time.replace(':', "-")));
        ask(&self.opened, Request::PersonAdd(AddPerson { handle, name: None })).await.expect("added");
    }

    async fn read<T: serde::de::DeserializeOwned>(&self, request: Request) -> T {
        serde_json::from_value(ask(&self.opened, request).await.expect("answered")).expect("its form")
    }

    async fn inbox(&self) -> InboxView {
        self.read(Request::InboxOp(Nothing {})).await
    }

    async fn source(&self, name: &str) -> SourceCreated {
        let settings = Some(SourceSettings { silent_minutes: Some(5), ..SourceSettings::default() });
        self.read(Request::SourceAdd(AddSource { kind: "alertmanager".into(), name: SourceName(name.into()), settings, secret: None }))
            .await
    }

    /// What was shown so far of one kind.
    fn shown(&self, kind: impl Fn(&About) -> bool) -> Vec<Notice> {
        self.hands.shown().into_iter().filter(|notice| kind(&notice.about)).collect()
    }

    fn alarms(&self) -> Vec<Notice> {
        self.shown(|about| matches!(about, About::Alarm { .. }))
    }

    fn ears_said(&self) -> Vec<String> {
        self.shown(|about| *about == About::Ears).into_iter().map(|notice| notice.summary).collect()
    }

    async fn rang(&self, times: usize) {
        self.until("the alarm is shown", || async { self.alarms().len() >= times }).await;
    }

    /// Asks until it holds; fails, naming `what`, after 20 s.
    async fn until<F: Future<Output = bool>>(&self, what: &str, holds: impl Fn() -> F) {
        let begun = Instant::now();
        while !holds().await {
            assert!(begun.elapsed() < Duration::from_secs(20), "{what} within 20 s; shown: {:?}", self.hands.shown());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

fn at(time: &str) -> Timestamp {
    Timestamp::parse_rfc3339(&format!("2026-11-23T{time}Z")).expect("a time of that night")
}

/// Sends what an Alertmanager would of one group, and waits until it is on disk.
async fn send(to: &SourceCreated, group: &str, alerts: Vec<Value>) {
    let body = json!({ "version": "4", "groupKey": group, "status": "firing", "receiver": "muster", "groupLabels": { "alertname": group },
        "commonLabels": {}, "commonAnnotations": {}, "externalURL": "http://alertmanager.example", "alerts": alerts })
    .to_string();
    let (host, path) = to.url.trim_start_matches("http://").split_once('/').expect("an address");
    let mut stream = TcpStream::connect(host).await.expect("the door is open");
    let mut request = format!("POST /{path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nConnection: close\r\n");
    write!(request, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("text");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("answered");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

fn alert(key: &str, service: &str, severity: &str, now: Timestamp) -> Value {
    json!({ "status": "firing", "labels": { "alertname": "ErrorRateHigh", "instance": key, "service": service, "severity": severity },
        "annotations": { "summary": format!("{key} of {service} fails") }, "startsAt": now.to_string(),
        "endsAt": "0001-01-01T00:00:00Z", "fingerprint": key })
}

/// Twenty services that rest on one database, and one that does not.
fn catalogue() -> String {
    let mut text = String::from("services:\n  - name: db\n  - name: mail\n");
    for n in 0..20 {
        writeln!(text, "  - name: shop-{n}\n    depends_on: db").expect("text");
    }
    text
}

/// Sends the storm, four hundred alerts in all, and answers their keys.
async fn storm(night: &Night, sources: &[SourceCreated]) -> Vec<String> {
    let mut keys = vec![];
    for minute in 0..MINUTES {
        night.at(&format!("03:{:02}:30", minute + 1)).await;
        let many = if minute + 1 == MINUTES { 400 - keys.len() } else { A_MINUTE };
        for chunk in 0..11 {
            let place = |n: usize| (many * chunk / 11..many * (chunk + 1) / 11).nth(n);
            let alerts: Vec<(String, usize)> = (0..many).map_while(place).map(|n| (format!("m{minute}n{n}"), n % 20)).collect();
            let sent = alerts.iter().map(|(key, shop)| alert(key, &format!("shop-{shop}"), "critical", night.clock.now())).collect();
            send(&sources[chunk % sources.len()], &format!("shop {minute} {chunk}"), sent).await;
            keys.extend(alerts.into_iter().map(|(key, _)| key));
        }
        if minute == BREAKS_AT {
            send(&sources[0], "mail", vec![alert("mail-queue", "mail", "critical", night.clock.now())]).await;
            keys.push("mail-queue".into());
        }
        // Whoever looks four seconds later has heard what was said in one breath.
        night.at(&format!("03:{:02}:34", minute + 1)).await;
        night.rang(if minute < BREAKS_AT { 1 } else { 2 }).await;
    }
    keys
}

#[tokio::test(flavor = "multi_thread")]
async fn waking_into_a_storm_is_one_alarm_and_one_that_breaks_through_and_a_cut_is_one_line() {
    let place = Place::empty();
    let night = Night::begin(&place).await;
    let _: Value = night.read(Request::ServiceImport(ImportServices { text: catalogue(), dry_run: false })).await;
    let mut sources = vec![];
    for n in 0..9 {
        sources.push(night.source(&format!("eu-{n}")).await);
    }
    night.at("01:12:00").await;
    for source in &sources {
        send(source, "watchdog", vec![]).await;
    }

    night.at("03:00:40").await;
    let EarsView { state, sentence, .. } = night.inbox().await.ears;
    assert_eq!((state.as_str(), sentence.as_str()), ("catching_up", "Catching up, last heard 01:12 UTC"), "never all quiet");

    let keys = storm(&night, &sources).await;
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), 400);
    let alarms = night.alarms();
    assert_eq!(alarms.len(), 2, "one alarm and one that breaks through: {alarms:?}");
    assert!(alarms[1].body.contains("more groups wait"), "the second speaks for both: {alarms:?}");

    let mut rang = BTreeSet::new();
    for key in &keys {
        let why: WhyView = night.read(Request::AlertWhy(OneAlert { alert: key.clone() })).await;
        assert!(why.sentence.ends_with('.') && why.change.ends_with('.'), "{key}: {why:?}");
        assert!(why.rang == why.sentence.starts_with("It rang at 03:"), "{key}: {why:?}");
        if why.rang {
            rang.insert(why.group);
        }
    }
    assert_eq!(rang.len(), 2, "two groups made a noise, and the others say why not");

    night.cable.pull(true);
    night.at("03:10:00").await;
    night.until("the cut is said", || async { !night.ears_said().is_empty() }).await;
    night.at("03:40:00").await;
    night.at("04:10:00").await;
    let ears = night.inbox().await.ears;
    assert_eq!((ears.state.as_str(), ears.sentence.as_str()), ("cut_off", "Cut off since 03:10 UTC"));
    assert_eq!(night.ears_said(), ["This machine is cut off since 03:10 UTC"], "one line, not nine");
    let sources: Vec<SourceView> = night.read(Request::SourceList(Nothing {})).await;
    assert!(sources.iter().all(|source| source.silent_since.is_none()), "no source is accused of what this machine cannot hear");
    let incidents: Vec<Value> = night.read(Request::IncidentList(ListIncidents { all: true, ..ListIncidents::default() })).await;
    assert_eq!(incidents, Vec::<Value>::new(), "and no outage is declared");

    night.cable.pull(false);
    night.at("04:11:00").await;
    night.until("back, it catches up", || async { night.inbox().await.ears.state == "catching_up" }).await;
    night.opened.close().await;
}
