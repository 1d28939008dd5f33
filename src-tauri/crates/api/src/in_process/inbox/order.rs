//! The order of the inbox, and the small picture of how a group came.

use super::reading::SPARK_MINUTES;
use domain::alarms::Verdict;
use domain::{AlertSeverity, Timestamp};
use store::GroupRow;

/// What rang and has no answer comes first, then the worst, then the oldest; at the end what somebody looks at.
pub(super) fn key(row: &GroupRow) -> (bool, bool, AlertSeverity, Timestamp) {
    let rang = row.noise.as_ref().is_some_and(|noise| matches!(noise.verdict, Verdict::Rings(_)));
    (row.acknowledged_by.is_some(), !rang, row.severity, row.first_at)
}

/// Beginnings in each of the last minutes, the oldest first.
pub(super) fn spark(begun: &[Timestamp], now: Timestamp) -> Vec<u32> {
    let mut bars = vec![0; SPARK_MINUTES];
    for at in begun {
        let minutes_ago = now.since(*at).max(0) / 60_000;
        if let Some(bar) = usize::try_from(minutes_ago).ok().and_then(|ago| SPARK_MINUTES.checked_sub(ago + 1)) {
            bars[bar] += 1;
        }
    }
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spark_has_a_bar_a_minute_the_present_one_last() {
        let now = Timestamp(100 * 60_000);
        let ago = |millis: i64| now.plus_millis(-millis);
        let bars = spark(&[ago(0), ago(59_999), ago(60_000), ago(29 * 60_000), ago(30 * 60_000), ago(-5)], now);
        assert_eq!((bars.len(), bars[29], bars[28], bars[0]), (30, 3, 1, 1), "half an hour ago is no more");
        assert_eq!(bars.iter().sum::<u32>(), 5);
    }
}
