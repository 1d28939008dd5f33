//! Which alerts a post holds, and where in it the words of each stand.

use super::marks::first_line;
use crate::json;
use serde_json::Value;
use std::borrow::Cow;

/// Most blocks looked through, as Slack has it.
const BLOCKS_LIMIT: usize = 50;
/// Where an attachment without a title may be named.
const NAMED: [&str; 3] = ["/pretext", "/fallback", "/text"];

/// One alert of a post, its words with Slack's marks.
pub struct Alert<'p> {
    /// A line that names it.
    pub title: Cow<'p, str>,
    /// The attachments that speak of it; their fields and texts belong to it.
    pub attachments: Vec<&'p Value>,
    /// What else was written; empty where that is nothing.
    pub text: String,
}

/// The alerts of a post: one for each attachment with a title, or else the whole. None where nothing is said.
pub fn alerts<'p>(post: &'p Value, attachments: &[&'p Value]) -> Vec<Alert<'p>> {
    let titled: Vec<(&'p Value, Cow<'p, str>)> = attachments.iter().filter_map(|one| Some((*one, said(one, "/title")?))).collect();
    if titled.len() > 1 {
        let alone = |(one, title)| Alert { title, attachments: vec![one], text: joined(["/pretext", "/text"].map(|at| said(one, at))) };
        return titled.into_iter().map(alone).collect();
    }
    let mut parts = Vec::with_capacity(2 + 3 * attachments.len());
    parts.extend([said(post, "/text"), words(post)]);
    for one in attachments {
        parts.extend([said(one, "/pretext"), said(one, "/text"), words(one)]);
    }
    let title = titled.into_iter().next().map(|(_, title)| title);
    let named = || attachments.iter().flat_map(|one| NAMED.map(|at| said(one, at)));
    let line = || parts.iter().take(2).cloned().chain(named()).chain(parts.iter().skip(2).cloned()).flatten().find_map(first_line);
    let Some(title) = title.or_else(line) else { return vec![] };
    let others = parts.into_iter().filter(|part| part.as_ref() != Some(&title));
    vec![Alert { text: joined(others), attachments: attachments.to_vec(), title }]
}

fn joined<'p>(parts: impl IntoIterator<Item = Option<Cow<'p, str>>>) -> String {
    let mut text = String::new();
    for part in parts.into_iter().flatten() {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&part);
    }
    text
}

/// The words of a list of blocks, one line a block or field.
fn words(holder: &Value) -> Option<Cow<'_, str>> {
    let blocks = holder.get("blocks")?.as_array()?.iter().take(BLOCKS_LIMIT);
    let lines = blocks.flat_map(|block| {
        let fields = ["fields", "elements"].into_iter().filter_map(|name| block.get(name)?.as_array()).flatten().take(BLOCKS_LIMIT);
        let within = fields.filter_map(|field| said(field, "/text/text").or_else(|| said(field, "/text")));
        said(block, "/text/text").into_iter().chain(within)
    });
    Some(joined(lines.map(Some))).filter(|words| !words.is_empty()).map(Cow::Owned)
}

/// The fields of an attachment: names and values.
pub fn fields(attachment: &Value) -> impl Iterator<Item = (Cow<'_, str>, String)> {
    let listed = attachment.get("fields").and_then(Value::as_array).into_iter().flatten();
    listed.filter_map(|field| Some((said(field, "/title")?, json::any(field.get("value")?)?)))
}

/// Text that is more than white space.
fn said<'v>(value: &'v Value, pointer: &str) -> Option<Cow<'v, str>> {
    json::text(value, pointer).filter(|text| !text.trim().is_empty())
}
