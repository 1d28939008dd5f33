//! A home without a screen.

use super::Stop;
use crate::flags::Global;
use crate::out::Out;
use crate::session::{caller, folder};
use api::dto::{HomeView, Nothing};
use api::{ApiError, Code, Request};
use clap::Args;
use home::{Opened, Options};
use serde_json::json;
use tokio::signal;

/// Run this home without a screen: listener, timers, backups, and the socket for other commands. Ends by ctrl-c or SIGTERM.
#[derive(Args, Debug)]
pub struct Serve {
    /// Where to listen for alerts [default: as set on this machine, else 127.0.0.1:6878]
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Speak TLS, with this machine's own certificate unless config.toml names another
    #[arg(long)]
    tls: bool,
}

impl Serve {
    /// Serves until it is told to end.
    pub async fn run(&self, global: &Global, out: &mut Out) -> Result<(), Stop> {
        // Whoever starts a server may end it at once; so it listens for that before anything else.
        let mut ending = Ending::new()?;
        let opened = home::open(Options { tls: self.tls, ..Options::serve(folder(global)?, self.listen.clone()) }).await?;
        let said = say_where(&opened, self.tls, global, out).await;
        if said.is_ok() {
            ending.wait().await;
        }
        opened.close().await;
        said?;
        Ok(out.done("Stopped.")?)
    }
}

async fn say_where(opened: &Opened, tls: bool, global: &Global, out: &mut Out) -> Result<(), Stop> {
    if !opened.is_owner() {
        let refusal = ApiError::new(Code::HomeBusy, format!("This home is already run by {}.", opened.owner().label()));
        return Err(refusal.hint("Use it as it is, quit that one first, or name another home with --home.").into());
    }
    let answer = opened.backend().call(caller(global), Request::Home(Nothing {})).await?;
    let home: HomeView = super::read(answer)?;
    let Some(listening) = home.listener.listening else {
        let why = home.listener.error.unwrap_or_else(|| "Nothing listens.".into());
        return Err(ApiError::new(Code::Refused, why).hint("Give another address with --listen.").into());
    };
    if out.json {
        let socket = opened.socket();
        out.value(
            &json!({ "home": home.path, "listening": listening, "socket": socket, "process": std::process::id(), "version": home.version }),
        )?;
    } else {
        out.done(format!("Serving {}", home.path))?;
        let scheme = if tls || opened.machine().speaks_tls() { "https" } else { "http" };
        out.done(format!("Listening on {scheme}://{listening}"))?;
    }
    Ok(out.flush()?)
}

/// What ends a server.
struct Ending {
    #[cfg(unix)]
    terminate: signal::unix::Signal,
    #[cfg(unix)]
    interrupt: signal::unix::Signal,
}

impl Ending {
    #[cfg(unix)]
    fn new() -> Result<Self, ApiError> {
        use signal::unix::{SignalKind, signal};
        let failed = |fault: std::io::Error| ApiError::new(Code::Internal, format!("This process cannot be told to end: {fault}."));
        Ok(Self {
            terminate: signal(SignalKind::terminate()).map_err(failed)?,
            interrupt: signal(SignalKind::interrupt()).map_err(failed)?,
        })
    }

    #[cfg(unix)]
    async fn wait(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }

    #[cfg(not(unix))]
    fn new() -> Result<Self, ApiError> {
        Ok(Self {})
    }

    #[cfg(not(unix))]
    async fn wait(&mut self) {
        drop(signal::ctrl_c().await);
    }
}
