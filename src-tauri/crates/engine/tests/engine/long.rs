//! A long incident: what is written late costs no more than what was written first.

use domain::incidents::IncidentCommand as C;
use domain::{IncidentId, Severity};
use engine::{Act, PastedLine};
use std::time::{Duration, Instant};
use testkit::House;

const LINES: u32 = 10_000;

async fn notes(house: &House, id: IncidentId) -> Duration {
    let mut times = vec![];
    for number in 0..40 {
        let begun = Instant::now();
        house.tell(id, C::Note { text: format!("Note {number}"), pin: false }).await.expect("noted");
        times.push(begun.elapsed());
    }
    times.sort();
    times[times.len() / 2]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_after_ten_thousand_pasted_lines_costs_what_the_first_one_did() {
    let house = House::open();
    let id = house.declare(Severity::Sev3).await;
    let first = notes(&house, id).await;
    let line = |number: u32| {
        let mut key = [0; 16];
        key[..4].copy_from_slice(&number.to_le_bytes());
        PastedLine { person: None, said_by: Some("Mei".into()), at: None, text: format!("line {number}"), key }
    };
    let begun = Instant::now();
    let done = house.act(Act::Paste(id, (0..LINES).map(line).collect())).await.expect("pasted");
    let paste = begun.elapsed();
    assert_eq!(done.events.len(), LINES as usize);
    let late = notes(&house, id).await;
    let begun = Instant::now();
    let shifted = house.act(Act::Shift { incident: id, events: done.events, by_millis: -60_000 }).await.expect("shifted");
    let shift = begun.elapsed();
    let last = notes(&house, id).await;
    println!("first {first:?} late {late:?} last {last:?} paste {paste:?} shift {shift:?}");
    assert_eq!(shifted.events.len(), LINES as usize);
    for (name, took) in [("after the paste", late), ("after the shift", last)] {
        assert!(took < first * 3 + Duration::from_millis(10), "a note {name} took {took:?}, the first ones {first:?}");
    }
    house.engine.stop().await;
}
