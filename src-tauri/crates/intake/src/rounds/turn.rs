//! When a source is due next: as often as it is set, and less and less often while it fails.

use super::Asked;
use domain::Timestamp;
use domain::home::{EVERY_SECS, SourceSettings};

/// Longest wait between two tries of a source that fails (5 min): back within that, it is heard.
const BACKOFF_SECS_MAX: i64 = 300;

/// Somebody who looks again within this time sees what was just asked (5 s): windows come and go.
const JUST_ASKED_MS: i64 = 5_000;

/// One source's turn.
pub struct Turn {
    settings: SourceSettings,
    /// When it is due.
    pub due: Timestamp,
    /// Whether it is not under way.
    pub waits: bool,
    sent_at: Option<Timestamp>,
    failures: u32,
    last_why: Option<String>,
}

impl Turn {
    /// A source that is due at once.
    pub fn begin(one: &Asked, now: Timestamp) -> Self {
        Self { settings: one.settings.clone(), due: now, waits: true, sent_at: None, failures: 0, last_why: None }
    }

    /// Follows the settings: what is set anew is due at once.
    pub fn set(&mut self, one: &Asked, now: Timestamp) {
        if self.settings != one.settings {
            self.settings = one.settings.clone();
            (self.due, self.failures) = (now, 0);
        }
    }

    /// A round has begun.
    pub fn sent_out(&mut self, now: Timestamp) {
        (self.waits, self.sent_at) = (false, Some(now));
    }

    /// Somebody looks: it is due, unless it was asked just now.
    pub fn somebody_looks(&mut self, now: Timestamp) {
        if self.sent_at.is_none_or(|sent| !(0..JUST_ASKED_MS).contains(&now.since(sent))) {
            self.due = now;
        }
    }

    /// A round has ended. Answers why it failed, where that is not what was said last. `chance` spreads the tries of many.
    pub fn came_back(&mut self, failure: Option<String>, now: Timestamp, chance: u8) -> Option<String> {
        self.waits = true;
        let every = i64::from(self.settings.every_secs.unwrap_or(EVERY_SECS));
        let Some(why) = failure else {
            (self.failures, self.last_why) = (0, None);
            self.due = now.plus_secs(every);
            return None;
        };
        let most = (every << self.failures.min(6)).clamp(every, BACKOFF_SECS_MAX.max(every));
        self.failures = self.failures.saturating_add(1);
        self.due = now.plus_millis(most * 1_000 / 2 + most * 500 * i64::from(chance) / 255);
        let news = self.last_why.as_ref() != Some(&why);
        self.last_why = Some(why.clone());
        news.then_some(why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::SourceName;
    use domain::home::SourceKind;

    fn turn() -> (Turn, Asked) {
        let settings = SourceSettings { every_secs: Some(30), ..SourceSettings::default() };
        let one = Asked { name: SourceName("eu".into()), kind: SourceKind::PrometheusPull, settings };
        (Turn::begin(&one, Timestamp(0)), one)
    }

    #[test]
    fn what_fails_is_tried_less_often_and_said_once() {
        let (mut turn, _) = turn();
        let mut waits = vec![];
        let mut said = 0;
        for _ in 0..6 {
            said += usize::from(turn.came_back(Some("it does not answer".into()), Timestamp(0), 255).is_some());
            waits.push(turn.due.0 / 1_000);
        }
        assert_eq!((waits, said), (vec![30, 60, 120, 240, 300, 300], 1));
        assert!(turn.came_back(Some("it says 401".into()), Timestamp(0), 0).is_some(), "another reason is news");
        assert_eq!(turn.due, Timestamp(150_000), "chance spreads the tries over the second half");
        assert_eq!(turn.came_back(None, Timestamp(0), 7), None);
        assert_eq!(turn.due, Timestamp(30_000), "and good is good at once");
    }

    #[test]
    fn who_looks_asks_unless_it_was_asked_just_now() {
        let (mut turn, _) = turn();
        turn.sent_out(Timestamp(0));
        turn.came_back(None, Timestamp(100), 0);
        turn.somebody_looks(Timestamp(4_999));
        assert_eq!(turn.due, Timestamp(30_100), "asked just now");
        turn.somebody_looks(Timestamp(5_000));
        assert_eq!(turn.due, Timestamp(5_000));
    }

    #[test]
    fn what_is_set_anew_is_due_at_once() {
        let (mut turn, mut one) = turn();
        turn.came_back(None, Timestamp(0), 0);
        turn.set(&one, Timestamp(5));
        assert_eq!(turn.due, Timestamp(30_000), "nothing has changed");
        one.settings.url = Some("http://127.0.0.1:9090".into());
        turn.set(&one, Timestamp(5));
        assert_eq!(turn.due, Timestamp(5));
    }
}
