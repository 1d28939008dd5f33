//! The people book is one that a newcomer can believe, at whichever hour the demonstration is opened.

use super::*;
use domain::home::{Card, OnShift};
use domain::{Handle, Role};
use std::collections::BTreeMap;

fn cards() -> BTreeMap<Handle, Card> {
    let stories = story::read().expect("the data parses");
    stories.people.iter().map(|(handle, member)| (handle.clone(), member.card())).collect()
}

#[test]
fn everybody_can_be_reached_by_roads_that_lead_nowhere() {
    let cards = cards();
    assert_eq!(cards.len(), 24);
    let mut phones = BTreeSet::new();
    for (handle, Card { roles, zone, shift, phone, mail, chat }) in cards {
        assert!(!roles.is_empty() && shift.is_some() && chat.is_some(), "@{handle} has a whole card");
        assert!(zone.is_some_and(|zone| zone.parse::<chrono_tz::Tz>().is_ok()), "@{handle} lives somewhere");
        let phone = phone.expect("a number");
        let kept_for_fiction = ["+49 30 23125 0", "+44 7700 900 "].iter().any(|range| phone.starts_with(range));
        assert!(kept_for_fiction && phones.insert(phone.clone()), "@{handle} has a number of their own that rings nowhere: {phone}");
        assert!(mail.is_some_and(|mail| mail.ends_with("@example.com")), "@{handle} has a mail address that leads nowhere");
    }
}

#[test]
fn every_role_is_on_shift_at_every_hour_and_never_everybody() {
    let cards = cards();
    for hour in 0..7 * 24 {
        let at = NOW.plus_secs(hour * 3600);
        let works = |card: &&Card| {
            let (shift, zone) = (card.shift.as_ref().expect("a shift"), card.zone.as_deref().expect("a zone"));
            matches!(shift.at(at, zone), Some(OnShift::Until(_)))
        };
        let on: Vec<&Card> = cards.values().filter(works).collect();
        assert!((10..=20).contains(&on.len()), "{} of {} work at {at}", on.len(), cards.len());
        for role in [Role::Commander, Role::Deputy, Role::Operations, Role::Communications, Role::Scribe, Role::Expert] {
            assert!(on.iter().any(|card| card.roles.contains(&role)), "somebody can be {} at {at}", role.title());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_book_is_on_record() {
    let stage = performed(NOW).await;
    let home = &stage.home;
    let described = home.people.iter().filter(|(_, person)| person.name.is_some() && person.card != Card::default());
    assert_eq!((described.count(), home.people.len()), (24, 24), "whoever is named anywhere has a card");
    assert!(home.people.contains_key(&Handle(YOU.into())), "you are one of them");
}
