//! Loose reading of JSON: what a tool sends as a number today may be text tomorrow.

use crate::parsed::Unreadable;
use domain::Timestamp;
use serde_json::Value;
use std::borrow::Cow;

/// Numbers of seconds since 1970 above this are milliseconds (the year 5138): tools send either.
const SECONDS_BEFORE: i64 = 100_000_000_000;
/// Go's way to say "no time".
const NO_TIME: &str = "0001-01-01T00:00:00";

/// Reads a body that must be JSON; bytes that are no UTF-8 become replacement characters.
pub(crate) fn value(body: &[u8]) -> Result<Value, Unreadable> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let read = |text: &str| serde_json::from_str(text).map_err(|error| Unreadable::new(format!("The body is not JSON: {error}.")));
    match std::str::from_utf8(body) {
        Ok(text) => read(text),
        Err(_) => read(&String::from_utf8_lossy(body)),
    }
}

/// The text at a JSON Pointer: a string, a number or a truth value. Empty text is none.
pub(crate) fn text<'v>(value: &'v Value, pointer: &str) -> Option<Cow<'v, str>> {
    at(value, pointer).and_then(plain)
}

/// The value at a JSON Pointer that holds no `~`, without the copies that finding any pointer takes.
fn at<'v>(value: &'v Value, pointer: &str) -> Option<&'v Value> {
    pointer.split('/').skip(1).try_fold(value, |value, step| match value {
        Value::Object(fields) => fields.get(step),
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    })
}

/// A value as text, where it is one.
pub(crate) fn plain(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Bool(truth) => Some(Cow::Borrowed(if *truth { "true" } else { "false" })),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A value as text whatever it is: what is no text is written as JSON.
pub(crate) fn any(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Array(_) | Value::Object(_) => Some(value.to_string()),
        Value::String(_) | Value::Number(_) | Value::Bool(_) => plain(value).map(Cow::into_owned),
    }
}

/// The instant at a JSON Pointer: see [`instant`].
pub(crate) fn time(value: &Value, pointer: &str) -> Option<Timestamp> {
    at(value, pointer).and_then(|at| match at {
        Value::Number(number) => number
            .as_i64()
            .or_else(|| number.as_f64().filter(|seconds| seconds.is_finite()).map(|seconds| (seconds * 1000.0) as i64))
            .map(epoch),
        Value::String(text) => instant(text),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    })
}

/// Reads RFC 3339, an offset without its colon (`+0000`), a space for the `T`, and seconds or milliseconds since 1970.
/// `None` for anything else and for Go's zero time.
pub(crate) fn instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.len() > 64 || text.starts_with(NO_TIME) {
        return None;
    }
    if let Ok(number) = text.parse::<i64>() {
        return (number > 0).then(|| epoch(number));
    }
    Timestamp::parse_rfc3339(text).or_else(|| {
        let digits = |part: &str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
        let at = text.len().checked_sub(4).filter(|at| text.is_char_boundary(*at) && digits(&text[*at..]))?;
        let sign = text[..at].ends_with(['+', '-']);
        sign.then(|| Timestamp::parse_rfc3339(&format!("{}:{}", &text[..at + 2], &text[at + 2..]))).flatten()
    })
}

fn epoch(number: i64) -> Timestamp {
    if number.unsigned_abs() < SECONDS_BEFORE.unsigned_abs() { Timestamp(0).plus_secs(number) } else { Timestamp(number) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_tools_write_them() {
        let at = Timestamp::parse_rfc3339("2026-11-23T08:35:10Z");
        for written in [
            "2026-11-23T08:35:10Z",
            "2026-11-23T08:35:10+0000",
            "2026-11-23 08:35:10Z",
            "2026-11-23T10:35:10+02:00",
            "1795422910",
            "1795422910000",
        ] {
            assert_eq!(instant(written), at, "{written}");
        }
        assert_eq!(time(&serde_json::json!(-1e300), ""), Some(Timestamp(i64::MIN)), "a number beyond all time is no fault");
        for nothing in ["", "0001-01-01T00:00:00Z", "soon", "0", "+0000", "é000"] {
            assert_eq!(instant(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn text_is_read_from_what_stands_there() {
        let body = serde_json::json!({"a": {"b": 3}, "c": "", "d": true});
        assert_eq!(text(&body, "/a/b").as_deref(), Some("3"));
        assert_eq!(text(&body, "/c"), None, "empty text says nothing");
        assert_eq!(text(&body, "/d").as_deref(), Some("true"));
        assert_eq!(text(&body, "/a"), None, "an object is no text");
        assert_eq!(any(&body["a"]).as_deref(), Some("{\"b\":3}"));
    }
}
