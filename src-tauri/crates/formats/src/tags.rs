//! Tags: short texts of which some name a value, `env:prod`, and some only are, `database`.

use std::collections::BTreeMap;

/// The label that holds the tags without a value.
const BARE: &str = "tags";

/// Tags as labels: `env:prod` and `env=prod` become the label `env`, the others gather in the label `tags`. Of a name
/// that comes again, all values are kept.
pub(crate) fn labels<'t>(tags: impl IntoIterator<Item = &'t str>) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::new();
    for tag in tags {
        let tag = tag.trim();
        match tag.split_once([':', '=']).map(|(name, value)| (name.trim(), value.trim())) {
            Some((name, value)) if !name.is_empty() && !value.is_empty() => add(&mut labels, name, value),
            Some(_) | None if !tag.is_empty() => add(&mut labels, BARE, tag),
            Some(_) | None => {}
        }
    }
    labels
}

fn add(labels: &mut BTreeMap<String, String>, name: &str, value: &str) {
    match labels.get_mut(name) {
        Some(known) => {
            known.push_str(", ");
            known.push_str(value);
        }
        None => drop(labels.insert(name.to_owned(), value.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_labels() {
        let labels = labels("env:prod, database,team=a,team:b,,url:https://x.example,:odd".split(','));
        let expected = [("env", "prod"), ("tags", "database, :odd"), ("team", "a, b"), ("url", "https://x.example")];
        assert_eq!(labels.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>(), expected);
    }
}
