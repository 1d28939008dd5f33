//! The two open incidents show the whole craft of command, and nothing in the demonstration claims more than was done.

use super::*;
use domain::incidents::{Answer, BoardLine, HintKind, Kept, Knowing, Piece, Standing, Task};
use domain::roles::Command;
use domain::{Actor, Handle, Role};

async fn opened(now: Timestamp) -> (Stage, Incident, Incident) {
    let stage = performed(now).await;
    let mut open: Vec<Incident> = stage.incidents().into_iter().filter(|one| one.status.value.is_open()).collect();
    open.sort_by_key(|incident| incident.declared_at);
    let [first, second] = <[Incident; 2]>::try_from(open).unwrap_or_else(|open| panic!("{} are open", open.len()));
    (stage, first, second)
}

fn named<'t>(tasks: &'t [Task], text: &str) -> &'t Task {
    tasks.iter().find(|task| task.text.contains(text)).unwrap_or_else(|| panic!("a task about {text}"))
}

fn role(incident: &Incident, role: Role) -> &Knowing {
    &incident.roles.iter().find(|held| held.role == role).unwrap_or_else(|| panic!("somebody is {}", role.title())).knows
}

#[tokio::test(flavor = "multi_thread")]
async fn you_command_and_people_know_of_their_roles_in_three_ways() {
    let (_stage, first, _) = opened(NOW).await;
    let Command::Confirmed(held) = &first.command else { panic!("it is confirmed") };
    assert_eq!((held.person.as_str(), held.since), (YOU, first.declared_at));
    let answer = |of: Role| role(&first, of).answer.clone().map(|(answer, heard)| (answer, heard.is_signed(), heard.means));
    assert_eq!(answer(Role::Operations), Some((Answer::Yes, true, Means::App)), "in the app, by their own hand");
    assert_eq!(answer(Role::Communications), Some((Answer::Yes, false, Means::Voice)), "said yes by voice");
    assert!(role(&first, Role::Scribe).is_untold(), "not told yet");
    assert_eq!(first.board.bridge.as_deref(), Some("https://meet.northwind.example/checkout-eu"));
    let present: Vec<&str> = first.present.keys().map(Handle::as_str).collect();
    assert_eq!(present, ["mei", "nils-payments", "ravi", "tomas-edge"], "who answered the roll");
}

#[tokio::test(flavor = "multi_thread")]
async fn five_tasks_stand_in_four_ways() {
    let (_stage, first, _) = opened(NOW).await;
    assert_eq!(first.tasks.len(), 5);
    let done: Vec<&Task> = first.tasks.iter().filter(|task| !task.is_open()).collect();
    assert!(done.len() == 2 && done.iter().all(|task| task.ended.as_ref().is_some_and(|heard| heard.at < task.due())), "done in time");
    let left = |task: &Task| task.due().since(NOW) / 60_000;
    let (nearly, running, untold) = (named(&first.tasks, "AMS and MAD"), named(&first.tasks, "replay"), named(&first.tasks, "tickets"));
    assert!((1..3).contains(&left(nearly)), "nearly due: {} min left", left(nearly));
    assert!(nearly.report.as_ref().is_some_and(|(can, _)| can.needs.is_some()), "its owner has reported");
    assert!(nearly.knows.words.is_some(), "and has said it back");
    assert!((10..20).contains(&left(running)) && running.knows.answer.is_some(), "running: {} min left", left(running));
    assert!(untold.is_open() && untold.knows.is_untold(), "its owner is not told yet");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_room_thinks_is_on_the_board() {
    let (_stage, first, _) = opened(NOW).await;
    let decisions = &first.thoughts.decisions;
    assert_eq!(decisions.len(), 2);
    assert!(decisions.iter().all(|one| one.risk.is_some() && one.options.len() == 2 && one.polled.is_some()), "{decisions:#?}");
    assert_eq!(decisions.iter().map(|one| one.objections.len()).collect::<Vec<_>>(), [0, 1], "one of them met an objection");
    let standing = |standing| first.thoughts.hypotheses.iter().filter(|one| one.standing == standing).collect::<Vec<_>>();
    let [supported] = standing(Standing::Supported)[..] else { panic!("one is supported") };
    let [out] = standing(Standing::RuledOut)[..] else { panic!("one is ruled out") };
    assert!(standing(Standing::Proposed).len() == 1 && !supported.evidence.is_empty() && !out.evidence.is_empty());
    let questions = &first.thoughts.questions;
    assert_eq!((questions.len(), first.thoughts.open_questions().count()), (2, 1), "one waits for its answer");
    assert_eq!(first.believe().expect("believed").by, supported.id, "the board believes what is supported");
    assert_eq!(first.need().map(|line| line.by), first.board.lines.get(&BoardLine::Need).map(|(_, heard)| heard.event));
    assert!(first.need().is_some() && first.objective().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn promises_were_kept_once_in_time_and_once_late_and_the_next_is_near() {
    let (_stage, first, second) = opened(NOW).await;
    let judged: Vec<Kept> = first.comms.judged().into_iter().map(|(_, kept)| kept).collect();
    assert!(matches!(judged[..], [Kept::InTime(_), Kept::Late(_), Kept::Open]), "{judged:?}");
    let due = first.comms.running().expect("one runs").due.since(NOW) / 60_000;
    assert!((2..6).contains(&due), "the next is due in {due} min");
    assert!(first.comms.postings.iter().all(|one| one.by_hand) && first.comms.queue.is_empty(), "all by hand");
    let places: Vec<(Piece, &str)> = first.comms.postings.iter().map(|one| (one.piece, one.place.as_str())).collect();
    let (update, announcement) = (Piece::Update, Piece::Announcement);
    assert_eq!(places, [(announcement, "#inc-checkout"), (update, "status page"), (update, "status page, #support")]);
    let overdue = NOW.since(second.comms.running().expect("one runs").due) / 60_000;
    assert!((1..5).contains(&overdue), "that of the second is {overdue} min overdue");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_pasted_stays_when_it_is_pasted_again() {
    // Half an hour before midnight as well: what was said is of two days then.
    for now in [NOW, NOW.plus_secs(15 * 3600)] {
        let (stage, first, _) = opened(now).await;
        let stories = story::read().expect("the data parses");
        let paste = stories.open[0].told.paste.as_ref().expect("a paste");
        let again = chat::pasted(&paste.lines, &stories.people, first.declared_at);
        let keys: Vec<[u8; 16]> = again.iter().map(|line| line.key).collect();
        assert_eq!(again.len(), paste.lines.len());
        assert_eq!(stage.reader.pasted(first.id, &keys).expect("known").len(), keys.len(), "all of it is known");
        let rows = stage.timeline(&first);
        let pasted: Vec<_> = rows.iter().map(|row| &row.recorded.envelope).filter(|one| one.entry.means == Means::Paste).collect();
        assert_eq!(pasted.len(), keys.len());
        for line in pasted {
            assert_eq!(line.entry.actor, Actor::Person(Handle(YOU.into())), "you pasted it");
            assert!(line.entry.on_behalf_of.is_some(), "and somebody known said it");
            assert!(line.occurred_at > first.declared_at && line.occurred_at < now, "when it was said");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn command_of_the_second_is_offered_and_not_yet_answered() {
    let (stage, _, second) = opened(NOW).await;
    assert!(matches!(&second.command, Command::Acting(held) if held.person.as_str() == "kofi" && held.knows.told.is_some()));
    let offer = second.handoff.as_ref().expect("an offer stands");
    assert_eq!((offer.to.as_str(), offer.from.as_ref().map(Handle::as_str)), ("noor-search", Some("kofi")));
    assert!(offer.next.is_some() && offer.knows.told.is_some() && offer.knows.is_open(), "told, and no answer yet");
    let hints: Vec<HintKind> = second.hints(&stage.home, NOW).into_iter().map(|hint| hint.kind).collect();
    for kind in [HintKind::NoScribe, HintKind::NoCommunications, HintKind::NotPolled] {
        assert!(hints.contains(&kind), "{kind:?} in {hints:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_said_to_know_who_was_not_told() {
    let (stage, ..) = opened(NOW).await;
    let mut untold = vec![];
    for incident in stage.incidents() {
        let rows = stage.timeline(&incident);
        let known: Vec<&Knowing> = incident.asks().chain(incident.tasks.iter().map(|task| &task.knows)).collect();
        for ask in known {
            let title = &incident.title.value;
            if let Some(told) = &ask.told {
                assert_ne!(told.who, Actor::Person(ask.person.clone()), "somebody else told @{} in {title}", ask.person);
                assert!(ask.place.is_some(), "and says where");
            }
            if let Some((_, heard)) = &ask.answer {
                assert_eq!(heard.who, Actor::Person(ask.person.clone()), "the answer is @{}'s own in {title}", ask.person);
                assert!(heard.is_signed() != matches!(heard.means, Means::Voice | Means::Chat | Means::Phone), "signed or said");
                assert!(heard.is_signed() || heard.typed_by != heard.who, "what was said was typed by another");
            }
            if ask.is_untold() {
                untold.push((incident.reference.clone(), ask.person.clone()));
                assert!(!incident.present.contains_key(&ask.person), "@{} is not there", ask.person);
                let asked = rows.iter().find(|row| row.recorded.envelope.id == ask.ask).expect("the ask is an entry");
                let later = rows.iter().filter(|row| row.recorded.envelope.occurred_at >= asked.recorded.envelope.occurred_at);
                let spoke = later.filter(|row| row.recorded.envelope.entry.doer() == Some(&ask.person)).count();
                assert_eq!(spoke, 0, "@{} does nothing they were not told of", ask.person);
            }
        }
        let is_over = !incident.status.value.is_open();
        assert!(!is_over || incident.tasks.iter().all(|task| !task.is_open()), "nothing is left to do in {}", incident.title.value);
        assert!(!is_over || incident.comms.running().is_none(), "nothing is promised any more in {}", incident.title.value);
    }
    untold.sort_by(|one, other| one.1.cmp(&other.1));
    let untold: BTreeSet<String> = untold.into_iter().map(|(_, person)| person.as_str().to_owned()).collect();
    assert_eq!(untold, ["jo", "lena-support"].map(str::to_owned).into(), "only these two of the first wait to be told");
}

#[test]
fn no_words_say_that_somebody_was_called() {
    let stories = story::read().expect("the data parses");
    let told = stories.incident.iter().map(|past| &past.told).chain(stories.open.iter().map(|open| &open.told));
    for told in told {
        let turns = told.turns.iter().filter(|turn| !matches!(&turn.said, verbs::Said::About(..)));
        let turns = turns.map(|turn| format!("{:?}", turn.said));
        let notes = told.notes.iter().map(|note| note.text.clone());
        for text in turns.chain(notes) {
            let text = text.to_lowercase();
            for word in ["paged", "notified", "was told", "were told", "was asked", "has been asked", "is informed", "roll call"] {
                assert!(!text.contains(word), "{word:?} is a claim that the record should make: {text:?}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_past_has_decisions_tasks_and_promises_to_count() {
    let (stage, ..) = opened(NOW).await;
    let over: Vec<Incident> = stage.incidents().into_iter().filter(|one| !one.status.value.is_open()).collect();
    let decisions: Vec<_> = over.iter().flat_map(|one| &one.thoughts.decisions).collect();
    let results = decisions.iter().filter(|one| one.result.is_some()).count();
    assert!(decisions.len() >= 9 && results >= 8, "{} decisions, {results} with a result", decisions.len());
    assert!(over.iter().map(|one| one.tasks.len()).sum::<usize>() >= 7, "tasks");
    let judged: Vec<Kept> = over.iter().flat_map(|one| one.comms.judged()).map(|(_, kept)| kept).collect();
    let count = |kept: fn(&Kept) -> bool| judged.iter().filter(|one| kept(one)).count();
    let (kept, late) = (count(|one| matches!(one, Kept::InTime(_))), count(|one| matches!(one, Kept::Late(_))));
    assert!(kept >= 12 && late >= 2 && kept + late == judged.len(), "{kept} kept in time and {late} late of {}", judged.len());
}
