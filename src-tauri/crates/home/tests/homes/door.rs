//! The door for alerts opens and closes with the settings of the machine.

use crate::{Place, ask};
use api::Request;
use api::dto::{HomeView, Nothing, SetMachine};
use home::{Opened, OwnerKind};
use std::net::TcpListener;

async fn listener(opened: &Opened) -> api::dto::ListenerView {
    let home = ask(opened, Request::Home(Nothing {})).await.expect("read");
    serde_json::from_value::<HomeView>(home).expect("its form").listener
}

async fn set(opened: &Opened, enabled: Option<bool>, address: Option<&str>) {
    let change = SetMachine { listener_enabled: enabled, listener_address: address.map(str::to_owned), ..SetMachine::default() };
    ask(opened, Request::MachineSet(change)).await.expect("set");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_off_until_it_is_switched_on_and_stays_so() {
    let place = Place::empty();
    let opened = place.open(OwnerKind::Desktop).await;
    let seen = listener(&opened).await;
    assert_eq!((seen.enabled, seen.listening, seen.error), (false, None, None), "off until the user switches it on");
    set(&opened, Some(true), Some("127.0.0.1:0")).await;
    let first = listener(&opened).await.listening.expect("open");
    set(&opened, None, Some("127.0.0.1:0")).await;
    let second = listener(&opened).await.listening.expect("open again, at another place");
    assert_ne!(first, second);
    opened.close().await;
    let again = place.open(OwnerKind::Desktop).await;
    assert!(listener(&again).await.listening.is_some(), "the setting is kept");
    set(&again, Some(false), None).await;
    assert_eq!(listener(&again).await.listening, None);
    again.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tls_is_a_setting_and_names_what_senders_have_to_trust() {
    let place = Place::empty();
    let opened = place.open(OwnerKind::Desktop).await;
    set(&opened, Some(true), Some("127.0.0.1:0")).await;
    assert_eq!(listener(&opened).await.certificate, None, "plain HTTP has no certificate");
    for (on, shown) in [(true, true), (false, false)] {
        ask(&opened, Request::MachineSet(SetMachine { listener_tls: Some(on), ..SetMachine::default() })).await.expect("set");
        let seen = listener(&opened).await;
        assert_eq!((seen.listening.is_some(), seen.certificate.is_some()), (true, shown), "it opens anew at once");
        assert!(seen.certificate.is_none_or(|file| std::path::Path::new(&file).is_file()), "the file is there to be given away");
    }
    opened.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_port_is_said_and_the_home_works_on() {
    let place = Place::empty();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("bound").to_string();
    let opened = place.open(OwnerKind::Desktop).await;
    set(&opened, Some(true), Some(&address)).await;
    let seen = listener(&opened).await;
    assert_eq!(seen.listening, None);
    assert!(seen.error.is_some_and(|why| why.contains(&address)), "it says which");
    crate::declare(&opened, "disk full").await;
    opened.close().await;
}
