//! Nobody is called asked who was not told; what was said and what was signed look different for ever.

use super::{IncidentCommand as C, IncidentEvent as E, *};
use crate::{Means, Role};

fn task_for(owner: &str) -> E {
    E::Task(TaskEvent::Added { text: "Roll back".into(), owner: handle(owner), minutes: 15, from: None })
}

fn tell(ask: u128, place: &str) -> C {
    C::Ask(AskCommand::Tell { ask: id(ask), place: Some(place.into()) })
}

fn told(ask: u128, place: &str) -> E {
    E::Ask(AskEvent::Told { ask: id(ask), place: Some(place.into()) })
}

fn say(ask: u128, answer: Answer, words: Option<&str>) -> C {
    C::Ask(AskCommand::Answer { ask: id(ask), answer, words: words.map(Into::into) })
}

fn said(ask: u128, answer: Answer, words: Option<&str>) -> E {
    E::Ask(AskEvent::Answered { ask: id(ask), answer, words: words.map(Into::into) })
}

fn knows(told: &Given) -> Knowing {
    told.state().tasks[0].knows.clone()
}

fn answer(known: &Knowing) -> (Answer, Heard) {
    known.answer.clone().expect("answered")
}

#[test]
fn not_told_yet_then_told_by_hand_then_said_yes_by_voice() {
    let asked = given(&[declared(), task_for("ravi")]);
    assert!(knows(&asked).is_untold(), "nobody told ravi, who has no app");
    let heard = asked.when(tell(2, "the call"), minute(3)).then(&[told(2, "the call")]);
    let known = knows(&heard);
    assert!(!known.is_untold() && known.is_open(), "told by hand, and no answer yet");
    assert_eq!((known.place.as_deref(), known.told.map(|heard| heard.at)), (Some("the call"), Some(minute(3))));
    let yes = heard.by(voice("ravi", "dana")).when(say(2, Answer::Yes, Some("Rolling back")), minute(36));
    let known = knows(&yes.then(&[said(2, Answer::Yes, Some("Rolling back"))]));
    let (yes, heard) = answer(&known);
    assert_eq!((yes, heard.who.name(), heard.typed_by.name()), (Answer::Yes, "ravi", "dana"));
    assert_eq!((heard.means, heard.at, known.words.as_deref()), (Means::Voice, minute(36), Some("Rolling back")));
    assert!(!heard.is_signed() && !known.is_open());
}

#[test]
fn said_and_signed_differ() {
    let by_own_hand = by("ravi");
    let typed_for_them = Entry { on_behalf_of: Some(handle("ravi")), ..by("dana") };
    let typed_by_themselves = Entry { means: Means::Phone, ..by("ravi") };
    for (entry, signed) in [(by_own_hand, true), (voice("ravi", "dana"), false), (typed_for_them, false), (typed_by_themselves, false)] {
        let told = given(&[declared(), task_for("ravi")]).by(entry.clone());
        let known = knows(&told.when(say(2, Answer::Yes, None), minute(3)).then(&[said(2, Answer::Yes, None)]));
        assert_eq!(answer(&known).1.is_signed(), signed, "{entry:?}");
    }
}

#[test]
fn nobody_answers_for_another_in_their_own_name() {
    let asked = given(&[declared(), task_for("ravi")]);
    for entry in [by("dana"), voice("mei", "dana"), machine()] {
        asked.clone().by(entry).when(say(2, Answer::Yes, None), minute(3)).then_refused(Rejection::AskedOfAnother(handle("ravi")));
    }
    asked.by(machine()).when(tell(2, "#incident"), minute(3)).then_refused(Rejection::NeedsPerson);
}

#[test]
fn whoever_takes_it_has_said_yes() {
    let own = given(&[declared()]).by(by("ravi")).and(task_for("ravi"));
    assert!(answer(&knows(&own)).1.is_signed());
    let heard = given(&[declared()]).by(voice("mei", "dana")).and(E::RoleAssigned { role: Role::Scribe, person: handle("mei") });
    let (yes, heard) = answer(&heard.state().roles[0].knows);
    assert!(yes == Answer::Yes && !heard.is_signed(), "mei said that she takes it; dana typed it");
    let declarer = given(&[declared()]).state();
    assert!(declarer.command.holder().is_some_and(|held| !held.knows.is_untold()), "whoever declares knows that they command");
    let named = E::Declared(declaration(Some("mei")));
    assert!(given(&[named]).state().command.holder().is_some_and(|held| held.knows.is_untold()), "whom another names does not");
}

#[test]
fn a_mind_may_be_changed_and_not_repeated() {
    let yes = given(&[declared(), task_for("ravi")]).by(by("ravi")).and(said(2, Answer::Yes, None));
    yes.clone().when(say(2, Answer::Yes, None), minute(3)).then_refused(Rejection::NothingToChange);
    yes.clone().when(say(2, Answer::Yes, Some("On it")), minute(3)).then(&[said(2, Answer::Yes, Some("On it"))]);
    let no = yes.when(say(2, Answer::No, Some("Pager went off")), minute(3)).then(&[said(2, Answer::No, Some("Pager went off"))]);
    assert_eq!(answer(&knows(&no)).0, Answer::No);
}

#[test]
fn what_nobody_is_asked_nobody_answers() {
    given(&[declared()]).when(tell(9, "#incident"), minute(1)).then_refused(Rejection::NoSuchAsk);
    let done = given(&[declared(), task_for("ravi"), E::Task(TaskEvent::Done { task: id(2), note: None })]);
    done.clone().when(tell(2, "#incident"), minute(4)).then_refused(Rejection::NoSuchAsk);
    assert_eq!(done.state().asks().map(|known| known.ask).collect::<Vec<_>>(), [id(1)], "only the command is asked of somebody");
    let elsewhere = given(&[declared(), told(7, "x"), said(7, Answer::No, None)]);
    assert_eq!(elsewhere.state().asks().count(), 1, "answers to what is not known here change nothing");
}

#[test]
fn a_yes_to_command_confirms_it() {
    let named = given(&[declared()]).by(by("ravi")).and(E::CommandSet { person: handle("mei"), confirmed: false });
    let yes = named.clone().by(voice("mei", "dana")).when(say(2, Answer::Yes, None), minute(3)).then(&[E::CommandConfirmed {}]);
    let state = yes.state();
    assert!(matches!(&state.command, Command::Confirmed(held) if answer(&held.knows).1.who.name() == "mei"));
    let no = named.by(by("mei")).when(say(2, Answer::No, None), minute(3)).then(&[said(2, Answer::No, None)]);
    let held = no.state().command.holder().cloned().expect("command is never laid down");
    assert_eq!((held.person, answer(&held.knows).0), (handle("mei"), Answer::No));
}

#[test]
fn whom_another_confirmed_may_still_say_yes() {
    let named = given(&[declared()]).by(by("ravi")).and(E::CommandSet { person: handle("mei"), confirmed: false });
    let confirmed = named.by(by("jo")).and(E::CommandConfirmed {});
    assert!(confirmed.state().command.holder().is_some_and(|held| held.knows.is_untold()), "jo spoke for her unasked");
    let yes = confirmed.by(by("mei")).when(say(2, Answer::Yes, None), minute(5)).then(&[said(2, Answer::Yes, None)]);
    assert!(yes.state().command.holder().is_some_and(|held| answer(&held.knows).1.is_signed()));
}

#[test]
fn a_task_that_passes_on_is_asked_anew() {
    let passed =
        given(&[declared(), task_for("ravi"), told(2, "the call"), E::Task(TaskEvent::Reassigned { task: id(2), owner: handle("mei") })]);
    let known = knows(&passed);
    assert!(known.is_untold() && known.person == handle("mei") && known.ask == id(4), "mei was told nothing yet");
    // Ravi's answer was typed on another machine, which did not know.
    let late = passed.clone().by(voice("ravi", "jo")).and_unseen(&[], said(2, Answer::Yes, Some("On it")));
    assert!(knows(&late).is_untold(), "ravi's yes is not mei's");
    let late = passed.clone().and_unseen(&[], told(2, "#incident"));
    assert!(knows(&late).is_untold(), "nor was mei told by what ravi was told");
    passed.when(tell(2, "the phone"), minute(5)).then(&[told(4, "the phone")]);
}

#[test]
fn corrections_reach_what_was_said_and_nothing_else() {
    let reword = |target: u128, text: &str| E::Corrected { target: id(target), occurred_at: None, text: Some(text.into()) };
    let retime = |target: u128, at: i64| E::Corrected { target: id(target), occurred_at: Some(minute(at)), text: None };
    let own = given(&[declared()]).by(by("ravi")).and(task_for("ravi")).and(reword(2, "Roll back to v41"));
    assert_eq!((own.state().tasks[0].text.as_str(), knows(&own).words), ("Roll back to v41", None), "a task's words are no answer");
    let title = given(&[declared(), reword(1, "Checkout returns 503")]).state();
    assert_eq!(title.command.holder().and_then(|held| held.knows.words.clone()), None);
    let heard =
        given(&[declared(), task_for("ravi"), told(2, "the cal")]).by(voice("ravi", "dana")).and(said(2, Answer::Yes, Some("No it")));
    let known = knows(&heard.and(reword(3, "the call")).and(reword(4, "On it")).and(retime(3, 1)).and(retime(4, 2)));
    assert_eq!((known.place.as_deref(), known.words.as_deref()), (Some("the call"), Some("On it")));
    assert_eq!((known.told.clone().map(|heard| heard.at), answer(&known).1.at), (Some(minute(1)), minute(2)));
}

#[test]
fn who_is_there_is_heard_once_and_may_leave() {
    let call = |here: &[&str], left: &[&str]| C::RollCall {
        here: here.iter().map(|name| handle(name)).collect(),
        left: left.iter().map(|name| handle(name)).collect(),
    };
    let called = |here: &[&str], left: &[&str]| E::RollCalled {
        here: here.iter().map(|name| handle(name)).collect(),
        left: left.iter().map(|name| handle(name)).collect(),
    };
    let here = given(&[declared()]).when(call(&["ravi", "mei", "ravi"], &["jo"]), minute(2)).then(&[called(&["mei", "ravi"], &[])]);
    let again = here.when(call(&["ravi"], &["mei"]), minute(5)).then(&[called(&["ravi"], &["mei"])]);
    assert_eq!(again.state().present.iter().map(|(who, heard)| (who.as_str(), heard.at)).collect::<Vec<_>>(), [("ravi", minute(2))]);
    again.clone().when(call(&[], &["jo"]), minute(6)).then_refused(Rejection::NobodyNamed);
    let back = again.and(E::Corrected { target: id(2), occurred_at: Some(minute(-3)), text: None });
    assert_eq!(back.state().present[&handle("ravi")].at, minute(-3), "since when is corrected as well");
}
