//! Reading a body of each format, against reading the same bytes as JSON and no more. Both take turns, and the fastest
//! round of each counts: what is slower was disturbed.

mod bodies;

use crate::measure::{Aim, Row};
use anyhow::{Result, ensure};
use bodies::Body;
use domain::Timestamp;
use serde_json::Value;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Rounds of each side.
const ROUNDS: usize = 60;
/// How long one round is at least: short enough to be left alone, long enough for the clock.
const ROUND: Duration = Duration::from_micros(500);
/// When the bodies came.
const NOW: Timestamp = Timestamp(1_795_423_000_000);

/// Measures every format.
pub fn rows() -> Result<Vec<Row>> {
    bodies::all()?.iter().map(row).collect()
}

fn row(body: &Body) -> Result<Row> {
    ensure!(body.read(NOW).is_ok(), "{} reads", body.name);
    let work = format!("read {}, {} B", body.name, body.bytes.len());
    let mut ours = || drop(black_box(body.read(black_box(NOW))));
    if serde_json::from_slice::<Value>(&body.bytes).is_ok() {
        let times = in_turns(&mut ours, &mut || drop(black_box(serde_json::from_slice::<Value>(black_box(&body.bytes)))));
        return Ok(Row::new(&work, "the same bytes as a JSON value", times, "µs", Aim::AtMost(2.0)));
    }
    let times = in_turns(&mut ours, &mut || drop(black_box(String::from_utf8_lossy(black_box(&body.bytes)).into_owned())));
    Ok(Row::new(&work, "a copy of it as text", times, "µs", Aim::Noted))
}

/// Microseconds that each of two calls takes.
fn in_turns(ours: &mut dyn FnMut(), theirs: &mut dyn FnMut()) -> (f64, f64) {
    let (our_calls, their_calls) = (calls_in_a_round(ours), calls_in_a_round(theirs));
    let (mut our_best, mut their_best) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..ROUNDS {
        our_best = our_best.min(micros(our_calls, ours));
        their_best = their_best.min(micros(their_calls, theirs));
    }
    (our_best, their_best)
}

fn calls_in_a_round(call: &mut dyn FnMut()) -> u32 {
    let mut calls = 1;
    while micros(calls, call) * f64::from(calls) < ROUND.as_secs_f64() * 1e6 {
        calls *= 2;
    }
    calls
}

/// Microseconds that one of so many calls takes.
fn micros(calls: u32, call: &mut dyn FnMut()) -> f64 {
    let begun = Instant::now();
    (0..calls).for_each(|_| call());
    begun.elapsed().as_secs_f64() * 1e6 / f64::from(calls)
}
