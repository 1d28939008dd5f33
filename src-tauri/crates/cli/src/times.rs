//! Times as people type them: RFC 3339, `14:07` (the most recent one, local; of a time to come the next one), `-12m`, `20m`.

use chrono::{Days, LocalResult, NaiveDateTime, NaiveTime, TimeZone};
use domain::Timestamp;

/// What to say about a time that was not understood.
pub const FORMS: &str = "Write 2026-08-05T14:07:00Z, 14:07, or -12m.";

/// Reads a time. A bare clock time is the most recent one in `zone`, `now` included; `None` where it is no time.
pub fn parse<Z: TimeZone>(typed: &str, now: Timestamp, zone: &Z) -> Option<Timestamp> {
    let typed = typed.trim();
    if typed.eq_ignore_ascii_case("now") {
        return Some(now);
    }
    if let Some(span) = typed.strip_prefix('-') {
        return span_millis(span).map(|millis| now.plus_millis(-millis));
    }
    Timestamp::parse_rfc3339(typed).or_else(|| date_and_time(typed, zone)).or_else(|| clock_time(typed, now, zone))
}

/// What to say about a time to come that was not understood.
pub const FORMS_AHEAD: &str = "Write 20m, 1h30m, 14:07, or 2026-08-05T14:07:00Z.";

/// A time to come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ahead {
    /// That instant.
    At(Timestamp),
    /// So many minutes from now.
    In(u32),
}

impl Ahead {
    /// The two of which an operation takes one.
    pub const fn split(self) -> (Option<Timestamp>, Option<u32>) {
        match self {
            Self::At(at) => (Some(at), None),
            Self::In(minutes) => (None, Some(minutes)),
        }
    }
}

/// Reads a time to come. A bare clock time is the next one in `zone`; `None` where it is no such time.
pub fn ahead<Z: TimeZone>(typed: &str, now: Timestamp, zone: &Z) -> Option<Ahead> {
    let typed = typed.trim();
    if let Ok(minutes) = minutes(typed.strip_prefix('+').unwrap_or(typed)) {
        return Some(Ahead::In(minutes));
    }
    let exact = Timestamp::parse_rfc3339(typed).or_else(|| date_and_time(typed, zone));
    exact.or_else(|| next_clock_time(typed, now, zone)).map(Ahead::At)
}

/// Reads whole minutes: `15m`, `1h30m`, `2d`, or `15`.
pub fn minutes(typed: &str) -> Result<u32, String> {
    let typed = typed.trim();
    let minutes = typed.parse().ok().or_else(|| {
        let millis = span_millis(typed)?;
        (millis % 60_000 == 0).then(|| u32::try_from(millis / 60_000).ok()).flatten()
    });
    minutes.ok_or_else(|| "whole minutes or hours, such as 15m or 1h30m".to_owned())
}

/// Reads a span with its direction in seconds: `-1h`, `30m`, `+90s`.
pub fn seconds(typed: &str) -> Option<i64> {
    let typed = typed.trim();
    match typed.strip_prefix('-') {
        Some(span) => span_millis(span).map(|millis| -millis / 1_000),
        None => span_millis(typed.strip_prefix('+').unwrap_or(typed)).map(|millis| millis / 1_000),
    }
}

/// Reads `12m`, `1h30m`, `2d`, `90s`.
fn span_millis(text: &str) -> Option<i64> {
    let mut total: i64 = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: i64 = rest[..digits].parse().ok()?;
        let unit = match rest[digits..].chars().next()? {
            's' => 1_000,
            'm' => 60_000,
            'h' => 3_600_000,
            'd' => 86_400_000,
            'w' => 604_800_000,
            _ => return None,
        };
        total = total.checked_add(number.checked_mul(unit)?)?;
        rest = &rest[digits + 1..];
    }
    (!text.is_empty()).then_some(total)
}

fn date_and_time<Z: TimeZone>(typed: &str, zone: &Z) -> Option<Timestamp> {
    let forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"];
    let naive = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(typed, form).ok())?;
    local(naive, zone)
}

fn clock_time<Z: TimeZone>(typed: &str, now: Timestamp, zone: &Z) -> Option<Timestamp> {
    let forms = ["%H:%M", "%H:%M:%S"];
    let time = forms.iter().find_map(|form| NaiveTime::parse_from_str(typed, form).ok())?;
    let today = now.utc().with_timezone(zone).date_naive();
    (0..=2).filter_map(|back| local(today.checked_sub_days(Days::new(back))?.and_time(time), zone)).find(|at| *at <= now)
}

fn next_clock_time<Z: TimeZone>(typed: &str, now: Timestamp, zone: &Z) -> Option<Timestamp> {
    let time = NaiveTime::parse_from_str(typed, "%H:%M").ok()?;
    let today = now.utc().with_timezone(zone).date_naive();
    (0..=2).filter_map(|on| local(today.checked_add_days(Days::new(on))?.and_time(time), zone)).find(|at| *at > now)
}

/// A wall-clock reading as an instant: of two (clocks set back) the earlier, of none (clocks set ahead) nothing.
fn local<Z: TimeZone>(naive: NaiveDateTime, zone: &Z) -> Option<Timestamp> {
    match zone.from_local_datetime(&naive) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(Timestamp(at.timestamp_millis())),
        LocalResult::None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::FixedOffset;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).expect("a test's own time")
    }

    fn read(typed: &str) -> Option<Timestamp> {
        let zone = FixedOffset::east_opt(2 * 3600).expect("two hours");
        parse(typed, at("2026-08-05T12:30:00Z"), &zone)
    }

    #[test]
    fn a_clock_time_is_the_most_recent_one_where_the_person_is() {
        assert_eq!(read("14:07"), Some(at("2026-08-05T12:07:00Z")), "it is 14:30 here");
        assert_eq!(read("14:30"), Some(at("2026-08-05T12:30:00Z")), "now counts");
        assert_eq!(read("23:50"), Some(at("2026-08-04T21:50:00Z")), "last night");
        assert_eq!(read("9:05:30"), Some(at("2026-08-05T07:05:30Z")));
    }

    #[test]
    fn spans_reach_back() {
        assert_eq!(read("-12m"), Some(at("2026-08-05T12:18:00Z")));
        assert_eq!(read("-1h30m"), Some(at("2026-08-05T11:00:00Z")));
        assert_eq!(read("-2d"), Some(at("2026-08-03T12:30:00Z")));
        for nonsense in ["-", "-12", "-m", "-5x", "-99999999999999999999s", "-9223372036854775807w"] {
            assert_eq!(read(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn times_to_come() {
        let zone = FixedOffset::east_opt(2 * 3600).expect("two hours");
        let read = |typed| ahead(typed, at("2026-08-05T12:30:00Z"), &zone);
        assert_eq!((read("20m"), read("+1h30m"), read("45")), (Some(Ahead::In(20)), Some(Ahead::In(90)), Some(Ahead::In(45))));
        assert_eq!(read("14:31"), Some(Ahead::At(at("2026-08-05T12:31:00Z"))), "it is 14:30 here");
        assert_eq!(read("04:50"), Some(Ahead::At(at("2026-08-06T02:50:00Z"))), "tomorrow morning");
        assert_eq!(read("2026-08-05T15:00:00Z"), Some(Ahead::At(at("2026-08-05T15:00:00Z"))));
        assert_eq!((read("-20m"), read("soon"), read("")), (None, None, None));
    }

    #[test]
    fn spans_have_a_direction_and_minutes_are_whole() {
        assert_eq!((seconds("-1h"), seconds("30m"), seconds("+90s")), (Some(-3600), Some(1800), Some(90)));
        assert_eq!((seconds("an hour"), seconds("-"), seconds("5")), (None, None, None));
        assert_eq!((minutes("15m"), minutes("2h"), minutes("20")), (Ok(15), Ok(120), Ok(20)));
        assert!(minutes("90s").is_err() && minutes("-5m").is_err() && minutes("99999999d").is_err());
    }

    #[test]
    fn whole_times() {
        assert_eq!(read("2026-08-05T14:07:00+02:00"), Some(at("2026-08-05T12:07:00Z")));
        assert_eq!(read("2026-08-05 14:07"), Some(at("2026-08-05T12:07:00Z")), "without a zone it is the person's own");
        assert_eq!(read("25:00"), None);
        assert_eq!(read("yesterday"), None);
    }
}
