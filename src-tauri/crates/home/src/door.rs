//! The ways in for alerts. Sources are asked while the home is open; the door is open or closed as this machine's settings
//! say, and why not, where it should be open.

use crate::config::listener_address;
use crate::ledger::EngineLedger;
use crate::sources::host_name;
use crate::tls::Files;
use api::dto::ListenerView;
use api::socket::OwnerKind;
use intake::{Asker, Ledger, Listener, ListenerConfig, Outcome, Rounds};
use rustls::ServerConfig;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What the settings ask of the door.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct DoorSettings {
    pub enabled: bool,
    pub address: String,
    /// Names by which senders may call this machine.
    pub hosts: Vec<String>,
    /// Whether to speak TLS.
    pub tls: bool,
    /// With which certificate, where not with one made for this home.
    pub files: Option<Files>,
}

#[derive(Clone, Default)]
struct Seen {
    listening: Option<String>,
    /// The certificate that is shown to senders, where TLS is spoken.
    certificate: Option<PathBuf>,
    error: Option<String>,
}

/// Where to listen whatever the settings say, and whether by TLS whatever they say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Listen {
    /// Address and port.
    pub address: String,
    /// Speak TLS even where the settings do not ask for it.
    pub tls: bool,
}

pub(crate) struct Door {
    ledger: Arc<dyn Ledger>,
    role: OwnerKind,
    /// Listen here whatever the settings say.
    listen: Option<Listen>,
    /// The certificate made for this home.
    own: Files,
    open: tokio::sync::Mutex<Option<Listener>>,
    rounds: tokio::sync::Mutex<Option<Rounds>>,
    seen: Mutex<Seen>,
}

impl Door {
    pub fn new(ledger: EngineLedger, role: OwnerKind, listen: Option<Listen>, own: Files) -> Self {
        let ledger = Arc::new(ledger);
        Self {
            ledger,
            role,
            listen,
            own,
            open: tokio::sync::Mutex::default(),
            rounds: tokio::sync::Mutex::default(),
            seen: Mutex::default(),
        }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn view(&self, enabled: bool) -> ListenerView {
        let seen = self.seen().clone();
        let certificate = seen.certificate.map(|file| file.display().to_string());
        ListenerView { enabled: enabled || self.listen.is_some(), listening: seen.listening, error: seen.error, certificate }
    }

    /// The certificate that senders are shown; none where the listener speaks plain HTTP.
    pub fn certificate(&self) -> Option<PathBuf> {
        self.seen().certificate.clone()
    }

    /// Opens or closes it. A command never opens it: it is over before anybody could knock.
    pub async fn set(&self, settings: DoorSettings) {
        if self.role == OwnerKind::Command {
            return;
        }
        self.rounds.lock().await.get_or_insert_with(|| Rounds::start(self.ledger.clone()));
        let mut open = self.open.lock().await;
        if let Some(listener) = open.take() {
            listener.stop().await;
        }
        let asked = settings.enabled.then(|| Listen { address: settings.address.clone(), tls: settings.tls });
        let listen = self.listen.clone().map(|listen| Listen { tls: listen.tls || settings.tls, ..listen }).or(asked);
        let seen = match listen {
            None => Seen::default(),
            Some(listen) => {
                let files = listen.tls.then(|| settings.files.clone().unwrap_or_else(|| self.own.clone()));
                match self.bind(&listen.address, settings.hosts, files.as_ref()).await {
                    Ok(listener) => {
                        let listening = listener.address().to_string();
                        *open = Some(listener);
                        Seen { listening: Some(listening), certificate: files.map(|files| files.certificate), error: None }
                    }
                    Err(error) => Seen { error: Some(error), ..Seen::default() },
                }
            }
        };
        *self.seen() = seen;
    }

    async fn asker(&self) -> Option<Asker> {
        self.rounds.lock().await.as_ref().map(Rounds::asker)
    }

    /// Makes every source due that is asked and was not asked just now.
    pub async fn ask_all(&self) {
        if let Some(asker) = self.asker().await {
            asker.ask_all();
        }
    }

    /// Asks or tries one source now; `None` for one that only sends.
    pub async fn ask(&self, name: &str) -> Option<Outcome> {
        let one = self.ledger.asked().into_iter().find(|one| one.name.as_str() == name)?;
        Some(match self.asker().await {
            Some(asker) => asker.ask(one.name).await,
            None => intake::round(&self.ledger, &one).await,
        })
    }

    async fn bind(&self, address: &str, allowed_hosts: Vec<String>, files: Option<&Files>) -> Result<Listener, String> {
        let address = listener_address(address).map_err(|refusal| refusal.message)?;
        let tls = files.map(|files| self.certify(files, &allowed_hosts)).transpose()?;
        let bound = Listener::bind(ListenerConfig { address, allowed_hosts, tls }, self.ledger.clone()).await;
        bound.map_err(|fault| {
            tracing::error!(%fault, "listener");
            fault.to_string()
        })
    }

    /// What TLS needs of these files; those of this home are made where they are missing.
    fn certify(&self, files: &Files, hosts: &[String]) -> Result<Arc<ServerConfig>, String> {
        if *files == self.own {
            let names: Vec<String> = hosts.iter().cloned().chain([host_name()]).collect();
            files.make(&names)?;
        }
        files.read()
    }

    pub async fn close(&self) {
        if let Some(rounds) = self.rounds.lock().await.take() {
            rounds.stop().await;
        }
        if let Some(listener) = self.open.lock().await.take() {
            listener.stop().await;
        }
        *self.seen() = Seen::default();
    }
}

/// Whether only this machine can reach `address`.
pub(crate) fn is_loopback(address: &str) -> bool {
    address.parse::<SocketAddr>().is_ok_and(|address| address.ip().is_loopback())
}
