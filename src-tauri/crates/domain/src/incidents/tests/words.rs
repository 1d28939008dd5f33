//! Names and words of events: stable on the wire, and replaced nowhere but where there are some.

use super::{IncidentEvent as E, *};
use crate::Event;
use crate::test_support::wild_events;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn other_words_change_nothing_but_words(records in wild_events(12)) {
        for event in records.into_iter().filter_map(|recorded| recorded.event) {
            let Event::Incident(event) = event else { continue };
            let masked = event.with_words("[redacted]");
            prop_assert_eq!(masked.kind(), event.kind());
            prop_assert_eq!(masked.target(), event.target());
            match event.words() {
                Some(words) => {
                    prop_assert_eq!(masked.words(), Some("[redacted]"));
                    prop_assert_eq!(masked.with_words(words), event, "and back");
                }
                None if matches!(event, E::SeveritySet { .. } | E::Corrected { .. } | E::ImpactStarted(_) | E::ImpactUpdated { .. }) => {}
                None => prop_assert_eq!(masked, event, "what has no words stays as it is"),
            }
        }
    }

    #[test]
    fn what_is_masked_tells_no_word_of_what_was_said(records in wild_events(12)) {
        for event in records.into_iter().filter_map(|recorded| recorded.event) {
            let Event::Incident(event) = event else { continue };
            if event.words().is_none() || matches!(event, E::Redacted { .. }) {
                continue;
            }
            let masked = event.masked("[redacted]");
            prop_assert_eq!((masked.kind(), masked.target(), masked.words()), (event.kind(), event.target(), Some("[redacted]")));
            let text = serde_json::to_string(&masked).expect("events are plain data");
            prop_assert!(!text.contains("\"zq"), "{} still says it: {}", masked.kind(), text);
            if let E::Pasted { key, .. } = masked {
                prop_assert_eq!(key, [0; 16], "the key is made of the words");
            }
        }
    }

    #[test]
    fn every_event_reads_back(records in wild_events(12)) {
        for event in records.into_iter().filter_map(|recorded| recorded.event) {
            let text = serde_json::to_string(&event).expect("events are plain data");
            let read: Event = serde_json::from_str(&text).expect("what was written is read");
            prop_assert_eq!(read.kind(), event.kind());
            prop_assert_eq!(serde_json::to_string(&read).expect("plain data"), text);
        }
    }
}

#[test]
fn what_only_changes_another_entry_names_it() {
    let change = E::Corrected { target: id(4), occurred_at: None, text: None };
    assert_eq!((change.target(), change.entry_kind()), (Some(id(4)), Some("correction")));
    let pin = E::Pinned { target: id(4), pinned: true };
    assert_eq!((pin.target(), pin.entry_kind()), (Some(id(4)), None), "a pin makes no line of its own");
    assert_eq!((note("x").target(), note("x").entry_kind()), (None, Some("note")));
}
