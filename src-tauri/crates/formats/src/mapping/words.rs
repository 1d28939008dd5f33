//! Words that a tool has for a severity or a state, and what they mean.

use super::pointer::Scene;
use super::template::Template;
use crate::{severity, standing::Standing};
use domain::AlertSeverity;

/// Words, compared without regard to case; `*` in one stands for anything.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Words(pub Vec<String>);

impl Words {
    /// Whether one of them is meant.
    pub fn mean(&self, said: &str) -> bool {
        self.0.iter().any(|word| match word.split_once('*') {
            Some((start, end)) => begins(said, start) && ends(&said[start.len()..], end),
            None => word.eq_ignore_ascii_case(said),
        })
    }
}

fn begins(said: &str, start: &str) -> bool {
    said.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start))
}

fn ends(said: &str, end: &str) -> bool {
    said.len().checked_sub(end.len()).and_then(|at| said.get(at..)).is_some_and(|found| found.eq_ignore_ascii_case(end))
}

/// How a tool says how bad it is.
#[derive(Clone, Debug)]
pub struct SeverityWords {
    /// Where it says so.
    pub from: Template,
    /// Its words, from the worst.
    pub words: [(AlertSeverity, Words); 4],
}

impl SeverityWords {
    /// The severity said; a word in no row has its usual meaning.
    pub fn read(&self, scene: Scene<'_>) -> Option<AlertSeverity> {
        let said = self.from.said(scene)?;
        let said = said.trim();
        let known = self.words.iter().find(|(_, words)| words.mean(said)).map(|(severity, _)| *severity);
        Some(known.unwrap_or_else(|| severity::from_label(Some(said))))
    }
}

/// How a tool says how an alert stands.
#[derive(Clone, Debug)]
pub struct StateWords {
    /// Where it says so.
    pub from: Template,
    /// Its words; an end counts before a look, and a look before a firing.
    pub words: [(Standing, Words); 3],
    /// Who looks at it.
    pub by: Option<Template>,
}

impl StateWords {
    /// The state said; a word in no row has its usual meaning. `None` where nothing is said or it means nothing here.
    pub fn read(&self, scene: Scene<'_>) -> Option<Standing> {
        let said = self.from.said(scene)?;
        let said = said.trim();
        let known = self.words.iter().find(|(_, words)| words.mean(said)).map(|(standing, _)| *standing);
        known.or_else(|| Standing::of(said))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything() {
        let words = Words(vec!["0 *".into(), "*_ACKNOWLEDGED".into(), "P4*low".into(), "exact".into()]);
        for (said, meant) in [
            ("0 1 No", true),
            ("issue_acknowledged", true),
            ("UNACKNOWLEDGED", false),
            ("p4 is low", true),
            ("P4low", true),
            ("P4lo", false),
            ("Exact", true),
            ("exactly", false),
            ("", false),
            ("é", false),
        ] {
            assert_eq!(words.mean(said), meant, "{said:?}");
        }
    }
}
