//! The listener behind TLS, with a certificate of its own.

use crate::client::Client;
use crate::ledger::{Fake, TOKEN};
use intake::{Limits, Listener, ListenerConfig};
use rustls::pki_types::{PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// Both ends: a certificate, and somebody who trusts it.
fn ends() -> (Arc<ServerConfig>, TlsConnector) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let server = ServerConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions().expect("versions");
    let server = server.with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key).expect("they fit");
    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).expect("a root");
    let client = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().expect("versions");
    (Arc::new(server), TlsConnector::from(Arc::new(client.with_root_certificates(roots).with_no_client_auth())))
}

#[tokio::test]
async fn alerts_come_in_by_tls_and_nothing_else_does() {
    let (server, connector) = ends();
    let ledger = Fake::new();
    let config = ListenerConfig { address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), allowed_hosts: vec![], tls: Some(server) };
    let limits = Limits { head_time: Duration::from_millis(300), ..Limits::default() };
    let listener = Listener::bind_with(config, limits, ledger.clone()).await.expect("a free port");

    let stream = TcpStream::connect(listener.address()).await.expect("it takes connections");
    let mut stream = connector.connect(ServerName::try_from("localhost").expect("a name"), stream).await.expect("it is trusted");
    let body = r#"[{"labels":{"alertname":"Sealed"}}]"#;
    let head = format!(
        "POST /am/{TOKEN}/api/v2/alerts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(format!("{head}{body}").as_bytes()).await.expect("it reads");
    let mut answer = String::new();
    drop(stream.read_to_string(&mut answer).await);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(ledger.saved(), [("eu".to_owned(), "Sealed".to_owned())]);

    let mut plain = Client::connect(listener.address()).await;
    plain.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    assert!(plain.read().await.is_none(), "plain HTTP is not answered");
    let mut silent = Client::connect(listener.address()).await;
    silent.write([0x16]).await;
    assert!(silent.read().await.is_none(), "who begins and says no more is cut off");
    listener.stop().await;
}
