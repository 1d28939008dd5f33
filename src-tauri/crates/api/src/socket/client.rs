//! The caller's end of the socket: a [`Backend`] that asks the owner.

use super::address::{Address, is_same_user};
use super::connection::incompatible;
use super::desk::{Desk, Reply, gone, lost};
use super::follower::Follower;
use super::frame::{self, FRAME_LIMIT, GREETING_LIMIT};
use super::wire::{Ask, Asked, Greeting, Hello, OwnerKind, PROTOCOL, Told};
use crate::dto::{Caller, Pushed};
use crate::{ApiError, Backend, Code, Request};
use async_trait::async_trait;
use interprocess::local_socket::tokio::Stream;
use interprocess::local_socket::traits::tokio::Stream as _;
use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::BufReader;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

/// Questions that may wait to be written.
const UNSENT: usize = 64;
/// Time an owner gets to greet: it does so at once, unless it hangs.
const GREETING_TIME: Duration = Duration::from_secs(5);

/// Why no owner was reached.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Nobody listens there.
    #[error("nobody listens: {0}")]
    Absent(io::Error),
    /// Somebody does, and says no.
    #[error(transparent)]
    Refused(#[from] ApiError),
}

/// The owner of a home, reached over its socket. Once the owner ends, subscriptions end and every call answers
/// `home_busy`; whoever wants it again connects again.
pub struct Remote {
    unsent: mpsc::Sender<Vec<u8>>,
    desk: Arc<Desk>,
    owner: OwnerKind,
    _tasks: JoinSet<()>,
}

impl Remote {
    /// Connects to the owner that listens at `address`; `version` is this process's own.
    pub async fn connect(address: &Address, version: &str) -> Result<Self, ConnectError> {
        let stream = Stream::connect(address.name().map_err(ConnectError::Absent)?).await.map_err(ConnectError::Absent)?;
        if !is_same_user(&stream) {
            let path = address.path().display();
            return Err(ApiError::new(Code::Forbidden, format!("The socket {path} belongs to another user.")).into());
        }
        let owner = tokio::time::timeout(GREETING_TIME, greet(&stream, version)).await.map_err(|_| silent())??;
        let stream = Arc::new(stream);
        let (unsent, to_write) = mpsc::channel(UNSENT);
        let desk = Arc::new(Desk::default());
        let mut tasks = JoinSet::new();
        tasks.spawn(write_all(stream.clone(), to_write));
        tasks.spawn(read_all(stream, desk.clone()));
        Ok(Self { unsent, desk, owner, _tasks: tasks })
    }

    /// What kind of process owns the home.
    pub const fn owner(&self) -> OwnerKind {
        self.owner
    }

    /// Whether the owner is still there.
    pub fn is_open(&self) -> bool {
        self.desk.is_open()
    }

    async fn ask(&self, id: u64, what: Asked) -> Result<(), ApiError> {
        let bytes = frame::encode(&Ask { id, what }).map_err(|_| {
            let message = format!("The request is too long for one message; {} MiB fit.", FRAME_LIMIT >> 20);
            ApiError::new(Code::InvalidRequest, message).hint("Shorten the text, or send it in parts.")
        })?;
        self.unsent.send(bytes).await.map_err(|_| gone())
    }

    async fn answer(&self, id: u64, what: Asked, reply: oneshot::Receiver<Reply>) -> Reply {
        let asked = self.ask(id, what).await;
        let result = match asked {
            Ok(()) => reply.await.unwrap_or_else(|_| Err(lost())),
            Err(fault) => Err(fault),
        };
        self.desk.forget_call(id);
        result
    }
}

impl Drop for Remote {
    fn drop(&mut self) {
        self.desk.close();
    }
}

async fn greet(stream: &Stream, version: &str) -> Result<OwnerKind, ConnectError> {
    let mut end = stream;
    let hello = Hello { protocol: PROTOCOL, version: version.to_owned() };
    let bytes = frame::encode(&hello).map_err(|_| silent())?;
    frame::write(&mut end, &bytes).await.map_err(ConnectError::Absent)?;
    match frame::read::<Greeting>(&mut end, GREETING_LIMIT).await {
        Ok(Some(Greeting::Welcome { owner, .. })) => Ok(owner),
        Ok(Some(Greeting::Refused { error })) => Err(error.into()),
        Ok(None) => Err(ConnectError::Absent(ErrorKind::ConnectionReset.into())),
        Err(fault) if fault.kind() == ErrorKind::InvalidData => Err(incompatible("unknown", version).into()),
        Err(fault) => Err(ConnectError::Absent(fault)),
    }
}

fn silent() -> ApiError {
    ApiError::new(Code::HomeBusy, "The Muster that owns this home does not answer.").hint("Quit it, or wait until it is done.")
}

async fn read_all(stream: Arc<Stream>, desk: Arc<Desk>) {
    let mut from = BufReader::new(&*stream);
    loop {
        match frame::read::<Told>(&mut from, FRAME_LIMIT).await {
            Ok(Some(told)) => desk.hand_over(told),
            Ok(None) => break,
            Err(fault) => {
                tracing::warn!(%fault, "socket read");
                break;
            }
        }
    }
    desk.close();
}

async fn write_all(stream: Arc<Stream>, mut unsent: mpsc::Receiver<Vec<u8>>) {
    while let Some(bytes) = unsent.recv().await {
        if frame::write(&mut &*stream, &bytes).await.is_err() {
            return;
        }
    }
}

#[async_trait]
impl Backend for Remote {
    async fn call(&self, caller: Caller, request: Request) -> Reply {
        let request = serde_json::to_value(&request)
            .map_err(|fault| ApiError::new(Code::InvalidRequest, format!("The request could not be written: {fault}")))?;
        let (id, reply) = self.desk.new_call()?;
        self.answer(id, Asked::Call { caller, request }, reply).await
    }

    async fn subscribe(&self, since: u64) -> Result<mpsc::Receiver<Pushed>, ApiError> {
        let (id, reply) = self.desk.new_call()?;
        let leave = frame::encode(&Ask { id, what: Asked::Leave {} }).unwrap_or_default();
        let (follower, receiver) = Follower::start(self.unsent.clone(), leave);
        self.desk.add_follower(id, follower);
        self.answer(id, Asked::Follow { since }, reply).await.inspect_err(|_| self.desk.end_follower(id))?;
        Ok(receiver)
    }
}
