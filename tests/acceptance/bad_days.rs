//! Bad days: a full disk, a read-only home, a corrupt or newer database, a clock that jumps back. Each says what
//! happened and what to do, and nothing acknowledged is lost.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn muster_binary() -> PathBuf {
    Path::new(env!("CARGO_BIN_EXE_scribe")).with_file_name("muster")
}

fn muster(home: &Path, arguments: &[&str]) -> Output {
    Command::new(muster_binary())
        .arg("--home")
        .arg(home)
        .args(["--as", "dana", "--json"])
        .args(arguments)
        .env("XDG_RUNTIME_DIR", home.parent().expect("homes lie in a temp folder"))
        .output()
        .expect("run muster")
}

fn answer(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON on stdout")
}

fn error(output: &Output) -> Value {
    assert!(!output.status.success(), "this must be refused: {}", String::from_utf8_lossy(&output.stdout));
    let value: Value = serde_json::from_slice(&output.stderr).unwrap_or_else(|fault| {
        panic!("errors are JSON with --json ({fault}): {}", String::from_utf8_lossy(&output.stderr));
    });
    value["error"].clone()
}

fn assert_words(error: &Value, code: &str) {
    assert_eq!(error["code"], code, "{error}");
    let message = error["message"].as_str().unwrap_or_default();
    assert!(message.ends_with('.') && message.len() > 15, "one sentence that says what happened: {message:?}");
    let hint = error["hint"].as_str().unwrap_or_default();
    assert!(!hint.is_empty(), "and what to do: {error}");
}

fn declared(home: &Path) -> String {
    answer(&muster(home, &["declare", "Checkout returns 502"]))["ref"].as_str().expect("a reference").to_owned()
}

fn notes(home: &Path, incident: &str) -> Vec<String> {
    let lines = muster(home, &["timeline", incident, "--kind", "note"]);
    assert!(lines.status.success(), "{}", String::from_utf8_lossy(&lines.stderr));
    let text = String::from_utf8(lines.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON Lines")["text"].as_str().expect("text").to_owned()).collect()
}

fn database(home: &Path) -> PathBuf {
    home.join("muster.db")
}

#[test]
fn a_corrupt_database_is_said_and_its_backup_restores() {
    let folder = tempfile::tempdir().expect("temp folder");
    let home = folder.path().join("home");
    let incident = declared(&home);
    let backup = folder.path().join("kept.db");
    answer(&muster(&home, &["backup", backup.to_str().expect("UTF-8")]));
    let mut bytes = fs::read(database(&home)).expect("database");
    bytes[..100].fill(0x5a);
    fs::write(database(&home), &bytes).expect("damage");

    assert_words(&error(&muster(&home, &["list"])), "corrupt_home");
    let restored = muster(&home, &["restore", backup.to_str().expect("UTF-8")]);
    assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
    assert_eq!(answer(&muster(&home, &["show", &incident]))["title"], "Checkout returns 502", "the restored home knows the incident");
    let kept_aside = fs::read_dir(&home).expect("home").filter_map(Result::ok).any(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        name != "muster.db" && fs::read(entry.path()).is_ok_and(|found| found.starts_with(&[0x5a; 16]))
    });
    assert!(kept_aside, "the damaged file is moved aside, never deleted");
}

#[test]
fn a_newer_database_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("temp folder");
    let home = folder.path().join("home");
    declared(&home);
    let newer = rusqlite::Connection::open(database(&home)).expect("open");
    newer.pragma_update(None, "user_version", 999).expect("mark as newer");
    drop(newer);
    let before = fs::read(database(&home)).expect("database");
    assert_words(&error(&muster(&home, &["list"])), "newer_home");
    assert_eq!(fs::read(database(&home)).expect("database"), before, "not a byte of a newer home is touched");
}

/// Runs a shell script in a user and mount namespace of its own, where even root meets limits.
fn in_namespace(script: &str, home: &Path) -> Output {
    Command::new("unshare")
        .args(["-Urm", "bash", "-euc", script])
        .env("MUSTER", muster_binary())
        .env("MUSTER_HOME", home)
        .env("XDG_RUNTIME_DIR", home.parent().expect("homes lie in a temp folder"))
        .output()
        .expect("unshare")
}

#[test]
fn a_full_disk_loses_nothing_acknowledged() {
    let folder = tempfile::tempdir().expect("temp folder");
    let home = folder.path().join("home");
    fs::create_dir(&home).expect("home");
    let out = folder.path().join("out");
    fs::create_dir(&out).expect("out");
    let script = format!(
        r#"mount -t tmpfs -o size=3m tmpfs "$MUSTER_HOME"
        ref=$("$MUSTER" --as dana --json declare 'The disk fills up' | sed 's/.*"ref":"\([^"]*\)".*/\1/')
        words=$(head -c 30000 /dev/zero | tr '\0' x)
        for number in $(seq 1 200); do
            if "$MUSTER" --as dana --json note "$ref" "note-$number $words" >/dev/null 2>{out}/error; then echo "note-$number" >> {out}/acknowledged
            else break; fi
        done
        "$MUSTER" --as dana --json timeline "$ref" --kind note > {out}/timeline || cat {out}/error >&2
        mount -o remount,size=40m "$MUSTER_HOME"
        "$MUSTER" --as dana --json note "$ref" "after there was room" > {out}/after
        "$MUSTER" --json verify > {out}/verify"#,
        out = out.display()
    );
    let run = in_namespace(&script, &home);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let read = |name: &str| fs::read_to_string(out.join(name)).unwrap_or_default();
    let error: Value = serde_json::from_str(&read("error")).expect("the refusal is JSON");
    assert_words(&error["error"], "not_saved");
    let acknowledged = read("acknowledged");
    assert!(acknowledged.lines().count() > 2, "some notes fit before the disk was full: {acknowledged:?}");
    let timeline = read("timeline");
    for note in acknowledged.lines() {
        assert_eq!(timeline.matches(&format!("\"{note} ")).count(), 1, "{note} was acknowledged: on the record, once");
    }
    assert_eq!(serde_json::from_str::<Value>(&read("verify")).expect("JSON")["ok"], true, "the chain holds over a full disk");
}

#[test]
fn a_read_only_home_says_so() {
    let folder = tempfile::tempdir().expect("temp folder");
    let home = folder.path().join("home");
    let incident = declared(&home);
    let script = format!(
        r#"mount --bind "$MUSTER_HOME" "$MUSTER_HOME"; mount -o remount,ro,bind "$MUSTER_HOME"
        "$MUSTER" --as dana --json note {incident} 'cannot be written'"#
    );
    assert_words(&error(&in_namespace(&script, &home)), "not_saved");
    assert!(notes(&home, &incident).is_empty(), "what was refused is not on the record");
}

#[test]
fn a_clock_set_back_keeps_the_order() {
    let folder = tempfile::tempdir().expect("temp folder");
    let home = folder.path().join("home");
    let incident = declared(&home);
    answer(&muster(&home, &["note", &incident, "by the right clock"]));
    let back = Command::new("faketime")
        .args(["-f", "-3d"])
        .arg(muster_binary())
        .arg("--home")
        .arg(&home)
        .args(["--as", "dana", "--json", "note", &incident, "by a clock three days behind"])
        .env("XDG_RUNTIME_DIR", folder.path())
        .output()
        .expect("faketime is installed by `cargo xtask setup`");
    answer(&back);
    answer(&muster(&home, &["note", &incident, "by the right clock again"]));
    let lines = muster(&home, &["timeline", &incident, "--kind", "note"]);
    let mut entries: Vec<Value> =
        String::from_utf8(lines.stdout).expect("UTF-8").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(entries.len(), 3, "no entry is lost or written twice");
    entries.sort_by_key(|entry| entry["seq"].as_u64());
    let texts: Vec<&str> = entries.iter().filter_map(|entry| entry["text"].as_str()).collect();
    assert_eq!(texts, ["by the right clock", "by a clock three days behind", "by the right clock again"], "the order of writing is kept");
    assert_eq!(answer(&muster(&home, &["verify"]))["ok"], true, "the chain does not depend on the clock");
}
