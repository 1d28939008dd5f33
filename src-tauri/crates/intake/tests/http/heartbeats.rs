//! Pings of jobs.

use crate::client::{Client, ask, request};
use crate::ledger::{Fake, token_of};
use domain::alerts::SignalState;
use domain::home::SourceKind::Heartbeat;

#[tokio::test]
async fn a_ping_is_heard_a_failure_fires_and_a_success_ends_it() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let path = format!("/ping/{}", token_of(Heartbeat));
    for (method, end, body) in
        [("GET", "/start", ""), ("GET", "/fail", ""), ("POST", "", "all good"), ("POST", "/3", "disk full"), ("GET", "/0", "")]
    {
        let answer = ask(listener.address(), request(method, &format!("{path}{end}"), &[], body)).await;
        assert_eq!(answer.status, 200, "{method} {end}: {answer:?}");
    }
    let heard = ledger.of(Heartbeat);
    assert!(heard[0].signals.is_empty(), "a start is only heard");
    let states: Vec<bool> = heard[1..].iter().map(|batch| matches!(batch.signals[0].state, SignalState::Firing { .. })).collect();
    assert_eq!(states, [true, false, true, false]);
    assert!(heard[1..].iter().all(|batch| batch.signals[0].key == heard[1].signals[0].key), "a job is one alert");
    assert_eq!(heard[3].signals[0].annotations["output"], "disk full");
}

#[tokio::test]
async fn a_ping_may_ask_for_the_head_alone() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let mut client = Client::connect(listener.address()).await;
    client.write(request("HEAD", &format!("/ping/{}", token_of(Heartbeat)), &["Connection: close"], "")).await;
    assert_eq!(client.read_head().await, Some(200));
    assert_eq!(ledger.of(Heartbeat).len(), 1);
}

#[tokio::test]
async fn what_is_no_ping() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let path = format!("/ping/{}", token_of(Heartbeat));
    assert_eq!(ask(listener.address(), request("GET", &format!("{path}/999"), &[], "")).await.status, 400);
    assert_eq!(ask(listener.address(), request("GET", "/ping/wrong", &[], "")).await.status, 401);
    assert_eq!(ask(listener.address(), request("PUT", &path, &[], "")).await.status, 405);
    assert!(ledger.batches.lock().unwrap().is_empty());
}
