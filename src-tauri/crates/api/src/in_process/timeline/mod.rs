//! Timeline pages and search: rows of the ledger as entries that read as sentences.

mod command;

use super::incidents::hex;
use super::{Answer, InProcess, views};
use crate::dto::*;
use crate::{ApiError, Code};
use command::Noun;
use domain::incidents::{ImpactDetail, IncidentEvent as E};
use domain::{Event, ServiceName};
use serde_json::{Value, json};
use store::{TimelineCursor, TimelineKinds, TimelineQuery, TimelineRow};

/// Most entries in one page.
const PAGE_LIMIT: u32 = 500;
/// Entries in a page unasked: three screens.
const PAGE_DEFAULT: u32 = 100;
/// Most hits of one search.
const HITS_LIMIT: u32 = 200;

impl InProcess {
    pub(super) async fn timeline(&self, ask: ReadTimeline) -> Answer<TimelinePage> {
        let incident = self.find_incident(&ask.incident).await?;
        let limit = ask.limit.unwrap_or(PAGE_DEFAULT).clamp(1, PAGE_LIMIT) as usize;
        let query = TimelineQuery {
            incident,
            before: cursor(ask.before.as_deref())?,
            limit: limit + 1,
            kinds: kinds(ask.kind.as_deref()),
            as_of: ask.as_of,
        };
        let (mut rows, counts) = self.engine.read(move |reader| Ok((reader.timeline(&query)?, reader.timeline_counts(incident)?))).await?;
        let more = rows.len() > limit;
        if more {
            rows.remove(0);
        }
        let before = rows.first().filter(|_| more).map(|row| row.cursor().to_string());
        let counts_view = TimelineCounts { people: counts.people, pinned: counts.pinned, machine: counts.machine };
        Ok(TimelinePage { entries: rows.into_iter().map(entry).collect(), before, total: counts.total, counts: counts_view })
    }

    pub(super) async fn search(&self, ask: Search) -> Answer<Vec<SearchHit>> {
        let limit = ask.limit.unwrap_or(50).clamp(1, HITS_LIMIT) as usize;
        self.engine.with_writer(|writer| writer.drain_search(usize::MAX)).await.map(drop).or_else(|fault| match fault {
            // Search trails the ledger; where it cannot catch up, what it has is still worth showing.
            engine::Failure::Stopped => Err(fault),
            other => {
                tracing::warn!(%other, "search could not catch up");
                Ok(())
            }
        })?;
        let hits = self
            .engine
            .read(move |reader| {
                let mut hits = vec![];
                for row in reader.search(&ask.query, limit)? {
                    if let Some(incident) = reader.incident(row.incident)? {
                        hits.push(SearchHit { incident: views::summary(&incident), event: row.event, at: row.at, snippet: row.snippet });
                    }
                }
                Ok(hits)
            })
            .await?;
        Ok(hits)
    }
}

fn cursor(typed: Option<&str>) -> Answer<Option<TimelineCursor>> {
    typed
        .map(|typed| typed.parse().map_err(|_| ApiError::new(Code::InvalidField, "That is no place in a timeline.").field("before")))
        .transpose()
}

fn kinds(typed: Option<&str>) -> TimelineKinds {
    match typed {
        None | Some("all") => TimelineKinds::All,
        Some("people") => TimelineKinds::People,
        Some("pinned") => TimelineKinds::Pinned,
        Some("machine") => TimelineKinds::Machine,
        Some(kind) => TimelineKinds::One(kind.to_owned()),
    }
}

fn entry(row: TimelineRow) -> EntryView {
    let envelope = &row.recorded.envelope;
    let own = match &row.recorded.event {
        Some(Event::Incident(event)) => Some(event),
        Some(Event::Alert(_) | Event::Home(_) | Event::Change(_)) | None => None,
    };
    let words = own.or(row.redaction.as_ref().map(|redaction| &redaction.masked));
    let corrected = row.corrected_text.clone().filter(|_| row.redaction.is_none());
    let was = words.and_then(E::words).map(str::to_owned).filter(|_| corrected.is_some());
    let shown = match (&corrected, words) {
        (Some(text), Some(event)) => Some(event.with_words(text)),
        (None, event) => event.cloned(),
        (Some(_), None) => None,
    };
    let is_machine = envelope.entry.actor.person().is_none();
    EntryView {
        seq: row.recorded.seq,
        id: envelope.id,
        kind: words.and_then(E::entry_kind).unwrap_or("note").to_owned(),
        occurred_at: row.occurred_at,
        recorded_at: envelope.recorded_at,
        actor: views::actor(&envelope.entry.actor),
        on_behalf_of: envelope.entry.on_behalf_of.clone(),
        means: envelope.entry.means,
        via: envelope.entry.via,
        text: shown.as_ref().map(|event| sentence(event, &row)).unwrap_or_default(),
        data: shown.as_ref().map(|event| data(event, &row)).unwrap_or(Value::Null),
        corrects: words.and_then(E::target),
        corrected_by: row.corrected_by,
        was_text: was,
        was_at: (row.occurred_at != envelope.occurred_at).then_some(envelope.occurred_at),
        redacted: row.redaction.as_ref().map(|redaction| RedactedView {
            by: redaction.by.clone(),
            at: redaction.at,
            reason: redaction.reason.clone(),
        }),
        pinned: row.pinned,
        machine: is_machine,
        hash: hex(&row.hash),
    }
}

fn impact(start: &str, detail: &ImpactDetail) -> String {
    let share = detail.share.map(|share| format!(", {share} % affected")).unwrap_or_default();
    let services: Vec<&str> = detail.services.iter().map(ServiceName::as_str).collect();
    let services = if services.is_empty() { String::new() } else { format!(", {}", services.join(", ")) };
    let text = detail.text.as_deref().map(|text| format!(": {text}")).unwrap_or_default();
    format!("{start}{share}{services}{text}")
}

fn sentence(event: &E, row: &TimelineRow) -> String {
    match event {
        E::Declared(declared) => format!("Declared {}: {}", declared.severity.label(), declared.title),
        E::Retitled { title } => format!("Title: {title}"),
        E::SeveritySet { severity, reason: None } => format!("Severity {}", severity.label()),
        E::SeveritySet { severity, reason: Some(reason) } => format!("Severity {}: {reason}", severity.label()),
        E::StatusSet { status } => status.label().to_owned(),
        E::Acknowledged {} => String::from("Acknowledged"),
        E::Noted { text, .. } => text.clone(),
        E::Pinned { pinned: true, .. } => String::from("Marked as a key moment"),
        E::Pinned { pinned: false, .. } => String::from("No longer a key moment"),
        E::Corrected { occurred_at: Some(at), text: None, .. } => {
            format!("Corrected the time of an entry to {}", at.time_of_day())
        }
        E::Corrected { .. } => String::from("Corrected an entry"),
        E::Redacted { reason, .. } => format!("Took words out of an entry: {reason}"),
        E::RoleAssigned { role, person } => format!("@{person} is {}", views::role_title(*role)),
        E::RoleReleased { role, person } => format!("@{person} is no longer {}", views::role_title(*role)),
        E::CommandSet { person, confirmed: true } => format!("@{person} commands"),
        E::CommandSet { person, confirmed: false } => format!("@{person} is acting commander, nobody confirmed yet"),
        E::CommandConfirmed {} => String::from("Commander confirmed"),
        E::ImpactStarted(detail) => impact("Customer impact began", detail),
        E::ImpactUpdated { detail, .. } => impact("Customer impact", detail),
        E::ImpactEnded { .. } => String::from("Customer impact ended"),
        E::GroupAttached { title, .. } => match &row.group {
            Some(group) => format!("{} ({} alerts, {} firing)", title, group.count, group.firing),
            None => title.clone(),
        },
        E::GroupDetached { title, .. } => format!("No longer part of it: {title}"),
        E::NoticeClaimed { round: 1, .. } => String::from("Notice on its way"),
        E::NoticeClaimed { round, .. } => format!("Notice on its way, round {round}"),
        E::NoticeShown { .. } => String::from("Notice shown on this desktop"),
        E::NoticeFailed { reason, .. } => format!("Notice not shown: {reason}"),
        E::RollCalled { here, left } => command::roll(here, left),
        E::Pasted { text, .. } => text.clone(),
        E::Ask(event) => Noun::Ask(event).sentence(),
        E::Task(event) => Noun::Task(event).sentence(),
        E::Thought(event) => Noun::Thought(event).sentence(),
        E::Board(event) => Noun::Board(event).sentence(),
        E::Comms(event) => Noun::Comms(event).sentence(),
        E::Handoff(event) => Noun::Handoff(event).sentence(),
        E::Clock(event) => Noun::Clock(event).sentence(),
        E::Tie(event) => Noun::Tie(event).sentence(),
    }
}

fn data(event: &E, row: &TimelineRow) -> Value {
    match event {
        E::Declared(declared) => json!({
            "severity": declared.severity, "title": declared.title, "services": declared.services,
            "commander": declared.commander, "groups": declared.groups, "drill": declared.drill,
        }),
        E::Retitled { title } => json!({ "title": title }),
        E::SeveritySet { severity, reason } => json!({ "severity": severity, "reason": reason }),
        E::StatusSet { status } => json!({ "status": status }),
        E::RoleAssigned { role, person } => json!({ "role": role, "person": person, "state": "assigned" }),
        E::RoleReleased { role, person } => json!({ "role": role, "person": person, "state": "released" }),
        E::CommandSet { person, confirmed } => {
            json!({ "role": "commander", "person": person, "state": if *confirmed { "confirmed" } else { "acting" } })
        }
        E::CommandConfirmed {} => json!({ "role": "commander", "state": "confirmed" }),
        E::ImpactStarted(detail) => json!({ "state": "started", "share": detail.share, "services": detail.services, "text": detail.text }),
        E::ImpactUpdated { impact, detail } => {
            json!({ "impact": impact, "state": "updated", "share": detail.share, "services": detail.services, "text": detail.text })
        }
        E::ImpactEnded { impact } => json!({ "impact": impact, "state": "ended" }),
        E::GroupAttached { group, title } | E::GroupDetached { group, title } => {
            let live = row.group.as_ref();
            json!({
                "group": group, "title": title, "count": live.map(|group| group.count), "firing": live.map(|group| group.firing),
                "state": if matches!(event, E::GroupAttached { .. }) { "attached" } else { "detached" },
                "first_at": live.map(|group| group.first_at), "last_at": live.map(|group| group.last_at),
            })
        }
        E::NoticeClaimed { effect, round } => json!({ "effect": effect, "state": "claimed", "round": round }),
        E::NoticeShown { effect } => json!({ "effect": effect, "state": "shown" }),
        E::NoticeFailed { effect, reason } => json!({ "effect": effect, "state": "failed", "reason": reason }),
        E::Corrected { target, occurred_at, text } => json!({ "target": target, "at": occurred_at, "text": text }),
        E::Redacted { target, reason, .. } => json!({ "target": target, "reason": reason }),
        E::Pinned { target, pinned } => json!({ "target": target, "pinned": pinned }),
        E::RollCalled { here, left } => json!({ "here": here, "left": left }),
        E::Pasted { said_by, .. } => json!({ "said_by": said_by }),
        E::Ask(event) => command::data(&Noun::Ask(event)),
        E::Task(event) => command::data(&Noun::Task(event)),
        E::Thought(event) => command::data(&Noun::Thought(event)),
        E::Board(event) => command::data(&Noun::Board(event)),
        E::Comms(event) => command::data(&Noun::Comms(event)),
        E::Handoff(event) => command::data(&Noun::Handoff(event)),
        E::Clock(event) => command::data(&Noun::Clock(event)),
        E::Tie(event) => command::data(&Noun::Tie(event)),
        E::Noted { .. } | E::Acknowledged {} => json!({}),
    }
}
