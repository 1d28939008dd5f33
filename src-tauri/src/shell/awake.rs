//! Keeps the machine from going to sleep by itself while Muster has to ring. Never for longer than it is held, never the
//! screen, and where the desktop does not allow it that is said, not hidden.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

#[cfg(target_os = "linux")]
use linux::{Hold, take};
#[cfg(any(windows, target_os = "macos"))]
use others::{Hold, take};
#[cfg(not(any(target_os = "linux", windows, target_os = "macos")))]
use unknown::{Hold, take};

/// The one hold on the machine that this process has, or not.
#[derive(Default)]
pub struct Awake {
    /// What is wanted now; a hold that comes too late is let go.
    wanted: AtomicBool,
    held: Mutex<Option<Hold>>,
}

impl Awake {
    /// Holds nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps the machine awake until [`release`](Self::release), or until this process ends. `why` is shown by the desktop
    /// to whoever asks what keeps it awake. Held already, it does nothing. `Err` says in a sentence why it cannot be.
    pub async fn hold(&self, why: &str) -> Result<(), String> {
        self.wanted.store(true, Ordering::SeqCst);
        if self.is_held() {
            return Ok(());
        }
        let taken = take(why).await.map_err(|why| format!("This desktop does not let Muster keep the machine awake: {why}."))?;
        *self.slot() = Some(taken);
        if !self.wanted.load(Ordering::SeqCst) {
            self.release();
        }
        Ok(())
    }

    /// Lets the machine sleep again. Held or not, it is not held afterwards.
    pub fn release(&self) {
        self.wanted.store(false, Ordering::SeqCst);
        drop(self.slot().take());
    }

    /// Whether the machine is kept awake by this process.
    pub fn is_held(&self) -> bool {
        self.slot().as_ref().is_some_and(Hold::is_good)
    }

    fn slot(&self) -> std::sync::MutexGuard<'_, Option<Hold>> {
        self.held.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::HashMap;
    use std::time::Duration;
    use zbus::{Connection, DBusError as _, OwnedFd, OwnedObjectPath, Proxy, Variant, proxy};

    const LOGIN: (&str, &str, &str) = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager");
    const PORTAL: (&str, &str, &str) =
        ("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Inhibit");
    const SCREEN: (&str, &str, &str) = ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver");
    /// The portal's flags for "no sleep" and "not idle".
    const NO_SLEEP: u32 = 4 | 8;
    /// Time a service gets to answer; one that hangs counts as one that is not there.
    const PATIENCE: Duration = Duration::from_secs(3);

    /// What keeps the machine awake; dropping it lets go.
    pub enum Hold {
        /// A lock of the login manager, which ends with the file.
        Lock(#[expect(dead_code, reason = "held, not read")] OwnedFd),
        /// A promise of the desktop, which ends with the connection it was made over.
        Promise(Connection),
    }

    impl Hold {
        /// Whether it still holds.
        pub fn is_good(&self) -> bool {
            match self {
                Self::Lock(_) => true,
                Self::Promise(connection) => !connection.is_closed(),
            }
        }
    }

    /// Asks the login manager, then the desktop. `Err` says why neither does it, to go into a sentence.
    pub async fn take(why: &str) -> Result<Hold, String> {
        let refused = match in_time(Connection::system()).await {
            Ok(bus) => match lock(&bus, why).await {
                Ok(hold) => return Ok(hold),
                Err(refused) => refused,
            },
            Err(_) => "no login manager answers".to_owned(),
        };
        // A connection of its own: the promise ends with it.
        let Ok(bus) = in_time(Connection::session()).await else { return Err(refused) };
        promise(bus, why).await.map_err(|also| format!("{refused}, and {also}"))
    }

    /// A lock against idling and sleep, from the login manager.
    pub(super) async fn lock(bus: &Connection, why: &str) -> Result<Hold, String> {
        let taken = in_time(async { at(bus, LOGIN).await?.call("Inhibit", &("idle:sleep", "Muster", why, "block")).await }).await;
        taken.map(Hold::Lock).map_err(|why| format!("the login manager says \"{why}\""))
    }

    /// The desktop's promise: through the portal, else to the one who would put the screen to sleep.
    pub(super) async fn promise(bus: Connection, why: &str) -> Result<Hold, String> {
        let options = HashMap::from([("reason", Variant::from(why))]);
        let portal: Result<OwnedObjectPath, _> =
            in_time(async { at(&bus, PORTAL).await?.call("Inhibit", &("", NO_SLEEP, options)).await }).await;
        if portal.is_ok() {
            return Ok(Hold::Promise(bus));
        }
        let screen: Result<u32, _> = in_time(async { at(&bus, SCREEN).await?.call("Inhibit", &("Muster", why)).await }).await;
        screen.map(|_| Hold::Promise(bus)).map_err(|why| format!("the desktop says \"{why}\""))
    }

    async fn at<'a>(bus: &Connection, (service, path, interface): (&'a str, &'a str, &'a str)) -> zbus::Result<Proxy<'a>> {
        let builder = proxy::Builder::<Proxy<'a>>::new(bus).cache_properties(proxy::CacheProperties::No);
        builder.destination(service).path(path).interface(interface).build().await
    }

    async fn in_time<T>(answer: impl Future<Output = zbus::Result<T>>) -> Result<T, String> {
        match tokio::time::timeout(PATIENCE, answer).await {
            Ok(answer) => answer.map_err(|fault| words(&fault)),
            Err(_) => Err("no answer within 3 seconds".into()),
        }
    }

    /// The service's own words where it has any.
    fn words(fault: &zbus::Error) -> String {
        let text = match fault {
            zbus::Error::MethodError(name, text, _) => text.clone().unwrap_or_else(|| name.to_string()),
            zbus::Error::FDO(fault) => fault.description().map_or_else(|| fault.to_string(), str::to_owned),
            other => other.to_string(),
        };
        text.trim_end_matches('.').to_owned()
    }
}

#[cfg(any(windows, target_os = "macos"))]
mod others {
    use std::sync::mpsc;

    /// What keeps the machine awake: a thread, because Windows counts by thread. Dropping it lets go.
    pub struct Hold(#[expect(dead_code, reason = "held, not read: the thread ends when it is dropped")] mpsc::Sender<()>);

    impl Hold {
        /// Whether it still holds.
        pub fn is_good(&self) -> bool {
            true
        }
    }

    /// Asks the system. `Err` says why it does not, to go into a sentence.
    pub async fn take(why: &str) -> Result<Hold, String> {
        let (hold, until) = mpsc::channel::<()>();
        let (told, answer) = tokio::sync::oneshot::channel();
        let why = why.to_owned();
        let keep = move || {
            let made = keepawake::Builder::default().idle(true).reason(why).app_name("Muster").app_reverse_domain("app.muster").create();
            let (kept, said) = match made {
                Ok(kept) => (Some(kept), Ok(())),
                Err(fault) => (None, Err(fault.to_string().trim_end_matches('.').to_owned())),
            };
            drop(told.send(said));
            if kept.is_some() {
                // Ends with an error when the hold is dropped, which is what it waits for.
                let _ended = until.recv();
            }
        };
        std::thread::Builder::new().name("awake".into()).spawn(keep).map_err(|fault| fault.to_string())?;
        answer.await.unwrap_or_else(|_| Err("the system broke off".into())).map(|()| Hold(hold))
    }
}

#[cfg(not(any(target_os = "linux", windows, target_os = "macos")))]
mod unknown {
    /// Nothing that could be held.
    pub enum Hold {}

    impl Hold {
        /// Whether it still holds.
        pub fn is_good(&self) -> bool {
            match *self {}
        }
    }

    /// This system has nothing that Muster knows to ask.
    pub async fn take(_why: &str) -> Result<Hold, String> {
        Err("Muster does not know how on this system".into())
    }
}

#[cfg(all(test, target_os = "linux"))]
#[path = "awake/tests.rs"]
mod tests;
