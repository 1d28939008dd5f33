//! Steps that people take by hand again and again: the same words in several incidents. What is done three times by hand
//! could be a runbook, or be done by a machine.

use crate::IncidentRef;
use std::collections::BTreeMap;

/// Incidents in which a step must be taken to count as repeated.
pub const INCIDENTS_AT_LEAST: usize = 3;
/// Longest step in words: longer ones tell what happened, and are not what somebody does.
const WORDS_MAX: usize = 16;
/// Fewest words of a step: one word alone says nothing to do.
const WORDS_MIN: usize = 2;
/// Steps listed.
const STEPS_SHOWN: usize = 50;
/// Incidents named for each.
const INCIDENTS_SHOWN: usize = 10;

/// A step that recurs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// As it was last written.
    pub text: String,
    /// How often it was written.
    pub times: u64,
    /// Where, the last first.
    pub incidents: Vec<IncidentRef>,
}

/// Finds the steps that recur in what was written, the last first; those of most incidents come first.
pub fn repeated<'s>(written: impl IntoIterator<Item = (&'s IncidentRef, &'s str)>) -> Vec<Step> {
    let mut steps: BTreeMap<String, Step> = BTreeMap::new();
    for (incident, text) in written {
        let Some(form) = form(text) else { continue };
        let step = steps.entry(form).or_insert_with(|| Step { text: text.trim().to_owned(), times: 0, incidents: vec![] });
        step.times += 1;
        if !step.incidents.contains(incident) {
            step.incidents.push(incident.clone());
        }
    }
    let mut steps: Vec<Step> = steps.into_values().filter(|step| step.incidents.len() >= INCIDENTS_AT_LEAST).collect();
    steps.sort_by_key(|step| std::cmp::Reverse((step.incidents.len(), step.times)));
    steps.truncate(STEPS_SHOWN);
    steps.iter_mut().for_each(|step| step.incidents.truncate(INCIDENTS_SHOWN));
    steps
}

/// What makes two texts one step: their words without numbers, people and references; `None` where it is no step.
fn form(text: &str) -> Option<String> {
    let names = |word: &&str| !word.starts_with('@') && !word.to_ascii_uppercase().starts_with("INC-");
    let bare = |word: &str| {
        let word: String = word.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
        (!word.is_empty()).then_some(word)
    };
    let words: Vec<String> = text.split_whitespace().filter(names).filter_map(bare).take(WORDS_MAX + 1).collect();
    (WORDS_MIN..=WORDS_MAX).contains(&words.len()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incident(name: &str) -> IncidentRef {
        IncidentRef(format!("INC-{name}"))
    }

    #[test]
    fn the_same_step_in_three_incidents_is_repeated_whatever_its_numbers_and_names() {
        let (a, b, c) = (incident("AAAA"), incident("BBBB"), incident("CCCC"));
        let written = [
            (&c, "Restart worker-12 @mei"),
            (&b, "restart worker-7"),
            (&b, "Restart worker-3!"),
            (&a, "restart worker"),
            (&a, "Look at the graphs"),
            (&b, "look at the graphs"),
        ];
        let steps = repeated(written);
        assert_eq!(steps, [Step { text: "Restart worker-12 @mei".into(), times: 4, incidents: vec![c, b, a] }], "two incidents are chance");
    }

    #[test]
    fn one_word_and_a_story_are_no_steps() {
        let all = [incident("AAAA"), incident("BBBB"), incident("CCCC")];
        let story = "word ".repeat(WORDS_MAX + 1);
        for text in ["Restarted", "502 503", "@mei @jo", story.as_str()] {
            assert_eq!(repeated(all.iter().map(|incident| (incident, text))), [], "{text:?}");
        }
    }
}
