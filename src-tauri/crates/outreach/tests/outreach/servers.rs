//! Servers that play the tools: whole ones with axum, broken ones by hand. Each counts what it was asked.

use axum::Router;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// A server, stopped when dropped.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    asked: Arc<AtomicUsize>,
    _tasks: JoinSet<()>,
}

impl Server {
    /// A server with these routes.
    pub async fn of(routes: Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("bound");
        let asked = Arc::new(AtomicUsize::new(0));
        let counter = asked.clone();
        let counted = routes.layer(axum::middleware::from_fn(move |request, next: axum::middleware::Next| {
            counter.fetch_add(1, Ordering::SeqCst);
            next.run(request)
        }));
        let mut tasks = JoinSet::new();
        tasks.spawn(async move { axum::serve(listener, counted).await.expect("served") });
        Self { address, asked, _tasks: tasks }
    }

    /// A server that reads a whole request, writes `answer` and closes; with no answer it never does either.
    pub async fn raw(answer: Option<&'static str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("bound");
        let asked = Arc::new(AtomicUsize::new(0));
        let counter = asked.clone();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut open = vec![];
            while let Ok((mut stream, _)) = listener.accept().await {
                counter.fetch_add(1, Ordering::SeqCst);
                let mut seen = vec![];
                let mut some = [0; 4096];
                while !seen.ends_with(b"}") {
                    match stream.read(&mut some).await {
                        Ok(0) | Err(_) => break,
                        Ok(count) => seen.extend_from_slice(&some[..count]),
                    }
                }
                match answer {
                    Some(answer) => stream.write_all(answer.as_bytes()).await.expect("written"),
                    None => open.push(stream),
                }
            }
        });
        Self { address, asked, _tasks: tasks }
    }

    /// A path of it.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}
