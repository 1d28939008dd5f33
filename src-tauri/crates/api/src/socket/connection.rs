//! One caller at the owner's end: greeted once, then answered in whatever order answers come.

use super::frame::{self, FRAME_LIMIT, GREETING_LIMIT};
use super::server::Host;
use super::wire::{Ask, Asked, Greeting, Hello, PROTOCOL, Telling, Told};
use crate::dto::Caller;
use crate::{ApiError, Code, Request};
use interprocess::local_socket::tokio::Stream;
use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::BufReader;
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinSet};

/// Requests of one connection under way at once: a screen asks about ten; beyond it the caller waits.
const UNDER_WAY: usize = 64;
/// Answers that may wait for a caller who does not read.
const UNREAD: usize = 64;
/// Time to say hello.
const HELLO_TIME: Duration = Duration::from_secs(5);
/// Time that answers get when the owner stops, and that a caller gets to take them.
const FAREWELL: Duration = Duration::from_secs(2);

pub(super) struct Connection {
    stream: Arc<Stream>,
    host: Arc<Host>,
    answers: mpsc::Sender<Vec<u8>>,
    unsent: mpsc::Receiver<Vec<u8>>,
    work: JoinSet<()>,
    follows: HashMap<u64, AbortHandle>,
}

impl Connection {
    pub fn new(stream: Stream, host: Arc<Host>) -> Self {
        let (answers, unsent) = mpsc::channel(UNREAD);
        Self { stream: Arc::new(stream), host, answers, unsent, work: JoinSet::new(), follows: HashMap::new() }
    }

    pub async fn run(mut self) {
        match self.greet().await {
            Ok(true) => {}
            Ok(false) => return,
            Err(fault) => return tracing::debug!(%fault, "socket greeting"),
        }
        let mut writing = JoinSet::new();
        writing.spawn(write_all(self.stream.clone(), self.unsent));
        let (heard, mut asks) = mpsc::channel(1);
        let mut reading = JoinSet::new();
        reading.spawn(read_all(self.stream, heard));
        let mut stopping = self.host.stopping.clone();
        loop {
            tokio::select! {
                ask = asks.recv(), if self.work.len() < UNDER_WAY + self.follows.len() => match ask {
                    Some(ask) => take(ask, &self.host, &self.answers, &mut self.work, &mut self.follows),
                    None => break,
                },
                Some(_) = self.work.join_next() => {}
                _ = stopping.wait_for(|stop| *stop) => break,
            }
        }
        for follow in self.follows.values() {
            follow.abort();
        }
        drop(self.answers);
        let farewell = async {
            while self.work.join_next().await.is_some() {}
            while writing.join_next().await.is_some() {}
        };
        drop(tokio::time::timeout(FAREWELL, farewell).await);
    }

    async fn greet(&mut self) -> io::Result<bool> {
        let mut stream = &*self.stream;
        let hello = tokio::time::timeout(HELLO_TIME, frame::read::<Hello>(&mut stream, GREETING_LIMIT)).await??;
        let Some(hello) = hello else { return Ok(false) };
        let fits = hello.protocol == PROTOCOL;
        let greeting = if fits {
            Greeting::Welcome { version: self.host.version.clone(), owner: self.host.owner }
        } else {
            Greeting::Refused { error: incompatible(&self.host.version, &hello.version) }
        };
        if let Ok(bytes) = frame::encode(&greeting) {
            frame::write(&mut stream, &bytes).await?;
        }
        Ok(fits)
    }
}

/// What an end says to another that would misunderstand it.
pub(super) fn incompatible(owner: &str, caller: &str) -> ApiError {
    ApiError::new(Code::Refused, format!("The running Muster is version {owner} and does not understand version {caller}."))
        .hint("Quit the running one and start it again, so that both are of the same version.")
}

fn take(ask: Ask, host: &Arc<Host>, answers: &mpsc::Sender<Vec<u8>>, work: &mut JoinSet<()>, follows: &mut HashMap<u64, AbortHandle>) {
    let id = ask.id;
    match ask.what {
        Asked::Call { caller, request } => drop(work.spawn(call(id, caller, request, host.clone(), answers.clone()))),
        Asked::Follow { since } => {
            follows.retain(|_, follow| !follow.is_finished());
            follows.insert(id, work.spawn(follow(id, since, host.clone(), answers.clone())));
        }
        Asked::Leave {} => {
            if let Some(follow) = follows.remove(&id) {
                follow.abort();
            }
        }
    }
}

async fn call(id: u64, caller: Caller, request: serde_json::Value, host: Arc<Host>, answers: mpsc::Sender<Vec<u8>>) {
    let result = match serde_json::from_value::<Request>(request) {
        Ok(request) => host.backend.call(caller, request).await,
        Err(fault) => Err(not_understood(&fault, &host.version)),
    };
    let what = result.map_or_else(Telling::Error, Telling::Answer);
    drop(answers.send(encoded(Told { id, what })).await);
}

fn not_understood(fault: &serde_json::Error, version: &str) -> ApiError {
    ApiError::new(Code::InvalidRequest, format!("The running Muster (version {version}) does not understand this request: {fault}."))
        .hint("If it is older than this command, quit it and start it again.")
}

fn encoded(told: Told) -> Vec<u8> {
    frame::encode(&told).unwrap_or_else(|_| {
        let error =
            ApiError::new(Code::InvalidRequest, "The answer is too long for one message.").hint("Ask for fewer at a time with `limit`.");
        frame::encode(&Told { id: told.id, what: Telling::Error(error) }).unwrap_or_default()
    })
}

async fn follow(id: u64, since: u64, host: Arc<Host>, answers: mpsc::Sender<Vec<u8>>) {
    let tell = |what| answers.send(encoded(Told { id, what }));
    let mut pushes = match host.backend.subscribe(since).await {
        Ok(pushes) => pushes,
        Err(error) => return drop(tell(Telling::Error(error)).await),
    };
    if tell(Telling::Answer(serde_json::Value::Null)).await.is_err() {
        return;
    }
    while let Some(push) = pushes.recv().await {
        if tell(Telling::Push(push)).await.is_err() {
            return;
        }
    }
    drop(tell(Telling::End {}).await);
}

/// Reads apart from the rest, for a message that was begun must be read to its end.
async fn read_all(stream: Arc<Stream>, heard: mpsc::Sender<Ask>) {
    let mut from = BufReader::new(&*stream);
    loop {
        match frame::read::<Ask>(&mut from, FRAME_LIMIT).await {
            Ok(Some(ask)) => {
                if heard.send(ask).await.is_err() {
                    return;
                }
            }
            Ok(None) => return,
            Err(fault) => return tracing::warn!(%fault, "socket read"),
        }
    }
}

async fn write_all(stream: Arc<Stream>, mut unsent: mpsc::Receiver<Vec<u8>>) {
    while let Some(bytes) = unsent.recv().await {
        if let Err(fault) = frame::write(&mut &*stream, &bytes).await {
            return tracing::debug!(%fault, "socket write");
        }
    }
}
