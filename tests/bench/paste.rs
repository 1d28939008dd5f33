//! A pasted chat against reading the same text line by line with an owned copy of each line: the least that a preview
//! must do. The sides take turns. The text is 5,000 lines as Slack's own program and as a browser puts them on the
//! clipboard, made anew each time from the same numbers.
//!
//! A preview reads the text and places it in time. Where the incident holds pasted lines already it also makes a key for
//! each message, to tell which are known: that is a row of its own.

use crate::measure::{Aim, Row, Samples};
use crate::seed;
use anyhow::{Context, Result};
use api::Request;
use api::dto::Caller;
use formats::chat::{self, Anchor};
use home::secrets::Place;
use home::{Opened, Options};
use serde_json::json;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

/// Lines of the text.
const LINES: usize = 5_000;
/// Readings measured of each side, and before that to warm up.
const RUNS: usize = 200;
const WARM: usize = 20;
/// Whole operations measured.
const OPERATIONS: usize = 30;

/// Measures both copies.
pub async fn rows(folder: &Path) -> Result<Vec<Row>> {
    let opened = home::open(Options { secrets: Place::Folder(folder.join("keys")), ..Options::command(folder.join("paste")) }).await?;
    let mut rows = vec![];
    for (name, text) in [("desktop", copied(desktop_message)), ("browser", copied(browser_message))] {
        let Medians { ours, read, moments, keys, theirs } = read_and_place(&text)?;
        let whole = whole_operation(&opened, &text).await?;
        let bytes = text.len() / 1000;
        let row = |work: &str, ours: f64, aim| Row::new(work, "each line read into a copy", (ours, theirs), "ms", aim);
        let work = format!("preview of {LINES} pasted lines ({bytes} kB), Slack {name}, p50");
        rows.push(row(&work, ours, Aim::AtMost(3.0)));
        rows.push(row("  of it reading", read, Aim::Noted));
        rows.push(row("  of it placing in time", moments, Aim::Noted));
        rows.push(row("  the same with a key for each message, to know it again", ours + keys, Aim::Noted));
        rows.push(row("  the whole operation, known lines and JSON too", whole, Aim::Noted));
    }
    opened.close().await;
    Ok(rows)
}

/// Medians of both sides in milliseconds, of the two halves of ours, and of the keys.
struct Medians {
    ours: f64,
    read: f64,
    moments: f64,
    keys: f64,
    theirs: f64,
}

/// Reads in turns.
fn read_and_place(text: &str) -> Result<Medians> {
    let anchor = Anchor { day: "2026-11-23".parse()?, zone: "Europe/Berlin".parse()?, start: None };
    let [mut ours, mut read, mut moments, mut keys, mut theirs] = [(); 5].map(|()| Samples::default());
    for run in 0..WARM + RUNS {
        let (read_time, chat) = timed(|| chat::read(black_box(text), None));
        let (moments_time, placed) = timed(|| chat::moments(&chat, &anchor));
        let (keys_time, _keys) = timed(|| chat::keys(&chat, &placed));
        let (their_time, _) = timed(|| black_box(text).lines().map(str::to_owned).collect::<Vec<String>>());
        if run >= WARM {
            ours.push(read_time + moments_time);
            read.push(read_time);
            moments.push(moments_time);
            keys.push(keys_time);
            theirs.push(their_time);
        }
    }
    let [ours, read, moments, keys, theirs] = [ours, read, moments, keys, theirs].map(|samples| samples.quantile(0.5));
    Ok(Medians { ours, read, moments, keys, theirs })
}

/// What `work` took; what it made is let go of after that.
fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let begun = Instant::now();
    let made = black_box(work());
    (begun.elapsed(), made)
}

/// The operation as the window asks for it: with its words on the record looked up, and the answer as JSON.
async fn whole_operation(opened: &Opened, text: &str) -> Result<f64> {
    let incident = seed::declare(opened.engine().context("this process owns the home")?, 0).await?;
    let caller = Caller { as_name: None, for_name: None, by: None, via: domain::Via::Window };
    let mut samples = Samples::default();
    for run in 0..WARM + OPERATIONS {
        let params = json!({"incident": incident.to_string(), "text": text, "zone": "Europe/Berlin"});
        let request: Request = serde_json::from_value(json!({"op": "paste.preview", "params": params}))?;
        let begun = Instant::now();
        let answer = opened.backend().call(caller.clone(), request).await?;
        if run >= WARM {
            samples.push(begun.elapsed());
        }
        anyhow::ensure!(answer["format"] == "slack" && answer["total"].as_u64() > Some(1_000), "it is read as a chat: {}", answer["notes"]);
    }
    Ok(samples.quantile(0.5))
}

const NAMES: [&str; 6] = ["Ravi Menon", "Mei Tan", "Jo Alvarez", "Tomas Lind", "Amara Okafor", "Dana Weiss"];
const WORDS: [&str; 8] = [
    "checkout is answering 502s for EU customers, about 30 % of orders fail since a few minutes",
    "US looks fine from here",
    "taking a look, the 14:20 deploy of payments went to EU first (edited)",
    "error rate of payments-eu is falling, 12 % now, p99 still above 4 s on the two pods in AMS",
    "who can drive the rollback?",
    "I will, rollback is running",
    "customers on the old app version are not affected, see https://status.example/dashboards/checkout?region=eu&from=now-1h",
    "done",
];

/// The text: messages, one under the other, cut at the last line.
fn copied(message: fn(&mut String, usize)) -> String {
    let mut text = String::from("Monday, November 23rd\n");
    // Each message has a line at least.
    (0..LINES).for_each(|number| message(&mut text, number));
    let end = text.match_indices('\n').nth(LINES - 1).map_or(text.len(), |(at, _)| at + 1);
    text.truncate(end);
    text
}

/// Minute of the day of a message: three a minute, and never past midnight.
fn clock(number: usize) -> (usize, usize) {
    let minute = (8 * 60 + number / 3) % (24 * 60);
    (minute / 60, minute % 60)
}

/// As copied in Slack's own program: who, when, words; a second message of the same person is its time and words.
fn desktop_message(text: &mut String, number: usize) {
    let (hour, minute) = clock(number);
    let half = if hour < 12 { "AM" } else { "PM" };
    let hour = (hour + 11) % 12 + 1;
    *text += &match number % 3 {
        0 | 1 => format!("{}\n  {hour}:{minute:02} {half}\n", NAMES[number % NAMES.len()]),
        _ => format!("{hour}:{minute:02}\n"),
    };
    says(text, number);
    if number % 7 == 3 {
        *text += ":eyes:\n2\n";
    }
}

/// As copied in a browser.
fn browser_message(text: &mut String, number: usize) {
    let (hour, minute) = clock(number);
    *text += &match number % 3 {
        0 | 1 => format!("{}  {hour}:{minute:02}\n", NAMES[number % NAMES.len()]),
        _ => format!("\n[{hour}:{minute:02}] {}\n", WORDS[(number + 3) % WORDS.len()]),
    };
    says(text, number);
    if number % 7 == 3 {
        *text += "1 reply\n";
    }
}

fn says(text: &mut String, number: usize) {
    *text += WORDS[number % WORDS.len()];
    *text += "\n";
    if number % 5 == 2 {
        *text += WORDS[(number / 5 + 1) % WORDS.len()];
        *text += "\n";
    }
}
