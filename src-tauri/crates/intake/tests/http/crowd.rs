//! Many at once: a storm of one sender keeps no other out.

use crate::client::{Client, ask, post};
use crate::ledger::{Fake, OTHER_TOKEN, TOKEN};
use intake::Limits;

fn alert(token: &str, name: &str) -> String {
    post(&format!("/am/{token}/api/v2/alerts"), &format!(r#"[{{"labels":{{"alertname":"{name}"}}}}]"#))
}

#[tokio::test]
async fn a_storm_of_one_sender_leaves_room_for_another() {
    let ledger = Fake::new();
    let listener = ledger.open_with(Limits { room: 8, ..Limits::default() }).await;
    ledger.hold();
    let mut storm = vec![];
    for number in 0..4 {
        let mut client = Client::connect(listener.address()).await;
        client.write(alert(TOKEN, &format!("storm{number}"))).await;
        storm.push(client);
    }
    ledger.until_waiting(4).await;
    let answer = ask(listener.address(), alert(TOKEN, "too much")).await;
    assert_eq!((answer.status, answer.fault().as_str()), (503, "overloaded"), "half of the room is one sender's share");
    assert!(answer.header("retry-after").is_some());

    let mut other = Client::connect(listener.address()).await;
    other.write(alert(OTHER_TOKEN, "other")).await;
    ledger.until_waiting(5).await;
    ledger.release(5);
    assert_eq!(other.read().await.map(|answer| answer.status), Some(200), "the other one came in");
    for client in &mut storm {
        assert_eq!(client.read().await.map(|answer| answer.status), Some(200), "and what was let in is finished");
    }
    ledger.release(1);
    assert_eq!(ask(listener.address(), alert(TOKEN, "again")).await.status, 200, "once there is room again, it is taken");
    assert_eq!(ledger.saved().len(), 6);
    assert!(!ledger.saved().iter().any(|(_, name)| name == "too much"), "what was turned away was not saved");
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_connections_lose_nothing() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let address = listener.address();
    let mut senders = tokio::task::JoinSet::new();
    for sender in 0..64 {
        senders.spawn(async move {
            let mut client = Client::connect(address).await;
            for number in 0..50 {
                assert_eq!(client.ask(alert(TOKEN, &format!("{sender}-{number}"))).await.status, 200);
            }
        });
    }
    while let Some(done) = senders.join_next().await {
        done.expect("every request is answered with 200");
    }
    let mut saved = ledger.saved();
    saved.sort();
    saved.dedup();
    assert_eq!(saved.len(), 64 * 50);
}

#[tokio::test]
async fn in_a_crowd_connections_take_turns() {
    let ledger = Fake::new();
    let listener = ledger.open_with(Limits { connections: 4, crowded: 2, ..Limits::default() }).await;
    let mut seated = vec![];
    for name in ["a", "b", "c", "d"] {
        let mut client = Client::connect(listener.address()).await;
        let answer = client.ask(alert(TOKEN, name)).await;
        assert_eq!(answer.status, 200);
        seated.push((client, answer.header("connection").map(str::to_owned)));
    }
    let closed: Vec<bool> = seated.iter().map(|(_, said)| said.as_deref() == Some("close")).collect();
    assert_eq!(closed, [false, false, true, true], "beyond the second, each is closed after its answer");
}

#[tokio::test]
async fn beyond_the_limit_connections_wait_their_turn() {
    let ledger = Fake::new();
    let listener = ledger.open_with(Limits { connections: 1, crowded: 1, ..Limits::default() }).await;
    let mut first = Client::connect(listener.address()).await;
    assert_eq!(first.ask(alert(TOKEN, "first")).await.status, 200);
    let mut second = Client::connect(listener.address()).await;
    second.write(alert(TOKEN, "second")).await;
    tokio::select! {
        biased;
        answer = second.read() => panic!("answered while the only seat is taken: {answer:?}"),
        answer = first.ask(alert(TOKEN, "first again")) => assert_eq!(answer.status, 200),
    }
    drop(first);
    assert_eq!(second.read().await.map(|answer| answer.status), Some(200), "the backlog kept it");
}
