//! Posts: what each answer becomes, and that one call is one request.

use crate::servers::Server;
use async_trait::async_trait;
use axum::Router;
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::post;
use domain::EventId;
use domain::home::ChannelKind::{self, Discord, Mail, Mattermost, Slack, Teams};
use engine::ports::{Post, Posted};
use outreach::{Patience, Urls, Webhooks};
use std::sync::{Arc, Mutex};
use std::time::Duration;

struct Kept(Result<Option<String>, String>);

#[async_trait]
impl Urls for Kept {
    async fn url(&self, channel: &str) -> Result<Option<String>, String> {
        assert_eq!(channel, "payments", "asked for by name");
        self.0.clone()
    }
}

const PATIENCE: Patience = Patience { connect: Duration::from_millis(500), whole: Duration::from_millis(800) };

async fn send_with(kind: ChannelKind, urls: Kept) -> Posted {
    let webhooks = Webhooks::with_patience(Arc::new(urls), PATIENCE);
    let text = "SEV-1 #142: checkout 502s\nWe are looking into it.".into();
    webhooks.post(Post { effect: EventId(uuid::Uuid::nil()), channel: "payments".into(), kind, text }).await
}

async fn send(kind: ChannelKind, url: String) -> Posted {
    send_with(kind, Kept(Ok(Some(url)))).await
}

/// A tool that always answers this.
async fn tool(status: u16, headers: &'static [(&'static str, &'static str)], text: &'static str) -> Server {
    let status = StatusCode::from_u16(status).expect("a status");
    let answer = move || async move {
        let mut map = axum::http::HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().expect("a value"));
        }
        (status, map, text)
    };
    Server::of(Router::new().fallback(answer)).await
}

fn refused(posted: Posted) -> String {
    match posted {
        Posted::Refused(why) => why,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn what_was_taken_is_delivered_with_the_receipt_the_tool_gives() {
    let slack = tool(200, &[], "ok").await;
    assert_eq!(send(Slack, slack.url("/services/T/B/x")).await, Posted::Delivered { receipt: None });
    let teams = tool(202, &[("x-ms-workflow-run-id", "0858")], "").await;
    assert_eq!(send(Teams, teams.url("/")).await, Posted::Delivered { receipt: Some("0858".into()) });
    let mattermost = tool(200, &[], "ok").await;
    assert_eq!(send(Mattermost, mattermost.url("/hooks/x")).await, Posted::Delivered { receipt: None });
    let seen = Arc::new(Mutex::new(None));
    let kept = seen.clone();
    let discord = move |query: axum::extract::RawQuery, axum::Json(body): axum::Json<serde_json::Value>| async move {
        *kept.lock().expect("free") = Some((query.0, body.clone()));
        axum::Json(serde_json::json!({"content": body["content"], "id": "1290"}))
    };
    let discord = Server::of(Router::new().route("/api/webhooks/1/t", post(discord))).await;
    assert_eq!(send(Discord, discord.url("/api/webhooks/1/t")).await, Posted::Delivered { receipt: Some("1290".into()) });
    let (query, body) = seen.lock().expect("free").clone().expect("asked");
    assert_eq!(query.as_deref(), Some("wait=true"));
    assert_eq!(body["content"], "**SEV-1 \\#142: checkout 502s**\nWe are looking into it.".replace("\\#", "#"));
    assert_eq!((slack.asked(), teams.asked(), mattermost.asked(), discord.asked()), (1, 1, 1, 1));
}

#[tokio::test]
async fn a_refusal_says_what_happened_and_what_to_do() {
    let gone = tool(404, &[], "no_service").await;
    let why = refused(send(Slack, gone.url("/services/T/B/x")).await);
    assert_eq!(why, "The webhook was removed on Slack's side (no_service). Make a new one and change it in Settings.");
    let archived = tool(410, &[], "channel_is_archived").await;
    assert!(refused(send(Slack, archived.url("/")).await).starts_with("The channel is archived in Slack (channel_is_archived). "));
    let unknown = tool(404, &[], r#"{"message": "Unknown Webhook", "code": 10015}"#).await;
    let why = refused(send(Discord, unknown.url("/")).await);
    assert_eq!(why, "The webhook was removed on Discord's side (Unknown Webhook). Make a new one and change it in Settings.");
    let other = tool(400, &[], "invalid_payload").await;
    let why = refused(send(Slack, other.url("/")).await);
    assert_eq!(why, "Slack did not take the message (400, \"invalid_payload\"). Check the channel's webhook in Settings.");
    let page = tool(403, &[], "<html><b>go away</b></html>").await;
    assert!(!refused(send(Mattermost, page.url("/hooks/x")).await).contains("html"), "a page has no words");
}

#[tokio::test]
async fn trouble_on_the_other_side_and_a_pause_are_for_later() {
    let broken = tool(500, &[], "rollup_error").await;
    let why = "Slack could not take the message (500, \"rollup_error\").".to_owned();
    assert_eq!(send(Slack, broken.url("/")).await, Posted::Later { why, after: None });
    let busy = tool(429, &[("retry-after", "30")], "rate_limited").await;
    let why = "Slack asks for a pause: too many messages at once.".to_owned();
    assert_eq!(send(Slack, busy.url("/")).await, Posted::Later { why, after: Some(Duration::from_secs(30)) });
    let discord = tool(429, &[], r#"{"message": "You are being rate limited.", "retry_after": 0.4}"#).await;
    assert!(matches!(send(Discord, discord.url("/")).await, Posted::Later { after: Some(after), .. } if after == Duration::from_secs(1)));
    let date = tool(429, &[("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT")], "").await;
    assert!(matches!(send(Teams, date.url("/")).await, Posted::Later { after: None, .. }));
}

#[tokio::test]
async fn what_never_left_is_for_later() {
    let free = tool(200, &[], "ok").await;
    let url = free.url("/secret-path");
    drop(free);
    let Posted::Later { why, after: None } = send(Slack, url).await else { panic!("nobody listens there") };
    assert!(why.starts_with("127.0.0.1 could not be reached: ") && !why.contains("secret-path"), "{why}");
    let plain = tool(200, &[], "ok").await;
    let posted = send(Slack, plain.url("/").replace("http://", "https://")).await;
    assert!(matches!(posted, Posted::Later { .. }), "no secret leaves before the other side has shown a certificate: {posted:?}");
    assert_eq!(plain.asked(), 0);
    let Posted::Later { why, .. } = send_with(Slack, Kept(Err("The keychain is locked.".into()))).await else { panic!("no address yet") };
    assert_eq!(why, "The keychain is locked.");
}

#[tokio::test]
async fn what_left_and_was_not_answered_is_not_known() {
    let broken = [None, Some(""), Some("HTTP/1.1 200 O"), Some("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\npart of it")];
    for answer in broken {
        let server = Server::raw(answer).await;
        let posted = send(Slack, server.url("/services/T/B/secret-path")).await;
        let Posted::Unknown(why) = posted else { panic!("{answer:?}: {posted:?}") };
        assert!(why.ends_with("Look in the channel whether it is there.") && !why.contains("secret-path"), "{why}");
        assert_eq!(server.asked(), 1, "{answer:?}: once, and not again");
    }
    let stranger = tool(200, &[], "<html>Sign in to the hotel's network</html>").await;
    assert!(matches!(send(Slack, stranger.url("/")).await, Posted::Unknown(_)), "only Slack's own word counts");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let target = tool(200, &[], "ok").await;
    let elsewhere = target.url("/caught");
    let moved = Server::of(Router::new().fallback(move || async move { Redirect::temporary(&elsewhere) })).await;
    let why = refused(send(Slack, moved.url("/")).await);
    assert!(why.contains("does not follow"), "{why}");
    assert_eq!((moved.asked(), target.asked()), (1, 0), "the message went nowhere else");
}

#[tokio::test]
async fn a_huge_answer_is_not_read_to_its_end() {
    let huge = move || async move { (StatusCode::BAD_REQUEST, "x".repeat(8 * 1024 * 1024)) };
    let server = Server::of(Router::new().fallback(huge)).await;
    let why = refused(send(Slack, server.url("/")).await);
    assert!(why.len() < 400, "{} bytes", why.len());
}

#[tokio::test]
async fn nothing_is_sent_where_nothing_may_be() {
    let why = refused(send_with(Slack, Kept(Ok(None))).await);
    assert_eq!(why, "No webhook for payments is kept on this machine. Enter it in Settings.");
    let why = refused(send(Slack, "http://hooks.slack.com/services/T/B/x".into()).await);
    assert!(why.contains("only used over https"), "{why}");
    assert!(refused(send(Mail, "http://127.0.0.1:1/".into()).await).contains("your own mail program"));
}
