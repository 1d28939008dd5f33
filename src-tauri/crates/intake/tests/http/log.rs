//! The log tells what happened, never who may send nor what was sent.

use crate::client::{ask, post, request};
use crate::ledger::{Fake, TOKEN};
use intake::IngestFailure;
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("held for a moment only").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Kept {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn neither_tokens_nor_bodies_are_logged() {
    let kept = Kept::default();
    let everything = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false).with_writer(kept.clone()).finish();
    // For the whole process: what the tests beside this one log must hold no token either.
    tracing::subscriber::set_global_default(everything).expect("nobody else sets one");
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let bearer = format!("Authorization: Bearer {TOKEN}");
    let secret = r#"[{"labels":{"alertname":"hunter2"}},{"labels":"hunter2"}]"#;
    for request in [
        post(&format!("/am/{TOKEN}/api/v2/alerts"), secret),
        request("POST", "/api/v2/alerts", &[&bearer], "hunter2"),
        request("POST", "/hooks/alertmanager/not-a-token", &["Host: hunter2.example"], secret),
        post("/hooks/alertmanager/not-a-token", secret),
        post(&format!("/hooks/alertmanager/{TOKEN}"), &"hunter2 ".repeat(200_000)),
    ] {
        ask(listener.address(), request).await;
    }
    ledger.fail(IngestFailure::NotSaved("hunter2".into()));
    ask(listener.address(), post(&format!("/am/{TOKEN}/api/v2/alerts"), secret)).await;
    listener.stop().await;
    let log = String::from_utf8(kept.0.lock().unwrap().clone()).expect("text");
    for part in ["listening", "alerts were refused", "a body could not be read", "status=401", "source=\"eu\""] {
        assert!(log.contains(part), "{part:?} is told: {log}");
    }
    for part in [TOKEN, "hunter2", "not-a-token"] {
        assert!(!log.contains(part), "{part:?} is not: {log}");
    }
}
