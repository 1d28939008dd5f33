//! Connections: kept, cut when they dawdle, and let finish when the listener stops.

use crate::client::{Client, post, request};
use crate::ledger::{Fake, TOKEN};
use intake::Limits;
use std::time::Duration;
use tokio::net::TcpStream;

/// Longer than any test may take.
const LONG: Duration = Duration::from_secs(3600);

fn alert(name: &str) -> String {
    post(&format!("/am/{TOKEN}/api/v2/alerts"), &format!(r#"[{{"labels":{{"alertname":"{name}"}}}}]"#))
}

fn hasty() -> Limits {
    let moment = Duration::from_millis(150);
    Limits { head_time: moment, body_time: moment, ..Limits::default() }
}

#[tokio::test]
async fn one_connection_carries_many_requests() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let mut client = Client::connect(listener.address()).await;
    for name in ["a", "b"] {
        assert_eq!(client.ask(alert(name)).await.status, 200);
    }
    assert_eq!(client.ask(post("/am/wrong/api/v2/alerts", "[]")).await.status, 401, "a refusal does not end it");
    client.write(format!("{}{}{}", alert("c"), request("GET", "/healthz", &[], ""), alert("d"))).await;
    let mut statuses = vec![];
    for _ in 0..3 {
        statuses.push(client.read().await.map(|answer| answer.status));
    }
    assert_eq!(statuses, [Some(200); 3], "sent without waiting, answered in order");
    assert_eq!(ledger.saved().iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["a", "b", "c", "d"]);
}

#[tokio::test]
async fn a_slow_head_is_cut_off() {
    let ledger = Fake::new();
    let listener = ledger.open_with(hasty()).await;
    for head in ["", "POST /api/v2/alerts HTTP/1.1\r\nHost: localhost\r\nX-Slow: "] {
        let mut client = Client::connect(listener.address()).await;
        client.write(head).await;
        assert!(client.read().await.is_none(), "{head:?}: the seat is free again");
    }
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let ledger = Fake::new();
    let listener = ledger.open_with(hasty()).await;
    let mut client = Client::connect(listener.address()).await;
    assert_eq!(client.ask(alert("a")).await.status, 200);
    assert!(client.read().await.is_none(), "closed without a word");
}

#[tokio::test]
async fn a_slow_body_hears_why() {
    let ledger = Fake::new();
    let listener = ledger.open_with(hasty()).await;
    let mut client = Client::connect(listener.address()).await;
    client.write(request("POST", &format!("/am/{TOKEN}/api/v2/alerts"), &["Content-Length: 100"], "")).await;
    client.write("[").await;
    let answer = client.read().await.expect("an answer");
    assert_eq!((answer.status, answer.fault().as_str()), (408, "too_slow"));
    assert!(client.read().await.is_none(), "and the connection ends");
    assert!(ledger.batches.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_head_over_the_limit_is_refused() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let long = format!("X-Long: {}", "x".repeat(20_000));
    let mut client = Client::connect(listener.address()).await;
    assert_eq!(client.ask(request("GET", "/healthz", &[&long], "")).await.status, 431);
    let many = vec!["X-Many: x"; 200];
    let mut client = Client::connect(listener.address()).await;
    assert_eq!(client.ask(request("GET", "/healthz", &many, "")).await.status, 431);
    let mut client = Client::connect(listener.address()).await;
    assert_eq!(client.ask("nonsense\r\n\r\n").await.status, 400);
}

#[tokio::test]
async fn stopping_finishes_what_is_under_way() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let address = listener.address();
    let mut idle = Client::connect(address).await;
    assert_eq!(idle.ask(alert("before")).await.status, 200);
    ledger.hold();
    let mut busy = Client::connect(address).await;
    busy.write(alert("under way")).await;
    ledger.until_waiting(1).await;

    let stopping = tokio::task::spawn_blocking({
        let runtime = tokio::runtime::Handle::current();
        move || runtime.block_on(listener.stop())
    });
    assert!(idle.read().await.is_none(), "idle connections end at once");
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(!stopping.is_finished(), "it waits for the request");
    ledger.release(1);
    assert_eq!(busy.read().await.map(|answer| answer.status), Some(200), "which is answered");
    stopping.await.expect("and then it has stopped");
    assert_eq!(ledger.saved().len(), 2);
}

#[tokio::test]
async fn stopping_does_not_wait_for_ever() {
    let ledger = Fake::new();
    let limits = Limits { stop_time: Duration::from_millis(100), ..Limits::default() };
    let listener = ledger.open_with(limits).await;
    ledger.hold();
    let mut stuck = Client::connect(listener.address()).await;
    stuck.write(alert("stuck")).await;
    let _silent = Client::connect(listener.address()).await;
    ledger.until_waiting(1).await;
    listener.stop().await;
    assert!(stuck.read().await.is_none(), "cut, and never told that it was saved");
}

#[tokio::test]
async fn connections_that_say_nothing_do_not_hold_up_a_stop() {
    let ledger = Fake::new();
    let listener = ledger.open_with(Limits { stop_time: LONG, head_time: LONG, ..Limits::default() }).await;
    let mut silent = Client::connect(listener.address()).await;
    let mut spoken = Client::connect(listener.address()).await;
    assert_eq!(spoken.ask(alert("a")).await.status, 200, "both are seated");
    listener.stop().await;
    assert!(silent.read().await.is_none() && spoken.read().await.is_none());
}

#[tokio::test]
async fn a_dropped_listener_is_closed() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let address = listener.address();
    drop(listener);
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
}
