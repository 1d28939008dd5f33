//! Tells a tool what became of its alerts: that somebody looks, or that their incident is resolved. Only where a person set
//! in whose name, and only what is still true when it goes.

use crate::command::{Act, Ingest, PostOutcome};
use crate::failure::Failure;
use crate::outbox::Outbox;
use crate::ports::{Posted, Poster, Reply, ReplyKind};
use domain::alerts::AlertStatus;
use domain::home::Home;
use domain::incidents::Status;
use domain::{GroupId, IncidentId, SourceName};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Effect, Reader, StoreError};
use uuid::Uuid;

/// Time in which a person may take an acknowledgement back before anybody is told (5 s).
pub(crate) const ACKNOWLEDGED_AFTER_MS: i64 = 5_000;
/// And a resolution (1 min): what ended at the tool does not come back.
pub(crate) const RESOLVED_AFTER_MS: i64 = 60_000;
/// Alerts told of in one go: PagerDuty takes so many and no more.
const ALERTS_AT_ONCE: usize = 250;
/// Alerts of one group that are told of: as many as one request may have brought.
const ALERTS_OF_GROUP: usize = domain::alerts::BATCH_LIMIT;
/// Tries until it is given up, and said with the source.
const TRIES: u32 = 8;

/// Whether the tool behind a source is told.
pub(crate) fn is_told(home: &Home, source: &SourceName) -> bool {
    home.sources.get(source).is_some_and(|source| source.settings.reply_as.is_some())
}

/// What is true now of an incident, or of the group of that id, and of which groups; `None` where it was taken back. An
/// exercise ends nothing that is real.
fn still_true(reader: &Reader, about: Uuid) -> Result<Option<(ReplyKind, Vec<GroupId>)>, StoreError> {
    if let Some(incident) = reader.incident(IncidentId(about))? {
        let is_over = matches!(incident.status.value, Status::Resolved | Status::Closed) && !incident.drill;
        return Ok(is_over.then(|| (ReplyKind::Resolved, incident.groups.keys().copied().collect())));
    }
    let group = reader.group(GroupId(about))?.filter(|group| group.acknowledged_by.is_some());
    Ok(group.map(|group| (ReplyKind::Acknowledged, vec![group.id])))
}

/// The keys of what fires in groups, by source.
fn firing(reader: &Reader, groups: &[GroupId], home: &Home) -> Result<BTreeMap<SourceName, Vec<String>>, StoreError> {
    let mut keys: BTreeMap<SourceName, Vec<String>> = BTreeMap::new();
    for group in groups {
        for alert in reader.alerts_of(*group, ALERTS_OF_GROUP)? {
            if alert.status == AlertStatus::Firing && is_told(home, &alert.source) {
                keys.entry(alert.source).or_default().push(alert.key);
            }
        }
    }
    Ok(keys)
}

impl Outbox {
    /// Tells every tool concerned; one that cannot be told now is told later, with the others again.
    pub(crate) async fn reply(&self, poster: &Arc<dyn Poster>, effect: Effect) {
        let (id, about, home) = (effect.id, effect.incident.0, self.engine.home());
        let asked = home.clone();
        let read = move |reader: &Reader| {
            let Some((what, groups)) = still_true(reader, about)? else { return Ok(None) };
            Ok(Some((what, firing(reader, &groups, &asked)?)))
        };
        let (what, sources) = match self.engine.read(read).await {
            Ok(Some(told)) => told,
            Ok(None) => return self.give_up(id).await,
            Err(fault) => return tracing::warn!(%fault, "what a tool is told"),
        };
        match self.submit(Act::Claim(id)).await {
            Ok(_) => {}
            Err(Failure::EffectGone) => return,
            Err(fault) => return tracing::warn!(%fault, "claim of a reply"),
        }
        let mut outcome = PostOutcome::Sent { receipt: None };
        for (source, keys) in &sources {
            let Some(known) = home.sources.get(source) else { continue };
            let Some(reply_as) = &known.settings.reply_as else { continue };
            for keys in keys.chunks(ALERTS_AT_ONCE) {
                let (url, reply_as, keys) = (known.settings.url.clone(), reply_as.clone(), keys.to_vec());
                match poster.reply(Reply { effect: id, source: source.clone(), url, reply_as, keys, what }).await {
                    Posted::Delivered { .. } => {}
                    Posted::Later { why, after } if effect.attempt < TRIES => outcome = self.later(&effect, why, after),
                    Posted::Later { why, .. } | Posted::Refused(why) | Posted::Unknown(why) => {
                        self.say(source.clone(), &why).await;
                        // What another part waits for comes again in any case.
                        if !matches!(outcome, PostOutcome::Later { .. }) {
                            outcome = PostOutcome::Failed { why };
                        }
                    }
                }
            }
        }
        self.settle_post(id, outcome).await;
    }

    /// What the tool did not take stands with its source, for a person to look at.
    async fn say(&self, source: SourceName, why: &str) {
        let refused = vec![(why.to_owned(), vec![])];
        let ingest = Ingest { source, signals: vec![], changes: vec![], refused, received_at: self.engine.now() };
        if let Err(fault) = self.engine.ingest(ingest).await {
            tracing::warn!(%fault, "why a tool was not told");
        }
    }
}
