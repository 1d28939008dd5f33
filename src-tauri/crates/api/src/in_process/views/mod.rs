//! Domain state as wire shapes.

mod command;

pub(super) use command::{knowing, role_card, stage};

use crate::dto::*;
use domain::home::Home;
use domain::incidents::{Action, Impact, Incident, Suggestion};
use domain::roles::{Command, Holding};
use domain::{Actor, Role, Timestamp};
use std::sync::Arc;
use store::{AlertRow, GroupRow};

pub(super) fn commander(command: &Command) -> CommanderView {
    match command {
        Command::Unclaimed { since } => CommanderView { name: None, state: CommandState::Unclaimed, since: *since },
        Command::Acting(held) => CommanderView { name: Some(held.person.clone()), state: CommandState::Acting, since: held.since },
        Command::Confirmed(held) => CommanderView { name: Some(held.person.clone()), state: CommandState::Confirmed, since: held.since },
    }
}

fn role(held: &Holding, state: &str) -> RoleView {
    RoleView {
        role: held.role,
        title: held.role.title().to_owned(),
        name: held.person.clone(),
        state: state.to_owned(),
        means: held.means,
        since: held.since,
        knows: command::knowing(&held.knows),
    }
}

fn roles(incident: &Incident) -> Vec<RoleView> {
    let commander = match &incident.command {
        Command::Unclaimed { .. } => None,
        Command::Acting(held) => Some(role(held, "acting")),
        Command::Confirmed(held) => Some(role(held, "confirmed")),
    };
    commander.into_iter().chain(incident.roles.iter().map(|held| role(held, "assigned"))).collect()
}

fn impact(impact: &Impact) -> ImpactView {
    ImpactView {
        id: impact.id,
        from: impact.from,
        to: impact.to,
        share: impact.detail.share,
        services: impact.detail.services.clone(),
        text: impact.detail.text.clone(),
    }
}

fn conflict<T>(field: &str, kept: String, lost: &domain::field::Conflict<T>, shown: impl Fn(&T) -> String) -> ConflictView {
    ConflictView { field: field.to_owned(), kept, other: shown(&lost.other), by: lost.by.name().to_owned(), at: lost.at }
}

fn conflicts(incident: &Incident) -> Vec<ConflictView> {
    let severity = incident.severity.conflict.as_ref();
    let status = incident.status.conflict.as_ref();
    let title = incident.title.conflict.as_ref();
    let command = incident.command_conflict.as_ref();
    let commander = incident.command.holder().map(|held| format!("@{}", held.person)).unwrap_or_default();
    severity
        .map(|lost| conflict("severity", incident.severity.value.label().into(), lost, |value| value.label().into()))
        .into_iter()
        .chain(status.map(|lost| conflict("status", incident.status.value.label().into(), lost, |value| value.label().into())))
        .chain(title.map(|lost| conflict("title", incident.title.value.clone(), lost, Clone::clone)))
        .chain(command.map(|lost| conflict("commander", commander, lost, |value| format!("@{value}"))))
        .collect()
}

fn action(action: Action) -> ActionView {
    ActionView {
        action: action.name.to_owned(),
        allowed: action.refusal.is_none(),
        reason: action.refusal.map(|reason| reason.to_string()),
    }
}

fn suggestion(suggestion: Suggestion) -> SuggestionView {
    let (kind, text) = match suggestion {
        Suggestion::Resolve => ("resolve", "All its alerts have ended. Resolved?"),
        Suggestion::EndImpact => ("end_impact", "Customer impact is still running. Has it ended?"),
        Suggestion::ConfirmCommand => ("confirm_command", "Nobody confirmed who commands."),
    };
    SuggestionView { kind: kind.to_owned(), text: text.to_owned() }
}

pub(super) fn summary(incident: &Incident) -> IncidentSummary {
    IncidentSummary {
        id: incident.id,
        reference: incident.reference.clone(),
        title: incident.title.value.clone(),
        severity: incident.severity.value,
        status: incident.status.value,
        declared_at: incident.declared_at,
        declared_by: incident.declared_by.name().to_owned(),
        impact_started_at: incident.impact_started_at(),
        detected_at: Some(incident.detected_at),
        acknowledged_at: incident.acknowledged_at,
        mitigated_at: incident.mitigated_at(),
        resolved_at: incident.resolved_at(),
        closed_at: incident.closed_at(),
        commander: commander(&incident.command),
        next_update_due: incident.comms.running().map(|promise| promise.due),
        next_box_due: incident.open_tasks().first().map(|task| task.due()),
        drill: incident.drill,
        private: incident.private,
        services: incident.services.iter().cloned().collect(),
        impacting: incident.running_impact().is_some(),
    }
}

/// What a whole view needs besides the incident's own state.
pub(super) struct Around {
    pub groups: Vec<GroupRow>,
    pub head: HeadView,
    pub entries: u64,
    pub entry: domain::Entry,
    pub now: Timestamp,
    pub home: Arc<Home>,
}

pub(super) fn incident(incident: &Incident, around: Around) -> IncidentView {
    let alerts: u64 = around.groups.iter().map(|group| group.count).sum();
    let firing: u64 = around.groups.iter().map(|group| group.firing).sum();
    let short = summary(incident);
    let (home, now) = (&*around.home, around.now);
    IncidentView {
        id: short.id,
        reference: short.reference,
        title: short.title,
        severity: short.severity,
        status: short.status,
        declared_at: short.declared_at,
        declared_by: short.declared_by,
        impact_started_at: short.impact_started_at,
        detected_at: short.detected_at,
        acknowledged_at: short.acknowledged_at,
        mitigated_at: short.mitigated_at,
        resolved_at: short.resolved_at,
        closed_at: short.closed_at,
        commander: short.commander,
        roles: roles(incident),
        services: short.services,
        tasks: incident.tasks.iter().map(command::task).collect(),
        alerts: around.groups.iter().map(|row| group(row, vec![])).collect(),
        hypotheses: incident.thoughts.hypotheses.iter().map(command::hypothesis).collect(),
        decisions: incident.thoughts.decisions.iter().map(command::decision).collect(),
        impact: incident.impact.iter().map(impact).collect(),
        next_update_due: short.next_update_due,
        sla: command::sla(incident, home, now),
        drill: short.drill,
        private: short.private,
        links: command::links(incident),
        merged: incident.ties.merged.as_ref().map(|merged| MergedView { into: merged.into, reference: merged.reference.clone() }),
        questions: incident.thoughts.questions.iter().map(command::question).collect(),
        board: command::board(incident),
        comms: command::comms(incident, home, now),
        handoff: incident.handoff.as_ref().map(command::handoff),
        clocks: command::clocks(incident, home, now),
        hints: incident.hints(home, now).into_iter().map(|hint| HintView { kind: hint.kind.wire().to_owned(), text: hint.text }).collect(),
        next: around.entry.doer().and_then(|person| incident.next_for(person, home, now)).map(command::next),
        present: incident
            .present
            .iter()
            .map(|(person, heard)| PresentView { person: person.clone(), since: heard.at, means: heard.means })
            .collect(),
        bridge: documents::bridge(incident, home),
        head: around.head,
        conflicts: conflicts(incident),
        available_actions: incident.available_actions(&around.entry, around.now).into_iter().map(action).collect(),
        suggestions: incident.suggestions(alerts, firing).into_iter().map(suggestion).collect(),
        entries: around.entries,
        last_entry_at: Some(incident.last_entry_at),
    }
}

pub(super) fn group(row: &GroupRow, alerts: Vec<AlertView>) -> GroupView {
    GroupView {
        id: row.id,
        key: row.key.clone(),
        title: row.title.clone(),
        state: match row.state() {
            store::GroupState::Waiting => GroupState::Waiting,
            store::GroupState::Acknowledged => GroupState::Acknowledged,
            store::GroupState::Attached => GroupState::Attached,
            store::GroupState::Dismissed => GroupState::Dismissed,
            store::GroupState::Over => GroupState::Over,
        },
        severity: row.severity,
        suggested: row.severity.suggests(),
        count: row.count,
        firing: row.firing,
        sightings: row.sightings,
        first_at: row.first_at,
        last_at: row.last_at,
        sources: vec![row.source.clone()],
        services: row.services.clone(),
        incident: row.incident.as_ref().map(|(_, reference)| reference.clone()),
        acknowledged_by: row.acknowledged_by.clone(),
        alerts,
    }
}

pub(super) fn alert(row: AlertRow) -> AlertView {
    AlertView {
        key: row.key,
        episode: row.episode,
        status: row.status.wire().to_owned(),
        severity: row.severity,
        title: row.title,
        labels: row.labels,
        annotations: row.annotations,
        started_at: row.started_at,
        ended_at: row.ended_at,
        source: row.source,
        received_at: row.received_at,
        sightings: row.sightings,
        last_heard_at: row.last_heard_at,
        link: row.link,
    }
}

pub(super) fn actor(actor: &Actor) -> String {
    actor.name().to_owned()
}

pub(super) fn role_title(role: Role) -> &'static str {
    role.title()
}
