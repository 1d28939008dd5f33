//! A mapping: how any tool's JSON becomes alerts, written down in TOML by a person, without code.
//!
//! ```toml
//! each = "/alerts"                      # optional: where the list of alerts lies; else the body is one alert
//! only_when = { from = "/type", is = ["alert"] }    # optional: other items are passed over
//! key = "{/monitor/id}/{/host|any}"     # needed, or a title
//! episode = "/started"
//! title = "{/monitor/name} on {/host}"
//! started_at = "/started"
//! ended_at = "/ended"
//! group = { key = "/monitor/id", title = "/monitor/name" }    # or one text for both
//! service = "/tags/service"
//! link = "/url"
//! severity = { from = "/level", critical = ["P1", "fatal"], error = ["P2"], warning = ["P3"], info = ["P4*"] }
//! state = { from = "/status", firing = ["open"], acknowledged = ["seen"], resolved = ["closed"], by = "/user" }
//! labels = { env = "/tags/env", all = "/tags" }
//! annotations = { description = "/text" }
//! ```
//!
//! A value is a JSON Pointer (RFC 6901), `/a/b`, or a text with such pointers in braces, `{/a/b|/c|fallback}`: the first of
//! them that finds something, else the fallback. `^/a` begins at the top of the body, not at the item. `{{` and `}}` are
//! braces. A text none of whose braces found anything is absent. A list of texts is joined with commas. A pointer among
//! the labels that finds an object gives each of its fields; one that finds a list of `{name, value}` (or `tag`, or `key`)
//! gives each of those. Words of severity and state are compared without regard to case, `*` stands for anything, and
//! words that no table names have the meaning they have everywhere here ([`crate::plain`]).
//!
//! Pure data: a mapping cannot loop, compute, call or fetch. Mappings for some tools are [`shipped`].

mod judge;
mod language;
mod nearest;
mod pointer;
mod shipped;
mod template;
mod toml_table;
mod words;
mod written;

pub use shipped::{shipped, shipped_text};
pub use toml_table::MappingFault;

use crate::fields;
use crate::gather;
use crate::parsed::{Parsed, Unreadable};
use crate::sent::Sent;
use domain::Timestamp;
use pointer::{Pointer, Scene};
use serde_json::Value;
use template::Template;
use words::{SeverityWords, StateWords, Words};

/// A mapping that was read; it cannot fail to be understood any more.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    each: Option<Pointer>,
    only_when: Option<(Template, Option<Words>)>,
    key: Option<Template>,
    episode: Option<Template>,
    title: Option<Template>,
    started_at: Option<Template>,
    ended_at: Option<Template>,
    group: Option<(Template, Option<Template>)>,
    service: Option<Template>,
    link: Option<Template>,
    severity: Option<SeverityWords>,
    state: Option<StateWords>,
    labels: Pairs,
    annotations: Pairs,
}

/// Labels or annotations: a name and where its value comes from. A lone pointer to an object has no name of its own.
type Pairs = Vec<(String, Template)>;

impl Mapping {
    /// Reads a mapping as a person wrote it.
    ///
    /// # Errors
    /// The first fault, with its line: TOML that does not read, a key that is not known, a pointer or a text that is none.
    pub fn parse(toml: &str) -> Result<Self, MappingFault> {
        language::parse(toml)
    }

    /// Reads a body by it: JSON, or the fields of a form.
    pub fn read(&self, sent: &Sent<'_>, now: Timestamp) -> Result<Parsed, Unreadable> {
        let body = fields::value(sent, None)?;
        let (items, alone): (&[Value], bool) = match &self.each {
            Some(each) => match each.at(Scene { top: &body, item: &body }) {
                Some(Value::Array(items)) => (items, false),
                Some(one @ Value::Object(_)) => (std::slice::from_ref(one), false),
                Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) | None => {
                    return Err(Unreadable::new(format!("The body has no list at `{each}`, where the mapping looks for `each` alert.")));
                }
            },
            None if body.is_array() => {
                return Err(Unreadable::new("The body is a list: write `each = \"\"` in the mapping to read its items one by one."));
            }
            None => (std::slice::from_ref(&body), true),
        };
        let parsed = gather::each(items, |item| item.to_string(), |item| judge::item(self, Scene { top: &body, item }, now));
        match parsed.refused.first() {
            Some(refused) if alone => Err(Unreadable::new(refused.reason.clone())),
            Some(_) | None => Ok(parsed),
        }
    }
}
