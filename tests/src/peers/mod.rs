//! Real senders of alerts, from Debian and PyPI; those that serve each on a port and in a folder of its own.

mod alertmanager;
mod hook;
mod nagios;
mod prometheus;
mod python;

pub use alertmanager::Alertmanager;
pub use hook::{Fires, Hook};
pub use nagios::Nagios;
pub use prometheus::Prometheus;
pub use python::python;

use crate::wait;
use anyhow::{Context, Result, bail};
use std::fs::File;
use std::net::TcpListener;
use std::process::{Child, Stdio};
use xtask::desktop::{Family, Folders};

/// A client for HTTP. The programs' own clients use ring for TLS, and a client must be told so before it is made.
pub fn http() -> reqwest::Client {
    outreach::provide_tls();
    reqwest::Client::new()
}

/// A port of 127.0.0.1 that nobody listens on now.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0").context("find a free port")?.local_addr()?.port())
}

/// A server that a test started; it ends with the value.
#[derive(Debug)]
struct Server {
    name: &'static str,
    port: u16,
    child: Child,
    family: Family,
    folders: Folders,
}

impl Server {
    /// Starts `name` with arguments made for its folders and port, and waits until it says that it is ready.
    async fn start(name: &'static str, folders: Folders, arguments: impl Fn(&Folders, u16) -> Vec<String>) -> Result<Self> {
        let port = free_port()?;
        let family = Family::new();
        let log = File::create(folders.path("log"))?;
        let mut command = family.command(name);
        command.args(arguments(&folders, port)).envs(folders.environment());
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let child = command.spawn().with_context(|| format!("start {name}; `cargo xtask setup` installs it"))?;
        let mut server = Self { name, port, child, family, folders };
        let ready = server.ready().await;
        ready.with_context(|| format!("{name} said: {}", server.said()))?;
        Ok(server)
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn said(&self) -> String {
        std::fs::read_to_string(self.folders.path("log")).unwrap_or_default()
    }

    async fn ready(&mut self) -> Result<()> {
        let url = format!("{}/-/ready", self.url());
        wait::until(&format!("{} is ready", self.name), wait::SOON, async || {
            if let Some(end) = self.child.try_wait()? {
                bail!("it ended ({end})");
            }
            Ok(http().get(&url).send().await.is_ok_and(|answer| answer.status().is_success()).then_some(()))
        })
        .await
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.family.end();
        let _ = self.child.wait();
    }
}
