//! A process made to be killed in a storm: a home as the desktop opens it, with its listener, whose notices are lines on
//! standard output. It says the token of its source first, and nothing else but notices after that.

use anyhow::{Context, Result};
use api::Request;
use api::dto::Caller;
use async_trait::async_trait;
use domain::notices::{Notice, NoticeKey};
use engine::ports::Notifier;
use home::secrets::Place;
use home::{Opened, Options};
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// Tells on standard output what a desktop would show.
struct Printing;

#[async_trait]
impl Notifier for Printing {
    async fn show(&self, notice: Notice) -> Result<(), String> {
        say(&format!("shown {:?}", notice.summary)).map_err(|fault| fault.to_string())
    }

    async fn close(&self, _notice: NoticeKey) {}
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let folder = PathBuf::from(args.next().context("usage: siren HOME ADDRESS")?);
    let listen = Some(args.next().context("where to listen")?);
    let secrets = Place::Folder(folder.with_extension("keys"));
    let opened = home::open(Options { listen, secrets, ..Options::desktop(folder, Arc::new(Printing)) }).await?;
    let token = token(&opened).await?;
    say(&format!("token {token}"))?;
    std::future::pending().await
}

/// The token of the one source, which is made with the first start and gets a new token with every other.
async fn token(opened: &Opened) -> Result<String> {
    let known = opened.engine().context("this process owns the home")?.home().sources.keys().next().cloned();
    let request = match known {
        Some(name) => json!({"op": "source.rotate", "params": {"name": name}}),
        None => json!({"op": "source.add", "params": {"kind": "alertmanager", "name": "storm"}}),
    };
    let request: Request = serde_json::from_value(request)?;
    let caller = Caller { as_name: Some("dana".into()), for_name: None, by: None, via: domain::Via::Window };
    let made = opened.backend().call(caller, request).await?;
    Ok(made["token"].as_str().context("a source shows its token")?.to_owned())
}

fn say(line: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}
