//! What each tool's incoming webhook takes, made of plain lines whose first is the heading. Text of an incident stays
//! text: it never becomes a mention, formatting, or a link under another name. A bare web address stays one to click on.

mod discord;
mod mattermost;
mod slack;
mod teams;

#[cfg(test)]
mod tests;

use crate::pieces;
use domain::home::ChannelKind;
use serde_json::Value;

/// What to post for `text`; nothing for a kind that Muster does not send by itself, or where there is no text.
pub fn body(kind: ChannelKind, text: &str) -> Option<Value> {
    let text = pieces::clean(text);
    if text.is_empty() {
        return None;
    }
    match kind {
        ChannelKind::Slack => Some(slack::body(&text)),
        ChannelKind::Teams => Some(teams::body(&text)),
        ChannelKind::Mattermost => Some(mattermost::body(&text)),
        ChannelKind::Discord => Some(discord::body(&text)),
        ChannelKind::Mail => None,
    }
}

/// Longest heading that is set apart; a longer one is a paragraph.
const HEADING: usize = 150;

/// A text in one of the two dialects of Markdown, its heading in bold.
fn markdown(text: &str, limit: usize, write: impl Fn(pieces::Spot<'_>) -> String) -> String {
    let (heading, rest) = pieces::heading(text);
    if pieces::units(heading) > HEADING {
        return pieces::fit(text, limit, write);
    }
    let head = format!("**{}**", pieces::fit(heading, 4 * HEADING, &write));
    if rest.is_empty() {
        return head;
    }
    let left = limit - pieces::units(&head) - 1;
    format!("{head}\n{}", pieces::fit(rest, left, &write))
}

/// Whether this character would open a list, a quote, a heading or a rule at the start of its line.
fn opens_block(spot: pieces::Spot<'_>, c: char) -> bool {
    let after_digit = spot.before.is_some_and(|before| before.is_ascii_digit());
    spot.opens_line
        && match c {
            '#' | '>' | '+' | '-' | '=' => !after_digit,
            '.' | ')' => after_digit && spot.rest.starts_with(char::is_whitespace),
            _ => false,
        }
}
