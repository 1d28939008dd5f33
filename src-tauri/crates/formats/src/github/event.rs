//! One event of GitHub as a change, or nothing where it is only a step on the way.

use crate::done::Done;
use crate::json;
use serde_json::Value;

/// Characters of a commit's hash that people say.
const SHORT: usize = 7;
/// States of a deployment in which nothing has come out yet, or which another deployment brought about.
const ON_THE_WAY: [&str; 5] = ["pending", "queued", "in_progress", "waiting", "inactive"];

/// A deployment was asked for.
pub fn deployment(body: &Value) -> Option<Done> {
    let deployment = body.get("deployment")?;
    let name = json::text(deployment, "/ref").unwrap_or_default();
    let done = Done {
        at: json::time(deployment, "/created_at"),
        link: json::text(body, "/repository/html_url").map(|url| format!("{url}/deployments")),
        ..Done::new(key("deployment", deployment), format!("{} of {name} to {}", task(deployment), environment(deployment)))
    };
    Some(about(of_deployment(done, deployment), body))
}

/// A deployment came to an end.
pub fn deployment_status(body: &Value) -> Option<Done> {
    let (status, deployment) = (body.get("deployment_status")?, body.get("deployment")?);
    let state = json::text(status, "/state").filter(|state| !ON_THE_WAY.contains(&state.as_ref()))?;
    let key = key("deployment", deployment);
    let name = json::text(deployment, "/ref").unwrap_or_default();
    let links = ["/environment_url", "/log_url", "/target_url"];
    let done = Done {
        at: json::time(status, "/updated_at").or_else(|| json::time(status, "/created_at")),
        outcome: Some(state.clone().into_owned()),
        link: links.iter().find_map(|pointer| json::text(status, pointer)).map(Into::into),
        ..Done::new(
            if key.is_empty() { key } else { format!("{key}/{state}") },
            format!("{} of {name} to {}: {state}", task(deployment), environment(deployment)),
        )
    };
    Some(about(of_deployment(done, deployment), body).label("description", json::text(status, "/description")))
}

/// A workflow has run.
pub fn workflow_run(body: &Value) -> Option<Done> {
    let run = body.get("workflow_run")?;
    let finished = [json::text(body, "/action"), json::text(run, "/status")].into_iter().flatten().next()? == "completed";
    let conclusion = json::text(run, "/conclusion").filter(|_| finished)?;
    let attempt = json::text(run, "/run_attempt");
    let key = key("workflow_run", run);
    let name = ["/name", "/display_title", "/path"].iter().find_map(|pointer| json::text(run, pointer)).unwrap_or("Workflow".into());
    let branch = json::text(run, "/head_branch");
    let on = branch.as_deref().map(|branch| format!(" on {branch}")).unwrap_or_default();
    let done = Done {
        at: json::time(run, "/updated_at"),
        outcome: Some(conclusion.clone().into_owned()),
        link: json::text(run, "/html_url").map(Into::into),
        ..Done::new(
            if key.is_empty() { key } else { format!("{key}/{}", attempt.as_deref().unwrap_or("1")) },
            format!("{name}{on}: {conclusion}"),
        )
    };
    Some(
        about(done, body)
            .label("branch", branch)
            .label("commit", short(run, "/head_sha"))
            .label("event", json::text(run, "/event"))
            .label("run", json::text(run, "/run_number"))
            .label("attempt", attempt),
    )
}

/// Commits were pushed.
pub fn push(body: &Value) -> Option<Done> {
    let gone = body.get("deleted").is_some_and(|deleted| deleted == true);
    let (name, after) = (json::text(body, "/ref").filter(|_| !gone)?, json::text(body, "/after")?);
    let repository = json::text(body, "/repository/full_name").unwrap_or_default();
    let (kind, branch) = match name.strip_prefix("refs/tags/") {
        Some(tag) => ("Tag", tag),
        None => ("Push to", name.strip_prefix("refs/heads/").unwrap_or(&name)),
    };
    let commit = json::text(body, "/head_commit/message");
    let first_line = commit.as_deref().and_then(|message| message.lines().next()).map(|line| format!(": {line}")).unwrap_or_default();
    let done = Done {
        at: json::time(body, "/head_commit/timestamp").or_else(|| json::time(body, "/repository/pushed_at")),
        link: ["/compare", "/head_commit/url"].iter().find_map(|pointer| json::text(body, pointer)).map(Into::into),
        ..Done::new(format!("push/{repository}/{name}/{after}"), format!("{kind} {branch}{first_line}"))
    };
    let commits = body.get("commits").and_then(Value::as_array).map(|commits| commits.len().to_string());
    let done = about(done, body).label("branch", Some(branch)).label("commit", short(body, "/after")).label("commits", commits);
    Some(done.label("actor", json::text(body, "/pusher/name")))
}

/// A release was published.
pub fn release(body: &Value) -> Option<Done> {
    let release = body.get("release")?;
    json::text(body, "/action").filter(|action| action == "published")?;
    let tag = json::text(release, "/tag_name");
    let name = json::text(release, "/name").or_else(|| tag.clone()).unwrap_or_default();
    let done = Done {
        at: json::time(release, "/published_at"),
        outcome: Some(if release.get("prerelease").is_some_and(|pre| pre == true) { "prerelease" } else { "published" }.to_owned()),
        link: json::text(release, "/html_url").map(Into::into),
        ..Done::new(key("release", release), format!("Release {name}"))
    };
    Some(about(done, body).label("tag", tag).label("branch", json::text(release, "/target_commitish")))
}

/// `kind/<id>`; empty where the object has no id.
fn key(kind: &str, object: &Value) -> String {
    json::text(object, "/id").map(|id| format!("{kind}/{id}")).unwrap_or_default()
}

fn of_deployment(done: Done, deployment: &Value) -> Done {
    done.label("environment", json::text(deployment, "/environment"))
        .label("ref", json::text(deployment, "/ref"))
        .label("commit", short(deployment, "/sha"))
        .label("description", json::text(deployment, "/description"))
}

/// What every event says: where, and who. The repository's name is taken for the service's.
fn about(done: Done, body: &Value) -> Done {
    Done { service: json::text(body, "/repository/name").map(Into::into), ..done }
        .label("repository", json::text(body, "/repository/full_name"))
        .label("actor", json::text(body, "/sender/login"))
}

fn task(deployment: &Value) -> String {
    match json::text(deployment, "/task").as_deref() {
        None | Some("deploy") => "Deployment".to_owned(),
        Some(task) => format!("Deployment ({task})"),
    }
}

fn environment(deployment: &Value) -> String {
    json::text(deployment, "/environment").map_or_else(|| "an environment".to_owned(), String::from)
}

fn short(value: &Value, pointer: &str) -> Option<String> {
    json::text(value, pointer).map(|hash| hash.chars().take(SHORT).collect())
}
