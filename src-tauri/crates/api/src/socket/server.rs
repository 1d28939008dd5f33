//! The owner's end of the socket.

use super::address::{Address, is_same_user};
use super::connection::Connection;
use super::wire::OwnerKind;
use crate::Backend;
use interprocess::local_socket::ListenerOptions;
use interprocess::local_socket::tokio::{Listener, Stream};
use interprocess::local_socket::traits::tokio::Listener as _;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Connections at once: a desktop, a dozen terminals, scripts. Beyond it a newcomer waits to be accepted.
const CONNECTIONS: usize = 64;
/// Pause after a failed accept (too many open files), so that the loop does not spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Answers whoever connects until it is stopped.
pub struct Server {
    stopping: watch::Sender<bool>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    /// Listens at `address` for processes of this user and answers them from `backend`. Must be called inside a tokio
    /// runtime, by the process that holds the home's lock: a socket left behind by a crash is taken over.
    #[expect(clippy::disallowed_methods, reason = "the task is joined by `stop`")]
    pub fn start(address: &Address, backend: Arc<dyn Backend>, owner: OwnerKind, version: &str) -> io::Result<Self> {
        let listener = listen(address)?;
        let (stopping, told) = watch::channel(false);
        let host = Arc::new(Host { backend, owner, version: version.to_owned(), stopping: told });
        let task = tokio::spawn(accept_all(listener, host));
        Ok(Self { stopping, task })
    }

    /// Accepts nobody more, lets what was asked be answered, and takes the socket away.
    pub async fn stop(self) {
        self.stopping.send_replace(true);
        drop(self.task.await);
    }
}

/// What all connections share.
pub(super) struct Host {
    pub backend: Arc<dyn Backend>,
    pub owner: OwnerKind,
    pub version: String,
    pub stopping: watch::Receiver<bool>,
}

fn listen(address: &Address) -> io::Result<Listener> {
    let options = ListenerOptions::new().name(address.name()?).try_overwrite(true).max_spin_time(Duration::from_secs(1));
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let options = {
        use interprocess::os::unix::local_socket::ListenerOptionsExt as _;
        options.mode(0o600)
    };
    options.create_tokio()
}

async fn accept_all(listener: Listener, host: Arc<Host>) {
    let mut stopping = host.stopping.clone();
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = accept(&listener), if connections.len() < CONNECTIONS => {
                if let Some(stream) = accepted {
                    admit(stream, &host, &mut connections);
                }
            }
            Some(_) = connections.join_next() => {}
            _ = stopping.wait_for(|stop| *stop) => break,
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

async fn accept(listener: &Listener) -> Option<Stream> {
    match listener.accept().await {
        Ok(stream) => Some(stream),
        Err(fault) => {
            tracing::warn!(%fault, "socket accept");
            tokio::time::sleep(ACCEPT_PAUSE).await;
            None
        }
    }
}

fn admit(stream: Stream, host: &Arc<Host>, connections: &mut JoinSet<()>) {
    if !is_same_user(&stream) {
        return tracing::warn!("another user knocked at the socket");
    }
    connections.spawn(Connection::new(stream, host.clone()).run());
}
