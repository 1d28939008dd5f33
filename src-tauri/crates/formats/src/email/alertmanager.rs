//! Mail of an Alertmanager in its own template: HTML alone, each alert with its labels and annotations line by line.

use super::html;
use super::message::Mail;
use crate::found::Found;
use crate::{fingerprint, severity, standing::Standing};
use domain::Timestamp;
use std::collections::BTreeMap;

/// Stands at the foot of the template.
const FOOT: &str = "Sent by Alertmanager";
/// What the link to an alert's rule says.
const SOURCE: &str = "Source";
/// Annotations that say in a line what is wrong, the best first.
const TITLES: [&str; 3] = ["summary", "title", "description"];

#[derive(Default)]
struct Block {
    standing: Option<Standing>,
    labels: BTreeMap<String, String>,
    annotations: BTreeMap<String, String>,
}

/// The alerts of the mail, where it is one of an Alertmanager.
pub fn read(mail: &Mail, now: Timestamp) -> Option<Vec<Found>> {
    let markup = mail.html.as_deref().filter(|html| html.contains(FOOT))?;
    let links = html::links(markup);
    let mut sources = links.iter().filter(|link| link.says == SOURCE);
    let overview = links.iter().find(|link| link.says.ends_with("Alertmanager"));
    let blocks = blocks(&html::to_text(markup));
    let found = |block: Block| {
        let link = sources.next().or(overview).map(|link| link.to.clone());
        found(block, link, mail, now)
    };
    let alerts: Vec<Found> = blocks.into_iter().map(found).collect();
    (!alerts.is_empty()).then_some(alerts)
}

/// `[2] Firing`, then for each alert `Labels`, `Annotations` and what follows them as `name = value`.
fn blocks(text: &str) -> Vec<Block> {
    let (mut blocks, mut standing, mut in_annotations) = (Vec::<Block>::new(), None, false);
    for line in text.lines() {
        if let Some((_, word)) = line.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
            standing = Standing::of(word).or(standing);
        } else if line == "Labels" {
            blocks.push(Block { standing, ..Block::default() });
            in_annotations = false;
        } else if line == "Annotations" {
            in_annotations = true;
        } else if let (Some(block), Some((name, value))) = (blocks.last_mut(), line.split_once(" = ")) {
            let pairs = if in_annotations { &mut block.annotations } else { &mut block.labels };
            pairs.insert(name.to_owned(), value.to_owned());
        }
    }
    blocks.retain(|block| !block.labels.is_empty());
    blocks
}

fn found(block: Block, link: Option<String>, mail: &Mail, now: Timestamp) -> Found {
    let label = |name: &str| block.labels.get(name).map(String::as_str);
    let (name, service) = (label("alertname"), label("service"));
    let title = TITLES.iter().find_map(|name| block.annotations.get(*name)).map(String::as_str).or(name).unwrap_or(&mail.subject);
    // As the alerts that Prometheus pushes are grouped: a mail does not tell its route.
    let group = format!("{{alertname={:?}, service={:?}}}", name.unwrap_or_default(), service.unwrap_or_default());
    let group_title = [name, service].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let found = Found {
        title: Some(title.to_owned()),
        group: Some((group, group_title)),
        severity: Some(severity::from_label(label("severity"))),
        started_at: mail.date,
        service: service.map(str::to_owned),
        link,
        ..Found::new(
            fingerprint(block.labels.iter().map(|(name, value)| (name.as_str(), value.as_str()))),
            block.standing.unwrap_or(Standing::Firing).state(None, mail.date, now),
        )
    };
    Found { labels: block.labels, annotations: block.annotations, ..found }
}
