//! Wall-clock instants and the hybrid logical clock. "Now" is always passed in; nothing here reads a clock.

use chrono::{DateTime, SecondsFormat, TimeZone, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use ts_rs::TS;

/// An instant in milliseconds since 1970 UTC: RFC 3339 text where people or scripts read it, an integer in the ledger.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, TS)]
#[ts(type = "string")]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Milliseconds since 1970 UTC.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// This instant moved by `millis` (negative: earlier), held at the ends of the number range.
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// This instant moved by whole seconds.
    pub const fn plus_secs(self, secs: i64) -> Self {
        self.plus_millis(secs.saturating_mul(1000))
    }

    /// Milliseconds from `earlier` to this instant; negative where the order is the other way.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The same instant for calendar arithmetic.
    pub fn utc(self) -> DateTime<Utc> {
        Utc.timestamp_millis_opt(self.0).single().unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// `14:07 UTC`: the time of day as a person reads it within a sentence.
    pub fn time_of_day(self) -> String {
        self.utc().format("%H:%M UTC").to_string()
    }

    /// `2026-11-23`: the day in UTC, as a person reads it within a sentence.
    pub fn date(self) -> String {
        self.utc().format("%Y-%m-%d").to_string()
    }

    /// Reads RFC 3339; `None` where it is anything else.
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|t| Self(t.timestamp_millis()))
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(t: DateTime<Utc>) -> Self {
        Self(t.timestamp_millis())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.utc().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() { s.collect_str(self) } else { s.serialize_i64(self.0) }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        if !d.is_human_readable() {
            return i64::deserialize(d).map(Self);
        }
        let text = String::deserialize(d)?;
        Self::parse_rfc3339(&text).ok_or_else(|| serde::de::Error::custom(format!("{text:?} is not an RFC 3339 time")))
    }
}

/// Wall-clock jumps beyond this are flagged rather than followed (24 h, in milliseconds).
pub const JUMP_LIMIT_MS: i64 = 24 * 60 * 60 * 1000;

/// A hybrid logical clock reading: 48 bits of milliseconds, 16 bits of counter, ordered as one number.
/// It orders events; the wall clock is what people are shown. (Kulkarni et al., 2014.)
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hlc(pub u64);

impl Hlc {
    /// Largest wall-clock part: what lies in the ledger is a signed number, which leaves 47 bits (the year 6429).
    const LAST_MILLIS: u64 = (1 << 47) - 1;

    /// Builds a reading from its parts.
    pub const fn new(millis: u64, counter: u16) -> Self {
        Self(millis << 16 | counter as u64)
    }

    /// The wall-clock part in milliseconds since 1970 UTC.
    pub const fn millis(self) -> u64 {
        self.0 >> 16
    }

    /// The next reading on this device at wall time `now`: always later than `self`, even when the clock jumped back;
    /// a full counter carries into the milliseconds. A clock beyond what fits is held there.
    pub const fn tick(self, now: Timestamp) -> Self {
        let wall = if now.0 < 0 { 0 } else { now.0 as u64 };
        let wall = if wall > Self::LAST_MILLIS { Self::LAST_MILLIS } else { wall };
        if wall > self.millis() { Self::new(wall, 0) } else { Self(self.0.saturating_add(1)) }
    }

    /// Whether `now` lies more than [`JUMP_LIMIT_MS`] behind or ahead of the last reading.
    pub const fn jumped(self, now: Timestamp) -> bool {
        self.0 != 0 && now.0.saturating_sub(self.millis() as i64).unsigned_abs() > JUMP_LIMIT_MS.unsigned_abs()
    }
}

#[cfg(test)]
mod tests;
