//! The system's keychain, asked from a thread of its own with a limit of time: it may ask a person for a password, hang,
//! or not be there, and nothing else may wait for that.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::oneshot;

/// Time a keychain gets to answer.
const PATIENCE: Duration = Duration::from_secs(3);
/// Questions that may hang at once; beyond them the keychain is not asked again.
const HANGING: usize = 4;
/// What the entries are listed under.
const SERVICE: &str = "Muster";

static ASKING: AtomicUsize = AtomicUsize::new(0);

/// A keychain. Each call may block; `Err` says why in words that go into a sentence, never what was kept.
pub(super) trait Keychain: Send + Sync {
    fn set(&self, entry: &str, secret: &str) -> Result<(), String>;
    fn get(&self, entry: &str) -> Result<Option<String>, String>;
    fn remove(&self, entry: &str) -> Result<(), String>;
}

/// The one of the operating system.
pub(super) struct System;

impl Keychain for System {
    fn set(&self, entry: &str, secret: &str) -> Result<(), String> {
        keyring::Entry::new(SERVICE, entry).and_then(|entry| entry.set_password(secret)).map_err(words)
    }

    fn get(&self, entry: &str) -> Result<Option<String>, String> {
        match keyring::Entry::new(SERVICE, entry).and_then(|entry| entry.get_password()) {
            Ok(secret) => Ok(Some(secret)),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(fault) => Err(words(fault)),
        }
    }

    fn remove(&self, entry: &str) -> Result<(), String> {
        match keyring::Entry::new(SERVICE, entry).and_then(|entry| entry.delete_credential()) {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(fault) => Err(words(fault)),
        }
    }
}

/// Our own words: a fault's may carry what was kept.
fn words(fault: keyring::Error) -> String {
    match fault {
        keyring::Error::NoStorageAccess(_) => "it is locked",
        keyring::Error::NoDefaultStore | keyring::Error::PlatformFailure(_) => "none answers on this machine",
        keyring::Error::TooLong(..) => "the secret is too long for it",
        keyring::Error::Ambiguous(_) => "it keeps several under one name",
        _ => "what it keeps cannot be read",
    }
    .to_owned()
}

/// Asks in a thread of its own. `Err` also where no answer came in time.
pub(super) async fn ask<T: Send + 'static>(
    keychain: &Arc<dyn Keychain>,
    question: impl FnOnce(&dyn Keychain) -> Result<T, String> + Send + 'static,
) -> Result<T, String> {
    if ASKING.fetch_add(1, Ordering::SeqCst) >= HANGING {
        ASKING.fetch_sub(1, Ordering::SeqCst);
        return Err("it has not answered for some time".into());
    }
    let (give, answer) = oneshot::channel();
    let keychain = keychain.clone();
    let asked = std::thread::Builder::new().name("keychain".into()).spawn(move || {
        let _counted = Counted;
        // Nobody listens any more where it took too long.
        drop(give.send(question(keychain.as_ref())));
    });
    if asked.is_err() {
        ASKING.fetch_sub(1, Ordering::SeqCst);
        return Err("the system has no thread left to ask it".into());
    }
    match tokio::time::timeout(PATIENCE, answer).await {
        Ok(Ok(answered)) => answered,
        Ok(Err(_)) => Err("it broke off".into()),
        Err(_) => Err("it did not answer within 3 seconds".into()),
    }
}

/// One question under way, until its thread ends, however it ends.
struct Counted;

impl Drop for Counted {
    fn drop(&mut self) {
        ASKING.fetch_sub(1, Ordering::SeqCst);
    }
}
