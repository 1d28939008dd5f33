//! Where a value lies: a JSON Pointer, taken apart once for many bodies.

use serde_json::Value;
use std::fmt;

/// What pointers of one alert are resolved in.
#[derive(Clone, Copy)]
pub struct Scene<'v> {
    /// The whole body.
    pub top: &'v Value,
    /// The alert's part of it.
    pub item: &'v Value,
}

/// A JSON Pointer (RFC 6901); with `^` before it, it begins at the top of the body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pointer {
    from_top: bool,
    steps: Vec<Step>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Step {
    name: String,
    index: Option<usize>,
}

impl Pointer {
    /// Whether a text is meant as a pointer, and not as words.
    pub fn looks_like(text: &str) -> bool {
        text == "^" || text.starts_with('/') || text.starts_with("^/")
    }

    /// Reads a pointer; `None` where the text is neither empty nor begins with `/`, `^` apart.
    pub fn parse(text: &str) -> Option<Self> {
        let path = text.strip_prefix('^');
        let from_top = path.is_some();
        let path = path.unwrap_or(text);
        if path.is_empty() {
            return Some(Self { from_top, steps: vec![] });
        }
        let steps = path.strip_prefix('/')?.split('/').map(|name| name.replace("~1", "/").replace("~0", "~"));
        Some(Self { from_top, steps: steps.map(|name| Step { index: index(&name), name }).collect() })
    }

    /// The value there.
    pub fn at<'v>(&self, scene: Scene<'v>) -> Option<&'v Value> {
        let start = if self.from_top { scene.top } else { scene.item };
        self.steps.iter().try_fold(start, |value, step| match value {
            Value::Object(fields) => fields.get(&step.name),
            Value::Array(items) => items.get(step.index?),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        })
    }
}

/// RFC 6901: digits without a leading zero.
fn index(name: &str) -> Option<usize> {
    let plain = name == "0" || !name.starts_with(['0', '+']);
    name.parse().ok().filter(|_| plain)
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.from_top { "^" } else { "" })?;
        self.steps.iter().try_for_each(|step| write!(f, "/{}", step.name.replace('~', "~0").replace('/', "~1")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn pointers_find_what_serde_json_finds() {
        let top = json!({"a": [{"b/c": 1}, 2], "m~n": 3, "": 4, "01": 5});
        for written in ["", "/a", "/a/0/b~1c", "/a/1", "/a/01", "/m~0n", "/", "/01", "/a/9", "/x/y"] {
            let pointer = Pointer::parse(written).expect("a pointer");
            assert_eq!(pointer.at(Scene { top: &json!(null), item: &top }), top.pointer(written), "{written:?}");
            assert_eq!(pointer.to_string(), written);
        }
    }

    #[test]
    fn a_hat_begins_at_the_top() {
        let (top, item) = (json!({"a": 1}), json!({"a": 2}));
        let found = |written: &str| Pointer::parse(written).expect("a pointer").at(Scene { top: &top, item: &item });
        assert_eq!((found("^/a"), found("/a"), found("^")), (Some(&json!(1)), Some(&json!(2)), Some(&top)));
        assert_eq!(Pointer::parse("a/b"), None);
    }
}
