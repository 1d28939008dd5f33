//! Secrets in the file, and with keychains that refuse, hang and come back. No real keychain is touched.

use super::*;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

struct Folders {
    home: tempfile::TempDir,
    settings: tempfile::TempDir,
}

impl Folders {
    fn new() -> Self {
        Self { home: tempfile::tempdir().expect("a home"), settings: tempfile::tempdir().expect("settings") }
    }

    fn plain(&self) -> Secrets {
        Secrets::open(self.home.path(), Place::Folder(self.settings.path().join("muster")))
    }

    fn with(&self, keychain: &Arc<Fake>) -> Secrets {
        Secrets::with(self.home.path(), Some(keychain.clone()), self.settings.path().join("muster"))
    }

    fn key(&self) -> PathBuf {
        self.settings.path().join("muster/secrets.key")
    }

    fn file(&self) -> PathBuf {
        self.home.path().join("secrets.age")
    }
}

#[derive(Default)]
struct Fake {
    kept: std::sync::Mutex<BTreeMap<String, String>>,
    mood: std::sync::Mutex<Mood>,
}

#[derive(Clone, Copy, Default)]
enum Mood {
    #[default]
    Well,
    Locked,
    Hanging,
}

impl Fake {
    fn is(&self, mood: Mood) {
        *self.mood.lock().expect("free") = mood;
    }

    fn try_it(&self) -> Result<(), String> {
        let mood = *self.mood.lock().expect("free");
        match mood {
            Mood::Well => Ok(()),
            Mood::Locked => Err("it is locked".into()),
            Mood::Hanging => {
                std::thread::sleep(Duration::from_secs(4));
                Err("too late".into())
            }
        }
    }
}

impl Keychain for Fake {
    fn set(&self, entry: &str, secret: &str) -> Result<(), String> {
        self.try_it()?;
        self.kept.lock().expect("free").insert(entry.to_owned(), secret.to_owned());
        Ok(())
    }

    fn get(&self, entry: &str) -> Result<Option<String>, String> {
        self.try_it()?;
        Ok(self.kept.lock().expect("free").get(entry).cloned())
    }

    fn remove(&self, entry: &str) -> Result<(), String> {
        self.try_it()?;
        self.kept.lock().expect("free").remove(entry);
        Ok(())
    }
}

fn payments() -> Name {
    Name::channel("payments")
}

fn secret(text: &str) -> Secret {
    Secret::new(text)
}

#[tokio::test]
async fn without_a_keychain_a_file_keeps_them_closed_and_private() {
    let folders = Folders::new();
    let secrets = folders.plain();
    assert_eq!(secrets.get(&payments()).await, Ok(None));
    assert!(!folders.file().exists() && !folders.key().exists(), "asking leaves nothing behind");
    assert_eq!(secrets.set(&payments(), &secret("https://hooks/one")).await, Ok(Kept::File));
    assert_eq!(secrets.set(&Name::channel("ops"), &secret("two")).await, Ok(Kept::File));
    let again = folders.plain();
    assert_eq!(again.get(&payments()).await, Ok(Some(secret("https://hooks/one"))));
    assert_eq!(again.has(&Name::channel("nobody")).await, Ok(false));
    let sealed = std::fs::read(folders.file()).expect("written");
    let shown = String::from_utf8_lossy(&sealed);
    assert!(!shown.contains("hooks") && !shown.contains("payments"), "closed");
    #[cfg(unix)]
    for file in [folders.file(), folders.key()] {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&file).expect("it exists").permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", file.display());
    }
    let left: Vec<_> = std::fs::read_dir(folders.home.path()).expect("listed").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["secrets.age"], "nothing else in the home");
    again.remove(&payments()).await.expect("removed");
    assert_eq!(secrets.get(&payments()).await, Ok(None));
    assert_eq!(secrets.get(&Name::channel("ops")).await, Ok(Some(secret("two"))));
}

#[tokio::test]
async fn a_copied_home_carries_none() {
    let folders = Folders::new();
    folders.plain().set(&payments(), &secret("one")).await.expect("kept");
    let copy = tempfile::tempdir().expect("another home");
    std::fs::copy(folders.file(), copy.path().join("secrets.age")).expect("copied");
    let here = Secrets::open(copy.path(), Place::Folder(folders.settings.path().join("muster")));
    assert_eq!(here.get(&payments()).await, Ok(None), "on this machine");
    let elsewhere = tempfile::tempdir().expect("another machine's settings");
    let away = Secrets::open(folders.home.path(), Place::Folder(elsewhere.path().to_owned()));
    assert_eq!(away.get(&payments()).await, Ok(None), "on another");
    assert_eq!(away.set(&payments(), &secret("new")).await, Ok(Kept::File), "and they can be entered again");
    assert_eq!(away.get(&payments()).await, Ok(Some(secret("new"))));
}

#[tokio::test]
async fn damage_is_told_or_healed_by_entering_again() {
    let folders = Folders::new();
    let secrets = folders.plain();
    secrets.set(&payments(), &secret("one")).await.expect("kept");
    std::fs::write(folders.file(), b"rubbish").expect("damaged");
    assert_eq!(secrets.get(&payments()).await, Ok(None));
    secrets.set(&payments(), &secret("two")).await.expect("kept");
    assert_eq!(secrets.get(&payments()).await, Ok(Some(secret("two"))));
    std::fs::write(folders.key(), b"").expect("damaged");
    assert_eq!(secrets.get(&payments()).await, Err(SecretFault::Key(folders.key())));
    std::fs::remove_file(folders.key()).expect("removed");
    std::fs::remove_file(folders.file()).expect("removed");
    std::fs::create_dir(folders.home.path().join("secrets.age")).expect("in the way");
    let fault = secrets.set(&payments(), &secret("three")).await.expect_err("not kept");
    assert!(fault.to_string().starts_with("Secrets cannot be kept in ") && !fault.to_string().contains("three"), "{fault}");
}

#[tokio::test]
async fn a_keychain_keeps_them_where_it_can_and_the_newest_always_counts() {
    let folders = Folders::new();
    let keychain = Arc::new(Fake::default());
    let secrets = folders.with(&keychain);
    assert_eq!(secrets.set(&payments(), &secret("one")).await, Ok(Kept::Keychain));
    let entry = keychain.kept.lock().expect("free").keys().next().cloned().expect("kept there");
    assert!(entry.starts_with("channel:") && entry.ends_with(":payments") && entry.len() == "channel::payments".len() + 16, "{entry}");
    assert_eq!(secrets.get(&payments()).await, Ok(Some(secret("one"))));
    keychain.is(Mood::Locked);
    let fault = secrets.get(&payments()).await.expect_err("locked");
    assert!(fault.to_string().contains("does not give it: it is locked. Unlock"), "{fault}");
    assert_eq!(secrets.has(&payments()).await, Ok(true), "without asking the keychain");
    assert_eq!(secrets.set(&payments(), &secret("two")).await, Ok(Kept::File));
    keychain.is(Mood::Well);
    assert_eq!(secrets.get(&payments()).await, Ok(Some(secret("two"))), "not the older one in the keychain");
    assert_eq!(secrets.set(&payments(), &secret("three")).await, Ok(Kept::Keychain));
    assert_eq!(secrets.get(&payments()).await, Ok(Some(secret("three"))));
    keychain.is(Mood::Locked);
    secrets.remove(&payments()).await.expect("removed");
    keychain.is(Mood::Well);
    assert_eq!(secrets.get(&payments()).await, Ok(None), "removed, though the keychain could not be told");
}

#[tokio::test]
async fn a_keychain_that_hangs_holds_nobody_up() {
    let folders = Folders::new();
    let keychain = Arc::new(Fake::default());
    keychain.is(Mood::Hanging);
    let before = Instant::now();
    let secrets = folders.with(&keychain);
    assert_eq!(secrets.get(&Name::channel("ops")).await, Ok(None));
    assert!(before.elapsed() < Duration::from_secs(1), "nothing kept, nothing asked");
    assert_eq!(secrets.set(&payments(), &secret("one")).await, Ok(Kept::File));
    assert!(before.elapsed() < Duration::from_millis(3_900), "{:?}", before.elapsed());
    assert_eq!(secrets.get(&payments()).await, Ok(Some(secret("one"))));
}

#[test]
fn a_secret_is_not_shown() {
    assert_eq!(format!("{:?}", secret("one")), "…");
    let folders = Folders::new();
    assert!(!format!("{:?}", folders.plain()).contains("one"));
}
