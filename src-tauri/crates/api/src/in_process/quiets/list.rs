//! The one list of what is quiet, oldest first.

use crate::dto::QuietView;
use domain::alarms::{Hush, Verdict};
use domain::home::{AlertRules, Home};
use domain::quiet::{Quiet, Shape};
use domain::{EventId, Timestamp};
use std::collections::BTreeMap;
use store::FiringRow;

/// All that is quiet, oldest first.
pub(in crate::in_process) fn listed(home: &Home, firing: &[FiringRow], now: Timestamp) -> Vec<QuietView> {
    let mut held: BTreeMap<EventId, (u64, u64)> = BTreeMap::new();
    let mut derived: BTreeMap<String, QuietView> = BTreeMap::new();
    for row in firing {
        let Verdict::Silent(hush) = &row.noise.verdict else { continue };
        match hush {
            Hush::Quiet { quiet, .. } => {
                let (groups, alerts) = held.entry(*quiet).or_default();
                (*groups, *alerts) = (*groups + 1, *alerts + row.firing);
            }
            hush => {
                let Some((key, view)) = by_itself(hush, row.noise.at, &home.alert_rules) else { continue };
                let view = derived.entry(key).or_insert(view);
                (view.groups, view.alerts, view.since) = (view.groups + 1, view.alerts + row.firing, view.since.min(row.noise.at));
                view.until_at = view.until_at.max(hush.until());
            }
        }
    }
    let set = home.quiet.iter().map(|(id, quiet)| ordered(*id, quiet, held.get(id).copied().unwrap_or_default(), now));
    let mut all: Vec<QuietView> = set.chain(derived.into_values()).collect();
    all.sort_by_key(|quiet| quiet.since);
    all
}

fn ordered(id: EventId, quiet: &Quiet, (groups, alerts): (u64, u64), now: Timestamp) -> QuietView {
    let order = &quiet.order;
    let until = match &order.recurs {
        // A storm is held for so long at most; what was hushed alone, as long as it lasts.
        _ if order.until_over && order.shape != Shape::Storm => "when it ends".to_owned(),
        Some(recurs) if recurs.holds(now) => format!("at {}, and recurs", quiet.turns(now).time_of_day()),
        Some(_) => format!("recurs from {}", quiet.turns(now).time_of_day()),
        None => format!("at {}", order.until.time_of_day()),
    };
    QuietView {
        id: Some(id),
        shape: order.shape.wire().into(),
        title: order.title.clone(),
        reason: order.reason.clone(),
        owner: quiet.owner.clone(),
        since: quiet.since,
        until,
        until_at: Some(order.until),
        holds: quiet.holds(now),
        groups,
        alerts,
    }
}

/// What is quiet without an order, by what makes it one entry of the list; `None` for what is no quiet.
fn by_itself(hush: &Hush, since: Timestamp, rules: &AlertRules) -> Option<(String, QuietView)> {
    let view = |shape: &str, title: String, reason: String, until: String| QuietView {
        id: None,
        shape: shape.to_owned(),
        title,
        reason,
        owner: "Muster".into(),
        since,
        until,
        until_at: None,
        holds: true,
        groups: 0,
        alerts: 0,
    };
    match hush {
        Hush::Rule { rule, why } => {
            let until_at = rules.quiet_until();
            let until =
                until_at.map_or_else(|| "when it ends".to_owned(), |until| format!("on {}, unless the rules are set again", until.date()));
            let said = view("rule", format!("Rule “{rule}”"), why.clone(), until);
            let owner = rules.set.as_ref().map_or_else(|| said.owner.clone(), |(_, owner)| owner.clone());
            Some((format!("rule:{rule}"), QuietView { until_at, owner, ..said }))
        }
        Hush::Parent { service, .. } => {
            let reason = format!("{service} is down and has its own alarm");
            Some((
                format!("parent:{service}"),
                view("parent", format!("What rests on {service}"), reason, format!("when {service} is back")),
            ))
        }
        Hush::Flapping { .. } => {
            let reason = "each is held as one".into();
            Some(("flapping".into(), view("flapping", "What comes and goes".into(), reason, "when it stays or ends".into())))
        }
        Hush::Together { rang_at } => {
            let title = format!("Rang together at {}", rang_at.time_of_day());
            Some((format!("group:{}", rang_at.0), view("group", title, "one alarm told of all of it".into(), "when it ends".into())))
        }
        Hush::Quiet { .. } | Hush::Attached { .. } | Hush::Acknowledged { .. } | Hush::TooLow { .. } | Hush::Over => None,
    }
}
