//! Tells PagerDuty what became of its own incidents, in the name of a person of that account.

use crate::client::{self, Answer, Patience, Silence};
use crate::pagerduty::base;
use crate::verdict;
use engine::ports::{Posted, ReplyKind};
use reqwest::header::HeaderValue;
use serde_json::json;

/// Most bytes of an answer: it repeats every incident.
const BYTES: usize = 4 * 1024 * 1024;

/// What PagerDuty is told.
#[derive(Clone, Debug)]
pub struct Told<'t> {
    /// The user's own token.
    pub token: &'t str,
    /// Where: the usual place, the one for Europe, or one on this machine.
    pub base_url: &'t str,
    /// The e-mail address of the user.
    pub from: &'t str,
    /// Ids of its incidents.
    pub incidents: &'t [String],
    /// What is true of them.
    pub what: ReplyKind,
}

/// Tells it once.
pub async fn tell_pagerduty(told: Told<'_>) -> Posted {
    let request = match request(&told) {
        Ok(request) => request,
        Err(why) => return Posted::Refused(why),
    };
    let (host, request) = request;
    match client::ask(&host, request, BYTES).await {
        Ok(answer) => judge(&host, &answer),
        // Told twice is as if told once.
        Err(Silence::Unreached(why) | Silence::Unanswered(why)) => Posted::Later { why, after: None },
    }
}

fn request(told: &Told<'_>) -> Result<(String, reqwest::RequestBuilder), String> {
    let mut url = base(told.base_url).ok_or("PagerDuty's address must start with https://. Correct it with the source.")?;
    // Who set the whole address of the list meant the same.
    let path = url.path().trim_end_matches('/');
    url.set_path(&format!("{}/incidents", path.strip_suffix("/incidents").unwrap_or(path)));
    url.set_query(None);
    let strange = |_| "PagerDuty does not know this token. Set another with the source.".to_owned();
    let mut token = HeaderValue::from_str(&format!("Token token={}", told.token.trim())).map_err(strange)?;
    token.set_sensitive(true);
    let status = match told.what {
        ReplyKind::Acknowledged => "acknowledged",
        ReplyKind::Resolved => "resolved",
    };
    let one = |id: &String| json!({ "id": id, "type": "incident_reference", "status": status });
    let incidents: Vec<_> = told.incidents.iter().map(one).collect();
    let host = url.host_str().unwrap_or_default().to_owned();
    let request = client::build(Patience::default())?
        .put(url)
        .header("authorization", token)
        .header("accept", "application/vnd.pagerduty+json;version=2")
        .header("content-type", "application/json")
        .header("from", told.from)
        .body(json!({ "incidents": incidents }).to_string());
    Ok((host, request))
}

fn judge(host: &str, answer: &Answer) -> Posted {
    let words = verdict::words(answer);
    let said = if words.is_empty() { String::new() } else { format!(" ({words})") };
    match answer.status {
        200..300 => Posted::Delivered { receipt: None },
        401 => Posted::Refused("PagerDuty does not know this token. Set another with the source.".into()),
        403 => Posted::Refused(format!("This token may only read{said}. Set one that may write, or tell PagerDuty by hand.")),
        429 | 500.. => Posted::Later { why: format!("{host} asks for a pause."), after: verdict::pause(answer) },
        status => Posted::Refused(format!("PagerDuty answered {status}{said}. Tell it by hand.")),
    }
}
