//! A report by a person, from the page to the record and back, and the listener behind TLS.

use crate::{Place, ask};
use api::Request;
use api::dto::{HomeView, Nothing};
use home::{Opened, Options, OwnerKind};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

async fn listening(opened: &Opened) -> String {
    let home = ask(opened, Request::Home(Nothing {})).await.expect("read");
    serde_json::from_value::<HomeView>(home).expect("its form").listener.listening.expect("it listens")
}

async fn source(opened: &Opened, kind: &str) -> serde_json::Value {
    let add = serde_json::json!({ "op": "source.add", "params": { "kind": kind, "name": kind } });
    ask(opened, serde_json::from_value(add).expect("an operation")).await.expect("added")
}

async fn request(address: &str, head: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("it takes connections");
    let text = format!("{head} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(text.as_bytes()).await.expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("it answers");
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_on_disk_and_can_be_asked_for() {
    let place = Place::empty();
    let opened = place.open(OwnerKind::Serve).await;
    let address = listening(&opened).await;
    let made = source(&opened, "report").await;
    let token = made["token"].as_str().expect("shown once");
    assert_eq!(made["url"], format!("http://{address}/report/{token}"));

    let answer = request(&address, &format!("POST /report/{token}"), "what=Checkout+fails").await;
    let location = answer.lines().find_map(|line| line.strip_prefix("location: ")).expect("it leads to its page").to_owned();
    let page = request(&address, &format!("GET {location}"), "").await;
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("Nobody has looked"), "{page}");
    opened.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tls_has_a_certificate_of_this_home() {
    let place = Place::empty();
    let options = Options { tls: true, ..Options::serve(place.home(), Some("127.0.0.1:0".into())) };
    let opened = home::open(options).await.expect("it opens");
    let address = listening(&opened).await;
    let made = source(&opened, "pagerduty").await;
    assert_eq!(made["url"], format!("https://{address}/v2/enqueue"));
    assert!(made["setup"].as_str().is_some_and(|text| text.contains("listener.pem")), "the sender is told what to trust: {made}");
    assert!(place.home().join("listener.pem").exists() && place.home().join("listener.key").exists());
    opened.close().await;
}
