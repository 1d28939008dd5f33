//! Names that were seen to head a message.

use std::collections::HashSet;

/// Names kept at hand: in most of a conversation no more people speak.
const AT_HAND: usize = 8;

/// Who spoke so far.
#[derive(Default)]
pub struct Speakers<'a> {
    /// Those who spoke last, which need not be looked up.
    recent: [&'a str; AT_HAND],
    next: usize,
    /// Bytes of the longest name.
    longest: usize,
    all: HashSet<&'a str>,
}

impl<'a> Speakers<'a> {
    /// Whether a message was headed by that name.
    pub fn contains(&self, name: &str) -> bool {
        (1..=self.longest).contains(&name.len()) && (self.recent.contains(&name) || self.all.contains(name))
    }

    /// Takes the name of a message's heading.
    pub fn insert(&mut self, name: &'a str) {
        if !self.recent.contains(&name) {
            self.all.insert(name);
            self.longest = self.longest.max(name.len());
            self.recent[self.next] = name;
            self.next = (self.next + 1) % AT_HAND;
        }
    }
}
