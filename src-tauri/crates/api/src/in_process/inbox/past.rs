//! Incidents of the past that a group looks like, and what helped then.

use crate::dto::SimilarView;
use domain::Timestamp;
use domain::incidents::{Incident, TaskState};
use domain::likeness::{Likeness, resembles, words};
use std::collections::BTreeSet;
use store::GroupRow;

/// Past incidents shown for one group.
const SHOWN: usize = 3;
/// Lines of what helped.
const HELPED: usize = 3;

/// Incidents that are over, by the words of their titles.
pub(super) struct Past<'r>(Vec<(BTreeSet<String>, &'r Incident)>);

impl<'r> Past<'r> {
    /// Exercises and private incidents help nobody here.
    pub fn of(resolved: &'r [Incident]) -> Self {
        let of_use = resolved.iter().filter(|incident| !incident.drill && !incident.private);
        Self(of_use.map(|incident| (words(&incident.title.value), incident)).collect())
    }

    /// Those most like a group.
    pub fn similar(&self, row: &GroupRow) -> Vec<SimilarView> {
        let said = words(&row.title);
        let like = |(their_words, incident): &(BTreeSet<String>, &'r Incident)| {
            Some((resembles((&said, &row.services), (their_words, &incident.services))?, *incident))
        };
        let mut alike: Vec<(Likeness, &Incident)> = self.0.iter().filter_map(like).collect();
        alike.sort_by_key(|(like, incident)| std::cmp::Reverse((like.score, incident.resolved_at())));
        alike.into_iter().take(SHOWN).map(|(like, incident)| view(like, incident)).collect()
    }
}

fn view(like: Likeness, incident: &Incident) -> SimilarView {
    SimilarView {
        reference: incident.reference.clone(),
        title: incident.title.value.clone(),
        severity: incident.severity.value,
        resolved_at: incident.resolved_at(),
        because: like.because,
        helped: helped(incident),
    }
}

/// What was decided, with its result, and what was done, the last first.
fn helped(incident: &Incident) -> Vec<String> {
    let decided = incident.thoughts.decisions.iter().map(|decided| match &decided.result {
        Some((result, heard)) => (heard.at, format!("{}: {result}", decided.text)),
        None => (decided.heard.at, decided.text.clone()),
    });
    let done = incident.tasks.iter().filter(|task| task.state == TaskState::Done).map(|task| {
        let at = task.ended.as_ref().map_or(task.added_at, |ended| ended.at);
        (at, task.note.as_ref().map_or_else(|| task.text.clone(), |note| format!("{}: {note}", task.text)))
    });
    let mut all: Vec<(Timestamp, String)> = decided.chain(done).collect();
    all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    all.into_iter().take(HELPED).map(|(_, text)| text).collect()
}
