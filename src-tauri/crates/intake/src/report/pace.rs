//! How fast reports may come: a fixed rate for each address and each link, for behind the page is a person.

use crate::limits::{PACE_WINDOW, REPORTERS_REMEMBERED, REPORTS_PER_ADDRESS, REPORTS_PER_LINK};
use domain::{SourceName, Timestamp};
use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Reports of late, by who made them.
#[derive(Default)]
pub struct Pace(Mutex<Seen>);

#[derive(Default)]
struct Seen {
    links: HashMap<SourceName, VecDeque<Timestamp>>,
    addresses: HashMap<IpAddr, VecDeque<Timestamp>>,
}

impl Pace {
    /// Counts a report that arrives at `now`; or says in how many seconds the next one may come, and counts nothing.
    pub fn enter(&self, link: &SourceName, from: IpAddr, now: Timestamp) -> Result<(), u32> {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = &mut *seen;
        if seen.addresses.len() >= REPORTERS_REMEMBERED {
            seen.addresses.retain(|_, times| times.back().is_some_and(|last| is_recent(*last, now)));
        }
        if seen.addresses.len() >= REPORTERS_REMEMBERED && !seen.addresses.contains_key(&from) {
            return Err(seconds(PACE_WINDOW.as_millis()));
        }
        let of_link = seen.links.entry(link.clone()).or_default();
        let of_address = seen.addresses.entry(from).or_default();
        for (times, most) in [(&mut *of_link, REPORTS_PER_LINK), (&mut *of_address, REPORTS_PER_ADDRESS)] {
            times.retain(|at| is_recent(*at, now));
            if times.len() >= most {
                let age = times.front().map_or(0, |first| now.since(*first).max(0));
                return Err(seconds(PACE_WINDOW.as_millis().saturating_sub(age.unsigned_abs().into())));
            }
        }
        of_link.push_back(now);
        of_address.push_back(now);
        Ok(())
    }
}

/// A clock that was set back leaves nothing behind for ever: what lies ahead is not recent.
fn is_recent(at: Timestamp, now: Timestamp) -> bool {
    (0..i64::try_from(PACE_WINDOW.as_millis()).unwrap_or(i64::MAX)).contains(&now.since(at))
}

fn seconds(millis: u128) -> u32 {
    u32::try_from(millis.div_ceil(1000)).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(last: u8) -> IpAddr {
        IpAddr::from([10, 0, 0, last])
    }

    #[test]
    fn an_address_has_its_rate_and_a_link_too() {
        let (pace, link, now) = (Pace::default(), SourceName("page".into()), Timestamp(1_000_000));
        for _ in 0..REPORTS_PER_ADDRESS {
            assert_eq!(pace.enter(&link, address(1), now), Ok(()));
        }
        let wait = pace.enter(&link, address(1), now.plus_secs(60)).expect_err("it had its share");
        assert_eq!(u64::from(wait), PACE_WINDOW.as_secs() - 60, "and hears when to come again");
        assert_eq!(pace.enter(&link, address(2), now), Ok(()), "another is not kept waiting");
        let other = SourceName("other".into());
        for last in 10..u8::try_from(10 + REPORTS_PER_LINK).expect("few") {
            assert_eq!(pace.enter(&other, address(last), now), Ok(()));
        }
        assert!(pace.enter(&other, address(200), now).is_err(), "a link has a rate of its own");
        let later = now.plus_secs(i64::try_from(PACE_WINDOW.as_secs()).expect("minutes"));
        assert_eq!(pace.enter(&link, address(1), later), Ok(()), "it passes");
    }
}
