//! The lines of a paste in time: a day and a zone that a person named, and a key that stays when they are named anew.

use super::day::DayHint;
use super::{Chat, ChatLine, SaidAt};
use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::{GapInfo, Tz};
use domain::Timestamp;
use std::collections::HashMap;

/// A time of day that goes back by more than this is of the next day; by less, it is out of order (6 h).
const BACK: TimeDelta = TimeDelta::hours(6);

/// What a text leaves open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Anchor {
    /// The day of the first line whose day the text does not name; its year where the text names all but that.
    pub day: NaiveDate,
    /// Where the clock hung.
    pub zone: Tz,
    /// When the recording began.
    pub start: Option<Timestamp>,
}

/// A line with its place in time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placed {
    /// The speaker, as written.
    pub who: Option<String>,
    /// When it was said: where the text does not say, when the line before it was.
    pub at: Option<Timestamp>,
    /// What was said.
    pub text: String,
    /// The same for the same line whenever it is pasted again, in whichever zone.
    pub key: [u8; 16],
}

/// Gives each line its instant and its key, in the order of the text.
pub fn place(chat: &Chat, anchor: &Anchor) -> Vec<Placed> {
    let mut days = Calendar { anchor: anchor.day, current: None, last: None, relative: None, weekdays: [None; 7] };
    let mut keys = Keys::default();
    let mut at = None;
    let lines = chat.lines.iter().map(|line| {
        let local = match line.said {
            SaidAt::Wall { day, time } => Some((days.day_of(day, line.hint, time), time)),
            SaidAt::Instant(_) | SaidAt::Offset(_) | SaidAt::Unknown => None,
        };
        at = match line.said {
            SaidAt::Instant(instant) => Some(instant),
            SaidAt::Wall { .. } => local.and_then(|(day, time)| instant(anchor.zone, day, time)),
            SaidAt::Offset(millis) => anchor.start.map(|start| start.plus_millis(millis)),
            SaidAt::Unknown => at,
        };
        Placed { who: line.who.clone(), at, text: line.text.clone(), key: keys.of(line, local) }
    });
    lines.collect()
}

/// Which day it is, line by line.
struct Calendar {
    anchor: NaiveDate,
    current: Option<NaiveDate>,
    last: Option<NaiveTime>,
    /// A day that the text called so many days from today.
    relative: Option<(i64, NaiveDate)>,
    weekdays: [Option<NaiveDate>; 7],
}

impl Calendar {
    fn day_of(&mut self, named: Option<NaiveDate>, hint: Option<DayHint>, time: NaiveTime) -> NaiveDate {
        let day = match (named, hint, self.current) {
            (Some(day), _, _) => day,
            (None, Some(hint), _) => self.meant(hint),
            (None, None, None) => self.anchor,
            (None, None, Some(current)) => match self.last {
                Some(last) if last - time > BACK => moved(current, 1),
                Some(_) | None => current,
            },
        };
        (self.current, self.last) = (Some(day), Some(time));
        day
    }

    fn meant(&mut self, hint: DayHint) -> NaiveDate {
        match hint {
            DayHint::Today => self.days_from_today(0),
            DayHint::Yesterday => self.days_from_today(-1),
            DayHint::Date { month, day, weekday } => {
                let years = [0, -1, 1, -2, 2].into_iter().filter_map(|off| NaiveDate::from_ymd_opt(self.anchor.year() + off, month, day));
                let fits = |date: &NaiveDate| weekday.is_none_or(|weekday| date.weekday() == weekday);
                let near = |date: &NaiveDate| (*date - self.anchor).num_days().abs();
                years.min_by_key(|date| (!fits(date), near(date))).unwrap_or(self.anchor)
            }
            DayHint::Weekday(weekday) => {
                let index = weekday.num_days_from_monday();
                if let Some(known) = self.weekdays[index as usize] {
                    return known;
                }
                let gap = |from: NaiveDate| i64::from((7 + index - from.weekday().num_days_from_monday()) % 7);
                // The first is the last such day until the asked one; those that follow are later in the same week.
                let day =
                    self.current.map_or_else(|| moved(self.anchor, (gap(self.anchor) - 7) % 7), |current| moved(current, gap(current)));
                self.weekdays[index as usize] = Some(day);
                day
            }
        }
    }

    fn days_from_today(&mut self, days: i64) -> NaiveDate {
        let day = match (self.relative, self.current) {
            (Some((known, day)), _) => return moved(day, days - known),
            (None, None) => self.anchor,
            // The text came from another day to this one.
            (None, Some(current)) => moved(current, 1).max(if current < self.anchor { moved(self.anchor, days) } else { current }),
        };
        self.relative = Some((days, day));
        day
    }
}

fn moved(day: NaiveDate, days: i64) -> NaiveDate {
    let by = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(by) } else { day.checked_add_days(by) };
    moved.unwrap_or(day)
}

/// A local time as an instant: the earlier one where clocks go back, the end of the gap where they go forward.
fn instant(zone: Tz, day: NaiveDate, time: NaiveTime) -> Option<Timestamp> {
    let local = day.and_time(time);
    let found = zone.from_local_datetime(&local).earliest();
    let found = found.or_else(|| GapInfo::new(&local, &zone).and_then(|gap| gap.end))?;
    Some(Timestamp::from(found.with_timezone(&Utc)))
}

/// Keys of the lines of one paste.
#[derive(Default)]
struct Keys {
    seen: HashMap<[u8; 16], u32>,
    said: Vec<u8>,
}

impl Keys {
    /// Of what the text says: who, on which day and minute of a clock somewhere, in which words, and the how-manieth such.
    fn of(&mut self, line: &ChatLine, local: Option<(NaiveDate, NaiveTime)>) -> [u8; 16] {
        let said = &mut self.said;
        said.clear();
        push_lower(line.who.as_deref().unwrap_or_default(), said);
        said.push(0);
        match (line.said, local) {
            (_, Some((day, time))) => {
                said.push(b'w');
                said.extend(day.num_days_from_ce().to_le_bytes());
                said.extend((time.num_seconds_from_midnight() / 60).to_le_bytes());
            }
            (SaidAt::Instant(instant), None) => {
                said.push(b'i');
                said.extend(instant.millis().to_le_bytes());
            }
            (SaidAt::Offset(millis), None) => {
                said.push(b'o');
                said.extend(millis.div_euclid(1000).to_le_bytes());
            }
            (SaidAt::Wall { .. } | SaidAt::Unknown, None) => said.push(b'u'),
        }
        for word in line.text.split_whitespace() {
            said.push(b' ');
            said.extend_from_slice(word.as_bytes());
        }
        let key = short(said);
        let count = self.seen.entry(key).or_insert(0);
        *count += 1;
        if *count == 1 {
            return key;
        }
        short(&[key.as_slice(), &count.to_le_bytes()].concat())
    }
}

fn push_lower(text: &str, out: &mut Vec<u8>) {
    if text.is_ascii() {
        out.extend(text.bytes().map(|byte| byte.to_ascii_lowercase()));
    } else {
        out.extend_from_slice(text.to_lowercase().as_bytes());
    }
}

/// 16 bytes of the digest: two different lines of one incident do not meet by chance.
fn short(said: &[u8]) -> [u8; 16] {
    let mut key = [0; 16];
    key.copy_from_slice(&blake3::hash(said).as_bytes()[..16]);
    key
}
