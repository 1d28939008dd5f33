//! Finds what a person named: by reference, id, key or unique prefix.

use super::{Answer, InProcess};
use crate::{ApiError, Code};
use domain::{EventId, GroupId, IncidentId};
use store::Found;

fn one<T>(found: Found<T>, what: &str, typed: &str) -> Answer<T> {
    match found {
        Found::One(id) => Ok(id),
        Found::None => Err(ApiError::new(Code::NotFound, format!("No {what} is called {typed:?}."))),
        Found::Many(shown) => Err(ApiError::new(Code::Ambiguous, format!("{typed:?} fits more than one {what}."))
            .hint(format!("Say which: {}.", shown.join(", ")))),
    }
}

impl InProcess {
    pub(super) async fn find_incident(&self, typed: &str) -> Answer<IncidentId> {
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
