//! What is asked of the login manager and the desktop, played over a private wire.

use super::linux::{Hold, lock, promise};
use super::*;
use std::collections::HashMap;
use std::io::Read as _;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use zbus::{Connection, Fd, Guid, OwnedObjectPath, OwnedVariant, fdo, interface};

type Asked = Arc<Mutex<Vec<String>>>;

struct Login(Asked, Option<UnixStream>);

#[interface(name = "org.freedesktop.login1.Manager")]
impl Login {
    fn inhibit(&mut self, what: String, who: String, why: String, mode: String) -> fdo::Result<Fd<'static>> {
        self.0.lock().expect("free").push(format!("{what} {who} {why} {mode}"));
        let lock = self.1.take().ok_or_else(|| fdo::Error::AccessDenied("Permission denied.".into()))?;
        Ok(Fd::from(std::os::fd::OwnedFd::from(lock)))
    }
}

struct Portal(Asked);

#[interface(name = "org.freedesktop.portal.Inhibit")]
impl Portal {
    fn inhibit(&mut self, window: String, flags: u32, options: HashMap<String, OwnedVariant>) -> OwnedObjectPath {
        self.0.lock().expect("free").push(format!("portal '{window}' {flags} {}", options.contains_key("reason")));
        OwnedObjectPath::try_from("/org/freedesktop/portal/desktop/request/1").expect("a path")
    }
}

struct Screen(Asked);

#[interface(name = "org.freedesktop.ScreenSaver")]
impl Screen {
    fn inhibit(&mut self, who: String, why: String) -> u32 {
        self.0.lock().expect("free").push(format!("screen {who} {why}"));
        7
    }
}

/// A desktop with these objects, and our wire to it.
async fn wire(build: impl FnOnce(zbus::conn::Builder<'static>) -> zbus::conn::Builder<'static>) -> (Connection, Connection) {
    let (ours, theirs) = UnixStream::pair().expect("a wire");
    let server = build(zbus::conn::Builder::unix_stream(theirs).server(Guid::generate()).p2p());
    let client = zbus::conn::Builder::unix_stream(ours).p2p();
    let (server, client) = tokio::join!(server.build(), client.build());
    (server.expect("the desktop"), client.expect("our end"))
}

fn asked(asked: &Asked) -> Vec<String> {
    asked.lock().expect("free").clone()
}

#[tokio::test]
async fn the_login_managers_lock_is_kept_and_let_go() {
    let seen = Asked::default();
    let (mut theirs, lock_file) = UnixStream::pair().expect("a lock");
    theirs.set_nonblocking(true).expect("asked without waiting");
    let login = Login(seen.clone(), Some(lock_file));
    let (server, bus) = wire(|builder| builder.serve_at("/org/freedesktop/login1", login)).await;
    let awake = Awake::new();
    assert!(!awake.is_held());
    *awake.slot() = Some(lock(&bus, "2 incidents are open").await.expect("held"));
    assert_eq!(asked(&seen), ["idle:sleep Muster 2 incidents are open block"]);
    assert!(awake.is_held());
    drop((server, bus));
    let kept = theirs.read(&mut [0]).expect_err("the other end is open");
    assert_eq!(kept.kind(), std::io::ErrorKind::WouldBlock, "the lock does not end with the connection");
    awake.release();
    assert!(!awake.is_held());
    theirs.set_nonblocking(false).expect("wait for the end");
    theirs.set_read_timeout(Some(std::time::Duration::from_secs(5))).expect("not for ever");
    assert_eq!(theirs.read(&mut [0]).expect("closed"), 0, "let go");
}

#[tokio::test]
async fn a_refusal_is_told_in_the_services_own_words() {
    let login = Login(Asked::default(), None);
    let (_server, bus) = wire(|builder| builder.serve_at("/org/freedesktop/login1", login)).await;
    let why = lock(&bus, "an incident is open").await.err().expect("refused");
    assert_eq!(why, "the login manager says \"Permission denied\"");
}

#[tokio::test]
async fn the_desktop_promises_through_the_portal_else_through_the_screen() {
    let seen = Asked::default();
    let (portal, screen) = (Portal(seen.clone()), Screen(seen.clone()));
    let both = |builder: zbus::conn::Builder<'static>| {
        builder.serve_at("/org/freedesktop/portal/desktop", portal).serve_at("/org/freedesktop/ScreenSaver", screen)
    };
    let (server, bus) = wire(both).await;
    let hold = promise(bus, "an incident is open").await.expect("promised");
    assert_eq!(asked(&seen), ["portal '' 12 true"]);
    assert!(hold.is_good());
    drop(server);
    let Hold::Promise(connection) = &hold else { panic!("a promise") };
    connection.closed().await;
    assert!(!hold.is_good(), "a promise ends with its connection");

    let seen = Asked::default();
    let screen = Screen(seen.clone());
    let (_server, bus) = wire(|builder| builder.serve_at("/org/freedesktop/ScreenSaver", screen)).await;
    promise(bus, "an incident is open").await.expect("promised");
    assert_eq!(asked(&seen), ["screen Muster an incident is open"]);

    let (_server, bus) = wire(|builder| builder.serve_at("/elsewhere", Screen(Asked::default()))).await;
    let why = promise(bus, "an incident is open").await.err().expect("nobody there");
    assert!(why.starts_with("the desktop says \""), "{why}");
}
