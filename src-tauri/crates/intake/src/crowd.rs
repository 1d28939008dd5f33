//! Fair shares: how much each sender may have under way, so that a storm of one keeps no other out.

use domain::SourceName;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The room for requests under way, shared by those who have some.
pub struct Crowd {
    room: usize,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    total: usize,
    by: HashMap<SourceName, usize>,
}

/// Room that a request has; given back when dropped.
pub struct Place {
    crowd: Arc<Crowd>,
    source: SourceName,
    weight: usize,
}

impl Crowd {
    /// A crowd with `room` units.
    pub fn new(room: usize) -> Arc<Self> {
        Arc::new(Self { room, held: Mutex::default() })
    }

    /// Room for a request of `source` that weighs so many units, or none. With *n* senders there are *n* + 1 equal shares:
    /// the one left over waits for whoever comes next. A sender that has nothing under way may exceed its share,
    /// or a large body would never find room among many senders.
    pub fn enter(self: &Arc<Self>, source: &SourceName, weight: usize) -> Option<Place> {
        let mut held = self.held();
        let mine = held.by.get(source).copied().unwrap_or(0);
        let senders = held.by.len() + usize::from(mine == 0);
        let fair = mine == 0 || mine + weight <= self.room / (senders + 1);
        if !fair || held.total + weight > self.room {
            return None;
        }
        held.total += weight;
        held.by.insert(source.clone(), mine + weight);
        Some(Place { crowd: self.clone(), source: source.clone(), weight })
    }

    /// Units in use.
    pub fn used(&self) -> usize {
        self.held().total
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut held = self.crowd.held();
        held.total -= self.weight;
        if let Some(mine) = held.by.get_mut(&self.source) {
            *mine -= self.weight;
            if *mine == 0 {
                held.by.remove(&self.source);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn source(name: &str) -> SourceName {
        SourceName(name.into())
    }

    #[test]
    fn a_storm_leaves_room_for_others() {
        let crowd = Crowd::new(12);
        let storm: Vec<Place> = std::iter::from_fn(|| crowd.enter(&source("storm"), 1)).collect();
        assert_eq!(storm.len(), 6, "alone, half of the room");
        let second: Vec<Place> = std::iter::from_fn(|| crowd.enter(&source("second"), 1)).collect();
        assert_eq!(second.len(), 4, "with two, a third each");
        assert!(crowd.enter(&source("third"), 2).is_some(), "and there is still room for a third");
        drop(storm);
        assert_eq!(crowd.used(), second.len(), "room is given back");
    }

    #[test]
    fn a_large_body_finds_room_among_many() {
        let crowd = Crowd::new(100);
        let _many: Vec<Option<Place>> = (0..30).map(|n| crowd.enter(&source(&n.to_string()), 1)).collect();
        assert!(crowd.enter(&source("large"), 17).is_some(), "its share would be 3");
        assert!(crowd.enter(&source("larger"), 99).is_none(), "but never more than there is");
    }

    proptest! {
        #[test]
        fn room_is_never_exceeded_nor_lost(steps in proptest::collection::vec((0..5_usize, 1..20_usize, any::<bool>()), 0..200)) {
            let crowd = Crowd::new(64);
            let mut places = vec![];
            for (who, weight, leaves) in steps {
                places.extend(crowd.enter(&source(&who.to_string()), weight));
                if leaves && !places.is_empty() {
                    places.swap_remove(weight % places.len());
                }
                prop_assert!(crowd.used() <= 64);
            }
            places.clear();
            prop_assert_eq!(crowd.used(), 0);
            prop_assert!(crowd.held().by.is_empty(), "nobody is remembered for nothing");
        }
    }
}
