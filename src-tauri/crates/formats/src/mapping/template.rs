//! A text with holes that a body fills: `{/monitor/name} on {/host|an unknown host}`.

use super::pointer::{Pointer, Scene};
use super::written::{brief, says_something, written};
use crate::{json, text};
use domain::Timestamp;
use domain::alerts::VALUE_LIMIT;
use serde_json::Value;
use std::borrow::Cow;

/// Room made for a filled text at first, in bytes: a title fits.
const TYPICAL: usize = 64;

/// A text as it is written, taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Template {
    /// Pointers alone, of which the first that finds something counts: its value may be more than a text.
    Value(Vec<Pointer>),
    /// Text with holes.
    Text(Vec<Part>),
}

/// A piece of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// As it is written.
    Plain(String),
    /// Pointers, and what stands there where none finds anything.
    Hole(Vec<Pointer>, Option<String>),
}

impl Template {
    /// Reads a pointer, or a text with holes.
    ///
    /// # Errors
    /// A clause that says what is wrong with it.
    pub fn parse(written: &str) -> Result<Self, String> {
        if let Some(pointer) = Pointer::parse(written).filter(|_| Pointer::looks_like(written)) {
            return Ok(Self::Value(vec![pointer]));
        }
        let (mut parts, mut plain, mut rest) = (vec![], String::new(), written);
        while let Some(at) = rest.find(['{', '}']) {
            let (before, brace) = rest.split_at(at);
            plain.push_str(before);
            if brace.starts_with("{{") || brace.starts_with("}}") {
                plain.push_str(&brace[..1]);
                rest = &brace[2..];
                continue;
            }
            let inside = brace.strip_prefix('{').ok_or("a `}` stands alone; write `}}` for a brace")?;
            let (inside, after) = inside.split_once('}').ok_or("a `{` is never closed; write `{{` for a brace")?;
            if !plain.is_empty() {
                parts.push(Part::Plain(std::mem::take(&mut plain)));
            }
            parts.push(hole(inside)?);
            rest = after;
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            parts.push(Part::Plain(plain));
        }
        match parts.as_mut_slice() {
            [Part::Hole(pointers, None)] => Ok(Self::Value(std::mem::take(pointers))),
            _ => Ok(Self::Text(parts)),
        }
    }

    /// The text as the body fills it, cut to [`VALUE_LIMIT`]. `None` where it comes out empty, or where it has holes and
    /// none of them found anything.
    pub fn fill(&self, scene: Scene<'_>) -> Option<String> {
        match self {
            Self::Value(pointers) => first(pointers, scene).and_then(brief),
            Self::Text(parts) => filled(parts, scene),
        }
    }

    /// As [`Template::fill`], without a copy where the body holds the text as it is.
    pub fn said<'v>(&self, scene: Scene<'v>) -> Option<Cow<'v, str>> {
        match self {
            Self::Value(pointers) => first(pointers, scene).and_then(written),
            Self::Text(parts) => filled(parts, scene).map(Cow::Owned),
        }
    }

    /// The value there, where it is not a text by its writing.
    pub fn value<'v>(&self, scene: Scene<'v>) -> Option<&'v Value> {
        match self {
            Self::Value(pointers) => first(pointers, scene),
            Self::Text(_) => None,
        }
    }

    /// The instant there, as a number or as text.
    pub fn time(&self, scene: Scene<'_>) -> Option<Timestamp> {
        match self {
            Self::Value(pointers) => first(pointers, scene).and_then(|value| json::time(value, "")),
            Self::Text(parts) => filled(parts, scene).as_deref().and_then(json::instant),
        }
    }
}

fn first<'v>(pointers: &[Pointer], scene: Scene<'v>) -> Option<&'v Value> {
    pointers.iter().filter_map(|pointer| pointer.at(scene)).find(|value| says_something(value))
}

fn filled(parts: &[Part], scene: Scene<'_>) -> Option<String> {
    if let [Part::Hole(pointers, fallback)] = parts {
        return first(pointers, scene).and_then(brief).or_else(|| fallback.clone()).filter(|text| !text.is_empty());
    }
    let (mut filled, mut holes, mut found) = (String::with_capacity(TYPICAL), 0, 0);
    for part in parts {
        match part {
            Part::Plain(text) => filled.push_str(text),
            Part::Hole(pointers, fallback) => {
                holes += 1;
                let value = first(pointers, scene).and_then(written);
                if let Some(value) = value.or(fallback.as_deref().map(Cow::Borrowed)) {
                    found += 1;
                    filled.push_str(text::cut(&value, VALUE_LIMIT));
                }
            }
        }
        if filled.len() > VALUE_LIMIT {
            filled.truncate(text::cut(&filled, VALUE_LIMIT).len());
            break;
        }
    }
    (!filled.is_empty() && (holes == 0 || found > 0)).then_some(filled)
}

fn hole(inside: &str) -> Result<Part, String> {
    let (mut pointers, mut fallback) = (vec![], None);
    for alternative in inside.split('|') {
        match Pointer::parse(alternative).filter(|_| Pointer::looks_like(alternative)) {
            Some(pointer) if fallback.is_none() => pointers.push(pointer),
            Some(_) => return Err(format!("in `{{{inside}}}` a pointer comes after the fallback, which must be last")),
            None if pointers.is_empty() => {
                return Err(format!("`{{{inside}}}` must begin with a JSON Pointer such as `{{/alert/name}}`; write `{{{{` for a brace"));
            }
            None if fallback.is_some() => return Err(format!("`{{{inside}}}` has two fallbacks; `|` cannot be part of one")),
            None => fallback = Some(alternative.to_owned()),
        }
    }
    Ok(Part::Hole(pointers, fallback))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn filled(written: &str) -> Option<String> {
        let body = json!({
            "name": "Disk", "n": 3, "empty": "", "none": null, "list": ["a", 2, null], "deep": {"x": [1]}, "long": "x".repeat(20_000),
        });
        Template::parse(written).expect("a template").fill(Scene { top: &body, item: &body })
    }

    #[test]
    fn holes_are_filled() {
        for (written, text) in [
            ("{/name} on {/host|an unknown host}", Some("Disk on an unknown host")),
            ("/name", Some("Disk")),
            ("{/empty|/none|/n}", Some("3")),
            ("{/host} {/empty}", None),
            ("{/host}{/n}", Some("3")),
            ("fixed", Some("fixed")),
            ("{{{/n}}}", Some("{3}")),
            ("", None),
            ("/list", Some("a, 2")),
            ("/deep", Some("{\"x\":[1]}")),
            ("{/host|}", None),
        ] {
            assert_eq!(filled(written).as_deref(), text, "{written:?}");
        }
    }

    #[test]
    fn what_is_written_wrong_is_said() {
        for (written, part) in [
            ("{/a", "never closed"),
            ("a}", "stands alone"),
            ("{a}", "must begin with a JSON Pointer"),
            ("{}", "must begin with a JSON Pointer"),
            ("{/a|b|/c}", "must be last"),
            ("{/a|b|c}", "two fallbacks"),
        ] {
            let fault = Template::parse(written).expect_err(written);
            assert!(fault.contains(part), "{written:?}: {fault:?} says {part:?}");
        }
    }

    #[test]
    fn a_filled_text_has_an_end() {
        for written in ["/long", "{/long}{/long}", "{/deep} {^}"] {
            let length = filled(written).expect("text").len();
            assert!(length <= VALUE_LIMIT, "{written}: {length}");
        }
    }
}
