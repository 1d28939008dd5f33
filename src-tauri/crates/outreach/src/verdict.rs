//! What an answer to a post means. Only what the tool said is called delivered; the words of a refusal are the tool's own.

use crate::client::Answer;
use domain::home::ChannelKind;
use engine::ports::Posted;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use serde_json::Value;
use std::time::Duration;

/// Longest pause that a server may ask for.
const LONGEST_PAUSE: u64 = 24 * 60 * 60;
/// Most characters of a server's own words.
const WORDS: usize = 200;

/// Judges the answer of `host` to a post of this kind.
pub(crate) fn judge(kind: ChannelKind, host: &str, answer: &Answer) -> Posted {
    let tool = kind.label();
    match answer.status {
        200..300 => taken(kind, answer),
        300..400 => Posted::Refused(format!(
            "{host} sends the message on to another address, which Muster does not follow. Copy {tool}'s webhook again in Settings."
        )),
        429 => Posted::Later { why: format!("{tool} asks for a pause: too many messages at once."), after: pause(answer) },
        408 | 425 | 500.. => {
            let why = format!("{tool} could not take the message ({}).", with_words(answer));
            Posted::Later { why, after: pause(answer) }
        }
        _ => Posted::Refused(refusal(kind, answer)),
    }
}

fn taken(kind: ChannelKind, answer: &Answer) -> Posted {
    match kind {
        // Slack's word for it is "ok"; anything else came from somebody in between.
        ChannelKind::Slack if answer.text.trim() != "ok" => Posted::Unknown(format!(
            "The answer was not Slack's ({}). Look in the channel whether the message is there.",
            with_words(answer)
        )),
        ChannelKind::Discord => Posted::Delivered { receipt: json(answer)["id"].as_str().map(short) },
        ChannelKind::Teams => {
            let run = answer.headers.get("x-ms-workflow-run-id").and_then(|run| run.to_str().ok());
            Posted::Delivered { receipt: run.map(short) }
        }
        ChannelKind::Slack | ChannelKind::Mattermost | ChannelKind::Mail => Posted::Delivered { receipt: None },
    }
}

fn refusal(kind: ChannelKind, answer: &Answer) -> String {
    let tool = kind.label();
    let words = words(answer);
    let known = match (kind, words.as_str()) {
        (ChannelKind::Slack, "no_service" | "no_service_id" | "no_active_hooks" | "invalid_token") => {
            Some("The webhook was removed on Slack's side. Make a new one and change it in Settings.")
        }
        (ChannelKind::Slack, "channel_is_archived") => {
            Some("The channel is archived in Slack. Bring it back there, or choose another channel for this webhook.")
        }
        (ChannelKind::Slack, "channel_not_found") => {
            Some("The webhook's channel is gone in Slack. Make a new webhook and change it in Settings.")
        }
        (ChannelKind::Slack, "action_prohibited" | "posting_to_general_channel_denied") => {
            Some("A Slack administrator does not allow this webhook to post there. Ask them, or choose another channel.")
        }
        (ChannelKind::Slack, "team_disabled" | "no_team") => Some("The Slack workspace is switched off. Ask its owner."),
        (ChannelKind::Discord, "Unknown Webhook" | "Invalid Webhook Token") => {
            Some("The webhook was removed on Discord's side. Make a new one and change it in Settings.")
        }
        (ChannelKind::Teams, _) if matches!(answer.status, 401 | 403 | 404 | 410) => Some(
            "The workflow is gone, switched off, or its address has changed. Open Workflows in Teams, then change the address in Settings.",
        ),
        (ChannelKind::Mattermost, _) if matches!(answer.status, 401 | 403 | 404) => {
            Some("Mattermost does not know this webhook, or webhooks are switched off there. Make a new one and change it in Settings.")
        }
        _ => None,
    };
    match (known, words.as_str()) {
        (Some(known), "") => known.to_owned(),
        // The tool's own word stands with the first sentence, for whoever looks it up.
        (Some(known), words) => known.replacen(". ", &format!(" ({words}). "), 1),
        (None, _) => format!("{tool} did not take the message ({}). Check the channel's webhook in Settings.", with_words(answer)),
    }
}

/// The status, and the answer's own words where it has any.
fn with_words(answer: &Answer) -> String {
    let words = words(answer);
    if words.is_empty() { answer.status.to_string() } else { format!("{}, \"{words}\"", answer.status) }
}

/// What the answer says: a short text as it is, the message of a JSON answer, nothing of a page.
pub(crate) fn words(answer: &Answer) -> String {
    let said = json(answer);
    let message = [&said["message"], &said["error"]["message"], &said["error"]].into_iter().find_map(Value::as_str);
    let text = match message {
        Some(message) => message,
        None if said.is_null() && !answer.text.trim_start().starts_with('<') => &answer.text,
        None => "",
    };
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).take(WORDS).collect();
    // What a server repeats of the address it was called by is a secret.
    if line.contains("://") { String::new() } else { line.trim_end_matches('.').to_owned() }
}

/// How long the server asks to wait: the header in seconds, or what Discord says in its answer.
pub(crate) fn pause(answer: &Answer) -> Option<Duration> {
    let seconds = retry_after(&answer.headers).or_else(|| json(answer)["retry_after"].as_f64())?;
    (seconds >= 0.0).then(|| Duration::from_secs((seconds.ceil() as u64).min(LONGEST_PAUSE)))
}

/// Seconds of a `Retry-After`; a date would need a clock that agrees with the server's, and is left to our own pace.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<f64> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}

fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.text).unwrap_or_default()
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(WORDS).collect()
}
