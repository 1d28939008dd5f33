//! The clock on a wall as instants. A chat goes on for hours without a change of its clock, so the table of the world's
//! zones is asked once an hour of it.

use chrono::{LocalResult, NaiveDate, NaiveTime, Offset, TimeZone, Timelike, Utc};
use chrono_tz::{GapInfo, Tz};
use domain::Timestamp;

/// A clock on a wall.
pub struct Wall {
    zone: Tz,
    /// The hour that was asked last, where the clock did not change in it.
    hour: Option<Hour>,
}

#[derive(Clone, Copy)]
struct Hour {
    day: NaiveDate,
    hour: u32,
    /// When it began.
    from: i64,
}

/// Milliseconds of an hour.
const HOUR: u32 = 60 * 60 * 1000;

impl Wall {
    /// A clock of that zone.
    pub fn of(zone: Tz) -> Self {
        Self { zone, hour: None }
    }

    /// A local time as an instant: the earlier one where clocks go back, the end of the gap where they go forward.
    pub fn instant(&mut self, day: NaiveDate, time: NaiveTime) -> Option<Timestamp> {
        let millis = time.num_seconds_from_midnight() * 1000 + time.nanosecond() / 1_000_000;
        let hour = millis / HOUR;
        if self.hour.is_none_or(|known| known.day != day || known.hour != hour) {
            self.hour = steady(self.zone, day, hour);
        }
        match self.hour {
            Some(known) => Some(Timestamp(known.from + i64::from(millis % HOUR))),
            None => asked(self.zone, day, time),
        }
    }
}

/// An hour on whose first and last moment the clock is as far from Greenwich, and which happens once.
fn steady(zone: Tz, day: NaiveDate, hour: u32) -> Option<Hour> {
    let begin = day.and_hms_opt(hour, 0, 0)?;
    let end = day.and_hms_milli_opt(hour, 59, 59, 999)?;
    match (zone.offset_from_local_datetime(&begin), zone.offset_from_local_datetime(&end)) {
        (LocalResult::Single(first), LocalResult::Single(last)) if first.fix() == last.fix() => {
            let east = i64::from(first.fix().local_minus_utc());
            Some(Hour { day, hour, from: begin.and_utc().timestamp_millis() - east * 1000 })
        }
        _ => None,
    }
}

fn asked(zone: Tz, day: NaiveDate, time: NaiveTime) -> Option<Timestamp> {
    let local = day.and_time(time);
    let found = zone.from_local_datetime(&local).earliest();
    let found = found.or_else(|| GapInfo::new(&local, &zone).and_then(|gap| gap.end))?;
    Some(Timestamp::from(found.with_timezone(&Utc)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_at_hand_says_what_the_table_says() {
        for (zone, day, why) in [
            ("Europe/Berlin", "2026-10-25", "an hour comes twice"),
            ("Europe/Berlin", "2026-03-29", "an hour is left out"),
            ("Australia/Lord_Howe", "2026-04-05", "half an hour comes twice"),
            ("Pacific/Apia", "2011-12-30", "a day is left out"),
            ("Asia/Kathmandu", "1986-01-01", "a quarter is left out"),
            ("Africa/Monrovia", "1972-01-07", "44 minutes and 30 seconds are left out"),
            ("UTC", "2026-11-23", "nothing happens"),
        ] {
            let (zone, day) = (zone.parse().expect("a zone"), day.parse().expect("a day"));
            let mut wall = Wall::of(zone);
            for second in (0..24 * 60 * 60).step_by(25) {
                let time = NaiveTime::from_num_seconds_from_midnight_opt(second, 7_000_000).expect("a time");
                assert_eq!(wall.instant(day, time), asked(zone, day, time), "{time} on {day} in {zone}, where {why}");
            }
        }
    }
}
