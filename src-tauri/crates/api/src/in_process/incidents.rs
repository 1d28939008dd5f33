//! Reads and commands of one incident.

use super::{Answer, InProcess, undo, views};
use crate::dto::*;
use crate::{ApiError, Code};
use domain::incidents::{ImpactDetail, IncidentCommand};
use domain::{Handle, IncidentId, Timestamp};
use engine::{Act, Command, Committed};
use store::{GroupFilter, IncidentFilter};

/// Most incidents that one list answers with.
const LIST_LIMIT: u32 = 1_000;
/// How many it answers with unasked.
const LIST_DEFAULT: u32 = 200;
/// Most groups shown with an incident.
const GROUPS_SHOWN: usize = 200;

/// A change to make, before it is known who makes it.
pub(super) struct Wish {
    pub at: Option<Timestamp>,
    pub once: Option<String>,
    pub spoken: Spoken,
    pub act: Act,
}

impl Wish {
    pub fn plain(act: Act) -> Self {
        Self { at: None, once: None, spoken: Spoken::default(), act }
    }
}

impl InProcess {
    pub(super) async fn submit(&self, caller: &Caller, wish: Wish) -> Answer<Committed> {
        let mut caller = caller.clone();
        if let Some(name) = wish.spoken.for_name {
            caller.for_name = Some(name.0);
            caller.by = wish.spoken.by.or(caller.by);
        }
        let entry = self.entry(&caller)?;
        Ok(self.engine.submit(Command { entry, occurred_at: wish.at, once: wish.once, act: wish.act }).await?)
    }

    /// Carries out a change and gives the receipt, with the way back where there is one.
    pub(super) async fn change(&self, caller: &Caller, wish: Wish) -> Answer<Receipt> {
        let act = wish.act.clone();
        let done = self.submit(caller, wish).await?;
        self.receipt(&act, &done).await
    }

    pub(super) async fn receipt(&self, act: &Act, done: &Committed) -> Answer<Receipt> {
        let incident = match (done.incident, &done.before) {
            (_, Some(before)) => Some(before.reference.clone()),
            (Some(id), None) => self.engine.read(move |reader| reader.incident(id)).await?.map(|incident| incident.reference),
            (None, None) => None,
        };
        Ok(Receipt {
            seq: done.seq,
            event: done.events.first().copied(),
            incident,
            recorded_at: done.recorded_at,
            undo: undo::of(act, done),
        })
    }

    pub(super) async fn to_incident(&self, caller: &Caller, typed: &str, command: IncidentCommand) -> Answer<Receipt> {
        let id = self.find_incident(typed).await?;
        self.change(caller, Wish::plain(Act::Incident(id, command))).await
    }

    pub(super) async fn list(&self, ask: ListIncidents) -> Answer<Vec<IncidentSummary>> {
        let filter = IncidentFilter {
            open_only: !ask.all,
            severity: ask.severity,
            service: ask.service,
            since: ask.since,
            limit: ask.limit.unwrap_or(LIST_DEFAULT).min(LIST_LIMIT) as usize,
        };
        let incidents = self.engine.read(move |reader| reader.incidents(&filter)).await?;
        Ok(incidents.iter().map(views::summary).collect())
    }

    pub(super) async fn show(&self, caller: &Caller, typed: &str) -> Answer<IncidentView> {
        let id = self.find_incident(typed).await?;
        self.whole(caller, id).await
    }

    pub(super) async fn whole(&self, caller: &Caller, id: IncidentId) -> Answer<IncidentView> {
        let (incident, groups, entries, head) = self
            .engine
            .read(move |reader| {
                let filter = GroupFilter { waiting_only: false, incident: Some(id), limit: GROUPS_SHOWN };
                Ok((reader.incident(id)?, reader.groups(&filter)?, reader.timeline_counts(id)?.total, reader.incident_head(id)?))
            })
            .await?;
        let incident = incident.ok_or_else(|| ApiError::new(Code::NotFound, "No such incident."))?;
        let head = head.map_or(HeadView { seq: 0, hash: String::new() }, |(seq, hash)| HeadView { seq, hash: hex(&hash) });
        let around = views::Around { groups, head, entries, entry: self.entry(caller)?, now: self.engine.now(), home: self.engine.home() };
        Ok(views::incident(&incident, around))
    }

    pub(super) async fn set_severity(&self, caller: &Caller, ask: SetSeverity) -> Answer<Receipt> {
        let id = self.find_incident(&ask.incident).await?;
        let act = Act::Incident(id, IncidentCommand::SetSeverity { severity: ask.severity, reason: ask.reason });
        self.change(caller, Wish { at: None, once: None, spoken: ask.spoken, act }).await
    }

    pub(super) async fn set_status(&self, caller: &Caller, ask: SetStatus) -> Answer<Receipt> {
        let id = self.find_incident(&ask.incident).await?;
        let act = Act::Incident(id, IncidentCommand::SetStatus(ask.status));
        self.change(caller, Wish { at: ask.at, once: None, spoken: ask.spoken, act }).await
    }

    pub(super) async fn set_title(&self, caller: &Caller, ask: SetTitle) -> Answer<Receipt> {
        self.to_incident(caller, &ask.incident, IncidentCommand::Retitle(ask.title)).await
    }

    pub(super) async fn acknowledge(&self, caller: &Caller, incident: &str) -> Answer<Receipt> {
        self.to_incident(caller, incident, IncidentCommand::Acknowledge).await
    }

    pub(super) async fn take_command(&self, caller: &Caller, incident: &str) -> Answer<Receipt> {
        self.to_incident(caller, incident, IncidentCommand::TakeCommand).await
    }

    pub(super) async fn confirm_command(&self, caller: &Caller, incident: &str) -> Answer<Receipt> {
        self.to_incident(caller, incident, IncidentCommand::ConfirmCommand).await
    }

    pub(super) async fn role_assign(&self, caller: &Caller, ask: AssignRole) -> Answer<Receipt> {
        let id = self.find_incident(&ask.incident).await?;
        let person = known_form(&ask.name)?;
        let act = Act::Incident(id, IncidentCommand::AssignRole { role: ask.role, person });
        self.change(caller, Wish { at: ask.at, once: None, spoken: ask.spoken, act }).await
    }

    pub(super) async fn role_release(&self, caller: &Caller, ask: ReleaseRole) -> Answer<Receipt> {
        let person = ask.name.as_ref().map(known_form).transpose()?;
        self.to_incident(caller, &ask.incident, IncidentCommand::ReleaseRole { role: ask.role, person }).await
    }

    pub(super) async fn impact_start(&self, caller: &Caller, ask: SetImpact) -> Answer<Receipt> {
        self.impact(caller, ask, IncidentCommand::StartImpact).await
    }

    pub(super) async fn impact_update(&self, caller: &Caller, ask: SetImpact) -> Answer<Receipt> {
        self.impact(caller, ask, IncidentCommand::UpdateImpact).await
    }

    pub(super) async fn impact_end(&self, caller: &Caller, ask: SetImpact) -> Answer<Receipt> {
        self.impact(caller, ask, |_| IncidentCommand::EndImpact).await
    }

    async fn impact(&self, caller: &Caller, ask: SetImpact, command: impl FnOnce(ImpactDetail) -> IncidentCommand) -> Answer<Receipt> {
        let id = self.find_incident(&ask.incident).await?;
        let detail = ImpactDetail { share: ask.share, services: ask.services, text: ask.text };
        self.change(caller, Wish { at: ask.at, once: None, spoken: Spoken::default(), act: Act::Incident(id, command(detail)) }).await
    }
}

/// A handle that came as JSON, in the form that people are known by.
pub(super) fn known_form(handle: &Handle) -> Answer<Handle> {
    Handle::parse(&handle.0).ok_or_else(|| {
        ApiError::new(Code::InvalidField, format!("{:?} is not a name Muster can use.", handle.0))
            .hint("Use letters, digits, dots or dashes, as in @dana.")
            .field("name")
    })
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
