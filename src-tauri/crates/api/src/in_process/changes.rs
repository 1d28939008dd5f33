//! What was done to systems lately, or around an incident's beginning.

use super::{Answer, InProcess};
use crate::dto::{ChangeView, ListChanges};
use domain::Timestamp;
use domain::incidents::Incident;
use store::ChangeRow;

/// Changes of so long before an incident's beginning may be its cause (2 h).
const BEFORE_MS: i64 = 2 * 60 * 60_000;
/// And of so long after it, for clocks differ and a beginning is noticed late (30 min).
const AFTER_MS: i64 = 30 * 60_000;
/// Where no beginning and no time is named, changes of the last 24 h are listed.
const LAST_MS: i64 = 24 * 60 * 60_000;
/// Changes listed where nobody says how many.
const LISTED: u32 = 200;
/// Most changes in one list.
const LISTED_MAX: u32 = 1_000;

impl InProcess {
    pub(super) async fn changes(&self, ask: ListChanges) -> Answer<Vec<ChangeView>> {
        let now = self.engine.now();
        let (from, to) = match &ask.incident {
            Some(typed) => {
                let id = self.find_incident(typed).await?;
                let began = began(&self.state(id).await?);
                (ask.since.unwrap_or(began.plus_millis(-BEFORE_MS)), began.plus_millis(AFTER_MS))
            }
            // A sender's clock may be ahead of ours.
            None => (ask.since.unwrap_or(now.plus_millis(-LAST_MS)), now.plus_millis(AFTER_MS)),
        };
        let limit = ask.limit.unwrap_or(LISTED).min(LISTED_MAX) as usize;
        let rows = self.engine.read(move |reader| reader.changes(from, to, limit)).await?;
        Ok(rows.into_iter().map(view).collect())
    }
}

/// When it began: the first that is known of it.
pub(super) fn began(incident: &Incident) -> Timestamp {
    let signs = [incident.impact_started_at(), incident.first_sign_at];
    signs.into_iter().flatten().fold(incident.detected_at.min(incident.declared_at), Timestamp::min)
}

pub(super) fn view(row: ChangeRow) -> ChangeView {
    let change = row.change;
    ChangeView {
        id: row.id,
        source: row.source,
        title: change.title,
        at: change.at,
        outcome: change.outcome,
        service: change.service,
        link: change.link,
        labels: change.labels,
    }
}
