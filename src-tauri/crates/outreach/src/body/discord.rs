//! A message for a Discord webhook. No mention is honoured whatever the text says, and pages it names are not unrolled.

use crate::pieces::{self, Piece, Spot};
use serde_json::{Value, json};

/// Most characters of a message.
const CONTENT: usize = 2_000;
/// The message's flag for "no previews".
const NO_PREVIEWS: u32 = 1 << 2;

pub(super) fn body(text: &str) -> Value {
    json!({"content": super::markdown(text, CONTENT, plain), "flags": NO_PREVIEWS, "allowed_mentions": {"parse": []}})
}

fn plain(spot: Spot<'_>) -> String {
    match spot.piece {
        Piece::Url(url) => url.into(),
        Piece::Char('@') => pieces::at_sign(spot, false),
        Piece::Char('<') => pieces::less_than(spot, "\\<"),
        Piece::Char(c) if "\\`*_~|[]".contains(c) || super::opens_block(spot, c) => format!("\\{c}"),
        Piece::Char(c) => c.into(),
    }
}
