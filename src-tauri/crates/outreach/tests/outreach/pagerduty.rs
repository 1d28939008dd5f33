//! The question asked of PagerDuty: pages, headers, and what goes wrong.

use crate::servers::Server;
use axum::extract::RawQuery;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, put};
use axum::{Json, Router};
use engine::ports::{Posted, ReplyKind};
use outreach::pagerduty::{FetchFault, fetch_people, fetch_people_within};
use outreach::{Patience, Told, tell_pagerduty};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;

async fn refusing(status: u16, headers: &'static [(&'static str, &'static str)], text: &'static str) -> String {
    let answer = move || async move {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().expect("a value"));
        }
        (StatusCode::from_u16(status).expect("a status"), map, text)
    };
    let server = Server::of(Router::new().fallback(answer)).await;
    fetch_people("t0ken", &server.url("")).await.expect_err("refused").to_string()
}

#[tokio::test]
async fn all_pages_are_fetched_as_they_are() {
    async fn users(headers: HeaderMap, RawQuery(query): RawQuery) -> Json<Value> {
        assert_eq!(headers["authorization"], "Token token=t0ken");
        assert_eq!(headers["accept"], "application/vnd.pagerduty+json;version=2");
        let query = query.expect("a query");
        assert!(query.starts_with("include%5B%5D=contact_methods&limit=100&offset="), "{query}");
        let first = query.ends_with("offset=0");
        Json(json!({"users": [{"name": if first { "Dana" } else { "Eli" }}], "more": first}))
    }
    let oncalls = || async { Json(json!({"oncalls": [], "more": false})) };
    let server = Server::of(Router::new().route("/users", get(users)).route("/oncalls", get(oncalls))).await;
    let fetched = fetch_people(" t0ken\n", &server.url("/")).await.expect("fetched");
    assert_eq!(fetched.users.len(), 2);
    assert!(fetched.users[0].contains("Dana") && fetched.users[1].contains("Eli"), "raw, in order");
    let oncalls: Vec<Value> = fetched.oncalls.iter().map(|page| serde_json::from_str(page).expect("JSON")).collect();
    assert_eq!(oncalls, [json!({"more": false, "oncalls": []})]);
    assert_eq!(server.asked(), 3);
}

#[tokio::test]
async fn each_refusal_is_a_sentence_with_a_way_on() {
    assert!(refusing(401, &[], "").await.starts_with("PagerDuty does not know this token. "));
    let why = refusing(403, &[], r#"{"error": {"message": "Access Denied", "code": 2010}}"#).await;
    assert_eq!(why, "This PagerDuty token may not read people (\"Access Denied\"). Ask for a read-only key of the whole account.");
    assert_eq!(refusing(429, &[("ratelimit-reset", "17")], "").await, "PagerDuty asks for a pause. Try again in 17 seconds.");
    assert_eq!(refusing(502, &[], "<html>").await, "PagerDuty answered with 502. Try again later.");
    assert!(refusing(200, &[], "<html>hello</html>").await.starts_with("What came back is not PagerDuty's"));
    assert!(refusing(307, &[("location", "http://127.0.0.1:1/")], "").await.contains("307"), "not followed");
}

#[tokio::test]
async fn a_token_goes_nowhere_else_and_nobody_waits_for_ever() {
    for base in ["http://api.pagerduty.com", "ftp://127.0.0.1", "pagerduty"] {
        assert!(matches!(fetch_people("t", base).await, Err(FetchFault::Address)), "{base}");
    }
    assert!(matches!(fetch_people("t\u{e9}\n\n x", "https://api.pagerduty.com").await, Err(FetchFault::Token)));
    let endless = || async { Json(json!({"users": [], "more": true})) };
    let endless = Server::of(Router::new().route("/users", get(endless))).await;
    let fault = fetch_people("t", &endless.url("")).await.expect_err("it never ends");
    assert!(matches!(fault, FetchFault::TooMany("users")) && endless.asked() == 100, "{fault}");
    let hanging = Server::raw(None).await;
    let patience = Patience { connect: Duration::from_millis(300), whole: Duration::from_millis(300) };
    let fault = fetch_people_within("t", &hanging.url(""), patience).await.expect_err("no answer");
    assert!(fault.to_string().starts_with("127.0.0.1 did not answer in time"), "{fault}");
}

#[tokio::test]
async fn it_is_told_of_its_incidents_in_somebodys_name() {
    let told: Arc<Mutex<Vec<(HeaderMap, Value)>>> = Arc::default();
    let heard = told.clone();
    let incidents = put(move |headers: HeaderMap, Json(body): Json<Value>| async move {
        heard.lock().expect("nobody panicked with it").push((headers, body.clone()));
        Json(body)
    });
    let server = Server::of(Router::new().route("/incidents", incidents)).await;
    let (base_url, incidents) = (server.url("/incidents?statuses[]=triggered"), ["PT4KHLK".to_owned()]);
    let reply =
        Told { token: "t0ken\n", base_url: &base_url, from: "dana@example.org", incidents: &incidents, what: ReplyKind::Acknowledged };
    assert_eq!(tell_pagerduty(reply).await, Posted::Delivered { receipt: None });
    let (headers, body) = told.lock().expect("nobody panicked with it").remove(0);
    assert_eq!(
        (&headers["authorization"], &headers["from"]),
        (&"Token token=t0ken".parse().expect("a value"), &"dana@example.org".parse().expect("a value"))
    );
    assert_eq!(body, json!({"incidents": [{"id": "PT4KHLK", "type": "incident_reference", "status": "acknowledged"}]}));
}

#[tokio::test]
async fn what_it_does_not_take_is_a_sentence_or_comes_again() {
    let answer = |status: u16, text: &'static str| async move {
        let server =
            Server::of(Router::new().fallback(move || async move { (StatusCode::from_u16(status).expect("a status"), text) })).await;
        let (base_url, incidents) = (server.url(""), ["P1".to_owned()]);
        tell_pagerduty(Told { token: "t", base_url: &base_url, from: "dana@example.org", incidents: &incidents, what: ReplyKind::Resolved })
            .await
    };
    assert!(matches!(answer(503, "").await, Posted::Later { .. }));
    let Posted::Refused(why) = answer(403, r#"{"error": {"message": "Access Denied"}}"#).await else { panic!("refused") };
    assert_eq!(why, "This token may only read (Access Denied). Set one that may write, or tell PagerDuty by hand.");
    let elsewhere = Told { token: "t", base_url: "http://api.pagerduty.com", from: "d@e", incidents: &[], what: ReplyKind::Resolved };
    assert!(matches!(tell_pagerduty(elsewhere).await, Posted::Refused(_)), "a token goes nowhere in the clear");
}
