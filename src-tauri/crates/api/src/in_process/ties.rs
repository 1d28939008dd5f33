//! Messy incidents: merged, taken apart, split, linked.

use super::incidents::Wish;
use super::{Answer, InProcess};
use crate::dto::*;
use crate::{ApiError, Code};
use engine::{Act, Declaration};
use serde_json::json;

impl InProcess {
    fn undo(mut receipt: Receipt, op: &str, params: serde_json::Value, label: &str) -> Receipt {
        receipt.undo = Some(UndoView { op: op.to_owned(), params, label: format!("Undo: {label}") });
        receipt
    }

    pub(super) async fn merge(&self, caller: &Caller, ask: TwoIncidents) -> Answer<Receipt> {
        let id = self.find_itself(&ask.incident).await?;
        let other = self.find_incident(&ask.other).await?;
        let receipt = self.change(caller, Wish::plain(Act::Merge(id, other))).await?;
        Ok(Self::undo(receipt, "incident.unmerge", json!({ "incident": id }), "two incidents again"))
    }

    pub(super) async fn unmerge(&self, caller: &Caller, ask: OneIncident) -> Answer<Receipt> {
        let id = self.find_itself(&ask.incident).await?;
        let was = self.state(id).await?.ties.merged;
        let receipt = self.change(caller, Wish::plain(Act::Unmerge(id))).await?;
        let Some(was) = was else { return Ok(receipt) };
        Ok(Self::undo(receipt, "incident.merge", json!({ "incident": id, "other": was.into }), "merged again"))
    }

    pub(super) async fn split(&self, caller: &Caller, ask: SplitIncident) -> Answer<IncidentView> {
        let id = self.find_incident(&ask.incident).await?;
        let groups = self.find_groups(&ask.alerts).await?;
        let declaration = Declaration { title: ask.title.unwrap_or_default(), severity: ask.severity, groups, ..Declaration::default() };
        let wish = Wish { once: ask.once, ..Wish::plain(Act::Split(id, declaration)) };
        let done = self.submit(caller, wish).await?;
        let new = done.incident.ok_or_else(|| ApiError::new(Code::Internal, "The split names no incident."))?;
        self.whole(caller, new).await
    }

    pub(super) async fn link(&self, caller: &Caller, ask: TwoIncidents, linked: bool) -> Answer<Receipt> {
        let (one, other) = (self.find_incident(&ask.incident).await?, self.find_incident(&ask.other).await?);
        let params = json!({ "incident": one, "other": other });
        let (act, op, label) = match linked {
            true => (Act::Link(one, other), "incident.unlink", "no link"),
            false => (Act::Unlink(one, other), "incident.link", "linked again"),
        };
        let receipt = self.change(caller, Wish::plain(act)).await?;
        Ok(Self::undo(receipt, op, params, label))
    }
}
