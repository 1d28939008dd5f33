//! The language of mappings: which keys there are and what each may hold.

use super::toml_table::{Lines, MappingFault, Table, called, template};
use super::words::{SeverityWords, StateWords};
use super::{Mapping, Pairs, Template};
use crate::standing::Standing;
use domain::AlertSeverity::{Critical, Error, Info, Warning};
use domain::home::MAPPING_LIMIT;
use toml::de::{DeTable, DeValue};

/// Keys of a mapping, in the order in which people read one.
const KEYS: [&str; 14] = [
    "each",
    "only_when",
    "key",
    "episode",
    "title",
    "severity",
    "state",
    "started_at",
    "ended_at",
    "group",
    "service",
    "link",
    "labels",
    "annotations",
];
const GROUP: [&str; 2] = ["key", "title"];
const ONLY_WHEN: [&str; 2] = ["from", "is"];
const SEVERITY: [&str; 5] = ["from", "critical", "error", "warning", "info"];
const STATE: [&str; 5] = ["from", "firing", "acknowledged", "resolved", "by"];

/// Reads a mapping, or says what is wrong with it and where.
pub fn parse(text: &str) -> Result<Mapping, MappingFault> {
    let lines = Lines(text);
    if text.len() > MAPPING_LIMIT {
        return Err(lines.fault(0, &format!("a mapping has at most {} KiB, and this one has more", MAPPING_LIMIT / 1024)));
    }
    let document = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        lines.fault(at, &format!("this is no TOML: {}", error.message()))
    })?;
    let table = Table::of(lines, document.get_ref(), "a mapping", &KEYS)?;
    if table.get("key").is_none() && table.get("title").is_none() {
        return Err(lines.fault(0, "a mapping needs a `key`, or at least a `title`, to tell one alert from another"));
    }
    Ok(Mapping {
        each: table.pointer("each")?,
        only_when: part(table, lines, "only_when", &ONLY_WHEN)?
            .map(|(from, part)| Ok((from, part.map(|part| part.words("is")).transpose()?.flatten())))
            .transpose()?,
        key: table.template("key")?,
        episode: table.template("episode")?,
        title: table.template("title")?,
        started_at: table.template("started_at")?,
        ended_at: table.template("ended_at")?,
        group: group(table, lines)?,
        service: table.template("service")?,
        link: table.template("link")?,
        severity: severity(table, lines)?,
        state: state(table, lines)?,
        labels: pairs(table, lines, "labels")?,
        annotations: pairs(table, lines, "annotations")?,
    })
}

/// A key that holds a template, or a table whose `from` is one.
fn part<'t>(table: Table<'t>, lines: Lines<'t>, key: &str, known: &[&str]) -> Result<Option<(Template, Option<Table<'t>>)>, MappingFault> {
    let Some(entry) = table.get(key) else { return Ok(None) };
    match entry.get_ref() {
        DeValue::Table(entries) => {
            let part = Table::of(lines, entries, &format!("`{key}`"), known)?;
            let from = template(lines, &format!("{key}.from"), part.needed("from", entry.span().start)?)?;
            Ok(Some((from, Some(part))))
        }
        _ => Ok(Some((template(lines, key, entry)?, None))),
    }
}

fn group(table: Table<'_>, lines: Lines<'_>) -> Result<Option<(Template, Option<Template>)>, MappingFault> {
    let Some(entry) = table.get("group") else { return Ok(None) };
    match entry.get_ref() {
        DeValue::Table(entries) => {
            let part = Table::of(lines, entries, "`group`", &GROUP)?;
            let key = template(lines, "group.key", part.needed("key", entry.span().start)?)?;
            Ok(Some((key, part.template("title")?)))
        }
        _ => Ok(Some((template(lines, "group", entry)?, None))),
    }
}

fn severity<'t>(table: Table<'t>, lines: Lines<'t>) -> Result<Option<SeverityWords>, MappingFault> {
    let Some((from, part)) = part(table, lines, "severity", &SEVERITY)? else { return Ok(None) };
    let words = |key| Ok(part.map(|part| part.words(key)).transpose()?.flatten().unwrap_or_default());
    let words = [(Critical, words("critical")?), (Error, words("error")?), (Warning, words("warning")?), (Info, words("info")?)];
    Ok(Some(SeverityWords { from, words }))
}

fn state<'t>(table: Table<'t>, lines: Lines<'t>) -> Result<Option<StateWords>, MappingFault> {
    let Some((from, part)) = part(table, lines, "state", &STATE)? else { return Ok(None) };
    let words = |key| Ok(part.map(|part| part.words(key)).transpose()?.flatten().unwrap_or_default());
    let words =
        [(Standing::Resolved, words("resolved")?), (Standing::Acknowledged, words("acknowledged")?), (Standing::Firing, words("firing")?)];
    Ok(Some(StateWords { from, words, by: part.map(|part| part.template("by")).transpose()?.flatten() }))
}

/// Names of the user's own and where each value comes from; or one pointer to an object that holds them all.
fn pairs(table: Table<'_>, lines: Lines<'_>, key: &str) -> Result<Pairs, MappingFault> {
    let Some(entry) = table.get(key) else { return Ok(vec![]) };
    match entry.get_ref() {
        DeValue::Table(entries) => {
            let pair = |(name, value)| pair(lines, key, name, value);
            entries.iter().map(|(name, value)| (name.get_ref().to_string(), value)).map(pair).collect()
        }
        DeValue::String(_) => Ok(vec![(String::new(), template(lines, key, entry)?)]),
        other => {
            let what = format!("`{key}` must be a table of names, or a pointer to an object, not {}", called(other));
            Err(lines.fault(entry.span().start, &what))
        }
    }
}

fn pair(lines: Lines<'_>, key: &str, name: String, value: super::toml_table::Entry<'_>) -> Result<(String, Template), MappingFault> {
    let template = template(lines, &format!("{key}.{name}"), value)?;
    Ok((name, template))
}
