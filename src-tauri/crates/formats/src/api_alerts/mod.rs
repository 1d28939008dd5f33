//! Answers of APIs that are asked what fires now: Prometheus, Alertmanager, Grafana and PagerDuty.
//!
//! Whatever is listed fires and does not lapse; who asks sees by [`ended`] what is listed no more. Keys of an Alertmanager
//! and a Grafana are those of their webhooks. An item that does not read is refused and costs no other.

mod alertmanager;
mod pagerduty;
mod prometheus;

use crate::Parsed;
use std::collections::BTreeSet;

pub use alertmanager::{INHIBITED_BY, MUTED_BY, SILENCED_BY, alertmanager, grafana};
pub use pagerduty::{incidents, more};
pub use prometheus::prometheus;

/// Which of the keys that fired `before` an answer lists no more. None, where a part of the answer did not read: the
/// missing ones may be among that.
pub fn ended<'k>(before: &'k BTreeSet<String>, answer: &Parsed) -> Vec<&'k str> {
    if !answer.refused.is_empty() {
        return vec![];
    }
    let listed: BTreeSet<&str> = answer.signals.iter().map(|signal| signal.key.as_str()).collect();
    before.iter().map(String::as_str).filter(|key| !listed.contains(key)).collect()
}
