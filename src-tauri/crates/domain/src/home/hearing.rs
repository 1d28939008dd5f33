//! Honest ears: which sources should have spoken and did not, and whether that is their silence or this machine's deafness.

use super::{Home, HomeEvent, Source, Way};
use crate::{SourceName, Timestamp};
use std::collections::BTreeMap;

/// Seconds between two asks of a source where nothing else is set.
pub const EVERY_SECS: u32 = 30;
/// How long a source gets to be heard after the machine woke, started or came back to its network (5 min).
pub const GRACE_MS: i64 = 5 * 60_000;
/// Asks in a row that may go wrong before a source that is asked counts as silent.
const ASKS_MISSED: i64 = 4;

/// What is known of hearing, besides the home.
#[derive(Clone, Debug)]
pub struct Heard<'h> {
    /// When each source was last heard.
    pub last: &'h BTreeMap<SourceName, Timestamp>,
    /// Whether this machine reaches any network; `None` where nobody can tell.
    pub online: Option<bool>,
    /// Since when it could hear without a break: awake, running and with its network.
    pub able_since: Timestamp,
}

/// What is to be recorded of hearing at `now`: nothing, where all is as it was.
pub fn hearing(home: &Home, heard: &Heard<'_>, now: Timestamp) -> Vec<HomeEvent> {
    match (heard.online, home.cut_off) {
        (Some(false), None) => return vec![HomeEvent::CutOff { since: now }],
        // One line: a machine that reaches nothing says so, and accuses nobody.
        (Some(false), Some(_)) => return vec![],
        (Some(true) | None, Some(_)) => return vec![HomeEvent::BackOnline {}],
        (Some(true) | None, None) => {}
    }
    let mut events = vec![];
    for (name, source) in &home.sources {
        let last = heard.last.get(name).copied().unwrap_or(source.added_at);
        match (home.silent.get(name), patience(source)) {
            (Some(since), _) if last > *since => events.push(HomeEvent::SourceHeard { name: name.clone() }),
            (Some(_), None) => events.push(HomeEvent::SourceHeard { name: name.clone() }),
            (None, Some(patience)) if is_silent(last, patience, heard.able_since, now) => {
                events.push(HomeEvent::SourceSilent { name: name.clone(), since: last });
            }
            (Some(_), Some(_)) | (None, _) => {}
        }
    }
    events
}

/// A source is judged by the time in which it could have been heard, and not sooner than it would have had to speak.
fn is_silent(last: Timestamp, patience: i64, able_since: Timestamp, now: Timestamp) -> bool {
    now.since(able_since) >= GRACE_MS && now.since(last) > patience
}

/// How long a source may be silent, in milliseconds; `None`: for ever.
fn patience(source: &Source) -> Option<i64> {
    if let Some(minutes) = source.settings.silent_minutes {
        return Some(i64::from(minutes) * 60_000);
    }
    match source.kind.way() {
        Way::Push => None,
        Way::Pull | Way::Probe => Some(ASKS_MISSED * i64::from(source.settings.every_secs.unwrap_or(EVERY_SECS)) * 1_000 + 60_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::home::{SourceKind, SourceSettings};
    use crate::test_support::minute;

    fn name() -> SourceName {
        SourceName("eu".into())
    }

    fn home(kind: SourceKind, silent_minutes: Option<u32>) -> Home {
        let settings = SourceSettings { silent_minutes, ..SourceSettings::default() };
        let source = Source { kind, token_hash: [0; 32], added_at: minute(0), settings };
        Home { sources: [(name(), source)].into(), ..Home::default() }
    }

    fn at(home: &Home, last: i64, online: Option<bool>, able_since: i64, now: i64) -> Vec<HomeEvent> {
        let last = [(name(), minute(last))].into();
        hearing(home, &Heard { last: &last, online, able_since: minute(able_since) }, minute(now))
    }

    #[test]
    fn a_source_is_missed_when_it_should_have_spoken() {
        let silent = vec![HomeEvent::SourceSilent { name: name(), since: minute(10) }];
        let expected = home(SourceKind::Alertmanager, Some(15));
        assert_eq!(at(&expected, 10, Some(true), 0, 25), [], "a quarter of an hour is its time");
        assert_eq!(at(&expected, 10, Some(true), 0, 26), silent);
        assert_eq!(at(&home(SourceKind::Alertmanager, None), 10, Some(true), 0, 9_999), [], "nobody said that it should");
        assert_eq!(at(&home(SourceKind::PrometheusPull, None), 10, None, 0, 14), silent, "one that is asked answers every time");
    }

    #[test]
    fn a_machine_that_slept_accuses_nobody_at_once() {
        let expected = home(SourceKind::Alertmanager, Some(15));
        assert_eq!(at(&expected, 10, Some(true), 600, 604), [], "it has been awake for four minutes");
        assert_eq!(at(&expected, 10, Some(true), 600, 605).len(), 1);
    }

    #[test]
    fn a_machine_that_reaches_nothing_says_so_in_one_line() {
        let mut cut = home(SourceKind::Alertmanager, Some(15));
        assert_eq!(at(&cut, 10, Some(false), 0, 60), [HomeEvent::CutOff { since: minute(60) }]);
        cut.cut_off = Some(minute(60));
        assert_eq!(at(&cut, 10, Some(false), 0, 90), [], "said once, and no source is accused");
        assert_eq!(at(&cut, 10, Some(true), 0, 91), [HomeEvent::BackOnline {}]);
        cut.cut_off = None;
        assert_eq!(at(&cut, 10, Some(true), 91, 95), [], "its sources get time to be heard again");
        assert_eq!(at(&cut, 10, Some(true), 91, 96).len(), 1);
    }

    #[test]
    fn what_is_heard_again_is_no_longer_missed() {
        let mut missed = home(SourceKind::Alertmanager, Some(15));
        missed.silent.insert(name(), minute(10));
        assert_eq!(at(&missed, 10, Some(true), 0, 60), [], "still silent");
        assert_eq!(at(&missed, 59, Some(true), 0, 60), [HomeEvent::SourceHeard { name: name() }]);
        let mut unexpected = home(SourceKind::Alertmanager, None);
        unexpected.silent.insert(name(), minute(10));
        assert_eq!(at(&unexpected, 10, Some(true), 0, 60), [HomeEvent::SourceHeard { name: name() }], "nobody expects it any more");
    }
}
