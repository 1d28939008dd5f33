//! A field that should be text: whatever else stands there costs nothing but itself.

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;
use std::borrow::Cow;
use std::fmt;

/// Text, or a number or truth value as text; a list, an object and `null` are as good as absent. Borrowed from the body
/// where it holds no escapes.
#[derive(Default)]
pub(crate) struct Loose<'a>(Option<Cow<'a, str>>);

impl Loose<'_> {
    /// The text, where it is more than white space.
    pub fn said(&self) -> Option<&str> {
        self.0.as_deref().filter(|text| !text.trim().is_empty())
    }

    /// The same, to keep.
    pub fn kept(self) -> Option<String> {
        self.0.filter(|text| !text.trim().is_empty()).map(Cow::into_owned)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Loose<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Loose<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Loose(Some(Cow::Borrowed(text))))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Loose(Some(Cow::Owned(text.to_owned()))))
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Self::Value, E> {
        Ok(Loose(Some(Cow::Borrowed(if truth { "true" } else { "false" }))))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Loose(Some(Cow::Owned(number.to_string()))))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Loose(Some(Cow::Owned(number.to_string()))))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Loose(Number::from_f64(number).map(|number| Cow::Owned(number.to_string()))))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Loose(None))
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<Self::Value, S::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Loose(None))
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Loose(None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_stands_there_is_text_or_nothing() {
        for (written, read) in [
            (r#""plain""#, Some("plain")),
            (r#""a\nb""#, Some("a\nb")),
            ("-7", Some("-7")),
            ("7", Some("7")),
            ("0.5", Some("0.5")),
            ("true", Some("true")),
            (r#"" \t""#, None),
            ("null", None),
            (r#"[1, {"a": []}]"#, None),
            (r#"{"a": [1]}"#, None),
        ] {
            let loose: Loose<'_> = serde_json::from_str(written).expect("it is JSON");
            assert_eq!(loose.said(), read, "{written}");
            assert_eq!(loose.kept().as_deref(), read, "{written}");
        }
    }
}
