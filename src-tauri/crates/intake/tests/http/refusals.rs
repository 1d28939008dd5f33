//! What is turned away, and with which words.

use crate::client::{Client, ask, post, request};
use crate::ledger::{Fake, OTHER_TOKEN, TOKEN};
use intake::{IngestFailure, Listener, ListenerConfig};

const GOOD: &str = r#"[{"labels":{"alertname":"Good"}}]"#;

#[tokio::test]
async fn no_token_or_a_wrong_one() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let nearly = format!("{}x", &TOKEN[..31]);
    let bearer = format!("Authorization: Bearer {nearly}");
    for (path, headers) in [
        ("/hooks/alertmanager".to_owned(), vec![]),
        (format!("/hooks/alertmanager/{nearly}"), vec![]),
        (format!("/hooks/alertmanager/{}", TOKEN.to_uppercase()), vec![]),
        ("/hooks/alertmanager".into(), vec![bearer.as_str()]),
        ("/api/v2/alerts".into(), vec![]),
        (format!("/am/{nearly}/api/v2/alerts"), vec![]),
        ("/hooks/alertmanager/%ff%00".into(), vec![]),
    ] {
        let answer = ask(listener.address(), request("POST", &path, &headers, GOOD)).await;
        assert_eq!((answer.status, answer.fault().as_str()), (401, "unauthorized"), "{path} {headers:?}");
        assert!(answer.header("www-authenticate").is_some());
    }
    let right = format!("Authorization: Bearer {OTHER_TOKEN}");
    let answer = ask(listener.address(), request("POST", &format!("/am/{nearly}/api/v2/alerts"), &[&right], GOOD)).await;
    assert_eq!(answer.status, 401, "the token in the path decides");
    assert!(ledger.batches.lock().unwrap().is_empty(), "nothing reached the ledger");
}

#[tokio::test]
async fn another_host_or_origin() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let path = format!("/am/{TOKEN}/api/v2/alerts");
    let own = format!("Host: {}", listener.address());
    let from_own_page = format!("Origin: http://{}", listener.address());
    for headers in [vec![own.as_str()], vec![own.as_str(), &from_own_page], vec!["Host: localhost"], vec!["Host: MUSTER.example:99"]] {
        assert_eq!(ask(listener.address(), request("POST", &path, &headers, GOOD)).await.status, 200, "{headers:?}");
    }
    for headers in [
        vec!["Host: evil.example"],
        vec!["Host: 127.0.0.1.evil.example"],
        vec!["Host:"],
        vec!["Host: localhost", "Host: localhost"],
        vec!["Host: 127.0.0.1", "Origin: http://evil.example"],
        vec!["Host: 127.0.0.1", "Origin: null"],
        vec![own.as_str(), "Origin: http://localhost:3000"],
    ] {
        let answer = ask(listener.address(), request("POST", &path, &headers, GOOD)).await;
        assert_eq!((answer.status, answer.fault().as_str()), (421, "misdirected"), "{headers:?}");
    }
    let answer = ask(listener.address(), format!("POST http://evil.example{path} HTTP/1.1\r\nHost: localhost\r\n\r\n")).await;
    assert_eq!(answer.status, 421, "the name in the request line counts too");
    let answer = ask(listener.address(), format!("GET {path} HTTP/1.0\r\n\r\n")).await;
    assert_eq!(answer.status, 421, "no name at all");
    assert_eq!(ledger.batches.lock().unwrap().len(), 4, "only what was meant for it");
}

#[tokio::test]
async fn no_page_is_told_that_it_may() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let preflight = request("OPTIONS", "/api/v2/alerts", &["Origin: http://evil.example", "Access-Control-Request-Method: POST"], "");
    let answer = ask(listener.address(), preflight).await;
    assert_eq!(answer.status, 421);
    let answer = ask(listener.address(), request("GET", "/metrics", &[], "")).await;
    assert!(answer.header("access-control-allow-origin").is_none() && answer.header("vary").is_none(), "{answer:?}");
}

#[tokio::test]
async fn addresses_and_methods_that_are_not_there() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    for (method, path, status, code) in [
        ("GET", "/", 404, "not_found"),
        ("POST", "/hooks/unknown/x", 404, "not_found"),
        ("POST", "/hooks/alertmanager/a/b", 404, "not_found"),
        ("GET", "/../../etc/passwd", 404, "not_found"),
        ("GET", "/hooks/alertmanager/abc", 405, "method_not_allowed"),
        ("DELETE", "/api/v2/alerts", 405, "method_not_allowed"),
        ("POST", "/metrics", 405, "method_not_allowed"),
    ] {
        let answer = ask(listener.address(), request(method, path, &[], "")).await;
        assert_eq!((answer.status, answer.fault().as_str()), (status, code), "{method} {path}");
        assert_eq!(answer.header("allow").is_some(), status == 405, "{answer:?}");
    }
}

#[tokio::test]
async fn a_body_over_the_limit_hears_why() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let path = format!("/hooks/alertmanager/{TOKEN}");
    let large = "x".repeat(3 * 1024 * 1024);
    let answer = ask(listener.address(), post(&path, &large)).await;
    assert_eq!((answer.status, answer.fault().as_str()), (413, "too_large"), "told, although it was still sending");

    let mut client = Client::connect(listener.address()).await;
    client.write(request("POST", &path, &["Transfer-Encoding: chunked"], "")).await;
    for _ in 0..40 {
        client.write(format!("8000\r\n{}\r\n", &large[..0x8000])).await;
    }
    client.write("0\r\n\r\n").await;
    assert_eq!(client.read().await.map(|answer| answer.status), Some(413), "without a length it is counted");

    let mut client = Client::connect(listener.address()).await;
    let announced = request("POST", &path, &["Expect: 100-continue", "Content-Length: 3000000"], "");
    assert_eq!(client.ask(announced).await.status, 413, "who asks first is told at once");

    let mut client = Client::connect(listener.address()).await;
    let huge = request("POST", &path, &["Content-Length: 99999999999"], "");
    client.write(huge).await;
    let mut sent = 0;
    while sent < 64 && client.try_write(&large).await.is_ok() {
        sent += 1;
    }
    assert!(sent < 64, "who never ends is cut off");
    assert!(ledger.unreadable.lock().unwrap().is_empty(), "none of it is kept");
}

#[tokio::test]
async fn an_announced_body_within_the_limit_is_asked_for() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let mut client = Client::connect(listener.address()).await;
    let length = format!("Content-Length: {}", GOOD.len());
    let path = format!("/am/{TOKEN}/api/v2/alerts");
    assert_eq!(client.ask(request("POST", &path, &["Expect: 100-continue", &length], "")).await.status, 100);
    assert_eq!(client.ask(GOOD).await.status, 200);
}

#[tokio::test]
async fn a_compressed_body_and_one_that_breaks_off() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let path = format!("/am/{TOKEN}/api/v2/alerts");
    let answer = ask(listener.address(), request("POST", &path, &["Content-Encoding: gzip"], GOOD)).await;
    assert_eq!((answer.status, answer.fault().as_str()), (415, "encoded"));
    let chunks = request("POST", &path, &["Transfer-Encoding: chunked"], "");
    let answer = ask(listener.address(), format!("{chunks}zz\r\n")).await;
    assert_eq!((answer.status, answer.fault().as_str()), (400, "broken"));
    assert!(ledger.batches.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_cannot_be_saved_is_to_be_sent_again() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    for (failure, code) in [(IngestFailure::Overloaded, "overloaded"), (IngestFailure::NotSaved("The disk is full.".into()), "not_saved")] {
        ledger.fail(failure);
        for (path, body) in [(format!("/hooks/alertmanager/{TOKEN}"), r#"{"alerts":[]}"#), (format!("/am/{TOKEN}/api/v2/alerts"), GOOD)] {
            let answer = ask(listener.address(), post(&path, body)).await;
            assert_eq!((answer.status, answer.fault().as_str()), (503, code), "5xx, or Alertmanager drops it");
            assert!(answer.header("retry-after").is_some_and(|seconds| seconds.parse::<u32>().is_ok()), "{answer:?}");
        }
    }
}

#[tokio::test]
async fn a_taken_port_is_said() {
    let ledger = Fake::new();
    let first = ledger.open().await;
    let config = ListenerConfig { address: first.address(), allowed_hosts: vec![], tls: None };
    let Err(error) = Listener::bind(config, ledger.clone()).await else { panic!("the port is taken") };
    assert_eq!(error.to_string(), format!("Another program listens on {}. Choose another port, or stop that program.", first.address()));
}
