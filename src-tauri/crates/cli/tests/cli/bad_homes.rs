//! Homes that do not open, and the ways out.

use crate::{Place, files};
use serde_json::json;

fn damage(place: &Place) {
    let path = place.home().join("muster.db");
    let mut bytes = std::fs::read(&path).expect("the record");
    bytes[..100].fill(0x5a);
    std::fs::write(&path, bytes).expect("damaged");
}

#[test]
fn a_damaged_record_is_said_and_a_backup_takes_its_place() {
    let place = Place::empty();
    let incident = place.declared("disk full");
    let backup = place.path("kept.db");
    let made = place.json(&["backup", backup.to_str().expect("UTF-8")]);
    assert_eq!(made["bytes"].as_u64(), std::fs::metadata(&backup).ok().map(|file| file.len()));
    assert_eq!(place.refusal(4, &["backup", backup.to_str().expect("UTF-8")])["code"], "refused", "never over another file");
    place.json(&["note", &incident, "after the backup"]);
    damage(&place);
    let error = place.refusal(1, &["list"]);
    assert_eq!(error["code"], "corrupt_home");
    assert!(error["hint"].as_str().is_some_and(|hint| hint.contains("muster re")), "names a way out: {error}");
    let looked = place.run(&["--json", "doctor"]);
    assert_eq!(looked.status.code(), Some(1));
    let findings: serde_json::Value = serde_json::from_slice(&looked.stdout).expect("doctor answers also then");
    assert_eq!((&findings[0]["name"], &findings[0]["ok"]), (&json!("home"), &json!(false)));

    let restored = place.json(&["restore", backup.to_str().expect("UTF-8")]);
    assert!(restored["events"].as_u64().is_some_and(|events| events > 0), "{restored}");
    assert!(files(&place.home()).iter().any(|name| name.starts_with("damaged-")), "what was there is kept");
    assert_eq!(place.json(&["show", &incident])["title"], "disk full");
    place.json(&["note", &incident, "goes on"]);
    let verified = place.json(&["verify"]);
    assert_eq!(verified["ok"], true);
    assert_eq!(verified["heads"].as_array().map(Vec::len), Some(2), "a restored record goes on as another device");
}

#[test]
fn a_hint_names_the_newest_backups() {
    let place = Place::empty();
    let serving = place.serve();
    place.declared("disk full");
    let backups = place.home().join("backups");
    assert!(serving.stop());
    let again = place.serve();
    // Made soon after the start, once there is something to keep.
    let begun = std::time::Instant::now();
    while files(&backups).iter().all(|name| !name.ends_with(".db")) {
        assert!(begun.elapsed().as_secs() < 20, "an automatic backup is made: {:?}", files(&backups));
        std::thread::yield_now();
    }
    assert!(again.stop());
    damage(&place);
    let hint = place.refusal(1, &["list"])["hint"].as_str().expect("a hint").to_owned();
    let named = hint.lines().last().expect("a path");
    assert!(std::path::Path::new(named).is_file(), "{hint}");
    let restored = place.json(&["restore"]);
    assert_eq!(restored["from"], named, "without a file it is the newest automatic one");
    assert_eq!(place.json(&["list"]).as_array().map(Vec::len), Some(1));
}

#[test]
fn a_bad_backup_changes_nothing() {
    let place = Place::empty();
    place.declared("disk full");
    let nonsense = place.path("nonsense.db");
    std::fs::write(&nonsense, [7; 5000]).expect("written");
    assert_eq!(place.refusal(1, &["restore", nonsense.to_str().expect("UTF-8")])["code"], "corrupt_home");
    assert_eq!(place.refusal(3, &["restore", "/nowhere.db"])["code"], "not_found");
    assert_eq!(place.json(&["list"]).as_array().map(Vec::len), Some(1));
    let leftovers: Vec<String> =
        files(&place.home()).into_iter().filter(|name| name.contains("restoring") || name.contains("damaged")).collect();
    assert!(leftovers.is_empty(), "{leftovers:?}");
}

#[test]
fn nobody_restores_under_an_owner() {
    let place = Place::empty();
    place.declared("disk full");
    let backup = place.path("kept.db");
    place.json(&["backup", backup.to_str().expect("UTF-8")]);
    let serving = place.serve();
    let refusal = place.refusal(75, &["restore", backup.to_str().expect("UTF-8")]);
    assert_eq!(refusal["message"], "This home is run by `muster serve`.");
    assert!(serving.stop());
}

#[test]
fn a_newer_record_is_left_alone() {
    let place = Place::empty();
    place.declared("disk full");
    let path = place.home().join("muster.db");
    let newer = rusqlite::Connection::open(&path).expect("opens");
    newer.pragma_update(None, "user_version", 999).expect("marked");
    drop(newer);
    let before = std::fs::read(&path).expect("the record");
    let error = place.refusal(1, &["list"]);
    assert_eq!(error["code"], "newer_home");
    assert!(error["hint"].as_str().is_some_and(|hint| hint.contains("newer")), "{error}");
    assert_eq!(std::fs::read(&path).expect("the record"), before, "not a byte was touched");
}

#[test]
fn a_home_that_is_no_folder() {
    let place = Place::empty();
    std::fs::write(place.home(), "a file").expect("written");
    let error = place.refusal(1, &["list"]);
    assert_eq!(error["code"], "not_saved");
    assert!(error["message"].as_str().is_some_and(|text| text.contains("is not a folder")), "{error}");
}

#[test]
fn a_rebuild_changes_nothing_that_is_shown() {
    let place = Place::empty();
    let incident = place.declared("sev1 checkout fails @sam #payments");
    place.json(&["note", &incident, "hello"]);
    let (shown, lines) = (place.json(&["show", &incident]), place.lines(&["timeline", &incident]));
    place.json(&["rebuild"]);
    assert_eq!(place.json(&["show", &incident]), shown);
    assert_eq!(place.lines(&["timeline", &incident]), lines);
}

#[test]
fn what_reads_of_a_damaged_record_is_saved_and_written_out() {
    let place = Place::empty();
    let incident = place.declared("disk full");
    for number in 0..200 {
        place.text(&["--quiet", "note", &incident, &format!("note {number} {}", "x".repeat(800))]);
    }
    let before = place.json(&["verify"])["events"].as_u64().expect("a count");
    let path = place.home().join("muster.db");
    let mut bytes = std::fs::read(&path).expect("the record");
    // Among the events: what comes before them holds the schema.
    let hurt = bytes.len() * 2 / 3;
    bytes[hurt..hurt + 2 * 4096].fill(0x5a);
    std::fs::write(&path, &bytes).expect("damaged");

    let out = place.path("out.jsonl");
    let exported = place.json(&["export", "--all", "--out", out.to_str().expect("UTF-8")]);
    let lines = std::fs::read_to_string(&out).expect("written").lines().count();
    assert_eq!(exported["events"].as_u64(), Some(lines as u64), "{exported}");
    assert!(lines > 100, "most of it reads: {exported}");
    assert_eq!(std::fs::read(&path).expect("the record"), bytes, "and nothing was changed by looking");

    let rebuilt = place.json(&["rebuild"]);
    let (saved, lost) = (rebuilt["events"].as_u64().expect("a count"), rebuilt["lost"].as_u64().expect("a count"));
    assert!(lost > 0, "the damage lies among the events: {rebuilt}");
    assert!(saved > 100 && saved + lost == before, "of {before} events each is saved or known to be lost: {rebuilt}");
    assert!(files(&place.home()).iter().any(|name| name.starts_with("damaged-")), "what was there is kept");
    assert_eq!(place.json(&["show", &incident])["ref"], incident.as_str());
    let verified = place.run(&["--json", "verify"]);
    assert_eq!(verified.status.code(), Some(1), "a record with holes is not whole");
    let verified: serde_json::Value = serde_json::from_slice(&verified.stdout).expect("JSON");
    let why = verified["first_bad"]["why"].as_str().expect("the first hole");
    assert!(why.ends_with("a salvage could not read them"), "what was lost is known: {why}");
}

#[test]
fn nothing_that_reads_is_nothing_to_go_on_with() {
    let place = Place::empty();
    place.declared("disk full");
    let path = place.home().join("muster.db");
    std::fs::write(&path, [7; 9000]).expect("damaged");
    assert_eq!(place.refusal(1, &["rebuild"])["code"], "corrupt_home");
    assert_eq!(std::fs::read(&path).expect("the record"), [7; 9000], "left as it is");
    assert!(files(&place.home()).iter().all(|name| !name.contains("saved")), "and nothing half done");
}
