//! kill -9 in the middle of a storm of alerts: what was answered with 2xx is on record once, and nobody is called twice.

use domain::Event;
use domain::alerts::AlertEvent;
use serde_json::json;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use store::{Opening, Wanted};

/// Senders at once.
const SENDERS: usize = 8;
/// Alerts of one request.
const BATCH: usize = 5;
/// Rounds at least; more are run until the storm's one notice is settled.
const ROUNDS: usize = 15;
/// Longest wait for that: the notice is due 3 s after the first alert.
const PATIENCE: Duration = Duration::from_secs(60);

/// A home that storms break over.
struct Siren {
    child: Child,
    lines: mpsc::Receiver<String>,
    address: SocketAddr,
    token: String,
}

impl Siren {
    fn start(home: &Path) -> Self {
        let address = SocketAddr::from(([127, 0, 0, 1], tests::peers::free_port().expect("a port")));
        let mut command = Command::new(env!("CARGO_BIN_EXE_siren"));
        command.arg(home).arg(address.to_string()).env("XDG_RUNTIME_DIR", home.parent().expect("homes lie in a temp folder"));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("start the home");
        let out = BufReader::new(child.stdout.take().expect("stdout is piped"));
        let (tell, lines) = mpsc::channel();
        std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
        let first = lines.recv().expect("a killed home opens without help");
        let token = first.strip_prefix("token ").expect("it says its token first").to_owned();
        Self { child, lines, address, token }
    }

    /// Lets alerts storm in, kills the home once so many requests were answered, and tells which alerts those brought.
    async fn storm_and_kill(&mut self, round: usize, enough: usize) -> Vec<String> {
        let mut senders = tokio::task::JoinSet::new();
        let (answered, mut answers) = tokio::sync::mpsc::unbounded_channel();
        let url = format!("http://{}/api/v2/alerts", self.address);
        for sender in 0..SENDERS {
            let (url, token, answered) = (url.clone(), self.token.clone(), answered.clone());
            senders.spawn(async move {
                let client = tests::peers::http();
                for number in 0.. {
                    let names: Vec<String> = (0..BATCH).map(|one| format!("r{round}-s{sender}-n{number}-{one}")).collect();
                    let sent = client.post(&url).bearer_auth(&token).json(&body(&names)).send().await;
                    match sent {
                        Ok(answer) if answer.status().is_success() => drop(answered.send(names)),
                        Ok(answer) => panic!("only a kill keeps an alert out, not {}", answer.status()),
                        Err(_killed) => return,
                    }
                }
            });
        }
        drop(answered);
        let mut known = vec![];
        for _ in 0..enough {
            known.extend(answers.recv().await.expect("requests are answered"));
        }
        self.child.kill().expect("kill -9");
        self.child.wait().expect("reaped");
        while let Some(names) = answers.recv().await {
            known.extend(names);
        }
        while let Some(done) = senders.join_next().await {
            done.expect("a sender is told of a kill by its connection alone");
        }
        known
    }

    /// Notices that it showed.
    fn shown(self) -> usize {
        self.lines.iter().filter(|line| line.starts_with("shown ")).count()
    }
}

fn body(names: &[String]) -> serde_json::Value {
    let alert = |name: &String| json!({"labels": {"alertname": "Unreachable", "instance": name, "service": "db", "severity": "critical"}});
    names.iter().map(alert).collect()
}

/// What the ledger says: alerts that began, some perhaps more than once, and how often it rang and settled a notice.
struct Told {
    began: Vec<String>,
    rang: i64,
    settled: i64,
}

fn on_record(home: &Path) -> Told {
    let path = home.join("muster.db");
    let opening = Opening { path: path.clone(), device: domain::DeviceId(uuid::Uuid::nil()), now: domain::Timestamp(0) };
    let (_writer, readers) = store::open(&opening).expect("a killed home opens without help");
    let reader = readers.get().expect("reader");
    let verified = reader.verify(None).expect("verify");
    assert!(verified.ok, "the chain must hold after any end: {:?}", verified.first_bad);
    let mut began = vec![];
    let heard = |recorded: &domain::Recorded| {
        if let Some(Event::Alert(AlertEvent::Opened(opened) | AlertEvent::Reopened(opened))) = &recorded.event {
            began.push(opened.labels["instance"].clone());
        }
    };
    reader.history(Wanted::Beginnings, domain::Timestamp(0), heard).expect("history");
    let connection = rusqlite::Connection::open(path).expect("open");
    let count = |kind: &str| connection.query_row("SELECT count(*) FROM events WHERE kind = ?1", [kind], |row| row.get(0)).expect("count");
    Told { began, rang: count("home.alarm_rang"), settled: count("home.alarm_shown") }
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_in_a_storm_lose_no_answered_alert_and_call_nobody_twice() {
    let folder = tempfile::tempdir().expect("temp folder");
    let home = folder.path().join("home");
    let (mut answered, mut shown) = (BTreeSet::new(), 0);
    let begun = Instant::now();
    for round in 0.. {
        let mut siren = Siren::start(&home);
        // A different moment each round: 1 to 97 requests in.
        let alerts = siren.storm_and_kill(round, 1 + round * 31 % 97).await;
        answered.extend(alerts);
        shown += siren.shown();
        let told = on_record(&home);
        assert_eq!(told.rang, 1, "one service, one trouble, one noise, however often it begins anew");
        if round >= ROUNDS && told.settled > 0 {
            break;
        }
        assert!(begun.elapsed() < PATIENCE, "the notice of the storm was never settled");
    }
    let told = on_record(&home);
    let mut once = BTreeSet::new();
    let twice: Vec<&String> = told.began.iter().filter(|name| !once.insert(*name)).collect();
    assert!(twice.is_empty(), "recorded twice: {twice:?}");
    let lost: Vec<&String> = answered.iter().filter(|name| !once.contains(name)).collect();
    assert!(lost.is_empty(), "answered with 2xx and lost: {lost:?}");
    assert!(shown <= 1 && told.settled == 1, "shown {shown} times, settled {} times", told.settled);
}
