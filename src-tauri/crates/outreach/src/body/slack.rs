//! A message for a Slack incoming webhook: a header and a section, both plain text, which Slack does not read as markup.

use crate::pieces::{self, Piece, Spot};
use serde_json::{Value, json};

/// Most characters in a section, and in the text for notices.
const SECTION: usize = 3_000;
/// Addresses that are offered to click on; more of them are still there to read.
const LINKS: usize = 5;

pub(super) fn body(text: &str) -> Value {
    let whole = pieces::fit(text, SECTION, plain);
    let (heading, rest) = pieces::heading(text);
    let head = pieces::fit(heading, SECTION, plain);
    let mut blocks = vec![];
    if pieces::units(&head) > super::HEADING {
        blocks.push(json!({"type": "section", "text": plain_text(&whole)}));
    } else {
        blocks.push(json!({"type": "header", "text": plain_text(&head)}));
        if !rest.is_empty() {
            blocks.push(json!({"type": "section", "text": plain_text(&pieces::fit(rest, SECTION, plain))}));
        }
    }
    let links: Vec<Value> = pieces::addresses(text).into_iter().filter(|url| url.len() <= 1_000).take(LINKS).map(link).collect();
    if !links.is_empty() {
        blocks.push(json!({"type": "context", "elements": links}));
    }
    json!({"text": whole, "mrkdwn": false, "blocks": blocks})
}

fn plain_text(text: &str) -> Value {
    json!({"type": "plain_text", "text": text, "emoji": false})
}

/// Plain text is not made to click on; this is, and it shows where it leads.
fn link(url: &str) -> Value {
    json!({"type": "mrkdwn", "text": format!("<{}>", url.replace('&', "&amp;")), "verbatim": true})
}

/// Slack's three control characters stand for themselves.
fn plain(spot: Spot<'_>) -> String {
    match spot.piece {
        Piece::Url(url) => url.replace('&', "&amp;"),
        Piece::Char('&') => "&amp;".into(),
        Piece::Char('<') => pieces::less_than(spot, "&lt;"),
        Piece::Char('>') => "&gt;".into(),
        Piece::Char('@') => pieces::at_sign(spot, false),
        Piece::Char(c) => c.into(),
    }
}
