//! The title of a Datadog event, `[P2] [Triggered on {host:db1}] CPU is high`: what stands before the monitor's name.

/// What happened to a monitor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Transition {
    /// It alerts, for the first time or again.
    Triggered,
    /// It warns.
    Warn,
    /// It has nothing to go by.
    NoData,
    /// It said so before and says it again.
    Again,
    /// It is well.
    Recovered,
}

impl Transition {
    /// Reads `$ALERT_TRANSITION`; `None` for a word that Datadog may add one day.
    pub fn of(word: &str) -> Option<Self> {
        let word = word.trim().to_ascii_lowercase();
        Some(match word.strip_prefix("re-").unwrap_or(&word) {
            "triggered" | "alert" => Self::Triggered,
            "warn" | "warning" => Self::Warn,
            "no data" | "no_data" => Self::NoData,
            "renotify" => Self::Again,
            "recovered" | "resolved" | "ok" => Self::Recovered,
            _ => return None,
        })
    }
}

/// A title, taken apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Heading<'t> {
    /// What happened, where the title says so.
    pub transition: Option<Transition>,
    /// `P1` to `P5`, where the title says so.
    pub priority: Option<&'t str>,
    /// The group of tags it happened to, without its braces.
    pub scope: Option<&'t str>,
    /// The monitor's name.
    pub rest: &'t str,
}

impl<'t> Heading<'t> {
    /// Takes brackets off the head of a title as long as they say something; a monitor's own ones stay.
    pub fn read(title: &'t str) -> Self {
        let mut heading = Self { rest: title.trim(), ..Self::default() };
        while let Some((inside, rest)) = heading.rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            if !heading.takes(inside.trim()) || rest.trim().is_empty() {
                break;
            }
            heading.rest = rest.trim();
        }
        heading
    }

    fn takes(&mut self, inside: &'t str) -> bool {
        if matches!(inside.as_bytes(), [b'P', b'1'..=b'5']) {
            self.priority = Some(inside);
            return true;
        }
        let (word, scope) = inside.split_once(" on ").unwrap_or((inside, ""));
        let Some(transition) = Transition::of(word) else { return false };
        self.transition = Some(transition);
        self.scope = Some(scope.trim().trim_matches(['{', '}'])).filter(|scope| !scope.is_empty());
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_what_happened_and_to_what() {
        let heading = Heading::read("[P2] [Re-Triggered on {host:db1,env:prod}] [Memory] low on db1");
        let expected = Heading {
            transition: Some(Transition::Triggered),
            priority: Some("P2"),
            scope: Some("host:db1,env:prod"),
            rest: "[Memory] low on db1",
        };
        assert_eq!(heading, expected, "the monitor's own brackets stay");
        assert_eq!(Heading::read("Plain title"), Heading { rest: "Plain title", ..Heading::default() });
        assert_eq!(Heading::read("[Recovered]").rest, "[Recovered]", "a title is never emptied");
    }

    #[test]
    fn every_transition_is_known() {
        for (word, transition) in [
            ("Triggered", Transition::Triggered),
            ("Re-Triggered", Transition::Triggered),
            ("Warn", Transition::Warn),
            ("Re-Warn", Transition::Warn),
            ("No Data", Transition::NoData),
            ("Re-No Data", Transition::NoData),
            ("Renotify", Transition::Again),
            ("Recovered", Transition::Recovered),
        ] {
            assert_eq!(Transition::of(word), Some(transition), "{word}");
        }
        assert_eq!(Transition::of("Paused"), None);
    }
}
