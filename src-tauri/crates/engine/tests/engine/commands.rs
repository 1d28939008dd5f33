//! Commands: whole or not at all, once however often they are sent, and what a redaction must reach.

use domain::incidents::{IncidentCommand as C, Rejection, TaskCommand};
use domain::{Entry, Handle, Role, Severity, Via};
use engine::{Act, Command, Failure};
use testkit::House;

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_command_leaves_no_trace() {
    let house = House::open();
    let id = house.declare(Severity::Sev5).await;
    let before = house.engine.feed().seq();
    let stranger = Entry::by(Handle("stranger".into()), Via::Cli);
    let act = Act::Incident(id, C::ReleaseRole { role: Role::Commander, person: None });
    let refused = house.engine.submit(Command { entry: stranger, occurred_at: None, once: None, act }).await;
    assert!(matches!(refused, Err(Failure::Rejected(Rejection::CommandNeedsSuccessor))), "{refused:?}");
    assert_eq!(house.engine.feed().seq(), before, "no event");
    assert!(!house.engine.home().people.contains_key(&Handle("stranger".into())), "not even the person, whom the command made known");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_intention_is_carried_out_once() {
    let house = House::open();
    let id = house.declare(Severity::Sev5).await;
    let note = || Command {
        entry: Entry::by(Handle("dana".into()), Via::Window),
        occurred_at: None,
        once: Some("draft-1".into()),
        act: Act::Incident(id, C::Note { text: "MAD is back on 418".into(), pin: false }),
    };
    let first = house.engine.submit(note()).await.expect("written");
    let again = house.engine.submit(note()).await.expect("known");
    assert_eq!((first.events, first.seq), (again.events, again.seq), "the second answer is the first one");
    let search = house.engine.read(|reader| reader.verify(None)).await.expect("verified");
    assert!(search.ok && search.events == house.engine.feed().seq(), "and the record holds one note");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redaction_reaches_the_corrections_too() {
    let house = House::open();
    let id = house.declare(Severity::Sev5).await;
    let note = house.tell(id, C::Note { text: "card 4111".into(), pin: false }).await.expect("written").events[0];
    house.act(Act::Correct { event: note, at: None, text: Some("card 4111 1111".into()) }).await.expect("corrected");
    let done =
        house.act(Act::Redact { event: note, reason: "card number".into(), masked: "card [number]".into() }).await.expect("redacted");
    assert_eq!(done.events.len(), 2, "one redaction for the note, one for the correction that repeats its words");
    let incident = house.engine.read(move |reader| reader.incident_events(id)).await.expect("events");
    let words = format!("{incident:?}");
    assert!(!words.contains("4111"), "the words are gone from every event: {words}");
    assert!(house.engine.read(|reader| reader.verify(None)).await.expect("verified").ok, "and the chain still holds");
    house.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redaction_reaches_a_task_that_went_along_in_a_merge_from_either_side() {
    for from_the_copy in [false, true] {
        let house = House::open();
        let (one, other) = (house.declare(Severity::Sev5).await, house.declare(Severity::Sev4).await);
        let ravi = Handle("ravi".into());
        let add = TaskCommand::Add { text: "rotate key 4111".into(), owner: ravi, minutes: None, from: None };
        let task = house.tell(one, C::Task(add)).await.expect("given").events[0];
        house.act(Act::Merge(one, other)).await.expect("merged");
        let copy = house.incident(other).await.tasks[0].clone();
        assert_eq!((copy.from, copy.text.as_str()), (Some(task), "rotate key 4111"), "it goes on there");
        let event = if from_the_copy { copy.id } else { task };
        house.act(Act::Redact { event, reason: "a key".into(), masked: "rotate the key".into() }).await.expect("redacted");
        for id in [one, other] {
            let events = house.engine.read(move |reader| reader.incident_events(id)).await.expect("events");
            assert!(!format!("{events:?}").contains("4111"), "neither record holds it: {events:?}");
            assert_eq!(house.incident(id).await.tasks[0].text, "rotate the key", "and both know what to do");
        }
        house.engine.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_changes_nothing_and_sends_nothing() {
    let house = House::open();
    let id = house.declare(Severity::Sev1).await;
    house.ends_with(id, "incident.notice_shown").await;
    let state = house.engine.read(move |reader| reader.incident(id)).await.expect("state");
    house.engine.with_writer(|writer| writer.rebuild()).await.expect("rebuilt");
    assert_eq!(house.engine.read(move |reader| reader.incident(id)).await.expect("state"), state, "the fold is the same");
    assert_eq!(house.hands.asked(1).await.len(), 1, "a rebuild rings nobody");
    house.engine.stop().await;
}
