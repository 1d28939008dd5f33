//! Words that leave by channels: sent once, tried again, asked about when the state has changed, never called sent without
//! a receipt.

use domain::home::{ChannelKind, HomeEvent};
use domain::incidents::{IncidentCommand as C, Kept, Piece, QueueState, Queued};
use domain::{ChannelName, EventId, IncidentId, Severity, Status};
use engine::ports::Posted;
use engine::{Act, Publication};
use store::EffectState;
use testkit::{House, MINUTE};

fn channel() -> ChannelName {
    ChannelName("status".into())
}

async fn queued(house: &House, words: &str) -> IncidentId {
    let added = HomeEvent::ChannelAdded { name: channel(), kind: ChannelKind::Slack, to: Some("hooks.slack.com".into()) };
    house.act(Act::Home(added)).await.expect("a channel");
    let id = house.declare(Severity::Sev3).await;
    let publication = Publication {
        piece: Piece::Update,
        text: Some(words.into()),
        update: None,
        place: None,
        queue: vec![(channel(), format!("SEV3 Checkout\n{words}"))],
        promise: Some((house.now().plus_millis(60 * MINUTE), Some(60))),
    };
    house.act(Act::Publish(id, publication)).await.expect("queued");
    id
}

async fn state(house: &House, id: IncidentId, wanted: QueueState) -> Queued {
    let mut feed = house.engine.feed().follow();
    loop {
        let one = house.incident(id).await.comms.queue.last().cloned().expect("something was queued");
        if one.state == wanted {
            return one;
        }
        let heard = tokio::time::timeout(std::time::Duration::from_secs(20), feed.recv()).await;
        assert!(heard.is_ok(), "it should become {wanted:?}: {one:?}");
    }
}

/// Waits until a try is settled: planned again after `tries` of them.
async fn planned_again(house: &House, id: EventId, tries: u32) {
    loop {
        let effect = house.engine.read(move |reader| reader.effect(id)).await.expect("read").expect("an effect");
        if effect.state == EffectState::Pending && effect.attempt == tries {
            return;
        }
        tokio::task::yield_now().await;
    }
}

fn later() -> Posted {
    Posted::Later { why: "The channel could not be reached.".into(), after: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_is_sent_once_and_counts_with_its_receipt() {
    let house = House::open();
    house.postman.answer([Posted::Delivered { receipt: Some("42".into()) }]);
    let id = queued(&house, "We are looking into it").await;
    state(&house, id, QueueState::Sent).await;
    let letters = house.postman.wait_for(1).await;
    assert_eq!((letters.len(), letters[0].text.as_str()), (1, "SEV3 Checkout\nWe are looking into it"));
    let comms = house.incident(id).await.comms;
    assert_eq!(comms.postings.len(), 1);
    assert!(!comms.postings[0].by_hand, "by a channel, with a receipt");
    house.fast_forward(10 * MINUTE).await;
    house.fast_forward(MINUTE).await;
    assert_eq!(house.postman.letters().len(), 1, "and never again");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_delivered_is_tried_again_and_said_once() {
    let house = House::open();
    house.postman.answer([later(), later(), Posted::Delivered { receipt: None }]);
    let id = queued(&house, "We are looking into it").await;
    let delayed = state(&house, id, QueueState::Delayed).await;
    house.fast_forward(6_000).await;
    house.postman.wait_for(2).await;
    planned_again(&house, delayed.id, 2).await;
    house.fast_forward(16_000).await;
    state(&house, id, QueueState::Sent).await;
    let kinds = house.kinds(id).await;
    assert_eq!(kinds.iter().filter(|kind| *kind == "incident.post_delayed").count(), 1, "the same reason is said once: {kinds:?}");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_post_asks_again_when_the_state_has_changed() {
    let house = House::open();
    house.postman.answer([later()]);
    let id = queued(&house, "We are looking into it").await;
    state(&house, id, QueueState::Delayed).await;
    house.tell(id, C::SetStatus(Status::Mitigated)).await.expect("moved");
    house.fast_forward(2 * MINUTE).await;
    let held = state(&house, id, QueueState::Held).await;
    assert_eq!(held.why.as_deref(), Some("Since it was written, Investigating is now Mitigated."));
    assert_eq!(house.postman.letters().len(), 1, "nothing left meanwhile");
    let released = domain::incidents::CommsCommand::Released { queued: held.id };
    house.tell(id, C::Comms(released)).await.expect("a person's yes");
    state(&house, id, QueueState::Sent).await;
    assert_eq!(house.postman.letters().len(), 2);
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_post_asks_again_when_its_words_were_corrected() {
    let house = House::open();
    house.postman.answer([later()]);
    let id = queued(&house, "All cards fail").await;
    state(&house, id, QueueState::Delayed).await;
    let update = house.incident(id).await.comms.updates[0].id;
    house.act(Act::Correct { event: update, at: None, text: Some("Some cards fail".into()) }).await.expect("corrected");
    house.fast_forward(2 * MINUTE).await;
    let held = state(&house, id, QueueState::Held).await;
    assert_eq!(held.why.as_deref(), Some("Since it was written, its words were corrected on the record."));
    assert_eq!(house.postman.letters().len(), 1, "the wrong words do not leave by themselves");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_taken_out_do_not_leave_and_are_in_no_post() {
    for title in [false, true] {
        let house = House::open();
        house.postman.answer([later()]);
        let id = queued(&house, "Card 4111 fails").await;
        state(&house, id, QueueState::Delayed).await;
        let incident = house.incident(id).await;
        let event = if title { incident.declared } else { incident.comms.updates[0].id };
        house.act(Act::Redact { event, reason: "a card".into(), masked: "A card fails".into() }).await.expect("redacted");
        let events = house.engine.read(move |reader| reader.incident_events(id)).await.expect("events");
        let post = events.iter().find(|known| known.envelope.id == incident.comms.queue[0].id).expect("queued");
        assert_eq!(post.event, None, "the post held the words as well");
        house.fast_forward(2 * MINUTE).await;
        let failed = state(&house, id, QueueState::Failed).await;
        assert_eq!(failed.why.as_deref(), Some("Its words were taken out of the record."));
        assert_eq!(house.postman.letters().len(), 1, "nothing left after that");
        house.engine.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_knows_of_is_not_sent_again_by_itself() {
    let house = House::open();
    house.postman.answer([Posted::Unknown("The answer never came: look whether it is there.".into())]);
    let id = queued(&house, "We are looking into it").await;
    let failed = state(&house, id, QueueState::Failed).await;
    assert!(failed.why.is_some_and(|why| why.contains("look whether")));
    house.fast_forward(60 * MINUTE).await;
    assert_eq!(house.postman.letters().len(), 1);
    assert!(house.incident(id).await.comms.postings.is_empty(), "and it is not called sent");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_post_never_leaves() {
    let house = House::open();
    house.postman.answer([later()]);
    let id = queued(&house, "We are looking into it").await;
    let delayed = state(&house, id, QueueState::Delayed).await;
    house.tell(id, C::Comms(domain::incidents::CommsCommand::Withdrawn { queued: delayed.id })).await.expect("withdrawn");
    house.fast_forward(60 * MINUTE).await;
    house.fast_forward(MINUTE).await;
    assert_eq!(house.postman.letters().len(), 1);
    let judged: Vec<Kept> = house.incident(id).await.comms.judged().into_iter().map(|(_, kept)| kept).collect();
    assert_eq!(judged, [Kept::Open], "the promise is overdue, and nobody says that it was kept");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_does_not_answer_keeps_no_notice_back() {
    let house = House::open();
    house.postman.wait(true);
    queued(&house, "We are looking into it").await;
    house.postman.wait_for(1).await;
    let before = house.hands.so_far().len();
    house.declare(Severity::Sev1).await;
    house.hands.asked(before + 1).await;
    house.postman.wait(false);
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn notices_that_nobody_can_show_keep_no_post_back() {
    let house = House::open_headless();
    for _ in 0..40 {
        house.declare(Severity::Sev1).await;
    }
    house.fast_forward(MINUTE).await;
    let id = queued(&house, "We are looking into it").await;
    state(&house, id, QueueState::Sent).await;
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_copied_home_holds_back_waits_for_a_yes_that_can_be_given() {
    let house = House::open();
    house.postman.answer([later()]);
    let id = queued(&house, "We are looking into it").await;
    let delayed = state(&house, id, QueueState::Delayed).await;
    planned_again(&house, delayed.id, 1).await;
    let now = house.now();
    let held = house.engine.with_writer(move |writer| {
        let mut batch = writer.batch()?;
        let held = batch.hold_effects(now)?;
        batch.commit().map(|()| held)
    });
    assert!(held.await.expect("held") > 0);
    let house = house.restart().await;
    let one = state(&house, id, QueueState::Held).await;
    assert!(one.why.as_deref().is_some_and(|why| why.contains("restored or copied")), "{one:?}");
    house.fast_forward(60 * MINUTE).await;
    assert_eq!(house.postman.letters().len(), 0, "nothing leaves by itself");
    house.tell(id, C::Comms(domain::incidents::CommsCommand::Released { queued: one.id })).await.expect("a person's yes");
    state(&house, id, QueueState::Sent).await;
    house.engine.stop().await;
}
