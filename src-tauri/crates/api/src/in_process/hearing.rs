//! How this home hears, in one sentence. It never claims more than was heard: not "all quiet" while a source has not spoken
//! since this machine could hear it.

use super::InProcess;
use crate::dto::{EarsView, SourceView};
use domain::home::{GRACE_MS, Home, Source, Way};
use domain::{SourceName, Timestamp};

impl InProcess {
    /// How it hears, by what was heard of each source.
    pub(super) fn hearing(&self, sources: &[SourceView]) -> EarsView {
        let able = Able { since: self.engine.able_since(), was_away: self.engine.was_away() };
        ears(&self.engine.home(), sources, able, self.engine.now())
    }
}

/// Since when the home could hear, and whether it could before in this run.
struct Able {
    since: Timestamp,
    was_away: bool,
}

fn ears(home: &Home, sources: &[SourceView], able: Able, now: Timestamp) -> EarsView {
    let able_since = able.since;
    let silent: Vec<SourceName> = home.silent.keys().cloned().collect();
    let last = sources.iter().filter_map(|source| source.last_heard_at).max();
    let view = |state: &str, sentence: String, since| EarsView { state: state.into(), sentence, since, silent: silent.clone() };
    if let Some(since) = home.cut_off {
        return view("cut_off", format!("Cut off since {}", since.time_of_day()), Some(since));
    }
    if sources.is_empty() {
        return view("deaf", "No source is connected".into(), None);
    }
    if let Some((name, since)) = home.silent.iter().min_by_key(|(_, since)| **since) {
        let minutes = now.since(*since).max(0) / 60_000;
        let more = match home.silent.len() - 1 {
            0 => String::new(),
            1 => ", and 1 more source is silent".into(),
            more => format!(", and {more} more sources are silent"),
        };
        return view("silent", format!("{name} was last heard {minutes} min ago{more}"), Some(*since));
    }
    let has_grace = able.was_away && now.since(able_since) < GRACE_MS;
    let missing: Vec<&SourceView> = sources.iter().filter(|source| is_awaited(home, source, able_since, has_grace)).collect();
    if !missing.is_empty() {
        let sentence = match missing.iter().filter_map(|source| source.last_heard_at).max() {
            Some(at) => format!("Catching up, last heard {}", at.time_of_day()),
            None => "Catching up, nothing heard yet".to_owned(),
        };
        return view("catching_up", sentence, Some(able_since));
    }
    let never: Vec<&str> = sources.iter().filter(|source| source.last_heard_at.is_none()).map(|source| source.name.as_str()).collect();
    match (never.as_slice(), last) {
        ([], Some(at)) => view("heard", format!("Last heard {}", at.time_of_day()), Some(at)),
        ([], None) => view("unheard", "Nothing heard yet".into(), None),
        ([one], _) => view("unheard", format!("Nothing heard yet from {one}"), last),
        ([one, more @ ..], _) => view("unheard", format!("Nothing heard yet from {one} and {} more", more.len()), last),
    }
}

/// Whether a source has not spoken since it could be heard, and should have: one that speaks when it likes gets the time of
/// grace, for its sender tries again what it could not send.
fn is_awaited(home: &Home, source: &SourceView, able_since: Timestamp, has_grace: bool) -> bool {
    let speaks = |known: &Source| match known.kind.way() {
        Way::Pull | Way::Probe => true,
        Way::Push => known.settings.silent_minutes.is_some() || (has_grace && source.last_heard_at.is_some()),
    };
    home.sources.get(&source.name).is_some_and(speaks) && source.last_heard_at.is_none_or(|at| at < able_since)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::home::{SourceKind, SourceSettings};

    const NOON: Timestamp = Timestamp(12 * 60 * 60_000);

    fn minute(n: i64) -> Timestamp {
        NOON.plus_secs(n * 60)
    }

    fn heard(sources: &[(&str, SourceKind, Option<i64>)], change: impl FnOnce(&mut Home)) -> (String, String) {
        heard_at(11, true, sources, change)
    }

    /// A home with these sources, each with when it was last heard, on a machine that could hear from 12:00 on.
    fn heard_at(now: i64, was_away: bool, sources: &[(&str, SourceKind, Option<i64>)], change: impl FnOnce(&mut Home)) -> (String, String) {
        let mut home = Home::default();
        let mut views = vec![];
        for (name, kind, last) in sources {
            let (name, settings) = (SourceName((*name).into()), SourceSettings::default());
            home.sources
                .insert(name.clone(), Source { kind: *kind, token_hash: [0; 32], added_at: minute(-600), settings: settings.clone() });
            views.push(SourceView {
                name,
                kind: kind.wire().into(),
                label: kind.label().into(),
                way: String::new(),
                settings,
                has_secret: false,
                silent_since: None,
                added_at: minute(-600),
                last_heard_at: last.map(minute),
                requests: 0,
                refused: 0,
                last_refusal: None,
                uptime: None,
            });
        }
        change(&mut home);
        let view = ears(&home, &views, Able { since: NOON, was_away }, minute(now));
        (view.state, view.sentence)
    }

    fn says(state: &str, sentence: &str) -> (String, String) {
        (state.into(), sentence.into())
    }

    const PUSH: SourceKind = SourceKind::Alertmanager;
    const PULL: SourceKind = SourceKind::PrometheusPull;

    #[test]
    fn it_says_no_more_than_it_heard() {
        assert_eq!(heard(&[], |_| {}), says("deaf", "No source is connected"));
        assert_eq!(heard(&[("eu", PUSH, None)], |_| {}), says("unheard", "Nothing heard yet from eu"));
        assert_eq!(heard(&[("eu", PUSH, Some(3)), ("us", PUSH, None)], |_| {}), says("unheard", "Nothing heard yet from us"));
        assert_eq!(heard(&[("eu", PUSH, Some(-300))], |_| {}), says("heard", "Last heard 07:00 UTC"), "it need not speak by itself");
        assert_eq!(heard(&[("eu", PULL, Some(2))], |_| {}), says("heard", "Last heard 12:02 UTC"));
    }

    #[test]
    fn after_a_start_it_catches_up_until_all_that_should_speak_have() {
        let late = heard(&[("eu", PULL, Some(-648)), ("us", PULL, Some(1))], |_| {});
        assert_eq!(late, says("catching_up", "Catching up, last heard 01:12 UTC"), "us alone is not all");
        let expected = |home: &mut Home| {
            let source = home.sources.get_mut(&SourceName("eu".into())).expect("added");
            source.settings.silent_minutes = Some(5);
        };
        assert_eq!(heard(&[("eu", PUSH, Some(-1))], expected), says("catching_up", "Catching up, last heard 11:59 UTC"));
    }

    #[test]
    fn after_sleep_it_never_says_that_all_is_quiet() {
        let push = [("eu", PUSH, Some(-648))];
        assert_eq!(heard_at(4, true, &push, |_| {}), says("catching_up", "Catching up, last heard 01:12 UTC"), "its sender may still try");
        assert_eq!(heard_at(5, true, &push, |_| {}), says("heard", "Last heard 01:12 UTC"), "and then it says when, and no more");
        assert_eq!(heard_at(4, false, &push, |_| {}), says("heard", "Last heard 01:12 UTC"), "who just opened it sees when, too");
    }

    #[test]
    fn a_silent_source_is_named_and_a_cut_is_one_line() {
        let silent = |home: &mut Home| home.silent = [(SourceName("eu".into()), minute(0)), (SourceName("us".into()), minute(5))].into();
        let sources = [("eu", PUSH, Some(0)), ("us", PUSH, Some(5))];
        assert_eq!(heard(&sources, silent), says("silent", "eu was last heard 11 min ago, and 1 more source is silent"));
        let cut = |home: &mut Home| {
            silent(home);
            home.cut_off = Some(minute(-538));
        };
        assert_eq!(heard(&sources, cut), says("cut_off", "Cut off since 03:02 UTC"), "one line, not nine");
    }
}
