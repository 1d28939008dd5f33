//! GitHub: context, never an alarm.

use crate::{at, file, headers, json, nothing, now, only_change, pairs, reason};
use domain::ServiceName;
use domain::alerts::Change;
use formats::{Parsed, Sent, Unreadable, github};
use serde_json::Value;

fn delivered(event: &str, body: &Value) -> Result<Parsed, Unreadable> {
    let headers = headers(&[("x-github-event", event), ("X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958")]);
    github::read(&Sent { headers: &headers, body: body.to_string().as_bytes(), ..Sent::default() }, now())
}

fn sample(event: &str, name: &str) -> Change {
    let change = only_change(delivered(event, &json(&format!("github/{name}.json"))));
    let shaped = only_change(github::read(&Sent::body(&file(&format!("github/{name}.json"))), now()));
    assert_eq!(change, shaped, "{name}: known by its shape too");
    change
}

#[test]
fn a_deployment_is_asked_for() {
    let change = sample("deployment", "deployment_payload");
    assert_eq!((change.key.as_str(), change.title.as_str()), ("deployment/145988746", "Deployment of master to production"));
    assert_eq!((change.at, change.outcome), (at("2019-05-15T15:20:53Z"), None));
    assert_eq!(change.service, Some(ServiceName("hello-world".into())), "the repository");
    assert_eq!(change.link.as_deref(), Some("https://github.com/Codertocat/Hello-World/deployments"));
    let labels = [
        ("actor", "Codertocat"),
        ("commit", "f95f852"),
        ("environment", "production"),
        ("ref", "master"),
        ("repository", "Codertocat/Hello-World"),
    ];
    assert_eq!(pairs(&change.labels), labels);
}

#[test]
fn a_deployment_comes_out() {
    for (state, link, description) in [
        ("success", "https://checkout.example", "Rolled out to 12 pods"),
        ("failure", "https://checkout.example", "Readiness probe never passed"),
    ] {
        let change = sample("deployment_status", &format!("deployment_status_{state}"));
        assert_eq!(change.key, format!("deployment/7001/{state}"), "apart from the deployment, which is on the record already");
        assert_eq!(change.title, format!("Deployment of main to production: {state}"));
        assert_eq!((change.outcome.as_deref(), change.at), (Some(state), at("2026-11-23T08:24:10Z")));
        assert_eq!((change.link.as_deref(), change.labels["description"].as_str()), (Some(link), description));
        assert_eq!(change.service, Some(ServiceName("checkout-api".into())));
    }
}

#[test]
fn steps_on_the_way_are_no_news() {
    nothing(delivered("deployment_status", &json("github/deployment_status_in_progress.json")));
    for state in ["pending", "queued", "waiting", "inactive"] {
        let mut body = json("github/deployment_status_success.json");
        body["deployment_status"]["state"] = state.into();
        nothing(delivered("deployment_status", &body));
    }
    for action in ["requested", "in_progress"] {
        let mut body = json("github/workflow_run_completed.payload.json");
        body["action"] = action.into();
        body["workflow_run"]["conclusion"] = Value::Null;
        nothing(delivered("workflow_run", &body));
    }
}

#[test]
fn a_workflow_has_run() {
    let change = sample("workflow_run", "workflow_run_completed.payload");
    assert_eq!(change.key, "workflow_run/289782451/1");
    assert_eq!(change.title, "ci(action): update actions/setup-node digest to 8c91899 on master: success", "its name is empty here");
    assert_eq!((change.outcome.as_deref(), change.at), (Some("success"), at("2020-10-05T16:33:49Z")));
    assert_eq!(change.link.as_deref(), Some("https://github.com/octo-org/octo-repo/actions/runs/289782451"));
    assert_eq!(change.service, Some(ServiceName("octo-repo".into())));
    let labels = [
        ("actor", "Codertocat"),
        ("attempt", "1"),
        ("branch", "master"),
        ("commit", "3484a3f"),
        ("event", "repository_dispatch"),
        ("repository", "octo-org/octo-repo"),
        ("run", "163"),
    ];
    assert_eq!(pairs(&change.labels), labels);
}

#[test]
fn a_failed_workflow_is_context_too() {
    for conclusion in ["failure", "cancelled", "timed_out", "action_required"] {
        let mut body = json("github/workflow_run_completed.payload.json");
        body["workflow_run"]["conclusion"] = conclusion.into();
        assert_eq!(only_change(delivered("workflow_run", &body)).outcome.as_deref(), Some(conclusion));
    }
}

#[test]
fn commits_are_pushed() {
    let change = sample("push", "push");
    assert_eq!(change.key, "push/acme/checkout-api/refs/heads/main/9fceb02d0ae598e95dc970b74767f19372d61af8");
    assert_eq!((change.title.as_str(), change.at), ("Push to main: Retry a refused payment once", at("2026-11-23T08:15:30Z")));
    assert_eq!(change.link.as_deref(), Some("https://git.example/acme/checkout-api/compare/6113728f27ae...9fceb02d0ae5"));
    let labels = [("actor", "dana"), ("branch", "main"), ("commit", "9fceb02"), ("commits", "2"), ("repository", "acme/checkout-api")];
    assert_eq!(pairs(&change.labels), labels);
    let mut body = json("github/push.json");
    body["ref"] = "refs/tags/v4.7.1".into();
    assert_eq!(only_change(delivered("push", &body)).title, "Tag v4.7.1: Retry a refused payment once");
    body["deleted"] = true.into();
    nothing(delivered("push", &body));
}

#[test]
fn a_release_is_published() {
    let change = sample("release", "release_published");
    assert_eq!((change.key.as_str(), change.title.as_str()), ("release/6001", "Release 4.7.1 Payments retry"));
    assert_eq!((change.outcome.as_deref(), change.at), (Some("published"), at("2026-11-23T08:18:00Z")));
    assert_eq!(change.labels["tag"], "v4.7.1");
    let mut body = json("github/release_published.json");
    body["action"] = "edited".into();
    nothing(delivered("release", &body));
}

#[test]
fn a_ping_and_other_events_yield_nothing() {
    nothing(delivered("ping", &json("github/ping.json")));
    nothing(github::read(&Sent::body(&file("github/ping.json")), now()));
    nothing(delivered("issues", &serde_json::json!({"action": "opened", "issue": {"id": 1}})));
    nothing(delivered("deployment", &serde_json::json!({})));
}

#[test]
fn it_may_come_as_a_form() {
    let headers = headers(&[("Content-Type", "application/x-www-form-urlencoded"), ("X-GitHub-Event", "release")]);
    let payload: String =
        form_urlencoded::Serializer::new(String::new()).append_pair("payload", &json("github/release_published.json").to_string()).finish();
    let change = only_change(github::read(&Sent { headers: &headers, body: payload.as_bytes(), ..Sent::default() }, now()));
    assert_eq!(change.key, "release/6001");
}

#[test]
fn without_an_id_the_delivery_is_the_key() {
    let mut body = json("github/deployment_payload.json");
    body["deployment"].as_object_mut().expect("a deployment").remove("id");
    assert_eq!(only_change(delivered("deployment", &body)).key, "delivery/72d3162e-cc78-11e3-81ab-4c9367dc0958");
    nothing(github::read(&Sent::body(body.to_string().as_bytes()), now()));
}

#[test]
fn what_is_no_webhook_is_refused() {
    for (body, part) in [("{}", "no GitHub webhook"), ("7", "no GitHub webhook"), ("", "not JSON")] {
        let reason = reason(github::read(&Sent::body(body.as_bytes()), now()));
        assert!(reason.contains(part), "{body:?}: {reason}");
    }
}
