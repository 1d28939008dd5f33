//! Many alerts and changes of one body, each read by itself and all together kept within bounds.

use crate::parsed::{Parsed, Refusals, Refused};
use domain::alerts::{BATCH_LIMIT, Change, Signal, SignalState};

/// Most text that one body may become, in bytes (16 MiB): sixteen times the longest body taken, so that only a mapping
/// that copies a long text into thousands of alerts meets it.
pub(crate) const TEXT_LIMIT: usize = 16 * 1024 * 1024;

/// What one item of a body became.
pub(crate) enum Item {
    /// An alert.
    Signal(Signal),
    /// Something that was done to a system.
    Change(Change),
    /// Nothing, as it should be.
    Nothing,
}

impl Item {
    /// What a body of this item alone yields.
    pub fn alone(self) -> Parsed {
        match self {
            Self::Signal(signal) => Parsed { signals: vec![signal], ..Parsed::default() },
            Self::Change(change) => Parsed { changes: vec![change], ..Parsed::default() },
            Self::Nothing => Parsed::default(),
        }
    }
}

/// Reads each item by itself: one that does not read is refused with its sentence and kept as `raw` writes it.
pub(crate) fn each<I>(
    items: impl IntoIterator<Item = I>,
    raw: impl Fn(&I) -> String,
    mut read: impl FnMut(&I) -> Result<Item, String>,
) -> Parsed {
    let (mut parsed, mut refusals, mut left, mut taken, mut beyond) = (Parsed::default(), Refusals::default(), TEXT_LIMIT, 0, 0);
    for (index, item) in items.into_iter().enumerate() {
        if beyond > 0 || index >= BATCH_LIMIT {
            beyond += 1;
            continue;
        }
        let item = match read(&item) {
            Ok(read) => read,
            Err(reason) => {
                refusals.add(index, reason, &raw(&item));
                continue;
            }
        };
        match left.checked_sub(length(&item)) {
            Some(rest) => (left, taken) = (rest, index + 1),
            None => {
                beyond += 1;
                continue;
            }
        }
        match item {
            Item::Signal(signal) => parsed.signals.push(signal),
            Item::Change(change) => parsed.changes.push(change),
            Item::Nothing => {}
        }
    }
    parsed.refused = refusals.finish();
    if beyond > 0 {
        let reason = format!(
            "At most {BATCH_LIMIT} alerts, and {} MiB of their text, are taken from one request; {beyond} were not. Send smaller ones.",
            TEXT_LIMIT / 1024 / 1024
        );
        parsed.refused.push(Refused { index: taken, reason, raw: vec![] });
    }
    parsed
}

fn length(item: &Item) -> usize {
    match item {
        Item::Signal(signal) => of_signal(signal),
        Item::Change(change) => {
            let pairs: usize = change.labels.iter().map(|(name, value)| name.len() + value.len()).sum();
            let optional = [&change.outcome, &change.link].into_iter().flatten().map(String::len).sum::<usize>();
            pairs + optional + change.key.len() + change.title.len() + change.service.as_ref().map_or(0, |service| service.0.len())
        }
        Item::Nothing => 0,
    }
}

fn of_signal(signal: &Signal) -> usize {
    let pairs: usize = signal.labels.iter().chain(&signal.annotations).map(|(name, value)| name.len() + value.len()).sum();
    let texts = [&signal.key, &signal.episode, &signal.group_key, &signal.group_title, &signal.title];
    let by = match &signal.state {
        SignalState::Acknowledged { by: Some(by) } => by.len(),
        SignalState::Acknowledged { by: None } | SignalState::Firing { .. } | SignalState::Resolved { .. } => 0,
    };
    let rest = signal.link.as_ref().map_or(0, String::len) + signal.service.as_ref().map_or(0, |service| service.0.len()) + by;
    pairs + texts.into_iter().map(String::len).sum::<usize>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bounds::PAIRS_LIMIT;
    use crate::found::Found;
    use domain::Timestamp;

    fn signal(value: &str) -> Result<Item, String> {
        let found = Found::new("k", SignalState::Firing { lapses_at: None });
        let labels = (0..PAIRS_LIMIT).map(|n| (n.to_string(), value.to_owned())).collect();
        Ok(Item::Signal(Found { labels, ..found }.signal(Timestamp(0))))
    }

    #[test]
    fn one_that_does_not_read_costs_no_other() {
        let parsed =
            each(["a", "bad", "c"], |item| (*item).to_owned(), |item| if *item == "bad" { Err("No.".to_owned()) } else { signal(item) });
        assert_eq!(parsed.signals.len(), 2);
        assert_eq!(parsed.refused, vec![Refused { index: 1, reason: "No.".to_owned(), raw: b"bad".to_vec() }]);
    }

    #[test]
    fn text_has_an_end() {
        let long = "x".repeat(8 * 1024);
        let parsed = each(0..100, |_| String::new(), |_| signal(&long));
        let kept: usize = parsed.signals.iter().map(of_signal).sum();
        assert!(kept <= TEXT_LIMIT && parsed.signals.len() < 100, "{} alerts of {kept} bytes", parsed.signals.len());
        let [refused] = parsed.refused.as_slice() else { panic!("the rest is refused in one line") };
        assert_eq!(refused.index, parsed.signals.len(), "from the first that found no room");
        assert!(refused.reason.contains(&format!("{} were not", 100 - parsed.signals.len())), "{}", refused.reason);
    }

    #[test]
    fn items_have_an_end() {
        let parsed = each(0..BATCH_LIMIT + 3, |_| String::new(), |_| Ok(Item::Nothing));
        assert!(parsed.refused[0].reason.contains("; 3 were not"), "{}", parsed.refused[0].reason);
    }
}
