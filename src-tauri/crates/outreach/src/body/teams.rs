//! A message for a Teams workflow: an Adaptive Card of text runs, in which Teams reads no markup at all.

use crate::pieces::{self, Piece};
use serde_json::{Value, json};

/// Most bytes of the whole message; Teams takes about 28 KB.
const BYTES: usize = 26_000;
/// Most characters that are tried at first.
const TEXT: usize = 12_000;

pub(super) fn body(text: &str) -> Value {
    let mut limit = TEXT;
    loop {
        let message = message(&pieces::fit(text, limit, plain));
        if message.to_string().len() <= BYTES || limit < 500 {
            return message;
        }
        limit = limit * 3 / 4;
    }
}

fn message(text: &str) -> Value {
    let mut after_blank = false;
    let mut lines = vec![];
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            after_blank = true;
            continue;
        }
        let spacing = if after_blank { "Medium" } else { "None" };
        after_blank = false;
        lines.push(json!({"type": "RichTextBlock", "spacing": spacing, "inlines": runs(line, number == 0)}));
    }
    let card = json!({
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "msteams": {"width": "full"},
        "body": lines,
    });
    let attachment = json!({"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": null, "content": card});
    json!({"type": "message", "attachments": [attachment]})
}

/// A line as runs; an address is a run of its own that opens what it shows.
fn runs(line: &str, heading: bool) -> Vec<Value> {
    let mut runs = vec![];
    let mut plain = String::new();
    let run = |text: &str| match heading {
        true => json!({"type": "TextRun", "text": text, "weight": "Bolder", "size": "Medium"}),
        false => json!({"type": "TextRun", "text": text}),
    };
    for spot in pieces::spots(line) {
        match spot.piece {
            Piece::Char(c) => plain.push(c),
            Piece::Url(url) => {
                if !plain.is_empty() {
                    runs.push(run(&std::mem::take(&mut plain)));
                }
                let mut link = run(url);
                link["selectAction"] = json!({"type": "Action.OpenUrl", "url": url});
                runs.push(link);
            }
        }
    }
    if !plain.is_empty() {
        runs.push(run(&plain));
    }
    runs
}

fn plain(spot: pieces::Spot<'_>) -> String {
    match spot.piece {
        Piece::Url(url) => url.into(),
        Piece::Char('@') => pieces::at_sign(spot, false),
        Piece::Char('<') => pieces::less_than(spot, "<"),
        // The one thing that is worked out inside a card's text: `{{DATE(…)}}`.
        Piece::Char('{') if spot.rest.starts_with('{') => "{\u{200b}".into(),
        Piece::Char(c) => c.into(),
    }
}
