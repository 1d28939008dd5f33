//! What tools post to Slack, for those that can post nowhere else: `text`, `attachments` and `blocks`, as JSON or as a form
//! with `payload`.
//!
//! A post has no state but what it looks like. A word at the beginning of the title counts most (`[FIRING:1]`,
//! `RESOLVED:`), the colour of the attachment next (`danger`, `warning`, `good` or a shade of them); without either it
//! fires, for an end is never made up. The key is the title without its word of state, its numbers kept, so that both
//! posts of one alert meet; no episode is named. How bad it is stands in a field `Severity` or `Priority`, in the word of
//! state, in Alertmanager's list of labels at the end of the title, or in the colour, where `danger` is an error: tools
//! paint whatever fires red. Fields are labels, `Service` names the service. Attachments with titles are alerts of their
//! own. The link is `title_link`, else the first one in the title; it is not fetched.
//! Sources: docs.slack.dev "Legacy secondary message attachments", "Sending messages using incoming webhooks";
//! posts captured from Alertmanager.

mod colour;
mod judge;
mod marks;
mod post;
mod title;
mod word;

use crate::parsed::Refusals;
use crate::{Parsed, Sent, Unreadable, json};
use domain::Timestamp;
use serde_json::Value;

/// The whole answer 200 to a post that was taken.
pub const OK: &str = "ok";
/// The whole answer 400 to a post that does not read.
pub const INVALID_PAYLOAD: &str = "invalid_payload";
/// The whole answer 400 to a post that says nothing: what [`read`] gives as [`Unreadable`] for it begins with this.
pub const NO_TEXT: &str = "no_text";

/// Most attachments that Slack takes of one post.
const ATTACHMENTS_LIMIT: usize = 100;
/// The field of a form that holds the post.
const PAYLOAD: &[u8] = b"payload";

/// Reads a post that arrived at `now`.
pub fn read(sent: &Sent<'_>, now: Timestamp) -> Result<Parsed, Unreadable> {
    let body = post(sent.body)?;
    let mut refusals = Refusals::default();
    let mut attachments = vec![];
    let listed = body.get("attachments").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    for (index, attachment) in listed.iter().enumerate() {
        match attachment {
            Value::Object(_) if index < ATTACHMENTS_LIMIT => attachments.push(attachment),
            Value::Object(_) => refusals.add(index, format!("At most {ATTACHMENTS_LIMIT} attachments are taken from one post."), ""),
            other => refusals.add(index, "An attachment is a JSON object; this is not one.".to_owned(), &other.to_string()),
        }
    }
    let signals: Vec<_> = post::alerts(&body, &attachments).into_iter().map(|alert| judge::signal(alert, &body, now)).collect();
    let refused = refusals.finish();
    if signals.is_empty() && refused.is_empty() {
        return Err(Unreadable::new(format!("{NO_TEXT}: the post has neither `text` nor an attachment or block with words.")));
    }
    Ok(Parsed { signals, refused, ..Parsed::default() })
}

/// The post as JSON, in whichever way it was sent.
fn post(body: &[u8]) -> Result<Value, Unreadable> {
    let value = if json::is_object(body) {
        json::value(body)?
    } else {
        let field = form_urlencoded::parse(body).find(|(name, _)| name.as_bytes() == PAYLOAD);
        let Some((_, payload)) = field else {
            return Err(Unreadable::new("The body is no post: send JSON, or a form whose field `payload` holds it."));
        };
        json::value(payload.as_bytes())?
    };
    if value.is_object() { Ok(value) } else { Err(Unreadable::new("The post is JSON, but no object with `text` or `attachments`.")) }
}
