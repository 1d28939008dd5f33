//! The pieces that leave: each says which facts it holds and in which order, and knows of no form but its own length.

mod announce;
mod asks;
mod handoff;
mod handover;
mod role;
mod roster;
mod state;
mod words;

pub use announce::announcement;
pub use asks::{ask, task};
pub use handoff::{BRIEF_LIMIT, brief};
pub use handover::handover;
pub use role::role_card;
pub use roster::people;
pub use state::board;
pub use words::update;

use crate::document::{Document, Phrase};
use crate::facts::{self, Room};
use crate::render;
use crate::{Facts, Text};

/// Room in a short message, from the most to the least.
const SHORT: [Room; 8] = [
    Room { items: 3, words: 14 },
    Room { items: 2, words: 10 },
    Room { items: 2, words: 8 },
    Room { items: 2, words: 7 },
    Room { items: 1, words: 6 },
    Room { items: 1, words: 5 },
    Room { items: 1, words: 4 },
    Room { items: 1, words: 3 },
];

/// The first of `rooms` in which the whole piece `fits`, else the last.
fn first_that_fits(rooms: &[Room], make: impl Fn(Room) -> Text, fits: impl Fn(&Text) -> bool) -> Text {
    let (last, before) = rooms.split_last().expect("a piece always has some room");
    before.iter().map(|room| make(*room)).find(|text| fits(text)).unwrap_or_else(|| make(*last))
}

/// The state in one sentence a fact, for a short message: the first room in which nothing is cut off.
fn in_short(facts: &Facts, what: &str, with_next: bool) -> Text {
    let document = |room: Room| {
        let mut document = facts.document(what, room.words.max(8)).line(facts::silence(facts));
        document.heading[0] = facts::severity_in_short(facts);
        let lines = [
            facts::impact_in_short(facts, room),
            facts::belief_in_short(facts, room),
            facts::task_in_short(facts, room),
            Phrase::of("Need: ").join(facts::need(facts, room)),
            facts::decision_in_short(facts, room),
            facts::promise_in_short(facts),
        ];
        let document = lines.into_iter().fold(document, Document::line);
        if with_next { document.line(Phrase::of("Next I would: ").join(facts::next_step(facts, room))) } else { document }
    };
    let made = SHORT.map(|room| render::short(facts, &document(room)));
    let [.., least] = &made;
    made.iter().find(|(_, cut)| !cut).unwrap_or(least).0.clone()
}
