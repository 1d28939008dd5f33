//! The two doors that take the same requests: Muster's listener, durable, and the real Alertmanager, in memory.

use crate::declare;
use crate::ingest::{self, Door};
use crate::measure::Row;
use anyhow::{Context, Result, bail};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longest start of either program.
const READY: Duration = Duration::from_secs(20);

/// A program that ends with the value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Measures ingest through both doors.
pub async fn ingest(folder: &Path) -> Result<Vec<Row>> {
    let (ours_at, theirs_at) = (free_address()?, free_address()?);
    let (_muster, token) = muster(folder, ours_at).await?;
    let _alertmanager = alertmanager(folder, theirs_at).await?;
    let ours = Door { address: ours_at, path: "/api/v2/alerts".into(), token: Some(token) };
    let theirs = Door { address: theirs_at, path: "/api/v2/alerts".into(), token: None };
    let inside = declare::open(&folder.join("inside.db"))?;
    let rows = ingest::rows(&ours, &theirs, &inside).await;
    inside.stop().await;
    rows
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

async fn muster(folder: &Path, address: SocketAddr) -> Result<(Running, String)> {
    let program = std::env::current_exe()?.with_file_name("muster");
    let home = folder.join("home");
    let command = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        command.arg("--home").arg(&home).args(arguments).env("XDG_RUNTIME_DIR", folder);
        command
    };
    let made = command(&["--json", "source", "add", "alertmanager", "bench"]).output()?;
    if !made.status.success() {
        bail!("source add: {}", String::from_utf8_lossy(&made.stderr));
    }
    let made: serde_json::Value = serde_json::from_slice(&made.stdout)?;
    let token = made["token"].as_str().context("a token")?.to_owned();
    let address_text = address.to_string();
    let running = Running(command(&["serve", "--listen", &address_text]).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?);
    listening(address).await?;
    Ok((running, token))
}

async fn alertmanager(folder: &Path, address: SocketAddr) -> Result<Running> {
    let config = folder.join("alertmanager.yml");
    std::fs::write(&config, "route: {receiver: none}\nreceivers: [{name: none}]\n")?;
    let running = Command::new("prometheus-alertmanager")
        .arg(format!("--config.file={}", config.display()))
        .arg(format!("--storage.path={}", folder.join("alertmanager").display()))
        .arg(format!("--web.listen-address={address}"))
        .args(["--cluster.listen-address=", "--log.level=error"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("start prometheus-alertmanager (Debian package of that name)")?;
    let running = Running(running);
    listening(address).await?;
    Ok(running)
}

async fn listening(address: SocketAddr) -> Result<()> {
    let begun = Instant::now();
    while tokio::net::TcpStream::connect(address).await.is_err() {
        if begun.elapsed() > READY {
            bail!("nothing listens on {address}");
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}
