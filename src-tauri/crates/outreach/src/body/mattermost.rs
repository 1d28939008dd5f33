//! A message for a Mattermost incoming webhook. Its server calls people for any `@name` it finds, so none is left whole.

use crate::pieces::{self, Piece, Spot};
use serde_json::{Value, json};

/// Most characters of a message: what the oldest servers still in use take.
const TEXT: usize = 4_000;

pub(super) fn body(text: &str) -> Value {
    json!({"text": super::markdown(text, TEXT, plain)})
}

fn plain(spot: Spot<'_>) -> String {
    match spot.piece {
        Piece::Url(url) => url.into(),
        Piece::Char('@') => pieces::at_sign(spot, true),
        Piece::Char('<') => pieces::less_than(spot, "&lt;"),
        Piece::Char('&') if is_entity(spot.rest) => "&amp;".into(),
        Piece::Char(c) if "\\`*_~|[]!".contains(c) || super::opens_block(spot, c) => format!("\\{c}"),
        Piece::Char(c) => c.into(),
    }
}

/// Whether an `&` before this would be read together with it as one sign.
fn is_entity(rest: &str) -> bool {
    rest.split_once(';').is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#'))
}
