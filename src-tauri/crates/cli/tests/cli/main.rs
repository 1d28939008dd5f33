//! The real program against homes of its own: each family of commands, shapes, exit statuses, owners and guests, homes that
//! do not open.

mod asked;
mod bad_homes;
mod catalogue;
mod changes;
mod mails;
mod owners;
mod pasted;
mod people;
mod rhythms;
mod shapes;
mod terminal;
mod thoughts;
mod ties;
mod triage;
mod words_out;

use serde_json::Value;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// A folder with one home in it; nothing outside it is touched.
pub struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn home(&self) -> PathBuf {
        self.path("home")
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
        command
            .args(arguments)
            .env_clear()
            .env("MUSTER_HOME", self.home())
            .env("HOME", self.folder.path())
            .env("XDG_RUNTIME_DIR", self.folder.path())
            .env("USER", "dana")
            .env("TZ", "UTC")
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program starts")
    }

    /// Runs a command that must succeed; its standard output.
    pub fn text(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// Runs a command that must succeed; its JSON.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let text = self.text(&[&["--json"], arguments].concat());
        serde_json::from_str(&text).unwrap_or_else(|fault| panic!("{arguments:?} answers JSON ({fault}): {text}"))
    }

    /// Runs a command that must succeed; its JSON Lines.
    pub fn lines(&self, arguments: &[&str]) -> Vec<Value> {
        let text = self.text(&[&["--json"], arguments].concat());
        text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|fault| panic!("JSON Lines ({fault}): {line}"))).collect()
    }

    /// Runs a command that must be refused with this exit status; the error that it prints.
    pub fn refusal(&self, status: i32, arguments: &[&str]) -> Value {
        let output = self.run(&[&["--json"], arguments].concat());
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", said(&output));
        assert!(output.stdout.is_empty(), "{arguments:?}: an error is no answer: {}", String::from_utf8_lossy(&output.stdout));
        let error: Value = serde_json::from_slice(&output.stderr).unwrap_or_else(|fault| panic!("JSON ({fault}): {}", said(&output)));
        error["error"].clone()
    }

    /// Runs a command with `input` on its standard input.
    pub fn with_input(&self, arguments: &[&str], input: &str) -> Output {
        let mut child =
            self.command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
        child.stdin.take().expect("piped").write_all(input.as_bytes()).expect("it reads");
        child.wait_with_output().expect("it ends")
    }

    /// Declares an incident; its reference.
    pub fn declared(&self, line: &str) -> String {
        self.json(&["declare", line])["ref"].as_str().expect("a reference").to_owned()
    }

    /// Starts `muster serve` on a free port, and waits until it serves.
    pub fn serve(&self) -> Serving {
        let mut child = self.command(&["--json", "serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn().expect("starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("it says where");
        let said = serde_json::from_str(&line).unwrap_or_else(|fault| panic!("JSON ({fault}): {line:?}"));
        Serving { child, said }
    }
}

/// A running server; killed when dropped.
pub struct Serving {
    child: Child,
    pub said: Value,
}

impl Serving {
    /// Asks it to end and waits; whether it ended well.
    pub fn stop(mut self) -> bool {
        let ended = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().expect("kill");
        assert!(ended.success(), "it still ran");
        self.child.wait().expect("it ends").success()
    }

    /// Ends it without warning.
    pub fn kill(mut self) {
        self.child.kill().expect("kill -9");
        self.child.wait().expect("reaped");
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The names of an object's fields.
pub fn fields(value: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    // The order of keys is no promise, and depends on how the JSON library was built.
    names.sort_unstable();
    names
}

/// Says which of `wanted` are missing.
pub fn assert_fields(value: &Value, wanted: &str) {
    let has = fields(value);
    let missing: Vec<&str> = wanted.split_whitespace().filter(|name| !has.contains(name)).collect();
    assert!(missing.is_empty(), "the contract names {missing:?}; here are {has:?}");
}

/// Whether a text is a time as the contract writes it.
pub fn is_time(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.ends_with('Z') && text.as_bytes().get(10) == Some(&b'T'))
}

/// All files in a folder, by name.
pub fn files(folder: &Path) -> Vec<String> {
    let listed = std::fs::read_dir(folder).expect("it is there");
    listed.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned()).collect()
}
