//! A sender without a program behind it: posts to the listener what Alertmanager's webhook would, hundreds at once if need be.

use crate::system::SystemClock;
use anyhow::{Result, bail};
use domain::Timestamp;
use engine::ports::Clock as _;
use serde_json::{Value, json};

/// What one group of alerts is about.
#[derive(Clone, Debug)]
pub struct Fires {
    /// Its `alertname`, which is its title.
    pub name: String,
    /// The service it is about.
    pub service: String,
    /// Its `severity`.
    pub severity: &'static str,
    /// Alerts in it, each on an instance of its own.
    pub alerts: usize,
}

impl Fires {
    /// One alert of a service.
    pub fn one(name: &str, service: &str, severity: &'static str) -> Self {
        Self { name: name.to_owned(), service: service.to_owned(), severity, alerts: 1 }
    }

    /// The same with so many alerts.
    pub fn times(self, alerts: usize) -> Self {
        Self { alerts, ..self }
    }

    fn body(&self, began_at: Timestamp, status: &str) -> Value {
        let common = json!({"alertname": self.name, "service": self.service, "severity": self.severity});
        let alert = |number: usize| {
            let mut labels = common.clone();
            labels["instance"] = json!(format!("{}-{number}", self.service));
            let ends_at = if status == "resolved" { SystemClock.now().to_string() } else { "0001-01-01T00:00:00Z".to_owned() };
            json!({"status": status, "labels": labels, "annotations": {}, "startsAt": began_at.to_string(), "endsAt": ends_at})
        };
        json!({
            "version": "4",
            "groupKey": format!("{{}}:{{alertname=\"{}\", service=\"{}\"}}", self.name, self.service),
            "status": status,
            "receiver": "muster",
            "groupLabels": {"alertname": self.name, "service": self.service},
            "commonLabels": common,
            "commonAnnotations": {},
            "externalURL": "http://alertmanager.example",
            "truncatedAlerts": 0,
            "alerts": (0..self.alerts).map(alert).collect::<Vec<_>>(),
        })
    }
}

/// The sender.
#[derive(Debug)]
pub struct Hook {
    client: reqwest::Client,
    url: String,
    /// All it tells of began then.
    began_at: Timestamp,
}

impl Hook {
    /// Sends to the listener at `address`, with this token.
    pub fn to(address: &str, token: &str) -> Self {
        let url = format!("http://{address}/hooks/alertmanager/{token}");
        Self { client: super::http(), url, began_at: SystemClock.now() }
    }

    /// Tells that it fires; the answer means that it is on disk.
    pub async fn fire(&self, fires: &Fires) -> Result<()> {
        self.post(&fires.body(self.began_at, "firing")).await
    }

    /// Tells that it is over.
    pub async fn resolve(&self, fires: &Fires) -> Result<()> {
        self.post(&fires.body(self.began_at, "resolved")).await
    }

    async fn post(&self, body: &Value) -> Result<()> {
        let answer = self.client.post(&self.url).json(body).send().await?;
        if !answer.status().is_success() {
            bail!("the listener refused {body}: {}", answer.text().await.unwrap_or_default());
        }
        Ok(())
    }
}
