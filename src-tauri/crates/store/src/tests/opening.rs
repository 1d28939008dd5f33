//! Opening: what is wrong is said with its own name, before anything is written; what was saved is found again.

use super::*;
use crate::open::migrate;
use crate::rescue::{self, Restoring};
use crate::schema::History;
use crate::{OpenError, backups};
use rusqlite_migration::{M, Migrations};
use std::fs;

fn fails(folder: &Path) -> OpenError {
    match open(&opening(folder)) {
        Ok(_) => panic!("it opened"),
        Err(fault) => fault,
    }
}

/// A home of a few hundred events, closed.
fn filled() -> (TempDir, IncidentId) {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502");
    for number in 0..300 {
        house.note(incident, &format!("note {number} {}", "with some words ".repeat(6)));
    }
    house.writer.checkpoint_truncate().expect("all in one file");
    (house.close(), incident)
}

#[test]
fn a_home_is_found_as_it_was_left() {
    let mut house = House::new();
    let incident = house.declare("Checkout returns 502");
    house.note(incident, "first");
    let (device, hlc, seq) = (house.writer.device(), house.writer.last_hlc(), house.writer.seq());
    let mut house = House::open(house.close());
    assert_eq!((house.writer.device(), house.writer.last_hlc(), house.writer.seq()), (device, hlc, seq));
    let next = house.record(Subject::Incident(incident), note("second"));
    assert!(next.envelope.hlc > hlc && next.seq == seq + 1);
    assert!(ask(&house, |reader| reader.verify(None)).ok);
    assert!(!ask(&house, |reader| reader.is_empty()) && ask(&house, |reader| reader.seq()) == 3);
}

#[test]
fn the_clock_does_not_go_back_with_the_wall_clock() {
    let mut house = House::new();
    house.now = BEGIN.plus_secs(1_000_000);
    let incident = house.declare("Checkout");
    house.now = BEGIN;
    let before = house.writer.last_hlc();
    let late = house.record(Subject::Incident(incident), note("after the clock was set back"));
    assert_eq!(late.envelope.hlc.0, before.0 + 1);
    assert_eq!(ask(&house, |reader| reader.incident(incident)).expect("known").folded_to, late.envelope.hlc);
    assert!(house.writer.last_hlc().jumped(house.now), "and it can be said");
}

#[test]
fn what_is_no_database_is_said_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    for (what, bytes) in [("text", vec![b'x'; 5_000]), ("cut", b"SQLite format 3\0".to_vec()), ("zeros", vec![0; 8_192])] {
        fs::write(path(folder.path()), &bytes).expect("written");
        assert!(matches!(fails(folder.path()), OpenError::Corrupt { .. }), "{what}");
        assert_eq!(fs::read(path(folder.path())).expect("read"), bytes, "{what} is left as it was");
    }
}

#[test]
fn another_programs_database_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = rusqlite::Connection::open(path(folder.path())).expect("made");
    other.execute_batch("CREATE TABLE theirs (x)").expect("theirs");
    drop(other);
    assert!(matches!(fails(folder.path()), OpenError::Corrupt { why } if why.contains("not one of Muster's")));
}

#[test]
fn a_newer_database_is_refused_unchanged() {
    let house = House::new();
    house.damage("PRAGMA user_version = 99");
    let folder = house.close();
    let before = fs::read(path(folder.path())).expect("read");
    assert!(matches!(fails(folder.path()), OpenError::Newer { found: 99, known } if known == crate::schema::VERSION));
    assert_eq!(fs::read(path(folder.path())).expect("read"), before);
}

#[test]
fn a_write_protected_home_is_said() {
    let (folder, _) = filled();
    let protect = |on: bool| {
        let mut permissions = fs::metadata(path(folder.path())).expect("there").permissions();
        permissions.set_readonly(on);
        fs::set_permissions(path(folder.path()), permissions).expect("set");
    };
    protect(true);
    // Root writes anyway; whoever is not root is told.
    if fs::OpenOptions::new().write(true).open(path(folder.path())).is_err() {
        assert!(matches!(fails(folder.path()), OpenError::ReadOnly { .. }));
    }
    protect(false);
    let mut house = House::open(folder);
    house.writer.connection.execute_batch("PRAGMA query_only = ON").expect("as a read-only medium");
    let refused = house.writer.batch().and_then(|mut batch| batch.source_heard(&domain::SourceName("am".into()), BEGIN));
    assert!(matches!(refused, Err(StoreError::ReadOnly)), "{refused:?}");
}

#[test]
fn damage_at_the_end_is_found_at_opening() {
    let (folder, _) = filled();
    let house = House::open(folder);
    house.damage("UPDATE events SET actor = 'mallory' WHERE seq = (SELECT max(seq) FROM events)");
    let folder = house.close();
    assert!(matches!(fails(folder.path()), OpenError::Corrupt { why } if why.contains("event 301")));
}

#[test]
fn a_file_cut_short_is_found_at_opening() {
    let (folder, _) = filled();
    let length = fs::metadata(path(folder.path())).expect("there").len();
    fs::OpenOptions::new().write(true).open(path(folder.path())).and_then(|file| file.set_len(length / 2)).expect("cut");
    assert!(matches!(fails(folder.path()), OpenError::Corrupt { .. }));
}

#[test]
fn a_log_without_its_file_is_found_at_opening() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("muster.db-wal"), [7; 64]).expect("written");
    assert!(matches!(fails(folder.path()), OpenError::Corrupt { .. }), "an empty home must not be made in its place");
}

#[test]
fn readers_see_one_state_and_cannot_write() {
    let mut house = House::new();
    let incident = house.declare("Checkout");
    let reader = house.reader();
    assert_eq!(reader.seq().expect("read"), 1);
    house.note(incident, "meanwhile");
    assert_eq!((reader.seq().expect("read"), ask(&house, |reader| reader.seq())), (1, 2), "each loan sees one state");
    drop(reader);
    let readers = house.readers.clone();
    let elsewhere = std::thread::spawn(move || readers.get().expect("a reader").seq().expect("read"));
    assert_eq!(elsewhere.join().expect("read elsewhere"), 2);
}

/// A schema that does not exist yet.
const NEXT: i64 = crate::schema::VERSION + 1;

/// Brings a closed home to a schema that does not exist yet, by `step`.
fn update(folder: &Path, step: &'static str) -> Result<(), OpenError> {
    let mut connection = rusqlite::Connection::open(path(folder)).expect("opened");
    let known = [
        include_str!("../schema/0001.sql"),
        include_str!("../schema/0002.sql"),
        include_str!("../schema/0003.sql"),
        include_str!("../schema/0004.sql"),
        include_str!("../schema/0005.sql"),
        step,
    ];
    let steps = Migrations::new(known.map(M::up).into());
    migrate(&mut connection, &opening(folder), crate::schema::VERSION, &History { version: NEXT, steps })
}

fn version(file: &Path) -> i64 {
    let connection = rusqlite::Connection::open(file).expect("opened");
    connection.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("a version")
}

#[test]
fn an_older_schema_is_backed_up_and_brought_up_to_date() {
    let (folder, _) = filled();
    update(folder.path(), "CREATE TABLE rooms (name TEXT) STRICT").expect("brought up to date");
    assert_eq!(version(&path(folder.path())), NEXT);
    let backup = folder.path().join("backups").join(format!("before-migration-{}.db", crate::schema::VERSION));
    assert_eq!(version(&backup), crate::schema::VERSION, "as it was before");
    let elsewhere = tempfile::tempdir().expect("a folder");
    fs::copy(backup, path(elsewhere.path())).expect("copied");
    assert_eq!(ask(&House::open(elsewhere), |reader| reader.verify(None)).events, 301, "and whole");
}

#[test]
fn an_update_that_fails_changes_nothing() {
    let (folder, incident) = filled();
    let failed = update(folder.path(), "CREATE TABLE rooms (name TEXT) STRICT; CREATE TABLE events (x)");
    assert!(failed.is_err(), "the second half cannot be done");
    assert_eq!(version(&path(folder.path())), crate::schema::VERSION);
    let mut house = House::open(folder);
    assert_eq!(house.rows("SELECT count(*) FROM sqlite_master WHERE name = 'rooms'"), [[Value::Integer(0)]], "nor is the first half");
    house.note(incident, "goes on");
}

#[test]
fn a_backup_is_whole_and_restores() {
    let (folder, incident) = filled();
    let mut house = House::open(folder);
    let effect = EventId(house.uuid());
    let mut batch = house.writer.batch().expect("a transaction begins");
    batch.plan_notice(incident, effect, BEGIN).expect("planned");
    batch.commit().expect("on disk");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let backup = elsewhere.path().join(backups::name(BEGIN));
    house.writer.backup_to(&backup).expect("copied");
    let alone: Vec<_> = fs::read_dir(elsewhere.path()).expect("read").map(|entry| entry.expect("an entry").file_name()).collect();
    assert_eq!(alone, [backup.file_name().expect("a name")], "one file, nothing beside it");
    house.note(incident, "after the backup");
    let folder = house.close();
    fs::write(path(folder.path()), vec![0; 8_192]).expect("destroyed");
    let device = DeviceId(Uuid::from_u128(0xee));
    let what = Restoring { backup: backup.clone(), database: path(folder.path()), device, now: BEGIN };
    let restored = rescue::restore(&what).expect("restored");
    assert_eq!((restored.events, restored.held), (301, 1));
    assert!(restored.moved.iter().all(|file| file.exists()), "what was there is kept: {:?}", restored.moved);
    let mut house = House::open(folder);
    assert_eq!(house.writer.device(), device, "a restored home is another device");
    assert_eq!(
        ask(&house, |reader| reader.due_effects(BEGIN.plus_secs(1), &crate::rows::EffectKind::ALL, 9)),
        vec![],
        "and sends nothing unasked"
    );
    house.note(incident, "goes on");
    assert!(ask(&house, |reader| reader.verify(None)).ok);
}

#[test]
fn a_damaged_backup_is_refused_and_nothing_changes() {
    let (folder, _) = filled();
    let mut house = House::open(folder);
    let elsewhere = tempfile::tempdir().expect("a folder");
    let backup = elsewhere.path().join("backup.db");
    house.writer.backup_to(&backup).expect("copied");
    let damaged = rusqlite::Connection::open(&backup).expect("opened");
    damaged.execute_batch("DROP TRIGGER events_hold; UPDATE events SET actor = 'mallory' WHERE seq = 5").expect("damaged");
    drop(damaged);
    let folder = house.close();
    let before = fs::read(path(folder.path())).expect("read");
    let what = Restoring { backup, database: path(folder.path()), device: DeviceId(Uuid::from_u128(9)), now: BEGIN };
    assert!(matches!(rescue::restore(&what), Err(OpenError::Corrupt { why }) if why.contains("event 5")));
    assert_eq!(fs::read(path(folder.path())).expect("read"), before);
    let missing = Restoring { backup: elsewhere.path().join("none.db"), ..what };
    assert!(rescue::restore(&missing).is_err(), "no backup, no restore");
    let left: Vec<_> = fs::read_dir(folder.path()).expect("read").map(|entry| entry.expect("an entry").file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("restoring")), "nothing is left lying about: {left:?}");
}

/// Overwrites a page in the middle of the events.
fn break_a_page(folder: &Path) -> u64 {
    let connection = rusqlite::Connection::open(path(folder)).expect("opened");
    let sql = "SELECT pageno FROM dbstat WHERE name = 'events' AND pagetype = 'leaf' ORDER BY pageno LIMIT 1 OFFSET 8";
    let page: i64 = connection.query_row(sql, [], |row| row.get(0)).expect("a page");
    drop(connection);
    let mut bytes = fs::read(path(folder)).expect("read");
    let start = (page as usize - 1) * 4_096;
    bytes[start..start + 4_096].fill(0xA5);
    fs::write(path(folder), bytes).expect("written");
    page as u64
}

#[test]
fn a_broken_page_costs_only_what_lay_on_it() {
    let (folder, incident) = filled();
    break_a_page(folder.path());
    let whole = fs::read(path(folder.path())).expect("read");
    let fresh = Opening { path: folder.path().join("muster.db.salvaged"), device: DeviceId(Uuid::from_u128(0xee)), now: BEGIN };
    let salvaged = rescue::salvage(&path(folder.path()), &fresh).expect("salvaged");
    assert!(salvaged.lost > 0 && salvaged.lost < 30 && salvaged.events + salvaged.lost == 301, "{salvaged:?}");
    assert_eq!(fs::read(path(folder.path())).expect("read"), whole, "the damaged file is left as it was");
    let moved = rescue::put_in_place(&fresh.path, &path(folder.path()), BEGIN).expect("in place");
    assert!(!moved.is_empty());
    let mut house = House::open(folder);
    assert_eq!(ask(&house, |reader| reader.timeline_counts(incident)).total, salvaged.events, "what was saved is folded");
    let verified = ask(&house, |reader| reader.verify(None));
    let bad = verified.first_bad.expect("the gap stays visible");
    assert!(bad.why.contains("a salvage could not read them"), "{bad:?}");
    house.note(incident, "goes on");
    let house = House::open(house.close());
    assert_eq!(house.writer.head.device_seq, 1, "on a chain of its own: numbers that were lost are not given again");
}

#[test]
fn a_salvage_takes_no_damaged_words() {
    let (folder, _) = filled();
    let house = House::open(folder);
    house.damage("UPDATE events SET actor = 'mallory' WHERE seq = 7; UPDATE events SET hash = zeroblob(32) WHERE seq = 20; UPDATE events SET payload = x'00' WHERE seq = 30");
    let folder = house.close();
    let fresh = Opening { path: folder.path().join("fresh.db"), device: DeviceId(Uuid::from_u128(0xee)), now: BEGIN };
    let salvaged = rescue::salvage(&path(folder.path()), &fresh).expect("salvaged");
    assert_eq!((salvaged.events, salvaged.lost), (298, 3));
    let kept = rusqlite::Connection::open(&fresh.path).expect("opened");
    let missing: String = kept.query_row("SELECT group_concat(last) FROM losses", [], |row| row.get(0)).expect("noted");
    assert_eq!(missing, "7,20,30");
}

#[test]
fn what_reads_can_be_written_out() {
    let (folder, _) = filled();
    break_a_page(folder.path());
    let out = folder.path().join("record.jsonl");
    let exported = rescue::export_readable(&path(folder.path()), &out).expect("written");
    let lines: Vec<serde_json::Value> =
        fs::read_to_string(&out).expect("read").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len() as u64, exported.events);
    assert!(lines.len() > 270, "{} lines", lines.len());
    assert_eq!(lines[0]["event"]["incident"]["declared"]["title"], "Checkout returns 502");
    assert_eq!((lines[1]["words"].as_str(), lines[1]["envelope"]["entry"]["means"].as_str()), (Some("intact"), Some("app")));
    fs::write(path(folder.path()), vec![0; 8_192]).expect("destroyed");
    assert!(rescue::export_readable(&path(folder.path()), &folder.path().join("none.jsonl")).is_err());
    assert!(!folder.path().join("none.jsonl").exists(), "no file that pretends to be a record");
}
