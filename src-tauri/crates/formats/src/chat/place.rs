//! The lines of a paste in time: a day and a zone that a person named, and a key that stays when they are named anew.

use super::day::DayHint;
use super::keys::keys;
use super::zone::Wall;
use super::{Chat, SaidAt, Words};
use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeDelta};
use chrono_tz::Tz;
use domain::Timestamp;

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

/// Where a line lies in time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment {
    /// When it was said: where the text does not say, when the line before it was.
    pub at: Option<Timestamp>,
    /// What the clock on the wall said, where it is that which the text gives.
    pub local: Option<(NaiveDate, NaiveTime)>,
}

/// A line with its place in time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placed {
    /// The speaker, as written.
    pub who: Option<Words>,
    /// See [`Moment::at`].
    pub at: Option<Timestamp>,
    /// What was said.
    pub text: Words,
    /// See [`keys`].
    pub key: [u8; 16],
}

/// Gives each line its instant and its key, in the order of the text.
pub fn place(chat: &Chat, anchor: &Anchor) -> Vec<Placed> {
    let moments = moments(chat, anchor);
    let keys = keys(chat, &moments);
    let placed = chat.lines.iter().zip(moments).zip(keys);
    placed.map(|((line, Moment { at, .. }), key)| Placed { who: line.who.clone(), at, text: line.text.clone(), key }).collect()
}

/// Gives each line its place in time, in the order of the text.
pub fn moments(chat: &Chat, anchor: &Anchor) -> Vec<Moment> {
    let mut days = Calendar { anchor: anchor.day, current: None, last: None, relative: None, weekdays: [None; 7] };
    let mut wall = Wall::of(anchor.zone);
    let mut before = None;
    let moments = chat.lines.iter().map(|line| {
        let local = match line.said {
            SaidAt::Wall { day, time } => Some((days.day_of(day, line.hint, time), time)),
            SaidAt::Instant(_) | SaidAt::Offset(_) | SaidAt::Unknown => None,
        };
        let at = match line.said {
            SaidAt::Instant(instant) => Some(instant),
            SaidAt::Wall { .. } => local.and_then(|(day, time)| wall.instant(day, time)),
            SaidAt::Offset(millis) => anchor.start.map(|start| start.plus_millis(millis)),
            SaidAt::Unknown => before,
        };
        before = at;
        Moment { at, local }
    });
    moments.collect()
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
