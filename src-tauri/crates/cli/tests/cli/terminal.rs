//! What people see.

use crate::{Place, said};
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

#[test]
fn text_is_calm_and_aligned() {
    let place = Place::empty();
    assert_eq!(place.text(&["list"]), "No open incidents.\n");
    assert_eq!(place.text(&["watch"]), "Nothing open. No source is connected, so silence means nothing.\n", "silence claims nothing");
    let incident = place.declared("sev1 checkout 502s for EU @sam #payments");
    let other = place.declared("sev3 search is slow");
    let list = place.text(&["list"]);
    let rows: Vec<&str> = list.lines().collect();
    assert!(rows[0].starts_with(&other) && rows[1].starts_with(&incident), "newest first: {list}");
    let column = |row: &str, word: &str| row.find(word).unwrap_or_else(|| panic!("{word} in {row}"));
    assert_eq!(column(rows[0], "SEV3"), column(rows[1], "SEV1"), "{list}");
    assert_eq!(column(rows[0], "search"), column(rows[1], "checkout"), "{list}");
    assert!(rows[1].ends_with("#payments") && rows[1].contains("@sam acting"), "{list}");
    assert!(place.text(&["watch"]).starts_with("2 open incidents.\n"));
    let shown = place.text(&["show", &incident]);
    assert!(shown.lines().any(|line| line.starts_with("Commander") && line.ends_with("@sam acting")), "{shown}");
    assert!(!list.contains('\u{1b}') && !shown.contains('\u{1b}'), "no colours into a pipe");
}

#[test]
fn a_title_cannot_steer_the_terminal() {
    let place = Place::empty();
    let incident = place.declared("evil \u{1b}]0;owned\u{7}\u{1b}[2J title");
    for command in [&["list"][..], &["show", &incident], &["timeline", &incident]] {
        let text = place.text(command);
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{command:?}: {text:?}");
    }
}

#[test]
fn quiet_says_nothing_when_all_went_well() {
    let place = Place::empty();
    let incident = place.declared("disk full");
    assert_eq!(place.text(&["--quiet", "note", &incident, "hello"]), "");
    assert_ne!(place.text(&["--quiet", "list"]), "", "what was asked for is not noise");
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let place = Place::empty();
    let mut child = place.command(&["completions", "zsh"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    let mut first = String::new();
    BufReader::with_capacity(16, child.stdout.take().expect("piped")).read_line(&mut first).expect("a line");
    let output = child.wait_with_output().expect("ends");
    assert!(output.status.success() && output.stderr.is_empty(), "{}", said(&output));
}

#[test]
fn completions_for_every_shell() {
    let place = Place::empty();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(place.text(&["completions", shell]).contains("timeline"), "{shell}");
    }
    assert!(!place.home().exists(), "and no home is made for that");
}

#[test]
fn help_names_the_forms_of_times_and_the_statuses() {
    let place = Place::empty();
    let help = place.text(&["--help"]);
    for word in ["-12m", "75 try again", "declare", "timeline", "INC-7K3F"] {
        assert!(help.contains(word), "{word}");
    }
    assert_eq!(place.run(&[]).status.code(), Some(2), "nothing typed: usage");
}

#[test]
fn the_demonstration_is_a_home_of_its_own() {
    let place = Place::empty();
    let made = place.json(&["demo"]);
    assert_eq!(made["opened"], false, "no screen here");
    let folder = std::path::PathBuf::from(made["home"].as_str().expect("a folder"));
    assert_eq!(folder, place.path("home-demo"));
    let output = place.command(&["--json", "home"]).env("MUSTER_HOME", &folder).output().expect("starts");
    let home: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(home["demo"], true, "it says so itself: {home}");
    assert!(!place.home().exists(), "the real home is left alone");
    assert_eq!(place.json(&["demo"]), made, "made once");
}
