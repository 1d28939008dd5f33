//! Power cut: the write-ahead log is cut where the last sync before an acknowledgement left it, and replayed. Every
//! system call is watched by strace, so that what the disk had at that moment is known and not assumed.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::kill::open_and_read;

/// Acknowledgements to watch before the process is killed.
const WATCHED: usize = 160;

/// What was on disk for certain when something was acknowledged.
struct Moment {
    acknowledged: Vec<String>,
    synced: usize,
}

#[test]
fn the_log_cut_at_the_last_sync_holds_everything_acknowledged() {
    let folder = tempfile::tempdir().expect("temp folder");
    let database = folder.path().join("muster.db");
    // A first run declares the incident and checkpoints: from here on everything new is in the log alone.
    let first = Command::new(env!("CARGO_BIN_EXE_scribe")).arg(&database).args(["first", "1"]).stdout(Stdio::null()).status();
    assert!(first.expect("first run").success(), "the first run ends by itself");
    let base = folder.path().join("base.db");
    fs::copy(&database, &base).expect("copy the base");

    let trace = folder.path().join("trace.txt");
    watch(&database, &trace);
    let log = fs::read(wal_of(&database)).expect("the killed process leaves its log");
    let moments = moments(&fs::read_to_string(&trace).expect("trace"));
    assert!(moments.len() >= WATCHED, "strace saw the acknowledgements: {}", moments.len());
    for moment in moments.iter().step_by(16) {
        for tail in [0, 1, 2_000] {
            let cut = (moment.synced + tail).min(log.len());
            let after = folder.path().join(format!("after-{}-{tail}.db", moment.acknowledged.len()));
            fs::copy(&base, &after).expect("copy");
            fs::write(wal_of(&after), &log[..cut]).expect("cut log");
            let notes = open_and_read(&after);
            let lost: Vec<_> = moment.acknowledged.iter().filter(|text| !notes.contains_key(*text)).collect();
            assert!(lost.is_empty(), "acknowledged, and lost with the log cut at {cut} bytes: {lost:?}");
        }
    }
}

fn wal_of(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

/// Runs the writers under strace until enough was acknowledged, then kills them, not strace.
fn watch(database: &Path, trace: &Path) {
    let mut strace = Command::new("strace")
        .args(["-f", "-y", "-s", "80", "-e", "trace=pwrite64,fdatasync,fsync,write", "-e", "signal=none", "-o"])
        .arg(trace)
        .arg(env!("CARGO_BIN_EXE_scribe"))
        .arg(database)
        .arg("watched")
        .stdout(Stdio::piped())
        .spawn()
        .expect("strace is installed by `cargo xtask setup`");
    let mut out = BufReader::new(strace.stdout.take().expect("stdout is piped"));
    let mut line = String::new();
    for _ in 0..WATCHED {
        line.clear();
        assert_ne!(out.read_line(&mut line).expect("read"), 0, "the writers ended by themselves");
    }
    let children = fs::read_to_string(format!("/proc/{0}/task/{0}/children", strace.id())).expect("children of strace");
    let scribe = children.split_whitespace().next().expect("strace runs the writers");
    assert!(Command::new("kill").args(["-9", scribe]).status().expect("kill").success(), "killed");
    drop(out);
    strace.wait().expect("strace ends with what it watched");
}

/// Reads the trace in order: bytes written to the log, bytes known to be synced, and acknowledgements.
fn moments(trace: &str) -> Vec<Moment> {
    let (mut written, mut synced) = (0_usize, 0_usize);
    let mut syncing: HashMap<&str, usize> = HashMap::new();
    let mut writing: HashMap<&str, usize> = HashMap::new();
    let mut acknowledged = vec![];
    let mut moments = vec![];
    for line in trace.lines() {
        let Some((thread, call)) = line.split_once(char::is_whitespace) else { continue };
        let call = call.trim_start();
        let on_log = call.contains("-wal>");
        let unfinished = call.ends_with("<unfinished ...>");
        if call.starts_with("pwrite64(") && on_log {
            let end = end_of_write(call);
            if unfinished {
                writing.insert(thread, end);
            } else {
                written = written.max(end);
            }
        } else if call.starts_with("<... pwrite64 resumed>") {
            written = written.max(writing.remove(thread).unwrap_or(0));
        } else if (call.starts_with("fdatasync(") || call.starts_with("fsync(")) && on_log {
            if unfinished {
                syncing.insert(thread, written);
            } else {
                synced = synced.max(written);
            }
        } else if call.starts_with("<... fdatasync resumed>") || call.starts_with("<... fsync resumed>") {
            synced = synced.max(syncing.remove(thread).unwrap_or(0));
        } else if let Some(text) = acknowledgement(call) {
            acknowledged.push(text);
            moments.push(Moment { acknowledged: acknowledged.clone(), synced });
        }
    }
    moments
}

/// The offset after `pwrite64(fd, data, length, offset)`.
fn end_of_write(call: &str) -> usize {
    let arguments = call.split(") = ").next().unwrap_or(call).trim_end_matches("<unfinished ...>").trim_end().trim_end_matches(')');
    let mut from_the_end = arguments.rsplit(", ").map(|number| number.trim().parse::<usize>());
    match (from_the_end.next(), from_the_end.next()) {
        (Some(Ok(offset)), Some(Ok(length))) => offset + length,
        _ => panic!("strace prints length and offset: {call}"),
    }
}

/// The text of `write(1, "ack …\n", n)`.
fn acknowledgement(call: &str) -> Option<String> {
    let text = call.strip_prefix("write(1")?.split_once("\"ack ")?.1;
    Some(text.split("\\n").next()?.to_owned())
}
