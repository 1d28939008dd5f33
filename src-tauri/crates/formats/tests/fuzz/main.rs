//! Whatever is written: one target for everything that reads what others wrote, fed with damaged samples of the real
//! thing. It must never panic, take long, make much out of little, or answer the same differently.
//!
//! Seconds to spend: `MUSTER_FUZZ_SECONDS`, 5 where it is not set. The same `MUSTER_FUZZ_SEED` makes the same inputs in the
//! same order. What was found lies in the folder `tmp` of the target folder, to be made into a test of its reader.

mod corpus;
mod damage;
mod dice;
mod edges;
mod targets;
mod values;

use corpus::Corpus;
use dice::Dice;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::time::{Duration, Instant};
use targets::Target;

/// Longest time for one input, on a busy machine and without optimisation.
const PATIENCE: Duration = Duration::from_secs(5);
/// Most bytes that may come of one byte written, beside [`OUTPUT_ROOM`]: labels that all alerts of a body share are repeated
/// in each.
const GROWTH: usize = 400;
/// What a reader may say of little: its own words.
const OUTPUT_ROOM: usize = 64 * 1024;
/// One input in so many is read twice.
const TWICE: usize = 16;
/// What it begins with where nobody says otherwise.
const SEED: u64 = 0x6d75_7374_6572;

#[test]
fn what_was_damaged_harms_nothing() {
    let (seconds, seed) = (told("MUSTER_FUZZ_SECONDS").unwrap_or(5), told("MUSTER_FUZZ_SEED").unwrap_or(SEED));
    let (corpus, targets, begun) = (Corpus::gather(), Target::all(), Instant::now());
    let mut tries = 0;
    while begun.elapsed() < Duration::from_secs(seconds) || tries < targets.len() {
        let (number, target) = (tries as u64, targets[tries % targets.len()]);
        let mut dice = Dice::of(seed, number);
        let sample = corpus.pick(target.tools(), &mut dice);
        let other = corpus.pick(target.tools(), &mut dice);
        let input = damage::damaged(sample, other, &mut dice);
        if let Err(fault) = catch_unwind(AssertUnwindSafe(|| one(target, &input, (seed, number)))) {
            eprintln!("{target:?}, input {number} of seed {seed}: {}", kept(target, number, &input));
            resume_unwind(fault);
        }
        tries += 1;
    }
    println!("{tries} inputs for {} readers in {seconds} s", targets.len());
}

#[test]
fn every_reader_has_samples_made_for_it() {
    let corpus = Corpus::gather();
    for target in Target::all() {
        assert!(target.tools().is_empty() || corpus.count(target.tools()) > 0, "{target:?} has samples in {:?}", target.tools());
    }
}

#[test]
fn an_input_is_made_again_by_its_number() {
    let corpus = Corpus::gather();
    let made = |number| {
        let mut dice = Dice::of(SEED, number);
        damage::damaged(corpus.pick(&["pagerduty-events-v2"], &mut dice), corpus.pick(&[], &mut dice), &mut dice)
    };
    assert_eq!(made(7), made(7));
    assert_ne!(made(7), made(8), "and neighbours differ");
}

#[expect(clippy::disallowed_methods, reason = "how long to go on, and where to begin, is for whoever runs the test to say")]
fn told(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

/// Reads one input, and measures.
fn one(target: Target, input: &[u8], (seed, number): (u64, u64)) {
    let read = || target.read(input, &mut Dice::of(!seed, number));
    let begun = Instant::now();
    let said = read();
    let took = begun.elapsed();
    assert!(took < PATIENCE, "it took {took:?} for {} bytes", input.len());
    assert!(said.len() <= OUTPUT_ROOM + GROWTH * input.len(), "it made {} bytes of {}", said.len(), input.len());
    if number.is_multiple_of(TWICE as u64) {
        assert_eq!(said, read(), "read twice, it says the same");
    }
}

/// Keeps an input; answers where.
fn kept(target: Target, number: u64, input: &[u8]) -> String {
    let name: String = format!("fuzz-{target:?}-{number}").chars().filter(|letter| letter.is_alphanumeric() || *letter == '-').collect();
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    match std::fs::write(&file, input) {
        Ok(()) => format!("kept as {}", file.display()),
        Err(fault) => format!("could not be kept: {fault}"),
    }
}
