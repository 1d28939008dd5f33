//! Each piece says what was recorded and no more, in words that can be answered.

mod common;

use common::*;
use documents::{Facts, Form, announcement, ask, board, bridge, people, role_card, task, update};
use domain::home::{BridgeRule, Home};
use domain::incidents::{Answer, AskEvent, BoardEvent, Can, ImpactDetail, IncidentEvent as E, TaskEvent};
use domain::{Entry, Means, Role, Severity, Via};

const ROOM: &str = "https://meet.example.org/Muster-INC-7K3F-cqwpvcsx";

#[test]
fn the_announcement_says_what_how_bad_since_when_who_and_where() {
    let (story, home) = (full(), home());
    let expected = format!(
        "SEV1 · INC-7K3F · Checkout returns 502 · Investigating
Declared 14:00 UTC (15:00 Berlin) by @dana, 41 min ago.
Customers affected since 14:02 UTC (39 min): 30% of customers; checkout; Cards are refused.
Services: checkout.
@dana commands, confirmed, since 14:00 UTC (41 min).
People meet at {ROOM}
Next update by 14:50 UTC (15:50 Berlin)."
    );
    assert_eq!(announcement(&facts(story.incident(), &home), Form::Chat).text, expected);
}

#[test]
fn the_announcement_claims_neither_command_nor_a_promise_nor_a_meeting_place() {
    let mut machine = declared("Disk full", Severity::Sev2);
    (machine.commander, machine.services) = (None, vec![]);
    let (story, home) = (Story::of(machine), Home::default());
    let expected = "\
SEV2 · INC-7K3F · Disk full · Investigating
Declared 14:00 UTC (15:00 Berlin) by @dana, 41 min ago.
No customer impact is recorded.
Nobody commands yet, since 14:00 UTC (41 min).";
    assert_eq!(announcement(&facts(story.incident(), &home), Form::Chat).text, expected);
}

#[test]
fn an_update_is_its_own_words_and_a_promise_only_where_one_was_made() {
    let (story, home) = (full(), home());
    let known = facts(story.incident(), &home);
    let words = "We are rolling back.\n\n\nCards work again.";
    let head = "SEV1 · INC-7K3F · Checkout returns 502 · Investigating\n\nWe are rolling back.\n\nCards work again.";
    assert_eq!(update(&known, words, None, Form::Chat).text, head);
    let promised = update(&known, words, Some(minute(70)), Form::Chat);
    assert_eq!(promised.text, format!("{head}\n\nNext update by 15:10 UTC (16:10 Berlin)."));
    assert_eq!(promised.subject, "SEV1 INC-7K3F: Checkout returns 502 (update)");
}

#[test]
fn an_ask_can_be_answered_with_yes() {
    let (story, home) = (full(), home());
    let (known, incident) = (facts(story.incident(), &home), story.incident());
    let context = format!("It is about: Checkout returns 502, SEV1 since 14:00 UTC (41 min).\nPeople meet at {ROOM}");
    let role = ask(&known, &incident.roles[0].knows, Form::Chat).text;
    let question = "@mei, can you be Operations Lead on INC-7K3F? Say yes and read it back.";
    assert_eq!(role, format!("{question}\nOperations Lead: The only one whose people change the system.\n{context}"));

    let command = ask(&known, &incident.handoff.as_ref().expect("offered").knows, Form::Chat).text;
    let question = "@ines, can you take command of INC-7K3F from @dana? Hear the brief, then say yes and read it back: I command.";
    assert_eq!(command, format!("{question}\nUntil you say yes, @dana commands.\n{context}"));

    let of_ravi = ask(&known, &incident.tasks[1].knows, Form::Chat).text;
    let question = "@ravi, can you do this on INC-7K3F: Ask support for numbers? Say yes and read it back.";
    let time = "Time box: 10 min, until 14:37 UTC (15:37 Berlin), 4 min overdue.\nWhen time is up, report conditions, actions, needs.";
    assert_eq!(of_ravi, format!("{question}\n{time}\n{context}"));
    assert_eq!(task(&known, &incident.tasks[1], Form::Chat).text, of_ravi, "a task nobody answered for is asked");
}

#[test]
fn a_task_that_was_answered_for_says_how_it_stands() {
    let (mut story, home) = (full(), home());
    let id = story.incident().tasks[0].id;
    let can = Can { conditions: "Half the pods are back".into(), actions: Some("Waiting for the rest".into()), needs: None };
    story.hear(39, "mei", Means::Voice, E::Task(TaskEvent::Reported { task: id, can }));
    let open = "\
Task on INC-7K3F: Roll back checkout.
Owner: @mei, said yes by voice 14:26 UTC: I roll back checkout, 25 minutes.
Open, until 14:50 UTC (15:50 Berlin), 9 min left.
Reported 2 min ago. Conditions: Half the pods are back. Actions: Waiting for the rest.";
    assert_eq!(task(&facts(story.incident(), &home), &story.incident().tasks[0], Form::Chat).text, open);
    story.tell(40, E::Task(TaskEvent::Done { task: id, note: Some("Version 41 serves".into()) }));
    let done = task(&facts(story.incident(), &home), &story.incident().tasks[0], Form::Chat).text;
    assert!(done.contains("\nDone 1 min ago: Version 41 serves.\n"), "{done}");
}

#[test]
fn how_a_person_knows_is_never_more_than_was_recorded() {
    let (mut story, home) = (full(), home());
    let knows = |story: &Story| {
        let text = role_card(&facts(story.incident(), &home), Role::Operations, Form::Chat).text;
        text.lines().nth(2).map(str::to_owned)
    };
    let held = "Held by @mei since 14:07 UTC (34 min), ";
    assert_eq!(knows(&story), Some(format!("{held}not told yet.")));
    let ask = story.incident().roles[0].knows.ask;
    story.tell(39, E::Ask(AskEvent::Told { ask, place: Some("#ops".into()) }));
    assert_eq!(knows(&story), Some(format!("{held}told by hand 14:39 UTC (in #ops), no answer yet.")));
    let answered = |answer| E::Ask(AskEvent::Answered { ask, answer, words: None });
    story.hear(40, "mei", Means::Phone, answered(Answer::No));
    assert_eq!(knows(&story), Some(format!("{held}said no by phone 14:40 UTC.")));
    story.tell_by(41, Entry::by(handle("mei"), Via::Window), answered(Answer::Yes));
    assert_eq!(knows(&story), Some(format!("{held}said yes in the app 14:41 UTC.")));
}

#[test]
fn a_role_card_shows_what_is_ticked() {
    let (mut story, home) = (full(), home());
    story.tell(39, E::Board(BoardEvent::Ticked { role: Role::Scribe, item: 1, done: true }));
    let text = role_card(&facts(story.incident(), &home), Role::Scribe, Form::Chat).text;
    let expected = format!(
        "SEV1 · INC-7K3F · Checkout returns 502 · Investigating
Scribe: Writes down what is said and decided, with the time.
Held by @jo since 14:04 UTC (37 min), said yes by voice 14:06 UTC.

Checklist
- [ ] Write decisions, actions and their owners with the time
- [x] Mark key moments
- [ ] Keep open questions visible
- [ ] Note who joins and who leaves

People meet at {ROOM}"
    );
    assert_eq!(text, expected);
    let deputy = role_card(&facts(story.incident(), &home), Role::Deputy, Form::Chat).text;
    assert!(deputy.contains("\nNobody has this role yet.\n"), "{deputy}");
}

#[test]
fn people_are_listed_with_role_presence_and_phone() {
    let (story, home) = (full(), home());
    let expected = format!(
        "SEV1 · INC-7K3F · Checkout returns 502 · Investigating
People as of 14:41 UTC (15:41 Berlin).
- @dana: Incident Commander, not heard to be there, no phone in the book.
- @mei: Mei Chen, Operations Lead, there since 14:08 UTC, no phone in the book.
- @jo: Jo Ruiz, Scribe, there since 14:08 UTC, +49 151 234
- @ravi: no role, not heard to be there, no phone in the book.

People meet at {ROOM}"
    );
    assert_eq!(people(&facts(story.incident(), &home), Form::Chat).text, expected);
}

#[test]
fn the_board_counts_what_it_leaves_out_and_says_when_impact_ended() {
    let (mut story, home) = (full(), home());
    for n in 0..20 {
        story.tell(39, E::Task(TaskEvent::Added { text: format!("Step {n}"), owner: handle("mei"), minutes: 15, from: None }));
    }
    let impact = story.incident().impact[0].id;
    story.tell(40, E::ImpactEnded { impact });
    let text = board(&facts(story.incident(), &home), Form::Chat).text;
    assert!(text.contains("\n- and 10 more.\n"), "{text}");
    assert!(text.contains("\nImpact: None now: ended 14:40 UTC (1 min ago), it lasted 38 min.\n"), "{text}");
    story.tell(41, E::ImpactStarted(ImpactDetail::default()));
    let text = board(&facts(story.incident(), &home), Form::Chat).text;
    assert!(text.contains("\nImpact: Customers affected since 14:41 UTC (under a minute), how many is not recorded.\n"), "{text}");
}

#[test]
fn a_room_is_the_same_on_every_machine_and_cannot_be_guessed_from_the_reference() {
    let (mut story, mut home) = (full(), home());
    assert_eq!(bridge(story.incident(), &home).as_deref(), Some(ROOM), "the server's trailing slash does not matter");
    let other = domain::incidents::Incident { id: domain::IncidentId(uuid::Uuid::from_u128(2)), ..story.incident().clone() };
    assert_ne!(bridge(&other, &home).as_deref(), Some(ROOM), "the same reference elsewhere is another room");
    home.bridge = BridgeRule::Fixed { url: "https://call.example.org/9".into() };
    assert_eq!(bridge(story.incident(), &home).as_deref(), Some("https://call.example.org/9"));
    story.tell(39, E::Board(BoardEvent::BridgeSet { url: Some("https://own.example.org".into()) }));
    assert_eq!(bridge(story.incident(), &home).as_deref(), Some("https://own.example.org"), "the incident's own comes first");
    assert_eq!(bridge(&other, &Home::default()), None);
}

#[test]
fn a_private_drill_says_both_first() {
    let mut marked = declared("Checkout returns 502", Severity::Sev1);
    (marked.drill, marked.private) = (true, true);
    let (story, home) = (Story::of(marked), home());
    let known = Facts { alerts: 0, ..facts(story.incident(), &home) };
    let made = board(&known, Form::Chat);
    let top = "DRILL: this is an exercise.\nSEV1 · INC-7K3F · Checkout returns 502 · Investigating\nPrivate: share only with those who work on it.\n";
    assert!(made.text.starts_with(top), "{}", made.text);
    for form in Form::ALL {
        let asked = ask(&known, &story.incident().command.holder().expect("dana").knows, form);
        for made in [board(&known, form), update(&known, "x", None, form), people(&known, form), asked] {
            assert!(made.text.starts_with("DRILL") && made.subject.starts_with("DRILL"), "{form:?}: {}", made.text);
            assert!(made.text.contains("hare only with those who work on it."), "{form:?}: {}", made.text);
            assert!(made.html.is_none_or(|html| html.starts_with("<p>DRILL")), "{form:?}");
        }
    }
}
