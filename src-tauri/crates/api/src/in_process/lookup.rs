//! Finds what a person named: by reference, id, key or unique prefix.

use super::{Answer, InProcess};
use crate::{ApiError, Code};
use domain::{EventId, GroupId, IncidentId};
use store::Found;

/// Merges followed from an old reference: two machines may have merged two incidents into each other.
const MERGES_FOLLOWED: usize = 16;

fn one<T>(found: Found<T>, what: &str, typed: &str) -> Answer<T> {
    match found {
        Found::One(id) => Ok(id),
        Found::None => Err(ApiError::new(Code::NotFound, format!("No {what} is called {typed:?}."))),
        Found::Many(shown) => Err(ApiError::new(Code::Ambiguous, format!("{typed:?} fits more than one {what}."))
            .hint(format!("Say which: {}.", shown.join(", ")))),
    }
}

impl InProcess {
    /// The incident a person means: where one was merged, the one that carries on. A whole id means itself.
    pub(super) async fn find_incident(&self, typed: &str) -> Answer<IncidentId> {
        let mut id = self.find_itself(typed).await?;
        if typed.trim().parse::<IncidentId>().is_ok() {
            return Ok(id);
        }
        for _ in 0..MERGES_FOLLOWED {
            let found = self.engine.read(move |reader| reader.incident(id)).await?;
            match found.and_then(|incident| incident.ties.merged) {
                Some(merged) => id = merged.into,
                None => break,
            }
        }
        Ok(id)
    }

    /// The incident of that name, merged or not.
    pub(super) async fn find_itself(&self, typed: &str) -> Answer<IncidentId> {
        let asked = typed.to_owned();
        one(self.engine.read(move |reader| reader.find_incident(&asked)).await?, "incident", typed)
    }

    pub(super) async fn find_event(&self, typed: &str) -> Answer<EventId> {
        let asked = typed.to_owned();
        one(self.engine.read(move |reader| reader.find_event(&asked)).await?, "entry", typed)
    }

    pub(super) async fn find_group(&self, typed: &str) -> Answer<GroupId> {
        let asked = typed.to_owned();
        one(self.engine.read(move |reader| reader.find_group(&asked)).await?, "group of alerts", typed)
    }

    pub(super) async fn find_groups(&self, typed: &[String]) -> Answer<Vec<GroupId>> {
        let mut groups = vec![];
        for typed in typed {
            let group = self.find_group(typed).await?;
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        Ok(groups)
    }
}
