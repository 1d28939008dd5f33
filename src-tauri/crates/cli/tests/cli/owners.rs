//! One process owns a home at a time; everybody else speaks with it.

use crate::Place;
use serde_json::json;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use std::time::{Duration, Instant};

#[test]
fn a_command_asks_the_owner_and_takes_over_when_it_is_gone() {
    let place = Place::empty();
    let serving = place.serve();
    let incident = place.declared("disk full");
    assert_eq!(serving.said["home"], place.home().canonicalize().expect("made").to_str().expect("UTF-8"));
    let again = place.refusal(75, &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!((&again["code"], &again["message"]), (&json!("home_busy"), &json!("This home is already run by `muster serve`.")));
    assert!(serving.stop(), "ends well on SIGTERM");
    assert_eq!(place.json(&["show", &incident])["title"], "disk full", "written by the owner, read by the next");
}

#[test]
fn a_killed_owner_leaves_nothing_in_the_way() {
    let place = Place::empty();
    let serving = place.serve();
    let incident = place.declared("disk full");
    serving.kill();
    assert_eq!(place.json(&["show", &incident])["title"], "disk full", "a command owns the home at once");
    let next = place.serve();
    assert_eq!(place.lines(&["timeline", &incident]).len(), 1, "and so does the next server, over the socket that was left behind");
    assert!(next.stop());
}

#[test]
fn the_owner_is_found_from_other_surroundings() {
    let place = Place::empty();
    let serving = place.serve();
    let output = place.command(&["--json", "home"]).env_remove("XDG_RUNTIME_DIR").env_remove("USER").output().expect("starts");
    assert!(output.status.success(), "as from cron: the lock file says where the owner listens: {}", crate::said(&output));
    assert!(serving.stop());
}

#[test]
fn many_commands_at_once_lose_nothing() {
    let place = Place::empty();
    let incident = place.declared("disk full");
    let writers: Vec<_> = (0..12)
        .map(|number| {
            let text = format!("note {number}");
            place.command(&["note", &incident, &text]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("starts")
        })
        .collect();
    for writer in writers {
        let output = writer.wait_with_output().expect("ends");
        assert!(output.status.success(), "each gets its turn: {}", crate::said(&output));
    }
    assert_eq!(place.lines(&["timeline", &incident, "--kind", "note"]).len(), 12);
    assert_eq!(place.json(&["verify"])["ok"], true);
}

#[test]
fn a_home_whose_owner_does_not_answer_is_busy() {
    let place = Place::empty();
    place.declared("disk full");
    let lock = File::options().write(true).open(place.home().join("muster.lock")).expect("it is there");
    lock.try_lock().expect("nobody else is here");
    let begun = Instant::now();
    let busy = place.refusal(75, &["list"]);
    assert_eq!(busy["code"], "home_busy");
    assert!(busy["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "{busy}");
    assert!(begun.elapsed() < Duration::from_secs(20), "it gives up: {:?}", begun.elapsed());
    drop(lock);
    assert_eq!(place.json(&["list"]).as_array().map(Vec::len), Some(1));
}

#[test]
fn a_watched_timeline_goes_on_with_and_without_an_owner() {
    let place = Place::empty();
    let incident = place.declared("disk full");
    let mut watching = place.command(&["--json", "timeline", &incident, "--watch"]).stdout(Stdio::piped()).spawn().expect("starts");
    let mut lines = BufReader::new(watching.stdout.take().expect("piped")).lines();
    let mut next = || -> serde_json::Value { serde_json::from_str(&lines.next().expect("a line").expect("UTF-8")).expect("JSON") };
    assert_eq!(next()["kind"], "declared");
    place.json(&["note", &incident, "nobody runs it"]);
    assert_eq!(next()["text"], "nobody runs it", "the watcher keeps nobody out and sees it all the same");
    let serving = place.serve();
    place.json(&["note", &incident, "back-dated", "--at", "-1h"]);
    assert_eq!(next()["text"], "back-dated", "new, though it lies before the others");
    assert!(serving.stop());
    place.json(&["note", &incident, "alone again"]);
    assert_eq!(next()["text"], "alone again");
    watching.kill().expect("still there");
    watching.wait().expect("reaped");
}

#[test]
fn a_copy_of_a_home_is_another_device() {
    let place = Place::empty();
    let incident = place.declared("disk full");
    let copy = place.path("copy");
    std::fs::create_dir(&copy).expect("made");
    for name in ["muster.db", "home.id"] {
        std::fs::copy(place.home().join(name), copy.join(name)).expect("copied");
    }
    let copied = |arguments: &[&str]| {
        let output = place.command(&[&["--json"], arguments].concat()).env("MUSTER_HOME", &copy).output().expect("starts");
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap_or_else(|_| panic!("{}", crate::said(&output)))
    };
    copied(&["note", &incident, "written in the copy"]);
    assert_eq!(copied(&["verify"])["heads"].as_array().map(Vec::len), Some(2), "two devices, two chains");
    place.json(&["note", &incident, "written at home"]);
    assert_eq!(place.json(&["verify"])["heads"].as_array().map(Vec::len), Some(1), "the original stays itself");
}
