//! Who owns a home, and what happens when that one goes.

use crate::{Place, ask, declare, ports_at};
use api::dto::{ListIncidents, Nothing};
use api::{Code, Request};
use home::{Options, OwnerKind};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_learns_that_the_owner_is_gone_and_takes_over() {
    let place = Place::empty();
    let owner = place.open(OwnerKind::Serve).await;
    let guest = place.open(OwnerKind::Desktop).await;
    let mut pushes = guest.backend().subscribe(0).await.expect("followed");
    declare(&owner, "disk full").await;
    let push = pushes.recv().await.expect("told");
    assert!(push.tags.iter().any(|tag| tag == "watch" || tag == "*"), "{push:?}");
    owner.close().await;
    while pushes.recv().await.is_some() {}
    assert_eq!(ask(&guest, Request::Home(Nothing {})).await.expect_err("nobody answers").code, Code::HomeBusy);
    guest.close().await;
    let next = place.open(OwnerKind::Desktop).await;
    assert!(next.is_owner(), "free to be taken");
    let list = ask(&next, Request::IncidentList(ListIncidents::default())).await.expect("read");
    assert_eq!(list[0]["title"], "disk full");
    next.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_waits_for_a_command_to_end() {
    let place = Place::empty();
    let command = place.open(OwnerKind::Command).await;
    assert!(command.is_owner() && command.socket().is_none(), "a command is over before anybody could ask it anything");
    let coming = place.open(OwnerKind::Serve);
    let going = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        command.close().await;
    };
    let (server, ()) = tokio::join!(coming, going);
    assert!(server.is_owner());
    server.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_home_runs_on_the_clock_it_is_given() {
    let place = Place::empty();
    let at = "2026-08-05T14:07:00.000Z";
    let options = Options { ports: ports_at(at), ..Options::command(place.home()) };
    let opened = home::open(options).await.expect("opens");
    assert_eq!(declare(&opened, "disk full").await["declared_at"], at);
    opened.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_address_is_refused_before_anything_is_made() {
    let place = Place::empty();
    let refusal = home::open(Options::serve(place.home(), Some("6878".into()))).await.err().expect("no address");
    assert_eq!(refusal.code, Code::InvalidField);
    assert!(!place.home().exists());
}
