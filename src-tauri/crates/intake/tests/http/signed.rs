//! Signatures: checked on the bytes as they came, where this machine holds the source's secret.

use crate::client::{ask, post, request};
use crate::ledger::{Fake, token_of};
use domain::home::SourceKind::{Github, Json};
use intake::IngestFailure;

/// GitHub's own test vector, and a body that the same secret signs.
const SECRET: &[u8] = b"It's a Secret to Everybody";
const SIGNATURE: &str = "X-Hub-Signature-256: sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

#[tokio::test]
async fn what_is_not_signed_is_refused_and_counted_with_its_source() {
    let ledger = Fake::new();
    ledger.secrets.lock().unwrap().insert(Github.wire().to_owned(), SECRET.to_vec());
    let listener = ledger.open().await;
    let path = format!("/hooks/github/{}", token_of(Github));
    let ping = ["X-GitHub-Event: ping"];
    let answer = ask(listener.address(), request("POST", &path, &ping, "{}")).await;
    assert_eq!((answer.status, answer.fault().as_str()), (401, "unsigned"));
    let answer = ask(listener.address(), request("POST", &path, &[ping[0], SIGNATURE], "{}")).await;
    assert_eq!((answer.status, answer.fault().as_str()), (401, "unsigned"), "signed, but another body");
    assert_eq!(ledger.unreadable.lock().unwrap().len(), 2, "a person can see that it happens, and why");
    let answer = ask(listener.address(), request("POST", &path, &[ping[0], SIGNATURE], "Hello, World!")).await;
    assert_eq!(answer.status, 400, "the signature fits; that this is no webhook is another matter");
    assert!(ledger.batches.lock().unwrap().is_empty());
}

#[tokio::test]
async fn without_a_secret_the_token_is_enough() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let answer = ask(listener.address(), post(&format!("/hooks/json/{}", token_of(Json)), r#"{"title":"x"}"#)).await;
    assert_eq!(answer.status, 200);
}

/// What Standard Webhooks sign with the same secret: the message's id, when it was sent, and the body.
const FIRST: &str = "v1,T8beg+s9WdX4QENb1gT/BBp3NB21olvHnfqgCjaHu0I=";
const SECOND: &str = "v1,LpcQ5YLWQDHxNPnLJ/O93RaW/AfP3yWdhuhUl/owlaI=";

#[tokio::test]
async fn what_was_overheard_is_of_no_use() {
    let ledger = Fake::new();
    ledger.secrets.lock().unwrap().insert(Json.wire().to_owned(), SECRET.to_vec());
    let listener = ledger.open().await;
    let send = async |id: &str, signature: &str| {
        let headers = [format!("webhook-id: {id}"), "webhook-timestamp: 1795423000".to_owned(), format!("webhook-signature: {signature}")];
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let path = format!("/hooks/json/{}", token_of(Json));
        ask(listener.address(), request("POST", &path, &headers, r#"{"title":"Disk full"}"#)).await
    };
    let taken = || ledger.batches.lock().unwrap().len();

    ledger.fail(IngestFailure::Overloaded);
    assert_ne!(send("msg_1", FIRST).await.status, 200);
    *ledger.failure.lock().unwrap() = None;
    assert_eq!((send("msg_1", FIRST).await.status, taken()), (200, 1), "what was not taken may come again");
    assert_eq!((send("msg_1", FIRST).await.status, taken()), (200, 1), "what was taken is on disk, and is not taken twice");
    let among_others = format!("v1a,AAAA {SECOND} {FIRST}");
    assert_eq!((send("msg_1", &among_others).await.status, taken()), (200, 1), "however its header is written");
    assert_eq!((send("msg_2", FIRST).await.status, taken()), (401, 1), "nor under another id");
    assert_eq!((send("msg_2", SECOND).await.status, taken()), (200, 2), "another message of the same words is another");
    ledger.later(5 * 60 + 1);
    let late = send("msg_1", FIRST).await;
    assert_eq!((late.status, late.fault().as_str(), taken()), (401, "unsigned", 2), "and later its time is over");
}
