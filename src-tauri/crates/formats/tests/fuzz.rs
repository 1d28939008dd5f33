//! Whatever is sent: every format, fed with payloads of real tools that were damaged. It must never panic, take long, or
//! make much out of little. Seconds to spend: `MUSTER_FUZZ_SECONDS`, 5 where it is not set; the same seed finds the same.

use domain::Timestamp;
use domain::home::SourceKind;
use formats::mapping::Mapping;
use formats::{Parsed, Sent};
use std::path::Path;
use std::time::{Duration, Instant};

const NOW: Timestamp = Timestamp(1_795_423_000_000);
/// Longest time for one input of at most [`INPUT_LIMIT`] bytes, on a busy machine and without optimisation.
const PATIENCE: Duration = Duration::from_secs(5);
/// Longest input in bytes: beyond it there is only more of the same.
const INPUT_LIMIT: usize = 64 * 1024;
/// Most bytes that may come of one byte sent, beside [`OUTPUT_ROOM`]: labels that all alerts of a body share are repeated
/// in each.
const GROWTH: usize = 400;
/// What a format may say of little: its own words.
const OUTPUT_ROOM: usize = 64 * 1024;
/// Headers that formats look at, with values that mean something.
const HEADERS: [(&str, &str); 9] = [
    ("Content-Type", "application/json"),
    ("Content-Type", "application/x-www-form-urlencoded"),
    ("Content-Type", "application/cloudevents-batch+json"),
    ("X-GitHub-Event", "deployment_status"),
    ("X-GitHub-Event", "workflow_run"),
    ("Sentry-Hook-Resource", "metric_alert"),
    ("ce-specversion", "1.0"),
    ("ce-id", "1"),
    ("ce-type", "dev.cdevents.service.deployed.0.1.0"),
];
/// What may follow the token.
const PATHS: [&str; 6] = ["", "close", "x/acknowledge", "3", "change/enqueue", "%ff/close"];
/// Words that mean something to some format.
const WORDS: [&str; 16] = [
    "\"",
    "{",
    "[",
    "]}",
    "null",
    "-1e999",
    "9223372036854775808",
    "\\ud800",
    "\u{202e}",
    "0001-01-01T00:00:00Z",
    "resolved",
    "&payload=",
    "%00",
    "\r\n\r\n",
    "=?utf-8?B?////?=",
    "--b",
];

/// Xorshift: no randomness from outside, so that what is found is found again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).expect("it is below a usize")
    }
}

#[test]
fn damaged_payloads_harm_nothing() {
    let seconds = seconds();
    let corpus = corpus();
    assert!(corpus.len() > 50, "the payloads are there: {}", corpus.len());
    let mapping = Mapping::parse("key = \"/id\"\ntitle = \"{/title|/data/name}\"\neach = \"/alerts\"\n").expect("a mapping");
    let (mut dice, begun, mut tries) = (Dice(0x6d75_7374_6572), Instant::now(), 0_usize);
    while begun.elapsed() < Duration::from_secs(seconds) {
        for kind in SourceKind::ALL {
            let body = damaged(&corpus, &mut dice);
            one(*kind, &body, &mapping, &mut dice, tries);
            tries += 1;
        }
    }
    assert!(tries >= SourceKind::ALL.len(), "each format had its turn");
}

#[expect(clippy::disallowed_methods, reason = "how long to go on is for whoever runs the test to say")]
fn seconds() -> u64 {
    std::env::var("MUSTER_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(5)
}

/// Reads one input, and measures.
fn one(kind: SourceKind, body: &[u8], mapping: &Mapping, dice: &mut Dice, number: usize) {
    let headers: Vec<(String, String)> =
        (0..dice.roll(4)).map(|_| HEADERS[dice.roll(HEADERS.len())]).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let query = vec![("msg".to_owned(), String::from_utf8_lossy(&body[..body.len().min(64)]).into_owned())];
    let sent = Sent { path: PATHS[dice.roll(PATHS.len())], query: if dice.roll(4) == 0 { &query } else { &[] }, headers: &headers, body };
    let begun = Instant::now();
    let read = formats::read(kind, &sent, Some(mapping), NOW);
    let took = begun.elapsed();
    assert!(took < PATIENCE, "{kind:?} took {took:?} for input {number} of {} bytes", body.len());
    let size = match read {
        Ok(parsed) => size(&parsed),
        Err(unreadable) => unreadable.reason.len(),
    };
    assert!(size <= OUTPUT_ROOM + GROWTH * body.len(), "{kind:?} made {size} bytes of {} (input {number})", body.len());
}

fn size(parsed: &Parsed) -> usize {
    format!("{parsed:?}").len()
}

/// Payloads of all tools, whatever their form.
fn corpus() -> Vec<Vec<u8>> {
    let mut found = vec![];
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/payloads"), &mut found);
    found.sort();
    found
}

fn gather(folder: &Path, found: &mut Vec<Vec<u8>>) {
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            gather(&entry, found);
            continue;
        }
        let bytes = std::fs::read(&entry).expect("a file");
        // Of a captured request, what was sent.
        let captured =
            serde_json::from_slice::<serde_json::Value>(&bytes).ok().and_then(|value| value.get("body").map(ToString::to_string));
        found.extend(captured.map(String::into_bytes));
        found.push(bytes);
    }
}

/// A payload with a few things wrong with it.
fn damaged(corpus: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut body = corpus[dice.roll(corpus.len())].clone();
    for _ in 0..=dice.roll(4) {
        match dice.roll(7) {
            0 if !body.is_empty() => {
                let at = dice.roll(body.len());
                body[at] ^= 1 << dice.roll(8);
            }
            1 => body.truncate(dice.roll(body.len() + 1)),
            2 => {
                let other = &corpus[dice.roll(corpus.len())];
                let (at, from) = (dice.roll(body.len() + 1), dice.roll(other.len() + 1));
                body.splice(at..at, other[from..].iter().copied());
            }
            3 => {
                let at = dice.roll(body.len() + 1);
                body.splice(at..at, WORDS[dice.roll(WORDS.len())].bytes());
            }
            4 => {
                let (from, to) = (dice.roll(body.len() + 1), dice.roll(body.len() + 1));
                let piece = body[from.min(to)..from.max(to)].to_vec();
                let at = dice.roll(body.len() + 1);
                body.splice(at..at, piece);
            }
            5 => body = nested(&body, dice),
            _ => {
                let (from, to) = (dice.roll(body.len() + 1), dice.roll(body.len() + 1));
                body.drain(from.min(to)..from.max(to));
            }
        }
        body.truncate(INPUT_LIMIT);
    }
    body
}

/// A payload deep inside of others.
fn nested(body: &[u8], dice: &mut Dice) -> Vec<u8> {
    let deep = 1 << dice.roll(14);
    let (open, close) = [("[", "]"), ("{\"alerts\":", "}"), ("{\"data\":", "}"), ("{\"a\":[", "]}")][dice.roll(4)];
    [open.repeat(deep).as_bytes(), body, close.repeat(deep).as_bytes()].concat()
}
