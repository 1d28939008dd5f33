//! The two clocks: text and numbers, and that order never goes back.

use super::*;
use proptest::prelude::*;

#[test]
fn the_clock_never_goes_back() {
    let at = Hlc::new(1_000, 0);
    assert_eq!(at.tick(Timestamp(999)), Hlc::new(1_000, 1), "a clock set back only counts");
    assert_eq!(Hlc::new(1_000, u16::MAX).tick(Timestamp(1_000)), Hlc::new(1_001, 0), "a full counter carries into the milliseconds");
    assert_eq!(at.tick(Timestamp(2_000)), Hlc::new(2_000, 0), "a clock that moved on is followed");
    assert_eq!(Hlc::default().tick(Timestamp(-5)), Hlc::new(0, 1), "before 1970 it only counts");
}

#[test]
fn a_jump_is_more_than_a_day_either_way() {
    let at = Hlc::new(1_000_000_000_000, 0);
    let day = |days: i64, more: i64| Timestamp(1_000_000_000_000 + days * JUMP_LIMIT_MS + more);
    assert!(!at.jumped(day(1, 0)) && !at.jumped(day(-1, 0)), "a day is no jump");
    assert!(at.jumped(day(1, 1)) && at.jumped(day(-1, -1)));
    assert!(!Hlc::default().jumped(day(0, 0)), "a new ledger has no last reading");
}

#[test]
fn text_for_people_and_numbers_for_the_ledger() {
    let at = Timestamp(1_700_000_000_123);
    assert_eq!(at.to_string(), "2023-11-14T22:13:20.123Z");
    assert_eq!(Timestamp::parse_rfc3339("2023-11-14T23:13:20.123456789+01:00"), Some(at), "zones and nanoseconds are read");
    assert_eq!(Timestamp::parse_rfc3339("14:07"), None);
    assert_eq!(serde_json::to_string(&at).ok().as_deref(), Some("\"2023-11-14T22:13:20.123Z\""));
    assert!(serde_json::from_str::<Timestamp>("\"yesterday\"").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_reading_is_later_than_the_last(begin in 0..1_u64 << 62, walls in proptest::collection::vec(any::<i64>(), 1..50)) {
        let mut last = Hlc(begin);
        for wall in walls {
            let next = last.tick(Timestamp(wall));
            prop_assert!(next > last, "{:?} after {:?} at {}", next, last, wall);
            prop_assert!(i64::try_from(next.0).is_ok(), "it fits the ledger");
            let _ = last.jumped(Timestamp(wall));
            last = next;
        }
    }

    #[test]
    fn an_instant_reads_back(millis in -62_135_596_800_000_i64..253_402_300_800_000) {
        let at = Timestamp(millis);
        prop_assert_eq!(Timestamp::parse_rfc3339(&at.to_string()), Some(at));
    }

    #[test]
    fn arithmetic_holds_at_the_ends(a in any::<i64>(), b in any::<i64>()) {
        let _ = (Timestamp(a).plus_millis(b), Timestamp(a).plus_secs(b), Timestamp(a).since(Timestamp(b)), Timestamp(a).to_string());
    }
}
