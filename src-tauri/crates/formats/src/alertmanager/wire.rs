//! The bodies as JSON, Grafana's dialect of them too. Unknown fields are passed over, absent and `null` ones are the same, and text is borrowed from
//! the body where it holds no escapes.

use domain::alerts::BATCH_LIMIT;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// One POST of the webhook.
#[derive(serde::Deserialize)]
#[serde(bound(deserialize = "A: Deserialize<'de>"))]
pub struct Notification<'a, A> {
    pub alerts: Option<Listed<A>>,
    #[serde(borrow, rename = "groupKey")]
    pub group_key: Option<Text<'a>>,
    #[serde(borrow, rename = "groupLabels")]
    pub group_labels: Option<Pairs<'a>>,
    #[serde(borrow, rename = "commonLabels")]
    pub common_labels: Option<Pairs<'a>>,
    #[serde(borrow, rename = "externalURL")]
    pub external_url: Option<Text<'a>>,
    /// Grafana's: what its template makes of the whole notification.
    #[serde(borrow)]
    pub message: Option<&'a RawValue>,
}

/// One alert, in either body.
#[derive(Default, serde::Deserialize)]
pub struct Alert<'a> {
    #[serde(borrow)]
    pub status: Option<Text<'a>>,
    #[serde(borrow)]
    pub labels: Option<Pairs<'a>>,
    #[serde(borrow)]
    pub annotations: Option<Pairs<'a>>,
    #[serde(borrow, rename = "startsAt")]
    pub starts_at: Option<Text<'a>>,
    #[serde(borrow, rename = "endsAt")]
    pub ends_at: Option<Text<'a>>,
    #[serde(borrow, rename = "generatorURL")]
    pub generator_url: Option<Text<'a>>,
    #[serde(borrow)]
    pub fingerprint: Option<Text<'a>>,
    // What follows is Grafana's. It is left as it stands until it is looked at: none of it is worth an alert.
    #[serde(borrow)]
    pub values: Option<&'a RawValue>,
    #[serde(borrow, rename = "valueString")]
    pub value_string: Option<&'a RawValue>,
    #[serde(borrow, rename = "panelURL")]
    pub panel_url: Option<&'a RawValue>,
    #[serde(borrow, rename = "dashboardURL")]
    pub dashboard_url: Option<&'a RawValue>,
    #[serde(borrow, rename = "silenceURL")]
    pub silence_url: Option<&'a RawValue>,
    #[serde(borrow, rename = "imageURL")]
    pub image_url: Option<&'a RawValue>,
}

/// A JSON string.
pub struct Text<'a>(pub Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text")
            }
            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Borrowed(text)))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Reader)
    }
}

/// Names and values, sorted by name, each name once (the last wins), none empty: to Prometheus an empty label is none.
#[derive(Default)]
pub struct Pairs<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> Pairs<'a> {
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.binary_search_by(|(known, _)| known.as_ref().cmp(name));
        found.ok().map(|at| self.0[at].1.as_ref())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value.as_ref()))
    }

    pub fn into_pairs(self) -> impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)> {
        self.0.into_iter()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn tidy(mut pairs: Vec<(Cow<'a, str>, Cow<'a, str>)>) -> Self {
        if !pairs.is_sorted_by(|one, next| one.0 < next.0) {
            pairs.sort_by(|one, next| one.0.cmp(&next.0));
            pairs.dedup_by(|later, earlier| {
                let same = later.0 == earlier.0;
                if same {
                    std::mem::swap(&mut later.1, &mut earlier.1);
                }
                same
            });
        }
        pairs.retain(|(_, value)| !value.is_empty());
        Self(pairs)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Pairs<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of names and text values")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut pairs = Vec::with_capacity(8);
                while let Some(Text(name)) = map.next_key()? {
                    let value = map.next_value::<Option<Text<'de>>>();
                    let value = value.map_err(|error| M::Error::custom(format_args!("the value of {name:?} is not text: {error}")))?;
                    pairs.push((name, value.map_or(Cow::Borrowed(""), |text| text.0)));
                }
                Ok(Pairs::tidy(pairs))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

/// A JSON array, of which at most [`BATCH_LIMIT`] items are kept; `null` is an empty one.
pub struct Listed<A> {
    /// The first of them.
    pub items: Vec<A>,
    /// How many more there were.
    pub beyond: usize,
}

impl<A> Default for Listed<A> {
    fn default() -> Self {
        Self { items: vec![], beyond: 0 }
    }
}

impl<'de, A: Deserialize<'de>> Deserialize<'de> for Listed<A> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<A>(PhantomData<A>);
        impl<'de, A: Deserialize<'de>> Visitor<'de> for Reader<A> {
            type Value = Listed<A>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of alerts")
            }
            fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
                Ok(Listed::default())
            }
            fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<Self::Value, S::Error> {
                let mut listed = Listed::default();
                while listed.items.len() < BATCH_LIMIT {
                    match list.next_element()? {
                        Some(item) => listed.items.push(item),
                        None => return Ok(listed),
                    }
                }
                while list.next_element::<IgnoredAny>()?.is_some() {
                    listed.beyond += 1;
                }
                Ok(listed)
            }
        }
        deserializer.deserialize_any(Reader(PhantomData))
    }
}
