//! A Slack that takes every message and remembers it.

use axum::Router;
use axum::routing::post;
use std::sync::{Arc, Mutex, PoisonError};

pub struct Slack {
    letters: Arc<Mutex<Vec<String>>>,
    address: std::net::SocketAddr,
    task: tokio::task::JoinHandle<()>,
}

impl Slack {
    pub async fn open() -> Self {
        let letters: Arc<Mutex<Vec<String>>> = Arc::default();
        let taken = letters.clone();
        let take = move |body: String| async move {
            taken.lock().unwrap_or_else(PoisonError::into_inner).push(body);
            "ok"
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        #[expect(clippy::disallowed_methods, reason = "ends with the test")]
        let task = tokio::spawn(async move {
            drop(axum::serve(listener, Router::new().route("/services/T0/B0/secret", post(take))).await);
        });
        Self { letters, address, task }
    }

    pub fn url(&self) -> String {
        format!("http://{}/services/T0/B0/secret", self.address)
    }

    pub fn letters(&self) -> Vec<String> {
        self.letters.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Slack {
    fn drop(&mut self) {
        self.task.abort();
    }
}
