//! The real Alertmanager, set up to call a webhook at once and again soon.

use super::Server;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::process::Command;
use xtask::desktop::Folders;

/// A running Alertmanager.
#[derive(Debug)]
pub struct Alertmanager {
    server: Server,
}

impl Alertmanager {
    /// Starts one whose every notice goes to `webhook`, grouped by alertname and service; resolved ones too.
    pub async fn start(webhook: &str) -> Result<Self> {
        let folders = Folders::create()?;
        let settings = json!({
            "route": {
                "receiver": "muster",
                "group_by": ["alertname", "service"],
                "group_wait": "100ms",
                "group_interval": "500ms",
                "repeat_interval": "2s",
            },
            "receivers": [{"name": "muster", "webhook_configs": [{"url": webhook, "send_resolved": true}]}],
        });
        // JSON is YAML.
        std::fs::write(folders.path("alertmanager.yml"), settings.to_string())?;
        let server = Server::start("prometheus-alertmanager", folders, |folders, port| {
            vec![
                format!("--config.file={}", folders.path("alertmanager.yml").display()),
                format!("--storage.path={}", folders.path("data").display()),
                format!("--web.listen-address=127.0.0.1:{port}"),
                "--cluster.listen-address=".to_owned(),
            ]
        });
        Ok(Self { server: server.await? })
    }

    /// Where its own API listens.
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// Port of its own API.
    pub fn port(&self) -> u16 {
        self.server.port
    }

    /// Makes an alert with these labels fire until it is resolved.
    pub async fn fire(&self, labels: &Value, summary: &str) -> Result<()> {
        self.post(&json!([{"labels": labels, "annotations": {"summary": summary}}])).await
    }

    /// Ends it.
    pub async fn resolve(&self, labels: &Value) -> Result<()> {
        let now = Command::new("date").args(["-u", "+%Y-%m-%dT%H:%M:%S.%NZ"]).output().context("ask the clock")?;
        let now = String::from_utf8(now.stdout)?;
        self.post(&json!([{"labels": labels, "endsAt": now.trim()}])).await
    }

    async fn post(&self, alerts: &Value) -> Result<()> {
        let answer = super::http().post(format!("{}/api/v2/alerts", self.url())).json(alerts).send().await?;
        if !answer.status().is_success() {
            bail!("Alertmanager refused {alerts}: {}", answer.text().await.unwrap_or_default());
        }
        Ok(())
    }
}
