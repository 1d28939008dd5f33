//! The real Prometheus, with one rule on its own figures that a test can make true and untrue.

use super::Server;
use anyhow::{Result, bail};
use serde_json::json;
use xtask::desktop::Folders;

/// A running Prometheus that sends straight to Muster, as it would to an Alertmanager.
#[derive(Debug)]
pub struct Prometheus {
    server: Server,
}

impl Prometheus {
    /// Starts one that sends its alerts to `target` (`host:port`) under `prefix`.
    pub async fn start(target: &str, prefix: &str) -> Result<Self> {
        let folders = Folders::create()?;
        let settings = json!({
            "global": {"evaluation_interval": "200ms", "scrape_interval": "1s", "external_labels": {"site": "test"}},
            "rule_files": [folders.path("rules.yml")],
            "alerting": {"alertmanagers": [
                {"api_version": "v2", "path_prefix": prefix, "static_configs": [{"targets": [target]}]},
            ]},
        });
        std::fs::write(folders.path("prometheus.yml"), settings.to_string())?;
        rule(&folders, true)?;
        let server = Server::start("prometheus", folders, |folders, port| {
            vec![
                format!("--config.file={}", folders.path("prometheus.yml").display()),
                format!("--storage.tsdb.path={}", folders.path("data").display()),
                format!("--web.listen-address=127.0.0.1:{port}"),
                "--web.enable-lifecycle".to_owned(),
                // It looks for its receivers only some seconds after its rules: what it said before must be said again soon.
                "--rules.alert.resend-delay=1s".to_owned(),
            ]
        });
        Ok(Self { server: server.await? })
    }

    /// Where it is asked what fires.
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// Makes the rule untrue: the alert resolves.
    pub async fn recover(&self) -> Result<()> {
        rule(&self.server.folders, false)?;
        let answer = super::http().post(format!("{}/-/reload", self.server.url())).send().await?;
        if !answer.status().is_success() {
            bail!("Prometheus could not read its rules anew: {}", self.server.said());
        }
        Ok(())
    }
}

/// The one rule: `vector(1)` fires, the same query with an impossible comparison does not.
fn rule(folders: &Folders, fires: bool) -> Result<()> {
    let expression = if fires { "vector(1) > 0" } else { "vector(1) > 1" };
    let rules = json!({"groups": [{"name": "checkout", "rules": [{
        "alert": "CheckoutErrors",
        "expr": expression,
        "labels": {"severity": "critical", "service": "checkout"},
        "annotations": {"summary": "Checkout fails for customers"},
    }]}]});
    Ok(std::fs::write(folders.path("rules.yml"), rules.to_string())?)
}
