//! Effects: planned once, claimed once, and never by a rebuild.

use super::*;
use crate::rows::*;

struct Shop {
    house: House,
    incident: IncidentId,
}

impl Shop {
    fn new() -> Self {
        let mut house = House::new();
        let incident = house.declare("Checkout returns 502");
        Self { house, incident }
    }

    fn with<T>(
        &mut self,
        work: impl FnOnce(&mut crate::Batch<'_>, IncidentId, EventId, Timestamp) -> Result<T, StoreError>,
    ) -> (EventId, T) {
        let (id, now) = (EventId(self.house.uuid()), self.house.now);
        let mut batch = self.house.writer.batch().expect("a transaction begins");
        let done = work(&mut batch, self.incident, id, now).expect("done");
        batch.commit().expect("on disk");
        (id, done)
    }

    fn state(&mut self, id: EventId) -> EffectState {
        self.house.writer.batch().expect("a transaction begins").effect(id).expect("read").expect("planned").state
    }

    fn due(&self, at: Timestamp) -> Vec<EventId> {
        ask(&self.house, |reader| reader.due_effects(at, &EffectKind::ALL, 9)).into_iter().map(|effect| effect.id).collect()
    }
}

#[test]
fn an_effect_is_claimed_exactly_once() {
    let mut shop = Shop::new();
    let now = shop.house.now;
    let (effect, ()) = shop.with(|batch, incident, id, now| batch.plan_notice(incident, id, now));
    assert_eq!(shop.due(now), [effect]);
    let claims: Vec<bool> = (0..3).map(|_| shop.with(|batch, _, _, now| batch.claim_effect(effect, now)).1).collect();
    assert_eq!(claims, [true, false, false]);
    assert_eq!(shop.due(now), [], "what is claimed is not due");
    let folder = shop.house.close();
    let mut shop = Shop { house: House::open(folder), incident: shop.incident };
    let claimed = ask(&shop.house, |reader| reader.claimed_effects());
    assert_eq!(claimed.iter().map(|effect| (effect.id, effect.attempt)).collect::<Vec<_>>(), [(effect, 1)], "a crash in between is seen");
    shop.with(|batch, _, _, now| batch.settle_effect(effect, EffectState::Failed, now));
    shop.with(|batch, _, _, now| batch.settle_effect(effect, EffectState::Done, now));
    assert_eq!(shop.state(effect), EffectState::Failed, "what was settled stays so");
    let gone: Vec<bool> = vec![shop.with(|batch, _, _, now| batch.claim_effect(effect, now)).1];
    assert_eq!(gone, [false]);
}

#[test]
fn one_notice_waits_for_each_incident() {
    let mut shop = Shop::new();
    let now = shop.house.now;
    let (first, ()) = shop.with(|batch, incident, id, now| batch.plan_notice(incident, id, now.plus_secs(600)));
    let (second, ()) = shop.with(|batch, incident, id, now| batch.plan_notice(incident, id, now));
    let other = shop.house.declare("Another");
    let (third, ()) = shop.with(|batch, _, id, now| batch.plan_notice(other, id, now.plus_secs(60)));
    assert_eq!(shop.state(first), EffectState::Dropped, "the newer one takes its place");
    assert_eq!(shop.due(now), [second]);
    assert_eq!(shop.due(now.plus_secs(3600)), [second, third], "another incident has its own");
    let (close, ()) = shop.with(|batch, incident, id, now| batch.hush(incident, id, now));
    assert_eq!(shop.state(second), EffectState::Dropped);
    let due = ask(&shop.house, |reader| reader.due_effects(shop.house.now, &EffectKind::ALL, 9));
    assert_eq!(due.iter().map(|effect| (effect.id, effect.kind)).collect::<Vec<_>>(), [(close, EffectKind::CloseNotice)]);
    assert_eq!(ask(&shop.house, |reader| reader.next_due(&EffectKind::ALL)), Some(due[0].due), "the earliest of all");
    let (again, ()) = shop.with(|batch, incident, id, now| batch.plan_notice(incident, id, now));
    assert_eq!(shop.state(close), EffectState::Dropped, "a new notice takes the old one's place by itself");
    assert_eq!(shop.due(shop.house.now), [again]);
}

#[test]
fn a_copied_home_sends_nothing_unasked() {
    let mut shop = Shop::new();
    let (pending, ()) = shop.with(|batch, incident, id, now| batch.plan_notice(incident, id, now));
    let other = shop.house.declare("Another");
    let (claimed, _) = shop.with(|batch, _, id, now| batch.plan_notice(other, id, now).and_then(|()| batch.claim_effect(id, now)));
    let (_, held) = shop.with(|batch, _, _, now| batch.hold_effects(now));
    assert_eq!(held, 2);
    assert_eq!((shop.state(pending), shop.state(claimed)), (EffectState::Held, EffectState::Held));
    assert_eq!(shop.due(shop.house.now.plus_secs(86_400)), []);
    assert_eq!(ask(&shop.house, |reader| reader.claimed_effects()), vec![]);
}

#[test]
fn an_unknown_effect_is_said() {
    let mut shop = Shop::new();
    let id = EventId(shop.house.uuid());
    let now = shop.house.now;
    let mut batch = shop.house.writer.batch().expect("a transaction begins");
    assert!(matches!(batch.settle_effect(id, EffectState::Done, now), Err(StoreError::NotFound)));
    assert_eq!(batch.effect(id).expect("read"), None);
    assert!(!batch.claim_effect(id, now).expect("read"));
}

#[test]
fn a_post_is_tried_again_under_the_same_name() {
    let mut shop = Shop::new();
    let (post, ()) = shop.with(|batch, incident, id, now| batch.plan_post(incident, id, now));
    let begun = shop.house.now;
    assert_eq!(shop.due(begun), [post]);
    shop.with(|batch, _, _, now| batch.effect_again(post, now.plus_secs(5), now));
    assert_eq!(shop.due(begun), [post], "only what was claimed is tried again");
    assert!(shop.with(|batch, _, _, now| batch.claim_effect(post, now)).1);
    shop.with(|batch, _, _, now| batch.effect_again(post, now.plus_secs(300), now));
    assert_eq!(shop.due(begun.plus_secs(299)), [], "not before its time");
    let due = ask(&shop.house, |reader| reader.due_effects(begun.plus_secs(300), &EffectKind::ALL, 9));
    assert_eq!(due.iter().map(|effect| (effect.id, effect.kind, effect.attempt)).collect::<Vec<_>>(), [(post, EffectKind::Post, 1)]);
}

#[test]
fn what_was_held_or_failed_is_planned_anew_and_what_was_sent_is_not() {
    for (before, after) in [
        (EffectState::Held, EffectState::Pending),
        (EffectState::Failed, EffectState::Pending),
        (EffectState::Done, EffectState::Done),
        (EffectState::Dropped, EffectState::Dropped),
    ] {
        let mut shop = Shop::new();
        let (post, ()) = shop.with(|batch, incident, id, now| batch.plan_post(incident, id, now));
        shop.with(|batch, _, _, now| batch.claim_effect(post, now));
        shop.with(|batch, _, _, now| batch.settle_effect(post, before, now));
        shop.with(|batch, incident, _, now| batch.plan_post(incident, post, now.plus_secs(60)));
        assert_eq!(shop.state(post), after, "{before:?} is planned again");
        let attempt = ask(&shop.house, |reader| reader.effect(post)).expect("planned").attempt;
        assert_eq!(attempt, u32::from(before != after) ^ 1, "{before:?}: a person's yes begins to count anew");
    }
}

#[test]
fn a_post_is_withdrawn_before_it_leaves() {
    for held in [false, true] {
        let mut shop = Shop::new();
        let (post, ()) = shop.with(|batch, incident, id, now| batch.plan_post(incident, id, now));
        if held {
            shop.with(|batch, _, _, now| batch.settle_effect(post, EffectState::Held, now));
        }
        shop.with(|batch, _, _, now| batch.settle_effect(post, EffectState::Dropped, now));
        assert_eq!(shop.state(post), EffectState::Dropped, "held before: {held}");
        assert_eq!(shop.due(shop.house.now.plus_secs(86_400)), []);
        assert!(!shop.with(|batch, _, _, now| batch.claim_effect(post, now)).1, "nobody sends it any more");
    }
}

#[test]
fn notices_come_and_go_and_posts_wait_all_the_same() {
    let mut shop = Shop::new();
    let (post, ()) = shop.with(|batch, incident, id, now| batch.plan_post(incident, id, now));
    let (notice, ()) = shop.with(|batch, incident, id, now| batch.plan_notice(incident, id, now));
    let (ring, ()) = shop.with(|batch, incident, id, now| batch.plan_ring(incident, id, now));
    assert_eq!((shop.state(post), shop.state(notice)), (EffectState::Pending, EffectState::Dropped), "a ring takes a notice's place");
    let (close, ()) = shop.with(|batch, incident, id, now| batch.hush(incident, id, now));
    assert_eq!((shop.state(post), shop.state(ring)), (EffectState::Pending, EffectState::Dropped), "who acknowledges withdraws no update");
    let due = ask(&shop.house, |reader| reader.due_effects(shop.house.now, &EffectKind::ALL, 9));
    assert_eq!(due.iter().map(|effect| effect.id).collect::<Vec<_>>(), [post, close]);
}

#[test]
fn what_nobody_here_can_do_stands_in_nobodys_way() {
    let mut shop = Shop::new();
    let begun = shop.house.now;
    shop.with(|batch, incident, id, now| batch.plan_notice(incident, id, now));
    let (post, ()) = shop.with(|batch, incident, id, now| batch.plan_post(incident, id, now.plus_secs(60)));
    let due = ask(&shop.house, |reader| reader.due_effects(begun.plus_secs(3600), &EffectKind::POSTS, 1));
    assert_eq!(due.iter().map(|effect| effect.id).collect::<Vec<_>>(), [post], "the older notice takes no place");
    let next = ask(&shop.house, |reader| reader.next_effect(&EffectKind::POSTS));
    assert_eq!(next, Some(due[0].due), "and nobody is woken for it");
    assert_eq!(ask(&shop.house, |reader| reader.next_effect(&[])), None);
}
