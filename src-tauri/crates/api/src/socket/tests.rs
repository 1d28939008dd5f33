//! Both ends of the socket, with a back end that only says what it was asked.

use super::frame::{self, FRAME_LIMIT};
use super::wire::{Greeting, Hello};
use super::*;
use crate::dto::{Caller, Nothing, OneIncident, Pushed, Search};
use crate::{ApiError, Backend, Code, Request};
use async_trait::async_trait;
use domain::Via;
use interprocess::local_socket::tokio::Stream;
use interprocess::local_socket::traits::tokio::Stream as _;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::sync::{Semaphore, mpsc};

/// Echoes; `incident.show` waits until it may go on; `search` answers as much as it is asked for.
struct Echo {
    gate: Semaphore,
    watchers: Mutex<Vec<mpsc::Sender<Pushed>>>,
}

#[async_trait]
impl Backend for Echo {
    async fn call(&self, caller: Caller, request: Request) -> Result<Value, ApiError> {
        match request {
            Request::IncidentShow(ask) => {
                self.gate.acquire().await.expect("the gate stays").forget();
                Ok(json!({ "shown": ask.incident, "for": caller.as_name }))
            }
            Request::SearchOp(ask) => Ok(Value::String("x".repeat(ask.limit.unwrap_or(0) as usize))),
            Request::Verify(_) => Err(ApiError::new(Code::CorruptHome, "It is corrupt.").hint("Restore.").field("home")),
            other => Ok(json!({ "op": other.operation().name })),
        }
    }

    async fn subscribe(&self, since: u64) -> Result<mpsc::Receiver<Pushed>, ApiError> {
        let (sender, receiver) = mpsc::channel(4);
        sender.send(Pushed { seq: since + 1, tags: vec!["*".into()] }).await.expect("just made");
        self.watchers.lock().expect("no panic while held").push(sender);
        Ok(receiver)
    }
}

fn caller() -> Caller {
    Caller { as_name: Some("dana".into()), for_name: None, by: None, via: Via::Cli }
}

#[expect(clippy::disallowed_methods, reason = "joined by the test")]
fn spawn<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> tokio::task::JoinHandle<T> {
    tokio::spawn(work)
}

struct Rig {
    _folder: tempfile::TempDir,
    address: Address,
    echo: Arc<Echo>,
    server: Server,
}

fn rig() -> Rig {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let address = Address::new(folder.path().join("s.sock"));
    let echo = Arc::new(Echo { gate: Semaphore::new(0), watchers: Mutex::default() });
    let server = Server::start(&address, echo.clone(), OwnerKind::Serve, "1.2.3").expect("it listens");
    Rig { _folder: folder, address, echo, server }
}

async fn connect(rig: &Rig) -> Remote {
    Remote::connect(&rig.address, "1.2.3").await.expect("the owner greets")
}

#[tokio::test]
async fn answers_and_errors_come_back_whole() {
    let rig = rig();
    let remote = connect(&rig).await;
    assert_eq!(remote.owner(), OwnerKind::Serve);
    let answer = remote.call(caller(), Request::Home(Nothing {})).await;
    assert_eq!(answer, Ok(json!({ "op": "home" })));
    let error = remote.call(caller(), Request::Verify(Nothing {})).await.expect_err("the back end refuses");
    assert_eq!(error, ApiError::new(Code::CorruptHome, "It is corrupt.").hint("Restore.").field("home"), "code, hint and field survive");
}

#[tokio::test]
async fn a_slow_answer_holds_up_no_other() {
    let rig = rig();
    let remote = Arc::new(connect(&rig).await);
    let slow = {
        let remote = remote.clone();
        let ask = OneIncident { incident: "INC-1".into() };
        spawn(async move { remote.call(caller(), Request::IncidentShow(ask)).await })
    };
    let quick = remote.call(caller(), Request::Home(Nothing {})).await;
    assert_eq!(quick, Ok(json!({ "op": "home" })), "answered while the first one waits");
    rig.echo.gate.add_permits(1);
    assert_eq!(slow.await.expect("no panic"), Ok(json!({ "shown": "INC-1", "for": "dana" })));
}

#[tokio::test]
async fn an_answer_too_long_is_an_error_and_the_connection_lives() {
    let rig = rig();
    let remote = connect(&rig).await;
    let ask = Search { query: String::new(), limit: Some(FRAME_LIMIT as u32) };
    let error = remote.call(caller(), Request::SearchOp(ask)).await.expect_err("too long");
    assert_eq!(error.code, Code::InvalidRequest);
    assert!(remote.call(caller(), Request::Home(Nothing {})).await.is_ok(), "the next question is answered");
}

#[tokio::test]
async fn pushes_arrive_and_end_with_the_owner() {
    let rig = rig();
    let remote = connect(&rig).await;
    let mut pushes = remote.subscribe(41).await.expect("followed");
    assert_eq!(pushes.recv().await.map(|push| push.seq), Some(42), "what was missed comes first");
    let watcher = rig.echo.watchers.lock().expect("no panic while held")[0].clone();
    watcher.send(Pushed { seq: 43, tags: vec!["watch".into()] }).await.expect("followed");
    assert_eq!(pushes.recv().await, Some(Pushed { seq: 43, tags: vec!["watch".into()] }));
    rig.server.stop().await;
    assert_eq!(pushes.recv().await, None, "a lost owner ends the subscription");
    let error = remote.call(caller(), Request::Home(Nothing {})).await.expect_err("nobody answers");
    assert_eq!(error.code, Code::HomeBusy, "the shell takes this as: try to take over");
    assert!(!remote.is_open());
}

#[tokio::test]
async fn a_reader_that_stops_is_forgotten() {
    let rig = rig();
    let remote = connect(&rig).await;
    let pushes = remote.subscribe(0).await.expect("followed");
    drop(pushes);
    let watcher = rig.echo.watchers.lock().expect("no panic while held")[0].clone();
    tokio::time::timeout(std::time::Duration::from_secs(5), watcher.closed()).await.expect("the owner no longer follows for nobody");
}

#[tokio::test]
async fn what_was_asked_is_answered_before_the_owner_goes() {
    let rig = rig();
    let remote = Arc::new(connect(&rig).await);
    let asked = {
        let remote = remote.clone();
        let ask = OneIncident { incident: "INC-1".into() };
        spawn(async move { remote.call(caller(), Request::IncidentShow(ask)).await })
    };
    assert!(remote.call(caller(), Request::Home(Nothing {})).await.is_ok(), "so the first question has arrived");
    rig.echo.gate.add_permits(1);
    rig.server.stop().await;
    assert!(asked.await.expect("no panic").is_ok(), "a change under way is not cut off");
}

#[tokio::test]
async fn another_protocol_is_refused_with_a_sentence() {
    let rig = rig();
    let stream = Stream::connect(rig.address.name().expect("a name")).await.expect("it listens");
    let hello = frame::encode(&Hello { protocol: PROTOCOL + 1, version: "9.0.0".into() }).expect("short");
    frame::write(&mut &stream, &hello).await.expect("written");
    let greeting = frame::read::<Greeting>(&mut &stream, FRAME_LIMIT).await.expect("readable");
    let Some(Greeting::Refused { error }) = greeting else { panic!("expected a refusal, got {greeting:?}") };
    assert_eq!(error.message, "The running Muster is version 1.2.3 and does not understand version 9.0.0.");
}

#[tokio::test]
async fn an_unknown_operation_is_refused_by_name() {
    let rig = rig();
    let stream = Stream::connect(rig.address.name().expect("a name")).await.expect("it listens");
    let mut end = &stream;
    frame::write(&mut end, &frame::encode(&Hello { protocol: PROTOCOL, version: "1.2.3".into() }).expect("short")).await.expect("written");
    drop(frame::read::<Greeting>(&mut end, FRAME_LIMIT).await.expect("readable"));
    let ask = json!({ "id": 7, "what": { "call": { "caller": caller(), "request": { "op": "incident.fly", "params": {} } } } });
    frame::write(&mut end, &frame::encode(&ask).expect("short")).await.expect("written");
    let told = frame::read::<Value>(&mut end, FRAME_LIMIT).await.expect("readable").expect("an answer");
    assert_eq!(told["id"], 7);
    assert_eq!(told["what"]["error"]["code"], "invalid_request");
    assert!(told["what"]["error"]["message"].as_str().expect("a sentence").contains("incident.fly"), "{told}");
}

#[tokio::test]
async fn a_message_that_claims_too_much_ends_the_connection() {
    let rig = rig();
    let stream = Stream::connect(rig.address.name().expect("a name")).await.expect("it listens");
    frame::write(&mut &stream, &u32::MAX.to_be_bytes()).await.expect("written");
    let greeting = frame::read::<Greeting>(&mut &stream, FRAME_LIMIT).await;
    assert!(!matches!(greeting, Ok(Some(_))), "nothing of that size is read into memory, and nobody is greeted");
}

#[cfg(unix)]
#[tokio::test]
async fn a_socket_left_by_a_crash_is_taken_over_and_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("s.sock");
    drop(std::os::unix::net::UnixListener::bind(&path).expect("a corpse: nobody listens, the file stays"));
    let address = Address::new(path.clone());
    assert!(matches!(Remote::connect(&address, "1").await, Err(ConnectError::Absent(_))), "a corpse is nobody");
    let echo = Arc::new(Echo { gate: Semaphore::new(0), watchers: Mutex::default() });
    let server = Server::start(&address, echo, OwnerKind::Desktop, "1").expect("taken over");
    let mode = std::fs::metadata(&path).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o177, 0, "nobody but its owner may write to it: {mode:o}");
    server.stop().await;
    assert!(!path.exists(), "and it is taken away in the end");
}
