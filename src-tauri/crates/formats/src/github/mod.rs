//! GitHub's webhooks, as context: a deployment, its outcome, a finished workflow, a push, a release. Never an alarm, not
//! even a failed one: GitHub knows nothing of customers.
//!
//! Key: the object's own id, so that a delivery that comes again, or by two hooks, is on the record once: `deployment/<id>`,
//! `deployment/<id>/<state>`, `workflow_run/<id>/<attempt>`, `push/<repository>/<ref>/<commit>`, `release/<id>`; the
//! `X-GitHub-Delivery` where there is none. The event is named by `X-GitHub-Event`, else known by its shape. `ping`, events
//! of other kinds and steps on the way (a queued workflow, a pending deployment, a branch that was removed) yield nothing.
//! The body is JSON, or a form with `payload=`; what signs it signs the bytes as they came.
//! Sources: docs.github.com, webhook events and payloads; octokit/webhooks.

mod event;

use crate::fields;
use crate::parsed::{Parsed, Unreadable};
use crate::sent::Sent;
use domain::Timestamp;
use serde_json::Value;

/// Reads a delivery.
pub fn read(sent: &Sent<'_>, now: Timestamp) -> Result<Parsed, Unreadable> {
    let body = fields::value(sent, Some("payload"))?;
    let event = sent.header("X-GitHub-Event").or_else(|| shape(&body)).ok_or_else(|| {
        Unreadable::new("The body is no GitHub webhook: choose deployments, deployment statuses, workflow runs, pushes or releases.")
    })?;
    let done = match event {
        "deployment" => event::deployment(&body),
        "deployment_status" => event::deployment_status(&body),
        "workflow_run" => event::workflow_run(&body),
        "push" => event::push(&body),
        "release" => event::release(&body),
        _ => None,
    };
    let changes = done.and_then(|done| match (done.key.is_empty(), sent.header("X-GitHub-Delivery")) {
        (false, _) => Some(done),
        (true, Some(delivery)) => Some(crate::done::Done { key: format!("delivery/{delivery}"), ..done }),
        (true, None) => None,
    });
    Ok(Parsed { changes: changes.map(|done| done.change(now)).into_iter().collect(), ..Parsed::default() })
}

fn shape(body: &Value) -> Option<&'static str> {
    let has = |name: &str| body.get(name).is_some_and(|value| !value.is_null());
    // A deployment names the workflow run that made it, and a status names both.
    ["deployment_status", "deployment", "workflow_run", "release"].into_iter().find(|name| has(name)).or_else(|| {
        if has("ref") && has("after") { Some("push") } else { (has("zen") || has("hook") || has("repository")).then_some("other") }
    })
}
