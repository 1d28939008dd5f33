//! Groups of alerts: listed, looked at, attached, dismissed.

use super::incidents::Wish;
use super::{Answer, InProcess, views};
use crate::dto::*;
use crate::{ApiError, Code};
use engine::Act;
use store::GroupFilter;

/// Most groups in one list.
const GROUPS_LIMIT: u32 = 1_000;
/// Alerts shown of one group.
pub(super) const ALERTS_SHOWN: usize = 500;

impl InProcess {
    pub(super) async fn groups(&self, ask: ListGroups) -> Answer<Vec<GroupView>> {
        let incident = match &ask.incident {
            Some(typed) => Some(self.find_incident(typed).await?),
            None => None,
        };
        let limit = ask.limit.unwrap_or(GROUPS_LIMIT).min(GROUPS_LIMIT) as usize;
        let filter = GroupFilter { waiting_only: !ask.all && incident.is_none(), incident, limit };
        let groups = self
            .engine
            .read(move |reader| {
                let rows = reader.groups(&filter)?;
                rows.iter().map(|row| Ok((row.clone(), reader.alerts_of(row.id, ALERTS_SHOWN)?))).collect::<Result<Vec<_>, _>>()
            })
            .await?;
        Ok(groups.into_iter().map(|(row, alerts)| views::group(&row, alerts.into_iter().map(views::alert).collect())).collect())
    }

    pub(super) async fn group(&self, typed: &str) -> Answer<GroupView> {
        let id = self.find_group(typed).await?;
        let (row, alerts) = self.engine.read(move |reader| Ok((reader.group(id)?, reader.alerts_of(id, ALERTS_SHOWN)?))).await?;
        let row = row.ok_or_else(|| ApiError::new(Code::NotFound, "No such group of alerts."))?;
        Ok(views::group(&row, alerts.into_iter().map(views::alert).collect()))
    }

    pub(super) async fn group_ack(&self, caller: &Caller, typed: &str) -> Answer<Receipt> {
        let group = self.find_group(typed).await?;
        self.change(caller, Wish::plain(Act::AcknowledgeGroup(group))).await
    }

    pub(super) async fn group_release(&self, caller: &Caller, typed: &str) -> Answer<Receipt> {
        let group = self.find_group(typed).await?;
        self.change(caller, Wish::plain(Act::ReleaseGroup(group))).await
    }

    pub(super) async fn attach(&self, caller: &Caller, ask: AttachGroups) -> Answer<Receipt> {
        let incident = self.find_incident(&ask.incident).await?;
        let groups = self.find_groups(&ask.groups).await?;
        self.change(caller, Wish::plain(Act::Attach(incident, groups))).await
    }

    pub(super) async fn detach(&self, caller: &Caller, ask: AttachGroups) -> Answer<Receipt> {
        let incident = self.find_incident(&ask.incident).await?;
        let groups = self.find_groups(&ask.groups).await?;
        self.change(caller, Wish::plain(Act::Detach(incident, groups))).await
    }

    pub(super) async fn dismiss(&self, caller: &Caller, ask: DismissGroup) -> Answer<Receipt> {
        let group = self.find_group(&ask.group).await?;
        let reason = ask.reason.filter(|text| !text.trim().is_empty()).unwrap_or_else(|| "noise".into());
        self.change(caller, Wish::plain(Act::Dismiss { group, reason })).await
    }
}
