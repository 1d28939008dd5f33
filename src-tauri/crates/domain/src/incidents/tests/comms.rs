//! Words that leave: written, put somewhere, promised, queued. Each promise is judged by when people heard.

use super::{CommsEvent as M, IncidentCommand as C, IncidentEvent as E, *};
use crate::home::MINUTES_LIMIT;
use crate::{ChannelName, Timestamp};

fn posted_as(piece: Piece) -> E {
    E::Comms(M::Posted { piece, update: None, place: "#incident".into() })
}

fn posted() -> E {
    posted_as(Piece::Update)
}

fn promised(due: i64) -> E {
    E::Comms(M::Promised { due: minute(due), every_minutes: Some(20) })
}

fn ended() -> E {
    E::Comms(M::PromiseEnded { reason: None })
}

fn queued() -> E {
    E::Comms(queue())
}

fn queue() -> M {
    M::Queued { update: None, piece: Piece::Update, channel: ChannelName("war-room".into()), text: "Rolling back".into() }
}

fn retime(target: u128, at: i64) -> E {
    E::Corrected { target: id(target), occurred_at: Some(minute(at)), text: None }
}

/// A declaration, and each of these at its minute; the first is event 2.
fn at(happened: &[(i64, E)]) -> Given {
    happened.iter().cloned().fold(given(&[declared()]), |told, (at, event)| told.and_at(minute(at), event))
}

fn judged(told: &Given) -> Vec<Kept> {
    told.state().comms.judged().into_iter().map(|(_, kept)| kept).collect()
}

fn running(told: &Given) -> Option<Timestamp> {
    told.state().comms.running().map(|promise| promise.due)
}

#[test]
fn a_promise_is_kept_in_time_late_or_not_yet() {
    let made = at(&[(1, promised(21))]);
    assert_eq!((judged(&made), running(&made)), (vec![Kept::Open], Some(minute(21))));
    let heard = |minutes: i64| judged(&at(&[(1, promised(21)), (minutes, posted())]));
    assert_eq!(heard(21), [Kept::InTime(minute(21))], "on the minute is in time");
    assert_eq!(heard(22), [Kept::Late(minute(22))]);
    assert_eq!(heard(0), [Kept::Open], "what people heard before was not promised by it");
    assert_eq!(running(&at(&[(1, promised(21)), (9, posted())])), None, "kept; the next is to be promised");
    let twice = at(&[(1, promised(21)), (9, posted()), (30, posted())]);
    assert_eq!(judged(&twice), [Kept::InTime(minute(9))], "the first word counts");
}

#[test]
fn promised_anew_is_moved_before_it_was_due_and_missed_after() {
    assert_eq!(judged(&at(&[(1, promised(21)), (10, promised(40))])), [Kept::Moved(minute(10)), Kept::Open]);
    assert_eq!(judged(&at(&[(1, promised(21)), (30, promised(50))])), [Kept::Missed(minute(30)), Kept::Open]);
    assert_eq!(running(&at(&[(1, promised(21)), (10, promised(40))])), Some(minute(40)));
}

#[test]
fn given_up_is_ended_before_it_was_due_and_missed_after() {
    for (given_up, kept) in [(10, Kept::Ended(minute(10))), (30, Kept::Missed(minute(30)))] {
        let told = at(&[(1, promised(21)), (given_up, ended())]);
        assert_eq!((judged(&told), running(&told)), (vec![kept], None));
        let again = told.and_at(minute(40), promised(60));
        assert_eq!(judged(&again), [kept, Kept::Open], "a later promise is one of its own");
    }
}

#[test]
fn whoever_posts_promises_the_next_in_the_same_breath() {
    let told = at(&[(1, promised(21)), (20, posted()), (20, promised(40))]);
    assert_eq!(judged(&told), [Kept::InTime(minute(20)), Kept::Open]);
    let first = at(&[(1, posted_as(Piece::Announcement)), (1, promised(21))]);
    assert_eq!(judged(&first), [Kept::Open], "the announcement does not keep what was promised after it");
    assert_eq!(judged(&at(&[(1, promised(21)), (1, posted())])), [Kept::InTime(minute(1))], "but what was posted after it does");
    let at_the_end = at(&[(1, promised(21)), (20, posted()), (20, ended())]);
    assert_eq!(judged(&at_the_end), [Kept::InTime(minute(20))]);
}

#[test]
fn only_news_keeps_a_promise() {
    for piece in [Piece::Update, Piece::Announcement, Piece::Board, Piece::Brief, Piece::RoleCard, Piece::Task, Piece::Other] {
        let told = at(&[(1, promised(21)), (9, posted_as(piece))]);
        let kept = if piece.is_news() { Kept::InTime(minute(9)) } else { Kept::Open };
        assert_eq!(judged(&told), [kept], "{piece:?}");
        assert_eq!(told.state().comms.last_news().is_some(), piece.is_news());
    }
}

#[test]
fn by_hand_and_by_webhook_count_alike() {
    let sent = |queued: u128| E::Comms(M::Sent { queued: id(queued), receipt: Some("ok".into()) });
    for (heard, kept) in [(20, Kept::InTime(minute(20))), (25, Kept::Late(minute(25)))] {
        let by_hand = at(&[(1, promised(21)), (heard, posted()), (heard, promised(60))]);
        let by_webhook = at(&[(1, promised(21)), (19, queued()), (19, promised(60)), (heard, sent(3))]);
        assert_eq!(judged(&by_hand), [kept, Kept::Open]);
        assert_eq!(judged(&by_webhook), [kept, Kept::Open], "the channel took it after the next was promised");
        let posting = by_webhook.state().comms.postings[0].clone();
        assert_eq!((posting.by_hand, posting.place.as_str(), posting.heard.at), (false, "war-room", minute(heard)));
    }
    let announced = at(&[(0, queued()), (0, promised(20)), (1, sent(2))]);
    assert_eq!((judged(&announced), running(&announced)), (vec![Kept::Open], Some(minute(20))), "the clock of the next one runs");
    let waits = at(&[(1, promised(21)), (19, queued())]);
    assert_eq!(judged(&waits), [Kept::Open], "queued is not heard");
    let failed = waits.and_at(minute(30), E::Comms(M::Failed { queued: id(3), why: "gone".into() }));
    assert_eq!(judged(&failed), [Kept::Open], "nor is failed");
}

#[test]
fn a_corrected_hour_judges_anew() {
    let late = at(&[(1, promised(21)), (25, posted())]);
    assert_eq!(judged(&late.clone().and(retime(3, 20))), [Kept::InTime(minute(20))], "the scribe had typed the wrong hour");
    assert_eq!(judged(&late.clone().and(retime(3, 20)).and(retime(3, 30))), [Kept::Late(minute(30))], "and had been right");
    assert_eq!(judged(&late.clone().and(retime(3, 0))), [Kept::Open], "what was said before the promise does not keep it");
    assert_eq!(judged(&late.and(retime(2, 26))), [Kept::Open], "nor where the promise came later");
    let sent = at(&[(1, promised(21)), (19, queued()), (25, E::Comms(M::Sent { queued: id(3), receipt: None }))]);
    assert_eq!(judged(&sent.clone().and(retime(4, 20))), [Kept::InTime(minute(20))]);
    assert_eq!(judged(&sent.and(retime(3, 0))), [Kept::Open], "queued before anything was promised");
}

#[test]
fn an_end_holds_whatever_is_corrected_around_it() {
    let told = at(&[(1, promised(21)), (0, posted()), (10, ended())]);
    assert_eq!(judged(&told), [Kept::Ended(minute(10))]);
    let kept = told.and(retime(3, 5));
    assert_eq!(judged(&kept), [Kept::InTime(minute(5))], "it had been kept after all");
    assert_eq!(judged(&kept.and(retime(3, -2))), [Kept::Ended(minute(10))]);
    // Two machines: one ended it, the other knew that it had been kept.
    let both = at(&[(1, promised(21)), (5, posted()), (10, ended())]).and(retime(3, 0));
    assert_eq!((judged(&both), running(&both)), (vec![Kept::Ended(minute(10))], None));
}

#[test]
fn promises_stand_in_the_order_of_their_hours() {
    let told = at(&[(10, promised(30)), (5, promised(25)), (28, posted())]);
    assert_eq!(judged(&told), [Kept::Moved(minute(10)), Kept::InTime(minute(28))], "one was entered late");
}

#[test]
fn only_a_person_promises_and_within_a_week() {
    let promise = |due: Timestamp| C::Comms(M::Promised { due, every_minutes: None });
    let told = given(&[declared()]);
    for wrong in [minute(1), minute(0), minute(1 + i64::from(MINUTES_LIMIT) + 1)] {
        told.clone().when(promise(wrong), minute(1)).then_refused(Rejection::PromiseOutOfRange);
    }
    told.clone().by(machine()).when(promise(minute(9)), minute(1)).then_refused(Rejection::NeedsPerson);
    let made = told.when(promise(minute(20)), minute(1)).then(&[E::Comms(M::Promised { due: minute(20), every_minutes: None })]);
    made.when(promise(minute(20)), minute(2)).then_refused(Rejection::NothingToChange);
    let end = || C::Comms(M::PromiseEnded { reason: Some(" ".into()) });
    given(&[declared()]).when(end(), minute(1)).then_refused(Rejection::NoPromise);
    at(&[(5, promised(20))]).when(end(), minute(4)).then_refused(Rejection::NoPromise);
    at(&[(5, promised(20))]).when(end(), minute(6)).then(&[ended()]);
}

#[test]
fn an_update_is_written_before_it_goes_anywhere() {
    let write = C::Comms(M::Written { text: " We roll back. ".into() });
    let told = given(&[declared()]).when(write, minute(2)).then(&[E::Comms(M::Written { text: "We roll back.".into() })]);
    assert_eq!(told.state().comms.last_news(), None, "written is not said");
    let post = |update: u128| M::Posted { piece: Piece::Update, update: Some(id(update)), place: "#incident".into() };
    told.clone().when(C::Comms(post(9)), minute(3)).then_refused(Rejection::NoSuchUpdate);
    let told = told.by(voice("jo", "dana")).when(C::Comms(post(2)), minute(52)).then(&[E::Comms(post(2))]);
    let posting = told.state().comms.postings[0].clone();
    assert_eq!((posting.by_hand, posting.heard.at, posting.heard.who.name()), (true, minute(52), "jo"), "by hand, 14:52");
    let fixed = told.and(E::Corrected { target: id(3), occurred_at: None, text: Some("#inc-7k3f".into()) });
    assert_eq!(fixed.state().comms.postings[0].place, "#inc-7k3f");
    let nowhere = M::Posted { piece: Piece::Board, update: None, place: " ".into() };
    given(&[declared()]).when(C::Comms(nowhere), minute(1)).then_refused(Rejection::TextMissing);
}

#[test]
fn the_same_update_in_a_second_place_keeps_no_later_promise() {
    let put = |place: &str| E::Comms(M::Posted { piece: Piece::Update, update: Some(id(2)), place: place.into() });
    let told = at(&[(1, E::Comms(M::Written { text: "Back".into() })), (2, put("status page")), (2, promised(22)), (3, put("#support"))]);
    assert_eq!((judged(&told), running(&told)), (vec![Kept::Open], Some(minute(22))), "people heard nothing new");
}
