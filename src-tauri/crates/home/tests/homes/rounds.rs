//! A home asks a Prometheus what fires, and tries a port, with no listener open.

use crate::{NoNotices, Place, ask};
use api::Request;
use api::dto::{AddSource, Finding, GroupView, ListGroups, Nothing, OneSource, SourceView};
use domain::SourceName;
use domain::home::{Expect, SourceSettings};
use home::{Opened, Options, OwnerKind, Ports};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use testkit::{FakeClock, MINUTE};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

const FIRING: &str = r#"{"status":"success","data":{"alerts":[{"labels":{"alertname":"DiskFull","severity":"critical","service":"db"},"annotations":{"summary":"Disk 97 % on db1"},"state":"firing","activeAt":"2026-11-23T08:30:00Z","value":"1"}]}}"#;
const CALM: &str = r#"{"status":"success","data":{"alerts":[]}}"#;

/// A Prometheus that answers as it is told, or closes the door; it ends with the set.
async fn prometheus(says: Arc<Mutex<Option<&'static str>>>, tasks: &mut JoinSet<()>) -> SocketAddr {
    let socket = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = socket.local_addr().expect("bound");
    tasks.spawn(async move {
        while let Ok((mut stream, _)) = socket.accept().await {
            let mut head = [0; 2_048];
            drop(stream.read(&mut head).await);
            let said = *says.lock().expect("nobody panicked with it");
            if let Some(body) = said {
                let answer = format!(
                    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                    body.len()
                );
                drop(stream.write_all(answer.as_bytes()).await);
            }
        }
    });
    address
}

async fn add(opened: &Opened, kind: &str, name: &str, settings: SourceSettings) {
    let source = AddSource { kind: kind.into(), name: SourceName(name.into()), settings: Some(settings), secret: None };
    ask(opened, Request::SourceAdd(source)).await.expect("added");
}

async fn groups(opened: &Opened) -> Vec<GroupView> {
    let all = ListGroups { all: true, ..ListGroups::default() };
    serde_json::from_value(ask(opened, Request::GroupList(all)).await.expect("read")).expect("its form")
}

async fn sources(opened: &Opened) -> Vec<SourceView> {
    serde_json::from_value(ask(opened, Request::SourceList(Nothing {})).await.expect("read")).expect("its form")
}

/// Asks until it holds; fails, naming `what`, after 30 s.
async fn until<F: Future<Output = bool>>(what: &str, holds: impl Fn() -> F) {
    let begun = Instant::now();
    while !holds().await {
        assert!(begun.elapsed() < Duration::from_secs(30), "{what} within 30 s");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_prometheus_lists_fires_and_what_it_lists_no_more_has_ended() {
    let says = Arc::new(Mutex::new(Some(FIRING)));
    let mut tasks = JoinSet::new();
    let address = prometheus(says.clone(), &mut tasks).await;
    let place = Place::empty();
    let opened = place.open(OwnerKind::Desktop).await;
    let settings = SourceSettings { url: Some(format!("http://{address}")), every_secs: Some(5), ..SourceSettings::default() };
    add(&opened, "prometheus-pull", "prom", settings).await;
    until("the alert fires", || async { groups(&opened).await.iter().any(|group| group.firing == 1 && group.title.contains("DiskFull")) })
        .await;
    assert!(sources(&opened).await[0].last_heard_at.is_some(), "an answer is being heard");

    *says.lock().expect("ours") = None;
    until("its silence is kept with a sentence", || async { sources(&opened).await[0].last_refusal.is_some() }).await;
    assert_eq!(groups(&opened).await[0].firing, 1, "a round that fails ends nothing");

    *says.lock().expect("ours") = Some(CALM);
    until("it has ended", || async { groups(&opened).await[0].firing == 0 }).await;
    opened.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_is_closed_is_an_alert_until_it_opens() {
    let socket = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = socket.local_addr().expect("bound");
    drop(socket);
    let place = Place::empty();
    let opened = place.open(OwnerKind::Desktop).await;
    let expect = Some(Expect { tries: Some(1), ..Expect::default() });
    add(
        &opened,
        "probe-tcp",
        "db",
        SourceSettings { url: Some(address.to_string()), every_secs: Some(5), expect, ..SourceSettings::default() },
    )
    .await;
    until("it is an alert", || async { groups(&opened).await.iter().any(|group| group.firing == 1) }).await;
    let _open = std::net::TcpListener::bind(address).expect("still free");
    until("it has ended", || async { groups(&opened).await[0].firing == 0 }).await;
    let uptime = sources(&opened).await.remove(0).uptime.expect("it was tried");
    assert!(uptime.last_well && (1..uptime.tries).contains(&uptime.well), "tries of both kinds are counted: {uptime:?}");
    opened.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_asks_now_and_waking_asks_all() {
    let says = Arc::new(Mutex::new(Some(CALM)));
    let mut tasks = JoinSet::new();
    let address = prometheus(says.clone(), &mut tasks).await;
    let place = Place::empty();
    let clock = Arc::new(FakeClock::default());
    let ports = Ports { clock: clock.clone(), ..Ports::default() };
    let opened = home::open(Options { ports, ..Options::desktop(place.home(), Arc::new(NoNotices)) }).await.expect("it opens");
    let settings = SourceSettings { url: Some(format!("http://{address}")), every_secs: Some(3_600), ..SourceSettings::default() };
    add(&opened, "prometheus-pull", "prom", settings).await;
    assert_eq!(said_of_answer(&opened).await, (true, "It answered just now: 0 alerts fire.".to_owned()));
    *says.lock().expect("ours") = Some(FIRING);
    assert_eq!(said_of_answer(&opened).await, (true, "It answered just now: 1 alert fires.".to_owned()), "asked now, not within the hour");
    *says.lock().expect("ours") = None;
    assert!(!said_of_answer(&opened).await.0, "what does not answer is said");

    *says.lock().expect("ours") = Some(CALM);
    clock.advance(20 * MINUTE);
    until("a machine that wakes asks at once, and what began after its own clock ends", || async { groups(&opened).await[0].firing == 0 })
        .await;
    opened.close().await;
}

async fn said_of_answer(opened: &Opened) -> (bool, String) {
    let one = OneSource { name: SourceName("prom".into()) };
    let found: Vec<Finding> = serde_json::from_value(ask(opened, Request::SourceTest(one)).await.expect("tested")).expect("its form");
    let answer = found.into_iter().find(|finding| finding.name == "answer").expect("it was asked");
    (answer.ok, answer.text)
}
