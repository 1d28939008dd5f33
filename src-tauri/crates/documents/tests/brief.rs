//! The handoff brief: short whatever happened, and never without the eight facts a successor needs.

mod common;

use common::*;
use documents::{BRIEF_LIMIT, Facts, Form, brief};
use domain::home::Home;
use domain::incidents::{BoardEvent, BoardLine, Can, CommsEvent, HandoffEvent, ImpactDetail, IncidentEvent as E, TaskEvent, ThoughtEvent};
use domain::{Role, ServiceName, Severity};

#[test]
fn it_reads_like_a_briefing() {
    let (story, home) = (full(), home());
    let text = brief(&facts(story.incident(), &home), Form::Chat).text;
    let expected = "\
SEV1 · INC-7K3F · Checkout returns 502 · Investigating
Handoff brief for @ines as of 14:41 UTC (15:41 Berlin).

Situation
Severity: SEV1 since 14:00 UTC (41 min).
State: Investigating since 14:00 UTC (41 min).
Impact: Customers affected since 14:02 UTC (39 min): 30% of customers; checkout; Cards are refused.
Alerts: 3 of 5 firing.
We believe: The 13:45 deploy broke checkout (supported 21 min ago).

Objectives and priorities
Customers can pay before 15:00 (7 min ago).

Organisation
@dana commands, confirmed, since 14:00 UTC (41 min).
Command offered to @ines 3 min ago, not told yet, not accepted.
- Operations Lead: @mei, not told yet.
- Scribe: @jo, said yes by voice 14:06 UTC.

Heard to be there: @jo and @mei.

Actions
- Ask support for numbers: @ravi, 4 min overdue, not told yet.
- Roll back checkout: @mei, 9 min left, said yes by voice 14:26 UTC.

We need: Somebody from payments (8 min ago).
Last decision: Roll back instead of forward (12 min ago). Objections asked 14:30 UTC, none raised. Risk: Carts are lost.

Next update
Due by 14:50 UTC (15:50 Berlin), in 9 min. Promised 9 min ago.
Last update 14:31 UTC (10 min ago), posted by hand in #status.

I would do next
Watch the error rate for ten minutes (3 min ago).";
    assert_eq!(text, expected);
}

#[test]
fn what_nobody_wrote_is_said_to_be_missing() {
    let story = Story::of(declared("Checkout returns 502", Severity::Sev1));
    let home = Home::default();
    let known = Facts { firing: 0, alerts: 0, ..facts(story.incident(), &home) };
    let expected = "\
SEV1 · INC-7K3F · Checkout returns 502 · Investigating
Handoff brief as of 14:41 UTC (15:41 Berlin).
Nothing recorded since 14:00 UTC (41 min ago).

Situation
Severity: SEV1 since 14:00 UTC (41 min).
State: Investigating since 14:00 UTC (41 min).
Impact: No customer impact is recorded.
We believe: Nobody wrote what we believe.

Objectives and priorities
Nobody wrote an objective.

Organisation
@dana commands, acting, not confirmed, since 14:00 UTC (41 min).
No other role is given.

Actions
No task is open.
We need: Nobody wrote what we need.
Last decision: No decision is recorded.

Next update
None is promised.
No update is recorded as sent or posted.

I would do next
Not written.";
    assert_eq!(brief(&known, Form::Chat).text, expected);
}

#[test]
fn silence_is_said_after_twenty_minutes() {
    let (story, home) = (full(), home());
    let at = |n: i64| Facts { now: minute(n), ..facts(story.incident(), &home) };
    assert!(!brief(&at(58), Form::Chat).text.contains("Nothing recorded"), "the last entry is twenty minutes old, not more");
    let late = brief(&at(38 + 180), Form::Chat).text;
    assert!(late.contains("Nothing recorded since 14:38 UTC (3 h ago)."), "{late}");
    assert!(late.contains("Due by 14:50 UTC (15:50 Berlin), 2 h 48 min overdue."), "{late}");
}

/// An incident in which everything happened hundreds of times, in many words; `next` as the outgoing one wrote it.
fn endless(words: &str) -> Story {
    let mut story = Story::of(declared(words, Severity::Sev1));
    let services: Vec<ServiceName> = (0..60).map(|n| ServiceName(format!("service-{n}"))).collect();
    story.tell(1, E::ImpactStarted(ImpactDetail { share: Some(12.5), services, text: Some(words.into()) }));
    for n in 0..300_u32 {
        let at = 2 + i64::from(n);
        story.tell(
            at,
            E::Task(TaskEvent::Added { text: format!("{n} {words}"), owner: handle(&format!("person-{n}")), minutes: 15 + n, from: None }),
        );
        let decision =
            story.tell(at, E::Thought(ThoughtEvent::Decided { text: format!("{n} {words}"), options: vec![], risk: Some(words.into()) }));
        story.tell(at, E::Thought(ThoughtEvent::Polled { decision, objection: Some(words.into()) }));
        story.tell(at, E::Thought(ThoughtEvent::Resulted { decision, result: words.into() }));
        story.tell(at, E::Thought(ThoughtEvent::Supposed { text: format!("{n} {words}") }));
        story.tell(at, E::RoleAssigned { role: Role::Expert, person: handle(&format!("expert-{n}")) });
        story.tell(at, E::RollCalled { here: vec![handle(&format!("present-{n}"))], left: vec![] });
    }
    let tasks: Vec<_> = story.incident().tasks.iter().map(|task| task.id).collect();
    for task in tasks {
        let can = Can { conditions: words.into(), actions: Some(words.into()), needs: Some(words.into()) };
        story.tell(303, E::Task(TaskEvent::Reported { task, can }));
    }
    story.tell(304, E::Board(BoardEvent::LineSet { line: BoardLine::Doing, text: Some(words.into()) }));
    story.tell(304, E::Board(BoardEvent::LineSet { line: BoardLine::Objective, text: Some(words.into()) }));
    story.tell(305, E::Comms(CommsEvent::Promised { due: minute(330), every_minutes: None }));
    story.tell(306, E::Handoff(HandoffEvent::Offered { to: handle("ines"), next: Some(format!("I would wait. {words}")) }));
    story
}

#[test]
fn an_endless_incident_has_a_short_brief_with_all_eight_facts() {
    let home = home();
    for words in ["The deploy broke it. ".repeat(60), "never a full stop ".repeat(60), "x".repeat(4_000), "支払いができません".repeat(200)]
    {
        let story = endless(&words);
        let known = Facts { now: minute(310), ..facts(story.incident(), &home) };
        for form in [Form::Chat, Form::Slack, Form::Teams, Form::Speech, Form::Mail, Form::Wiki] {
            let made = brief(&known, form);
            assert!(made.words <= BRIEF_LIMIT, "{form:?} has {} words:\n{}", made.words, made.text);
            assert_eq!(made.words as usize, made.text.split_whitespace().count(), "words are counted between white space");
            let html = made.html.unwrap_or_default().replace('<', " <").replace('>', "> ");
            let words = html.split_whitespace().filter(|word| !word.starts_with('<')).count();
            assert!(words <= BRIEF_LIMIT as usize, "the HTML of {form:?} has {words} words");
        }
        let text = brief(&known, Form::Chat).text;
        let eight = [
            ("severity", "Severity: SEV1 since 14:00 UTC (5 h 10 min)."),
            ("impact now", "Impact: Customers affected since 14:01 UTC (5 h 9 min): 12.5% of customers;"),
            ("what is believed", "We believe: 299 "),
            ("what is being done by whom", ": @person-0, 4 h 53 min overdue, not told yet"),
            ("what is needed", "We need: "),
            ("the last decision", "Last decision: 299 "),
            ("the next promise", "Due by 19:30 UTC (20:30 Berlin), in 20 min. Promised 5 min ago."),
            ("what the outgoing one would do next", "I would do next\nI would wait."),
        ];
        for (fact, expected) in eight {
            assert!(text.contains(expected), "{fact}: {expected:?} is missing in\n{text}");
        }
        let ages = ["(proposed 9 min ago).", "(7 min ago).", "(9 min ago). Objections raised: 1", "(4 min ago)."];
        assert!(ages.iter().all(|age| text.contains(age)), "each fact has its age:\n{text}");
        assert!(text.contains(" more.\n"), "what is left out is counted:\n{text}");
    }
}

#[test]
fn a_short_message_holds_the_eight_facts_as_well() {
    let (story, home) = (full(), home());
    let made = brief(&facts(story.incident(), &home), Form::Sms);
    let expected = "\
SEV1 41 min, INC-7K3F, Checkout returns 502, Investigating.
Impact 39 min: 30% of customers; checkout; Cards are refused.
Believe (21 min ago): The 13:45 deploy broke checkout.
Doing: Ask support for numbers, @ravi, 4 min overdue, not told yet, and 1 more.
Need: Somebody from payments (8 min ago).
Decided (12 min ago): Roll back instead of forward, objections asked.
Next update by 14:50 UTC, in 9 min.
Next I would: Watch the error rate for... (3 min ago).";
    assert_eq!((made.text.as_str(), made.messages), (expected, 3));
}
