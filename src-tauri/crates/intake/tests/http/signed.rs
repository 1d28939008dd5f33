//! Signatures: checked on the bytes as they came, where this machine holds the source's secret.

use crate::client::{ask, post, request};
use crate::ledger::{Fake, token_of};
use domain::home::SourceKind::{Github, Json};

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
