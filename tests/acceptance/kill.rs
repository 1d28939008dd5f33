//! kill -9 at any instant: nothing acknowledged is lost, nothing is written twice, nothing is left half done.

use domain::incidents::{IncidentEvent, fold};
use domain::{Event, EventId};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use store::{IncidentFilter, Opening, Reader};

/// Rounds of starting eight writers and killing them.
const ROUNDS: usize = 200;

fn scribe(database: &Path, round: usize, notes: Option<usize>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scribe"));
    command.arg(database).arg(round.to_string());
    command.args(notes.map(|notes| notes.to_string()));
    command
}

/// Reads acknowledgements until `enough` came, kills without warning, and takes what else had been printed.
fn kill_after(mut child: Child, enough: usize) -> Vec<String> {
    let mut out = BufReader::new(child.stdout.take().expect("stdout is piped"));
    let mut printed = String::new();
    for _ in 0..enough {
        assert_ne!(out.read_line(&mut printed).expect("read"), 0, "the writers ended by themselves: {printed}");
    }
    child.kill().expect("kill -9");
    child.wait().expect("reaped");
    out.read_to_string(&mut printed).expect("the rest");
    let whole = printed.rfind('\n').map_or("", |end| &printed[..end]);
    whole.lines().filter_map(|line| line.strip_prefix("ack ")).map(str::to_owned).collect()
}

/// All notes of the one incident, by text, after checking that chain and state are whole.
fn notes_on_record(reader: &Reader) -> BTreeMap<String, Vec<EventId>> {
    let verified = reader.verify(None).expect("verify");
    assert!(verified.ok, "the chain must hold after any end: {:?}", verified.first_bad);
    let filter = IncidentFilter { open_only: false, severity: None, service: None, since: None, limit: 10 };
    let incidents = reader.incidents(&filter).expect("incidents");
    let [incident] = incidents.as_slice() else { panic!("one incident, declared once: {}", incidents.len()) };
    let events = reader.incident_events(incident.id).expect("events");
    assert_eq!(fold(&events).as_ref(), Some(incident), "the snapshot must say what the events say");
    let mut notes: BTreeMap<String, Vec<EventId>> = BTreeMap::new();
    for recorded in events {
        if let Some(Event::Incident(IncidentEvent::Noted { text, .. })) = recorded.event {
            notes.entry(text).or_default().push(recorded.envelope.id);
        }
    }
    notes
}

pub fn open_and_read(database: &Path) -> BTreeMap<String, Vec<EventId>> {
    let opening = Opening { path: database.to_owned(), device: domain::DeviceId(uuid::Uuid::nil()), now: domain::Timestamp(0) };
    let (_writer, readers) = store::open(&opening).expect("a killed home opens without help");
    notes_on_record(&readers.get().expect("reader"))
}

#[test]
fn two_hundred_kills_lose_nothing_acknowledged() {
    let folder = tempfile::tempdir().expect("temp folder");
    let database = folder.path().join("muster.db");
    let mut acknowledged = BTreeSet::new();
    for round in 0..ROUNDS {
        let child = scribe(&database, round, None).stdout(Stdio::piped()).spawn().expect("start the writers");
        // A different moment each round, and each run the same ones: 1 to 47 acknowledgements in.
        let acks = kill_after(child, 1 + round * 31 % 47);
        acknowledged.extend(acks);
        if round % 20 == 19 {
            let notes = open_and_read(&database);
            let lost: Vec<_> = acknowledged.iter().filter(|text| !notes.contains_key(*text)).collect();
            assert!(lost.is_empty(), "acknowledged but lost after round {round}: {lost:?}");
        }
    }
    let notes = open_and_read(&database);
    let twice: Vec<_> = notes.iter().filter(|(_, events)| events.len() > 1).collect();
    assert!(twice.is_empty(), "written twice: {twice:?}");
    assert!(acknowledged.len() >= ROUNDS, "each round acknowledged at least one note: {}", acknowledged.len());
}
