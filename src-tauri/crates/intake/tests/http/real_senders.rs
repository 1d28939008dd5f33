//! The real amtool, Alertmanager and Prometheus (Debian packages `prometheus-alertmanager` and `prometheus`), set up as a
//! user would: with the lines that the settings give.

use crate::client::{ask, request};
use crate::ledger::{Fake, TOKEN, token_of};
use domain::alerts::SignalState;
use domain::home::SourceKind::{Opsgenie, PagerDuty, Slack, VictorOps};
use intake::{ApiAlert, Setup, setup_text};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// Longest wait for a real program to do its part.
const PATIENCE: Duration = Duration::from_secs(30);

/// Begins the part of the lines that is for Prometheus.
const NEXT_PART: &str = "# Without an Alertmanager";

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
    let base = format!("http://{}", listener.address());
    let text = setup_text(domain::home::SourceKind::Alertmanager, Setup { name: "eu", base: &base, token: TOKEN, certificate: None });
    let alertmanager = Program::alertmanager(&text).await;

    let alert = |ends: &str| {
        format!(r#"[{{"labels":{{"alertname":"DiskFull","severity":"critical"}},"startsAt":"2026-11-01T00:00:00Z","endsAt":"{ends}"}}]"#)
    };
    alertmanager.push(&alert("2099-01-01T00:00:00Z")).await;
    let state = |number: usize| {
        let batches = ledger.batches.lock().unwrap();
        batches.get(number).map(|(_, batch)| (batch.signals[0].labels["alertname"].clone(), batch.signals[0].state.clone()))
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

/// Alertmanager's own receivers for other tools, told by the lines of the settings that the tool is here.
#[tokio::test(flavor = "multi_thread")]
async fn alertmanager_takes_muster_for_other_tools() {
    for kind in [PagerDuty, Opsgenie, VictorOps, Slack] {
        let ledger = Fake::new();
        let listener = ledger.open().await;
        let base = format!("http://{}", listener.address());
        let text = setup_text(kind, Setup { name: "eu", base: &base, token: &token_of(kind), certificate: None });
        let alertmanager = Program::alertmanager(&receivers(&text)).await;
        let alert = |ends: &str| {
            format!(
                r#"[{{"labels":{{"alertname":"DiskFull","severity":"critical"}},"startsAt":"2026-11-01T00:00:00Z","endsAt":"{ends}"}}]"#
            )
        };
        alertmanager.push(&alert("2099-01-01T00:00:00Z")).await;
        let fired = until(|| ledger.of(kind).first().map(|batch| batch.signals[0].clone())).await;
        assert!(matches!(fired.state, SignalState::Firing { .. }) && fired.title.contains("DiskFull"), "{kind:?}: {fired:?}");
        alertmanager.push(&alert("2026-11-01T01:00:00Z")).await;
        let over = until(|| {
            let batches = ledger.of(kind);
            batches.into_iter().map(|batch| batch.signals[0].clone()).find(|signal| matches!(signal.state, SignalState::Resolved { .. }))
        })
        .await;
        assert_eq!(over.key, fired.key, "{kind:?}: one alert");
    }
}

/// The receiver in the lines of a tool, and a route to it.
fn receivers(text: &str) -> String {
    let (_, rest) = text.split_once("# alertmanager.yml\n").expect("lines for Alertmanager");
    let ours = rest.split("\n\n").next().expect("up to the next part");
    format!("{ours}\n\nroute:\n  routes: []\n{NEXT_PART}")
}

#[tokio::test(flavor = "multi_thread")]
async fn prometheus_pushes_with_the_lines_from_the_settings() {
    let ledger = Fake::new();
    let listener = ledger.open().await;
    let base = format!("http://{}", listener.address());
    let _prometheus = Program::prometheus(&setup_text(
        domain::home::SourceKind::Alertmanager,
        Setup { name: "eu", base: &base, token: TOKEN, certificate: None },
    ))
    .await;
    let signal = until(|| ledger.batches.lock().unwrap().first().map(|(_, batch)| batch.signals[0].clone())).await;
    assert_eq!((signal.group_title.as_str(), signal.severity), ("AlwaysOn · checkout", domain::AlertSeverity::Critical));
    assert_ne!(signal.episode, "", "Prometheus says when it began");
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

/// A real program with a folder and a port of its own; both end with it.
struct Program {
    process: Child,
    folder: PathBuf,
    address: SocketAddr,
}

impl Program {
    /// Writes `files` into a new folder and starts `program`, a Debian package of that name, with `arguments` that are
    /// told folder and address. Returns once it takes connections.
    async fn start(program: &str, files: &[(&str, String)], arguments: impl Fn(&Path, SocketAddr) -> Vec<String>) -> Self {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|free| free.local_addr()).expect("a free port");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{program}-{}", address.port()));
        std::fs::create_dir_all(&folder).expect("a folder");
        for (name, text) in files {
            std::fs::write(folder.join(name), text).expect("a file");
        }
        let mut command = Command::new(program);
        command.args(arguments(&folder, address)).stdout(Stdio::null()).stderr(Stdio::null());
        let process = command.spawn().unwrap_or_else(|error| panic!("{program}, from the Debian package of that name: {error}"));
        let started = Self { process, folder, address };
        let up = async {
            while tokio::net::TcpStream::connect(address).await.is_err() {
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(PATIENCE, up).await.unwrap_or_else(|_| panic!("{program} starts"));
        started
    }

    async fn alertmanager(setup: &str) -> Self {
        let (ours, _) = setup.split_once(NEXT_PART).expect("the part for Alertmanager comes first");
        // The pasted lines in a whole file: a root route as it must have, without waits.
        let whole = ours
            .replace("route:\n", "route:\n  receiver: 'muster-eu'\n  group_by: ['alertname']\n  group_wait: 0s\n  group_interval: 1s\n");
        Self::start("prometheus-alertmanager", &[("alertmanager.yml", whole)], |folder, address| {
            vec![
                format!("--config.file={}", folder.join("alertmanager.yml").display()),
                format!("--storage.path={}", folder.display()),
                format!("--web.listen-address={address}"),
                "--cluster.listen-address=".into(),
            ]
        })
        .await
    }

    async fn prometheus(setup: &str) -> Self {
        let (_, ours) = setup.split_once(NEXT_PART).expect("then the part for Prometheus");
        let (_, ours) = ours.split_once('\n').expect("a comment to its end");
        let whole = format!("global: {{evaluation_interval: 1s}}\nrule_files: [rules.yml]\n{ours}");
        let rules = "groups: [{name: g, rules: [{alert: AlwaysOn, expr: 'vector(1)', labels: {severity: page, service: checkout}}]}]";
        Self::start("prometheus", &[("prometheus.yml", whole), ("rules.yml", rules.into())], |folder, address| {
            vec![
                format!("--config.file={}", folder.join("prometheus.yml").display()),
                format!("--storage.tsdb.path={}", folder.join("data").display()),
                // It knows of whom to tell only after 5 s; what fires before is said again after this.
                "--rules.alert.resend-delay=1s".into(),
                format!("--web.listen-address={address}"),
            ]
        })
        .await
    }

    async fn push(&self, alerts: &str) {
        let answer = ask(self.address, request("POST", "/api/v2/alerts", &["Content-Type: application/json"], alerts)).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
        drop(std::fs::remove_dir_all(&self.folder));
    }
}
