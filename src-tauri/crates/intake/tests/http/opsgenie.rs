//! Opsgenie's Alert API.

use crate::client::{ask, request};
use crate::ledger::{Fake, token_of};
use crate::samples::sample;
use domain::alerts::SignalState;
use domain::home::SourceKind::Opsgenie;
use serde_json::json;

#[tokio::test]
async fn an_alert_is_made_acknowledged_and_closed() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let key = format!("Authorization: GenieKey {}", token_of(Opsgenie));
    let create = sample("opsgenie/alertmanager-0.25-create.json");
    let answer = ask(listener.address(), request("POST", "/v2/alerts", &[&key], &create)).await;
    let said = answer.json();
    assert_eq!((answer.status, &said["result"]), (202, &json!("Request will be processed")));
    assert!(said["took"].is_number() && said["requestId"].is_string(), "{said}");
    let alias = ledger.of(Opsgenie)[0].signals[0].key.clone();

    let asked = format!("/v2/alerts/requests/{}", said["requestId"].as_str().unwrap_or_default());
    let done = ask(listener.address(), request("GET", &asked, &[&key], "")).await;
    assert_eq!((done.status, &done.json()["data"]["alias"], &done.json()["data"]["isSuccess"]), (200, &json!(alias), &json!(true)));
    let unknown = ask(listener.address(), request("GET", "/v2/alerts/requests/none", &[&key], "")).await;
    assert_eq!(unknown.status, 404, "nothing is claimed of a request that is not known");

    for action in ["acknowledge", "close"] {
        let path = format!("/v2/alerts/{alias}/{action}?identifierType=alias");
        assert_eq!(ask(listener.address(), request("POST", &path, &[&key], r#"{"user":"dana"}"#)).await.status, 202, "{action}");
    }
    let saved = ledger.of(Opsgenie);
    assert!(matches!(saved[1].signals[0].state, SignalState::Acknowledged { .. }), "{saved:?}");
    assert!(matches!(saved[2].signals[0].state, SignalState::Resolved { .. }) && saved[2].signals[0].key == alias, "{saved:?}");
}

#[tokio::test]
async fn what_is_not_right_is_said() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let key = format!("Authorization: GenieKey {}", token_of(Opsgenie));
    let answer = ask(listener.address(), request("POST", "/v2/alerts", &[&key], "{}")).await;
    assert_eq!((answer.status, &answer.json()["errors"]["message"]), (422, &json!("Message can not be empty.")));
    assert_eq!(ledger.unreadable.lock().unwrap().len(), 1, "and kept");
    for (headers, what) in [(vec![], "no key"), (vec!["Authorization: GenieKey wrong"], "a wrong one")] {
        assert_eq!(ask(listener.address(), request("POST", "/v2/alerts", &headers, "{}")).await.status, 401, "{what}");
        assert_eq!(ask(listener.address(), request("GET", "/v2/alerts/requests/x", &headers, "")).await.status, 401, "{what}");
    }
}
