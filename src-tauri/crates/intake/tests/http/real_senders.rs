//! The real amtool and the real Alertmanager (Debian package `prometheus-alertmanager`), as a user would set them up.

use crate::client::{ask, post};
use crate::ledger::{Fake, TOKEN};
use domain::alerts::SignalState;
use intake::{ApiAlert, setup_text};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// Longest wait for a real program to do its part.
const PATIENCE: Duration = Duration::from_secs(30);

/// Runs amtool off the async threads.
async fn amtool(arguments: Vec<String>) -> Output {
    let run = move || Command::new("amtool").args(arguments).output().expect("amtool, from the Debian package prometheus-alertmanager");
    tokio::task::spawn_blocking(run).await.expect("it ran")
}

#[tokio::test(flavor = "multi_thread")]
async fn amtool_adds_and_queries() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let url = format!("--alertmanager.url=http://{}/am/{TOKEN}", listener.address());
    let say = |words: &[&str]| [vec![url.clone()], words.iter().map(|word| (*word).to_owned()).collect()].concat();

    let output = amtool(say(&["alert", "add", "alertname=FromAmtool", "severity=page", "--annotation=summary=by hand"])).await;
    assert!(output.status.success(), "{output:?}");
    {
        let batches = ledger.batches.lock().unwrap();
        let signal = &batches[0].1.signals[0];
        assert_eq!((signal.title.as_str(), signal.group_title.as_str()), ("by hand", "FromAmtool"));
        *ledger.firing.lock().unwrap() = vec![ApiAlert {
            key: signal.key.clone(),
            labels: signal.labels.clone(),
            annotations: signal.annotations.clone(),
            started_at: signal.started_at,
            ends_at: None,
            heard_at: signal.started_at,
            link: None,
        }];
    }
    let output = amtool(say(&["alert", "query", "-o", "json", "FromAmtool"])).await;
    let listed: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"));
    assert_eq!(listed[0]["labels"]["severity"], "page", "{output:?}");
    let output = amtool(say(&["alert", "query", "-o", "json", "alertname=Another"])).await;
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "[]", "{output:?}");

    let wrong = format!("--alertmanager.url=http://{}/am/wrong", listener.address());
    let output = amtool(vec![wrong, "alert".into(), "add".into(), "alertname=x".into()]).await;
    assert!(!output.status.success(), "a wrong token is an error there too: {output:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn alertmanager_fires_and_resolves_with_the_lines_from_the_settings() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let url = format!("http://{}/hooks/alertmanager/{TOKEN}", listener.address());
    let text = setup_text(domain::home::SourceKind::Alertmanager, "eu", &url, TOKEN);
    let alertmanager = Alertmanager::start(&text).await;

    let alert = |ends: &str| {
        format!(r#"[{{"labels":{{"alertname":"DiskFull","severity":"critical"}},"startsAt":"2026-11-01T00:00:00Z","endsAt":"{ends}"}}]"#)
    };
    alertmanager.push(&alert("2099-01-01T00:00:00Z")).await;
    let state = |number: usize| {
        let batches = ledger.batches.lock().unwrap();
        batches.get(number).map(|(_, batch)| (batch.signals[0].labels["alertname"].clone(), batch.signals[0].state))
    };
    let fired = until(|| state(0)).await;
    assert_eq!(fired, ("DiskFull".to_owned(), SignalState::Firing { lapses_at: None }));

    alertmanager.push(&alert("2026-11-01T01:00:00Z")).await;
    let resolved = until(|| state(1)).await;
    assert!(matches!(resolved.1, SignalState::Resolved { .. }), "{resolved:?}");
    let batches = ledger.batches.lock().unwrap();
    let (fired, resolved) = (&batches[0].1.signals[0], &batches[1].1.signals[0]);
    assert_eq!(
        (&fired.key, &fired.episode, &fired.group_key),
        (&resolved.key, &resolved.episode, &resolved.group_key),
        "one alert, one firing"
    );
}

/// Waits until there is something.
async fn until<T>(found: impl Fn() -> Option<T>) -> T {
    let look = async {
        loop {
            match found() {
                Some(found) => return found,
                None => sleep(Duration::from_millis(20)).await,
            }
        }
    };
    timeout(PATIENCE, look).await.expect("it comes in time")
}

/// A running Alertmanager with a folder of its own; both end with it.
struct Alertmanager {
    process: Child,
    folder: PathBuf,
    address: SocketAddr,
}

impl Alertmanager {
    async fn start(setup: &str) -> Self {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|free| free.local_addr()).expect("a free port");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("alertmanager-{}", address.port()));
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("alertmanager.yml"), configuration(setup)).expect("a file");
        let process = Command::new("prometheus-alertmanager")
            .arg(format!("--config.file={}", folder.join("alertmanager.yml").display()))
            .arg(format!("--storage.path={}", folder.display()))
            .arg(format!("--web.listen-address={address}"))
            .arg("--cluster.listen-address=")
            .stderr(Stdio::null())
            .spawn()
            .expect("prometheus-alertmanager, from the Debian package of that name");
        let started = Self { process, folder, address };
        let up = async {
            while tokio::net::TcpStream::connect(address).await.is_err() {
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(PATIENCE, up).await.expect("Alertmanager starts");
        started
    }

    async fn push(&self, alerts: &str) {
        let answer =
            ask(self.address, post("/api/v2/alerts", alerts).replace("\r\n\r\n", "\r\nContent-Type: application/json\r\n\r\n")).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }
}

impl Drop for Alertmanager {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

/// The pasted lines in a whole file: a root route as it must have, without waits.
fn configuration(setup: &str) -> String {
    let (ours, _) = setup.split_once("# Without an Alertmanager").expect("the part for Alertmanager comes first");
    ours.replace("route:\n", "route:\n  receiver: 'muster-eu'\n  group_by: ['alertname']\n  group_wait: 0s\n  group_interval: 1s\n")
}
