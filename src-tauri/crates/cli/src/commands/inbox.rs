//! The triage inbox: what waits for a decision, with what helps to decide.

use super::alerts_show::paint;
use super::{Ask, Stop, read};
use crate::context::Context;
use crate::out::{Out, Paint, cell, painted};
use crate::words::{age, count, names, time};
use api::dto::{GroupState, InboxView, Nothing, TriageView};
use api::{ApiError, Request};
use clap::Args;
use serde_json::Value;

/// What waits for a decision, in the order in which it needs one.
#[derive(Args, Debug)]
pub struct Inbox {}

impl Ask for Inbox {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::InboxOp(Nothing {}))
    }

    fn show(&self, answer: Value, context: &Context, out: &mut Out) -> Result<(), Stop> {
        let inbox: InboxView = read(answer)?;
        out.line(summary(&inbox))?;
        for waiting in &inbox.waiting {
            show_waiting(waiting, context, out)?;
        }
        Ok(())
    }
}

/// What waits, what was kept out, and how this home hears.
fn summary(inbox: &InboxView) -> String {
    let looked_at = inbox.waiting.iter().filter(|waiting| waiting.group.state == GroupState::Acknowledged).count() as u64;
    let waits = match inbox.waiting_total.saturating_sub(looked_at) {
        0 => "Nothing waits".to_owned(),
        total => format!("{} waiting", count(total, "group", "groups")),
    };
    let looked_at = (looked_at > 0).then(|| format!("{looked_at} acknowledged"));
    let absorbed = (inbox.absorbed > 0).then(|| format!("{} kept out", inbox.absorbed));
    let storm = inbox.storm_until.map(|until| format!("storm until {}, {} held", time(until), count(inbox.storm_held, "alert", "alerts")));
    let parts: Vec<String> = [Some(waits), looked_at, absorbed, storm, Some(inbox.ears.sentence.clone())].into_iter().flatten().collect();
    format!("{}.", parts.join(". "))
}

fn show_waiting(waiting: &TriageView, context: &Context, out: &mut Out) -> Result<(), Stop> {
    let group = &waiting.group;
    out.heading(false, &format!("{}  {}", group.title, names('#', &group.services)))?;
    let fact = |name: &str, text: String| vec![painted(Paint::Faint, name), cell(text)];
    let state = format!("{}, {}, {} firing", group.severity.wire(), age(context.now, group.first_at), group.firing);
    let mut rows = vec![
        fact("Group", group.id.to_string()),
        vec![painted(Paint::Faint, "Alerts"), painted(paint(group.severity), state)],
        fact("Severity", format!("{}: {}", waiting.suggested.label(), waiting.suggested_because)),
        fact("Noise", waiting.why.clone()),
    ];
    rows.extend(
        waiting.likely.as_ref().map(|likely| fact("Likely", format!("{} {} ({})", likely.reference, likely.title, likely.because))),
    );
    rows.extend((!waiting.alike.is_empty()).then(|| {
        let because = waiting.alike_because.as_deref().unwrap_or_default();
        fact("Alike", format!("{} ({because})", count(waiting.alike.len() as u64, "group", "groups")))
    }));
    rows.extend(waiting.owner.clone().map(|owner| fact("Owner", owner)));
    rows.extend(waiting.playbook.clone().map(|playbook| fact("Playbook", playbook)));
    for similar in &waiting.similar {
        let helped = if similar.helped.is_empty() { String::new() } else { format!(" — {}", similar.helped.join("; ")) };
        rows.push(fact("Before", format!("{} {} ({}){helped}", similar.reference, similar.title, similar.because)));
    }
    Ok(out.table(&rows)?)
}
