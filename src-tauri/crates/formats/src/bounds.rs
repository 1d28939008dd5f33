//! How much is kept of what is sent, whoever sends it: keys, values and links of untrusted text.

use crate::fingerprint::digest;
use crate::text;
use domain::alerts::VALUE_LIMIT;
use std::borrow::Cow;

/// Longest key of an alert or a group in bytes; Alertmanager's group keys hold the labels of a route and stay far below.
const KEY_LIMIT: usize = 1024;
/// Most labels, and most annotations, kept of one alert: what a person can look through, not what a program can send.
pub const PAIRS_LIMIT: usize = 128;
/// Longest link in bytes, as browsers take them.
const LINK_LIMIT: usize = 2048;

/// Room for the digest that ends a cut key, in bytes.
const DIGEST_ROOM: usize = "…".len() + 16;

/// A key as it is kept: a longer one ends in a digest, so that a difference beyond the cut still counts. What is kept is
/// kept as it is: a sender that is told its key may send it back.
pub fn key(key: String) -> String {
    if key.len() <= KEY_LIMIT {
        return key;
    }
    format!("{}…{}", text::cut(&key, KEY_LIMIT - DIGEST_ROOM), digest(&key))
}

/// A label's or annotation's name or value as it is kept.
pub fn value(value: Cow<'_, str>) -> String {
    if value.len() <= VALUE_LIMIT { value.into_owned() } else { text::cut(&value, VALUE_LIMIT).to_owned() }
}

/// Only web addresses, and only such as cannot be mistaken for something else.
pub fn link(url: &str) -> Option<String> {
    is_link(url).then(|| url.to_owned())
}

/// Whether [`link`] takes it.
pub fn is_link(url: &str) -> bool {
    let starts = |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let plain = || url.bytes().all(|b| b.is_ascii_graphic()) || !url.chars().any(|c| c.is_whitespace() || c.is_control());
    url.len() <= LINK_LIMIT && (starts("http://") || starts("https://")) && plain()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_key_stays_itself_and_no_other() {
        let (one, other) = (format!("{}1", "k".repeat(5000)), format!("{}2", "k".repeat(5000)));
        assert!(key(one.clone()).len() <= KEY_LIMIT, "kept short");
        assert_eq!(key(key(one.clone())), key(one.clone()), "what is kept is kept as it is");
        assert_eq!(key(one.clone()), key(one.clone()));
        assert_ne!(key(one), key(other), "a difference beyond the cut still counts");
    }

    #[test]
    fn a_link_is_a_web_address() {
        assert_eq!(link("https://a.example/b").as_deref(), Some("https://a.example/b"));
        for other in ["javascript:alert(1)", "https://a b", "file:///etc/passwd", ""] {
            assert_eq!(link(other), None, "{other:?}");
        }
    }
}
