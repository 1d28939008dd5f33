//! What only a desktop can do is asked of the desktop, wherever it runs.

use crate::{Place, Remembering, ask, declare};
use api::dto::{Nothing, OpenWindow, ReachView};
use api::{Code, Request};
use home::OwnerKind;
use std::sync::Arc;

fn window(incident: Option<&str>) -> Request {
    Request::WindowOpen(OpenWindow { incident: incident.map(str::to_owned) })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owners_desktop_answers_guests() {
    let place = Place::empty();
    let desktop = Arc::new(Remembering::default());
    let owner = place.open(OwnerKind::Desktop).await;
    let guest = place.open(OwnerKind::Command).await;
    assert!(owner.is_owner() && !guest.is_owner());
    assert_eq!(ask(&guest, window(None)).await.expect_err("no window yet").code, Code::NoDesktop);
    owner.set_desktop(desktop.clone());
    let incident = declare(&guest, "disk full").await["ref"].as_str().expect("a reference").to_owned();
    ask(&guest, window(Some(&incident))).await.expect("raised");
    ask(&guest, Request::WindowDeclare(Nothing {})).await.expect("opened");
    assert_eq!(desktop.asked(), [format!("open {incident}"), "declare".into()]);
    assert_eq!(ask(&guest, window(Some("INC-0000"))).await.expect_err("no such incident").code, Code::NotFound);
    assert!(home::raise_running(&place.home()).await.expect("asked"), "a second start raises the first");
    assert_eq!(desktop.asked(), ["open "]);
    guest.close().await;
    owner.close().await;
    assert!(!home::raise_running(&place.home()).await.expect("asked"), "nobody runs any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desktop_beside_a_server_is_found_and_claims_nothing() {
    let place = Place::empty();
    let owner = place.open(OwnerKind::Serve).await;
    assert!(!home::raise_running(&place.home()).await.expect("asked"), "a server has no window");
    let beside = place.open(OwnerKind::Desktop).await;
    assert_eq!((beside.is_owner(), beside.owner()), (false, OwnerKind::Serve));
    let desktop = Arc::new(Remembering::default());
    beside.set_desktop(desktop.clone());

    let command = place.open(OwnerKind::Command).await;
    ask(&command, Request::WindowDeclare(Nothing {})).await.expect("a command reaches the desktop");
    ask(&beside, Request::WindowHideDeclare(Nothing {})).await.expect("and so does its own window");
    let incident = declare(&command, "disk full").await["ref"].as_str().expect("a reference").to_owned();
    ask(&command, window(Some(&incident))).await.expect("raised");
    assert_eq!(ask(&command, window(Some("INC-0000"))).await.expect_err("no such incident").code, Code::NotFound);
    assert_eq!(desktop.asked(), ["declare".to_owned(), "hide".into(), format!("open {incident}")]);

    let reach = ask(&command, Request::ReachOp(Nothing {})).await.expect("looked");
    let reach: ReachView = serde_json::from_value(reach).expect("its form");
    assert!(reach.verdict.starts_with("No."), "the owner rings, and it cannot: {reach:?}");
    let ids: Vec<&str> = reach.checks.iter().map(|check| check.id.as_str()).collect();
    assert_eq!(ids.iter().filter(|id| **id == "notices").count(), 1, "{ids:?}");
    assert!(ids.contains(&"tray") && ids.contains(&"listener"), "this desktop's eyes, the owner's ears: {ids:?}");

    assert!(home::raise_running(&place.home()).await.expect("asked"));
    command.close().await;
    beside.close().await;
    assert!(!home::raise_running(&place.home()).await.expect("asked"), "it is gone");
    owner.close().await;
}
