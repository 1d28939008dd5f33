//! The socket: connections are taken up to their limit, served, and let finish when the listener stops.

use crate::crowd::Crowd;
use crate::door::{CameFrom, Door, ReachedAt, router};
use crate::hosts::Hosts;
use crate::metrics::Metrics;
use crate::opsgenie::Requests;
use crate::replays::Replays;
use crate::report::Pace;
use crate::{Ledger, Limits};
use axum::Router;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

/// Largest read buffer of a connection in bytes: a usual body comes in one piece, and 512 of them stay below 64 MiB.
const READ_BUFFER: usize = 128 * 1024;
/// Wait before the next try when the system has no socket to give.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Where to listen, and under which names.
#[derive(Clone, Debug)]
pub struct ListenerConfig {
    /// Address and port; port 0 takes a free one.
    pub address: SocketAddr,
    /// Names for `Host` beside `localhost`, loopback addresses and the address that a request was sent to.
    pub allowed_hosts: Vec<String>,
    /// Certificate and key to speak TLS with; plain HTTP without.
    pub tls: Option<Arc<rustls::ServerConfig>>,
}

/// Why nothing listens.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "each variant's message is its documentation")]
pub enum BindError {
    #[error("Another program listens on {0}. Choose another port, or stop that program.")]
    InUse(SocketAddr),
    #[error("This user may not listen on {0}. Choose a port above 1023.")]
    NotAllowed(SocketAddr),
    #[error("{0} is no address of this machine. Choose 127.0.0.1, or one that it has.")]
    NotHere(SocketAddr),
    #[error("Nothing can listen on {0}: {1}.")]
    Other(SocketAddr, io::Error),
}

/// A listener at work; ends when dropped, gracefully by [`Listener::stop`].
pub struct Listener {
    address: SocketAddr,
    stopping: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl Listener {
    /// Opens the socket and begins to answer. Must be called inside a tokio runtime.
    pub async fn bind(config: ListenerConfig, ledger: Arc<dyn Ledger>) -> Result<Self, BindError> {
        Self::bind_with(config, Limits::default(), ledger).await
    }

    /// The same with other limits.
    pub async fn bind_with(config: ListenerConfig, limits: Limits, ledger: Arc<dyn Ledger>) -> Result<Self, BindError> {
        let failed = |error| bind_error(config.address, error);
        let socket = TcpListener::bind(config.address).await.map_err(failed)?;
        let address = socket.local_addr().map_err(failed)?;
        let door = Arc::new(Door {
            hosts: Hosts::new(&config.allowed_hosts),
            crowd: Crowd::new(limits.room),
            metrics: Metrics::default(),
            requests: Requests::default(),
            replays: Replays::default(),
            pace: Pace::default(),
            limits,
            opened_at: ledger.now(),
            ledger,
        });
        let (stopping, stopped) = watch::channel(false);
        let mut tasks = JoinSet::new();
        tasks.spawn(accept(socket, door, config.tls.map(TlsAcceptor::from), stopped));
        tracing::info!(%address, "listening");
        Ok(Self { address, stopping, tasks })
    }

    /// Where it listens; the port that was taken where 0 was asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no more connections and returns once the requests under way are answered, at the latest after
    /// [`Limits::stop_time`].
    pub async fn stop(mut self) {
        self.stopping.send_replace(true);
        while self.tasks.join_next().await.is_some() {}
        tracing::info!(address = %self.address, "stopped listening");
    }
}

fn bind_error(address: SocketAddr, error: io::Error) -> BindError {
    match error.kind() {
        io::ErrorKind::AddrInUse => BindError::InUse(address),
        io::ErrorKind::PermissionDenied => BindError::NotAllowed(address),
        io::ErrorKind::AddrNotAvailable => BindError::NotHere(address),
        _ => BindError::Other(address, error),
    }
}

async fn accept(socket: TcpListener, door: Arc<Door>, tls: Option<TlsAcceptor>, mut stopping: watch::Receiver<bool>) {
    let http = http(&door.limits);
    let answers = TowerToHyperService::new(router(door.clone()));
    let seats = Arc::new(Semaphore::new(door.limits.connections));
    let mut connections = JoinSet::new();
    loop {
        let next = async {
            let seat = seats.clone().acquire_owned().await;
            (seat, socket.accept().await)
        };
        let (seat, accepted) = tokio::select! {
            biased;
            _ = stopping.changed() => break,
            next = next => next,
        };
        while connections.try_join_next().is_some() {}
        match accepted {
            Ok((stream, _)) => {
                let way = Way { http: http.clone(), tls: tls.clone(), answers: answers.clone() };
                let served = serve(way, stream, Seated::new(door.clone()), stopping.clone());
                connections.spawn(async move {
                    served.await;
                    drop(seat);
                });
            }
            Err(error) => {
                tracing::warn!(kind = ?error.kind(), "a connection could not be taken");
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    drop(socket);
    let all = async { while connections.join_next().await.is_some() {} };
    if timeout(door.limits.stop_time, all).await.is_err() {
        tracing::info!(left = connections.len(), "connections were cut");
    }
    connections.shutdown().await;
}

fn http(limits: &Limits) -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head_time).max_header_size(limits.head).max_buf_size(READ_BUFFER);
    http
}

/// How connections are served.
struct Way {
    http: http1::Builder,
    tls: Option<TlsAcceptor>,
    answers: TowerToHyperService<Router>,
}

/// Takes up one connection: its first byte, and what of TLS comes before the first request, within the time for a head.
async fn serve(way: Way, stream: TcpStream, seated: Seated, mut stopping: watch::Receiver<bool>) {
    let head_time = seated.0.limits.head_time;
    let (Ok(local), Ok(peer)) = (stream.local_addr(), stream.peer_addr()) else { return };
    drop(stream.set_nodelay(true));
    // hyper takes a connection on which nothing was sent yet for a busy one, and would hold up a stop for it.
    tokio::select! {
        _ = stopping.changed() => return,
        spoken = timeout(head_time, stream.readable()) => if !matches!(spoken, Ok(Ok(()))) { return },
    }
    let ends = (ReachedAt(local.ip()), CameFrom(peer.ip()));
    let Some(tls) = way.tls else { return talk(&way.http, stream, way.answers, ends, seated, stopping).await };
    let greeted = tokio::select! {
        _ = stopping.changed() => return,
        greeted = timeout(head_time, tls.accept(stream)) => greeted,
    };
    match greeted {
        Ok(Ok(stream)) => talk(&way.http, stream, way.answers, ends, seated, stopping).await,
        Ok(Err(error)) => tracing::debug!(kind = ?error.kind(), "no TLS was agreed on"),
        Err(_) => tracing::debug!("no TLS was agreed on in time"),
    }
}

/// Answers on one connection to its end, or to the end of its present request once the listener stops.
async fn talk(
    http: &http1::Builder,
    stream: impl AsyncRead + AsyncWrite + Unpin,
    answers: TowerToHyperService<Router>,
    (reached, came): (ReachedAt, CameFrom),
    seated: Seated,
    mut stopping: watch::Receiver<bool>,
) {
    let service = service_fn(|mut request: hyper::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(reached);
        request.extensions_mut().insert(came);
        answers.call(request)
    });
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service));
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        _ = stopping.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(timeout = error.is_timeout(), parse = error.is_parse(), "a connection ended early");
    }
    drop(seated);
}

/// A connection in the count.
struct Seated(Arc<Door>);

impl Seated {
    fn new(door: Arc<Door>) -> Self {
        door.metrics.connections.fetch_add(1, Relaxed);
        Self(door)
    }
}

impl Drop for Seated {
    fn drop(&mut self) {
        self.0.metrics.connections.fetch_sub(1, Relaxed);
    }
}
