//! How places did that are tried, said of the tries and of nothing between them.

use crate::dto::UptimeView;
use domain::Timestamp;
use store::Uptime;

/// Days that are counted.
pub(super) const DAYS: i64 = 30;
pub(super) const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

pub(super) fn view(uptime: &Uptime, now: Timestamp) -> UptimeView {
    let mean_ms = uptime.took_ms.checked_div(uptime.answered);
    UptimeView {
        since: uptime.since,
        tries: uptime.tries,
        well: uptime.well,
        mean_ms,
        last_at: uptime.last.at,
        last_well: uptime.last.well,
        last_ms: uptime.last.took_ms,
        sentence: sentence(uptime, mean_ms, now),
    }
}

fn sentence(uptime: &Uptime, mean_ms: Option<u64>, now: Timestamp) -> String {
    let tries = if uptime.tries == 1 { "1 try".to_owned() } else { format!("{} tries", uptime.tries) };
    let days = match now.since(uptime.since).max(0) / DAY_MS + 1 {
        1 => "today".to_owned(),
        days => format!("in {} days", days.min(DAYS)),
    };
    let takes = mean_ms.map_or_else(|| "no answer".to_owned(), |ms| format!("an answer takes {ms} ms"));
    format!("As expected in {} of {tries} {days}; {takes}", share(uptime.well, uptime.tries))
}

/// Rounded down, so that only what never failed is called 100 %.
fn share(well: u64, tries: u64) -> String {
    let hundredths = (well * 10_000).checked_div(tries).unwrap_or_default();
    match hundredths % 100 {
        0 => format!("{} %", hundredths / 100),
        rest => format!("{}.{rest:02} %", hundredths / 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::Tried;

    fn said(tries: u64, well: u64, answered: u64, days: i64) -> String {
        let last = Tried { at: Timestamp(0), well: true, took_ms: None };
        let uptime = Uptime { since: Timestamp(0), tries, well, answered, took_ms: answered * 84, last };
        view(&uptime, Timestamp(days * DAY_MS)).sentence
    }

    #[test]
    fn it_claims_no_more_than_was_tried() {
        assert_eq!(said(1, 1, 1, 0), "As expected in 100 % of 1 try today; an answer takes 84 ms");
        assert_eq!(said(100_000, 99_999, 99_999, 40), "As expected in 99.99 % of 100000 tries in 30 days; an answer takes 84 ms");
        assert_eq!(said(4, 3, 4, 2), "As expected in 75 % of 4 tries in 3 days; an answer takes 84 ms");
        assert_eq!(said(3, 0, 0, 0), "As expected in 0 % of 3 tries today; no answer");
    }
}
