//! A weekly shift: `mon-fri 09:00-17:00` in the person's own zone. Says whether somebody is on shift, and until when.

use crate::Timestamp;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::fmt;

const NAMES: [(&str, Weekday); 7] = [
    ("mon", Weekday::Mon),
    ("tue", Weekday::Tue),
    ("wed", Weekday::Wed),
    ("thu", Weekday::Thu),
    ("fri", Weekday::Fri),
    ("sat", Weekday::Sat),
    ("sun", Weekday::Sun),
];

/// Days and hours; hours that end before they begin run into the next day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Shift {
    /// Days on which it begins, Monday first.
    pub days: [bool; 7],
    /// Minutes after midnight at which it begins.
    pub from: u16,
    /// Minutes after midnight at which it ends.
    pub to: u16,
}

/// Where somebody stands with their shift.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnShift {
    /// At work until then.
    Until(Timestamp),
    /// Off until then.
    From(Timestamp),
}

impl Shift {
    /// Reads `mon-fri 09:00-17:00`, `sat,sun 8-20`, `daily 22:00-06:00`.
    pub fn parse(typed: &str) -> Option<Self> {
        let lower = typed.trim().to_lowercase();
        let (days, hours) = match lower.rsplit_once(' ') {
            Some((days, hours)) => (days_of(days)?, hours),
            None => ([true; 7], lower.as_str()),
        };
        let (from, to) = hours.split_once('-')?;
        let (from, to) = (clock(from)?, clock(to)?);
        (days.iter().any(|day| *day) && from != to).then_some(Self { days, from: from % 1440, to })
    }

    /// Where `at` lies, in the zone by its IANA name.
    pub fn at(&self, at: Timestamp, zone: &str) -> Option<OnShift> {
        let zone: Tz = zone.parse().ok()?;
        let today = at.utc().with_timezone(&zone).date_naive();
        let mut begins_next = None;
        for offset in -1..=8_i64 {
            let day = if offset < 0 { today.checked_sub_days(Days::new(1))? } else { today.checked_add_days(Days::new(offset as u64))? };
            if !self.days[day.weekday().num_days_from_monday() as usize] {
                continue;
            }
            let begin = instant(zone, day, self.from)?;
            let end = if self.to > self.from { instant(zone, day, self.to)? } else { instant(zone, day.succ_opt()?, self.to)? };
            if begin <= at && at < end {
                return Some(OnShift::Until(end));
            }
            if begin > at {
                begins_next = Some(begin);
                break;
            }
        }
        begins_next.map(OnShift::From)
    }
}

impl fmt::Display for Shift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = vec![];
        let mut day = 0;
        while day < 7 {
            let run = self.days[day..].iter().take_while(|on| **on).count();
            match run {
                0 => {}
                1 => parts.push(NAMES[day].0.into()),
                _ => parts.push(format!("{}-{}", NAMES[day].0, NAMES[day + run - 1].0)),
            }
            day += run.max(1);
        }
        let days = if self.days == [true; 7] { String::from("daily") } else { parts.join(",") };
        write!(f, "{days} {:02}:{:02}-{:02}:{:02}", self.from / 60, self.from % 60, self.to / 60, self.to % 60)
    }
}

fn days_of(typed: &str) -> Option<[bool; 7]> {
    let mut days = [false; 7];
    for part in typed.split([',', ' ']).filter(|part| !part.is_empty()) {
        if matches!(part, "daily" | "every" | "day" | "all") {
            return Some([true; 7]);
        }
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (weekday(first)?, weekday(last)?);
        let mut day = first;
        loop {
            days[day] = true;
            if day == last {
                break;
            }
            day = (day + 1) % 7;
        }
    }
    Some(days)
}

fn weekday(typed: &str) -> Option<usize> {
    NAMES.iter().position(|(name, _)| typed.len() >= 3 && typed.starts_with(name))
}

fn clock(typed: &str) -> Option<u16> {
    let (hours, minutes) = typed.trim().split_once(':').unwrap_or((typed.trim(), "0"));
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let all = hours.checked_mul(60)?.checked_add(minutes)?;
    (minutes < 60 && all <= 1440).then_some(all)
}

/// A local time as an instant: the earlier one where clocks go back, the one after the gap where they go forward.
fn instant(zone: Tz, day: NaiveDate, minutes: u16) -> Option<Timestamp> {
    let (day, minutes) = if minutes >= 1440 { (day.succ_opt()?, minutes - 1440) } else { (day, minutes) };
    let time = NaiveTime::from_num_seconds_from_midnight_opt(u32::from(minutes) * 60, 0)?;
    let local = day.and_time(time);
    let found = zone.from_local_datetime(&local).earliest();
    let found: DateTime<Tz> = found.or_else(|| zone.from_local_datetime(&(local + chrono::TimeDelta::hours(1))).earliest())?;
    Some(Timestamp::from(found.with_timezone(&Utc)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).expect("a time")
    }

    #[test]
    fn a_shift_reads_back_as_it_is_written() {
        for (typed, written) in [
            ("mon-fri 09:00-17:00", "mon-fri 09:00-17:00"),
            ("Mon,Wed 8-16", "mon,wed 08:00-16:00"),
            ("22:00-06:00", "daily 22:00-06:00"),
            ("sat-mon 0-24", "mon,sat-sun 00:00-24:00"),
        ] {
            let shift = Shift::parse(typed).unwrap_or_else(|| panic!("{typed} is a shift"));
            assert_eq!(shift.to_string(), written);
            assert_eq!(Shift::parse(written), Some(shift), "{written} reads back");
        }
        for wrong in ["mon 1093:00-17:00", "65535-0:59", "24:59-1", "", "mon", "mon 9", "xyz 9-17", "mon 9-9", "mon 25-26"] {
            assert_eq!(Shift::parse(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn somebody_is_on_shift_by_their_own_clock() {
        let shift = Shift::parse("mon-fri 09:00-17:00").expect("a shift");
        let berlin = |text| shift.at(at(text), "Europe/Berlin");
        assert_eq!(berlin("2026-11-23T08:30:00Z"), Some(OnShift::Until(at("2026-11-23T16:00:00Z"))));
        assert_eq!(berlin("2026-11-23T03:00:00Z"), Some(OnShift::From(at("2026-11-23T08:00:00Z"))), "3 a.m. on Monday");
        assert_eq!(berlin("2026-11-27T18:00:00Z"), Some(OnShift::From(at("2026-11-30T08:00:00Z"))), "Friday evening");
        assert_eq!(shift.at(at("2026-11-23T08:30:00Z"), "Nowhere/Atall"), None);
    }

    #[test]
    fn a_night_shift_runs_into_the_next_day_and_across_summer_time() {
        let night = Shift::parse("sat 22:00-06:00").expect("a shift");
        assert_eq!(night.at(at("2026-10-25T01:30:00Z"), "Europe/Berlin"), Some(OnShift::Until(at("2026-10-25T05:00:00Z"))));
    }
}
