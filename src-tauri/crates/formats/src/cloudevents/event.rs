//! One CloudEvent, however it came.

use crate::json;
use crate::sent::Sent;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::Timestamp;
use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Attributes of the specification; every other one is an extension.
const KNOWN: [&str; 10] =
    ["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema", "data", "data_base64"];
/// Longest name of an extension that becomes a label, in bytes; the specification advises 20.
const NAME_LIMIT: usize = 64;

/// An event with its data read, as far as it is JSON or text.
pub struct Event<'e> {
    /// Identifies it together with its source.
    pub id: Cow<'e, str>,
    /// Where it happened.
    pub source: Cow<'e, str>,
    /// What happened, in reverse domain notation.
    pub kind: Cow<'e, str>,
    /// What it happened to.
    pub subject: Option<Cow<'e, str>>,
    /// When.
    pub time: Option<Timestamp>,
    /// Extensions with text values.
    pub extensions: BTreeMap<String, String>,
    /// JSON as it is, text as a string; absent where it is bytes or nothing.
    pub data: Option<Cow<'e, Value>>,
}

impl<'e> Event<'e> {
    /// An event in structured mode, or one of a batch.
    pub fn of_object(object: &'e Value) -> Result<Self, String> {
        let fields = object.as_object().ok_or("A CloudEvent is a JSON object with `id`, `source` and `type`; this is not one.")?;
        let attribute = |name: &str| fields.get(name).and_then(json::plain);
        let extension = |(name, value): (&String, &Value)| {
            let text = json::plain(value).filter(|_| !KNOWN.contains(&name.as_str()) && name.len() <= NAME_LIMIT)?;
            Some((name.clone(), text.into_owned()))
        };
        let data = match (fields.get("data").filter(|data| !data.is_null()), attribute("data_base64")) {
            (Some(data), _) => Some(Cow::Borrowed(data)),
            (None, Some(encoded)) => decoded(&encoded).map(Cow::Owned),
            (None, None) => None,
        };
        Self::of(attribute, fields.iter().filter_map(extension).collect(), data)
    }

    /// An event in binary mode: attributes in headers, the body is the data.
    pub fn of_headers(sent: &Sent<'e>) -> Result<Self, String> {
        let attribute = |name: &str| sent.header(&format!("ce-{name}")).map(unescaped).filter(|value| !value.is_empty());
        let extension = |(name, value): &(String, String)| {
            let name = name.to_ascii_lowercase();
            let name = name.strip_prefix("ce-").filter(|name| !KNOWN.contains(name) && name.len() <= NAME_LIMIT)?;
            Some((name.to_owned(), unescaped(value).into_owned())).filter(|(_, value)| !value.is_empty())
        };
        let is_text = sent.header("content-type").is_some_and(|kind| kind.trim_start().starts_with("text/"));
        let data = json::value(sent.body).ok().or_else(|| is_text.then(|| String::from_utf8_lossy(sent.body).into_owned().into()));
        Self::of(attribute, sent.headers.iter().filter_map(extension).collect(), data.map(Cow::Owned))
    }

    fn of(
        attribute: impl Fn(&str) -> Option<Cow<'e, str>>,
        extensions: BTreeMap<String, String>,
        data: Option<Cow<'e, Value>>,
    ) -> Result<Self, String> {
        let needed = |name: &str| attribute(name).ok_or_else(|| format!("A CloudEvent needs `{name}`; this one has none."));
        Ok(Self {
            id: needed("id")?,
            source: needed("source")?,
            kind: needed("type")?,
            subject: attribute("subject"),
            time: attribute("time").as_deref().and_then(json::instant),
            extensions,
            data: data.filter(|data| !data.is_null()),
        })
    }

    /// Names the delivery: the same event is sent again with the same one.
    pub fn delivery(&self) -> String {
        [self.source.as_ref(), " ", self.id.as_ref()].concat()
    }
}

/// Bytes as JSON or text; `None` where they are neither.
fn decoded(encoded: &str) -> Option<Value> {
    let bytes = STANDARD.decode(encoded.trim()).ok()?;
    json::value(&bytes).ok().or_else(|| String::from_utf8(bytes).ok().map(Value::from))
}

/// Headers carry what is not ASCII as `%` and two digits.
fn unescaped(value: &str) -> Cow<'_, str> {
    percent_decode_str(value).decode_utf8_lossy()
}
