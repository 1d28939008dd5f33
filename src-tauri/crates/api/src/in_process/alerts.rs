//! Groups of alerts, what is quiet, and sources.

use super::incidents::Wish;
use super::{Answer, InProcess, views};
use crate::dto::*;
use crate::{ApiError, Code};
use domain::home::{HomeEvent, SourceKind, Way};
use domain::{EventId, SourceName};
use engine::Act;
use store::GroupFilter;

/// Most groups in one list.
const GROUPS_LIMIT: u32 = 1_000;
/// Alerts shown of one group.
pub(super) const ALERTS_SHOWN: usize = 500;
/// Refusals shown of one source.
const REFUSALS_SHOWN: usize = 50;

const fn way(way: Way) -> &'static str {
    match way {
        Way::Push => "push",
        Way::Pull => "pull",
        Way::Probe => "probe",
    }
}

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

    pub(super) fn quiet(&self) -> Vec<QuietView> {
        let home = self.engine.home();
        let now = self.engine.now();
        let mut quiet: Vec<QuietView> = home
            .quiet
            .iter()
            .map(|(id, quiet)| QuietView {
                id: Some(*id),
                shape: quiet.order.shape.wire().into(),
                title: quiet.order.title.clone(),
                reason: quiet.order.reason.clone(),
                owner: quiet.owner.clone(),
                since: quiet.since,
                until: if quiet.order.until_over { "when it ends".into() } else { format!("at {}", quiet.order.until.time_of_day()) },
                until_at: Some(quiet.order.until),
                holds: quiet.holds(now),
                groups: 0,
                alerts: 0,
            })
            .collect();
        quiet.sort_by_key(|quiet| quiet.since);
        quiet
    }

    pub(super) async fn quiet_end(&self, caller: &Caller, id: EventId) -> Answer<Receipt> {
        self.change(caller, Wish::plain(Act::Home(HomeEvent::QuietEnded { quiet: id }))).await
    }

    pub(super) async fn sources(&self) -> Answer<Vec<SourceView>> {
        let stats = self.engine.read(store::Reader::source_stats).await?;
        let home = self.engine.home();
        let view = |(name, source): (&SourceName, &domain::home::Source)| {
            let seen = stats.get(name);
            SourceView {
                name: name.clone(),
                kind: source.kind.wire().to_owned(),
                label: source.kind.label().to_owned(),
                way: way(source.kind.way()).to_owned(),
                settings: source.settings.clone(),
                has_secret: false,
                silent_since: home.silent.get(name).copied(),
                added_at: source.added_at,
                last_heard_at: seen.and_then(|seen| seen.last_heard_at),
                requests: seen.map_or(0, |seen| seen.requests),
                refused: seen.map_or(0, |seen| seen.refused),
                last_refusal: seen.and_then(|seen| seen.last_refusal.clone()),
            }
        };
        Ok(home.sources.iter().map(view).collect())
    }

    fn created(&self, kind: SourceKind, name: SourceName, token: String) -> SourceCreated {
        let url = self.local.source_url(kind.wire(), &token);
        let setup = self.local.source_setup(kind.wire(), name.as_str(), &token);
        SourceCreated { name, kind: kind.wire().to_owned(), token, url, setup }
    }

    pub(super) async fn source_add(&self, caller: &Caller, ask: AddSource) -> Answer<SourceCreated> {
        let kind = SourceKind::parse(&ask.kind).ok_or_else(|| {
            ApiError::new(Code::InvalidField, format!("Muster does not know sources of kind {:?}.", ask.kind))
                .hint("Known kinds: alertmanager.")
                .field("kind")
        })?;
        let name = SourceName::parse(&ask.name.0).ok_or_else(|| {
            ApiError::new(Code::InvalidField, format!("{:?} cannot name a source.", ask.name.0))
                .hint("Use letters, digits, dots or dashes.")
                .field("name")
        })?;
        let (token, token_hash) = self.local.new_token();
        self.submit(caller, Wish::plain(Act::Home(HomeEvent::SourceAdded { name: name.clone(), kind, token_hash }))).await?;
        Ok(self.created(kind, name, token))
    }

    pub(super) async fn source_rotate(&self, caller: &Caller, ask: OneSource) -> Answer<SourceCreated> {
        let (token, token_hash) = self.local.new_token();
        self.submit(caller, Wish::plain(Act::Home(HomeEvent::SourceRotated { name: ask.name.clone(), token_hash }))).await?;
        let kind = self.engine.home().sources.get(&ask.name).map_or(SourceKind::Alertmanager, |source| source.kind);
        Ok(self.created(kind, ask.name, token))
    }

    pub(super) async fn source_remove(&self, caller: &Caller, ask: OneSource) -> Answer<Receipt> {
        self.change(caller, Wish::plain(Act::Home(HomeEvent::SourceRemoved { name: ask.name }))).await
    }

    pub(super) async fn refusals(&self, ask: OneSource) -> Answer<Vec<RefusalView>> {
        let source = ask.name.clone();
        let rows = self.engine.read(move |reader| reader.refusals(&source, REFUSALS_SHOWN)).await?;
        let view = |row: store::RefusalRow| RefusalView {
            source: ask.name.clone(),
            at: row.at,
            reason: row.reason,
            raw: String::from_utf8_lossy(&row.raw).into_owned(),
        };
        Ok(rows.into_iter().map(view).collect())
    }

    pub(super) async fn source_test(&self, ask: OneSource) -> Answer<Vec<Finding>> {
        let sources = self.sources().await?;
        let source = sources
            .iter()
            .find(|source| source.name == ask.name)
            .ok_or_else(|| ApiError::new(Code::NotFound, format!("No source is named {}.", ask.name)))?;
        Ok(self.local.test_source(source).await)
    }
}
