//! How old a fact is and when something was: short, in whole minutes, UTC first.

use chrono::{DateTime, Datelike, TimeZone, Utc};
use chrono_tz::Tz;
use domain::Timestamp;

/// Last instant that calendars are asked about (9999-12-30 UTC, in milliseconds): beyond it no zone can be applied.
const LAST: i64 = 253_402_214_399_999;

/// How long ago `at` was, seen from `now`: `just now`, `17 min`, `2 h 5 min`, `1 d 4 h`, `3 d`. What lies ahead is `just now`.
pub fn ago(at: Timestamp, now: Timestamp) -> String {
    let parts = Parts::of(now.since(at));
    if parts.is_short() { String::from("just now") } else { parts.to_string() }
}

/// When `at` was: `14:36 UTC`, with the day where that is another one than at `now`, and in the zone beside it where clocks
/// there show something else: `14:36 UTC (15:36 Berlin)`.
pub fn clock(at: Timestamp, now: Timestamp, zone: Tz) -> String {
    let utc = utc(at, now);
    local(at, zone).map_or_else(|| utc.clone(), |(clock, place)| format!("{utc} ({clock} {place})"))
}

/// When `at` was in UTC alone.
pub fn utc(at: Timestamp, now: Timestamp) -> String {
    let (at, now) = (calendar(at), calendar(now));
    format!("{}{} UTC", day(&at, &now), at.format("%H:%M"))
}

/// A length of time: `under a minute`, `17 min`, `2 h 5 min`.
pub fn length(millis: i64) -> String {
    let parts = Parts::of(millis);
    if parts.is_short() { String::from("under a minute") } else { parts.to_string() }
}

/// The clock of the zone and the place it is named after, where it differs from UTC.
pub(crate) fn local(at: Timestamp, zone: Tz) -> Option<(String, String)> {
    let utc = calendar(at);
    let there = utc.with_timezone(&zone);
    let place = zone.name().rsplit('/').next().unwrap_or(zone.name()).replace('_', " ");
    let differs = there.naive_local() != utc.naive_utc();
    differs.then(|| (format!("{}{}", day(&there, &utc), there.format("%H:%M")), place))
}

/// An instant for calendar arithmetic, held within what every zone can show.
pub(crate) fn calendar(at: Timestamp) -> DateTime<Utc> {
    Timestamp(at.0.clamp(0, LAST)).utc()
}

/// The day with a space behind it, where it is another one than `today`.
fn day<A: TimeZone, B: TimeZone>(at: &DateTime<A>, today: &DateTime<B>) -> String {
    let (date, today) = (at.naive_local().date(), today.naive_local().date());
    match (date == today, date.year() == today.year()) {
        (true, _) => String::new(),
        (false, true) => date.format("%a %-d %b ").to_string(),
        (false, false) => date.format("%a %-d %b %Y ").to_string(),
    }
}

/// Days, hours and minutes of a length of time; the smallest are left out where they no longer matter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Parts {
    pub days: u64,
    pub hours: u64,
    pub minutes: u64,
}

impl Parts {
    /// The parts of `millis`; none of a negative length.
    pub const fn of(millis: i64) -> Self {
        let minutes = if millis < 0 { 0 } else { millis.unsigned_abs() / 60_000 };
        let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
        match days {
            0 => Self { days, hours, minutes },
            1 | 2 => Self { days, hours, minutes: 0 },
            _ => Self { days, hours: 0, minutes: 0 },
        }
    }

    /// Whether it is less than a minute.
    pub const fn is_short(self) -> bool {
        self.days == 0 && self.hours == 0 && self.minutes == 0
    }

    /// Those that are not zero, with their units in short.
    pub fn named(self) -> impl Iterator<Item = (u64, &'static str)> {
        [(self.days, "d"), (self.hours, "h"), (self.minutes, "min")].into_iter().filter(|(number, _)| *number > 0)
    }
}

impl std::fmt::Display for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts: Vec<String> = self.named().map(|(number, unit)| format!("{number} {unit}")).collect();
        f.write_str(&parts.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 14:00 on a Monday, UTC.
    const START: Timestamp = Timestamp(1_773_064_800_000);

    #[test]
    fn ages_are_short() {
        let cases = [
            (-90, "just now"),
            (59, "just now"),
            (60, "1 min"),
            (17 * 60, "17 min"),
            (3 * 3600, "3 h"),
            (2 * 3600 + 5 * 60, "2 h 5 min"),
            (28 * 3600 + 60, "1 d 4 h"),
            (75 * 3600, "3 d"),
        ];
        for (secs, expected) in cases {
            assert_eq!(ago(START, START.plus_secs(secs)), expected, "{secs} s");
        }
    }

    #[test]
    fn clocks_show_utc_first_and_the_day_where_it_is_another() {
        let berlin: Tz = chrono_tz::Europe::Berlin;
        assert_eq!(clock(START, START, Tz::UTC), "14:00 UTC");
        assert_eq!(clock(START, START, chrono_tz::Europe::London), "14:00 UTC", "London shows the same in winter");
        assert_eq!(clock(START, START, berlin), "14:00 UTC (15:00 Berlin)");
        assert_eq!(clock(START, START.plus_secs(86_400), berlin), "Mon 9 Mar 14:00 UTC (15:00 Berlin)");
        assert_eq!(clock(START.plus_secs(34_200), START, berlin), "23:30 UTC (Tue 10 Mar 00:30 Berlin)");
        assert_eq!(utc(START, START.plus_secs(400 * 86_400)), "Mon 9 Mar 2026 14:00 UTC");
    }

    #[test]
    fn no_instant_is_too_far_away_to_be_shown() {
        for at in [i64::MIN, -1, 0, i64::MAX] {
            let shown = clock(Timestamp(at), START, chrono_tz::Pacific::Kiritimati);
            assert!(shown.contains("UTC"), "{at}: {shown}");
        }
    }
}
