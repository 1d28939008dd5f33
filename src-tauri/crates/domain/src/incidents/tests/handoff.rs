//! Command is offered, briefed and accepted; until then whoever commanded commands.

use super::{HandoffCommand as H, IncidentCommand as C, IncidentEvent as E, *};
use crate::Means;

fn offer(to: &str) -> C {
    C::Handoff(H::Offer { to: handle(to), next: Some("Watch the queue".into()) })
}

fn offered(to: &str) -> E {
    E::Handoff(HandoffEvent::Offered { to: handle(to), next: Some("Watch the queue".into()) })
}

/// Dana commands, confirmed, and has offered command to mei.
fn standing() -> Given {
    given(&[declared(), E::CommandConfirmed {}, offered("mei")])
}

fn accepted() -> E {
    E::Handoff(HandoffEvent::Accepted { handoff: id(3) })
}

fn commander(told: &Given) -> String {
    told.state().command.holder().expect("somebody commands").person.0.clone()
}

#[test]
fn until_somebody_accepts_the_outgoing_one_commands() {
    let told = given(&[declared(), E::CommandConfirmed {}]).when(offer("mei"), minute(5)).then(&[offered("mei")]);
    let state = told.state();
    let handoff = state.handoff.as_ref().expect("it stands");
    assert_eq!((handoff.from.as_ref().map(|from| from.as_str()), handoff.to.as_str(), handoff.at), (Some("dana"), "mei", minute(5)));
    assert!(handoff.knows.is_untold(), "mei has no app: nobody told her yet");
    assert_eq!(commander(&told), "dana");
    let told = told.when(C::Handoff(H::Briefed), minute(6)).then(&[E::Handoff(HandoffEvent::Briefed { handoff: id(3) })]);
    let state = told.state();
    let handoff = state.handoff.as_ref().expect("it stands");
    assert_eq!(handoff.briefed_at, Some(minute(6)));
    assert!(!handoff.knows.is_untold() && handoff.knows.is_open(), "who has the brief was told");
    assert_eq!(commander(&told), "dana");
    told.clone().when(C::Handoff(H::Briefed), minute(7)).then_refused(Rejection::NothingToChange);
    let told = told.by(voice("mei", "dana")).when(C::Handoff(H::Accept), minute(9)).then(&[accepted()]);
    let state = told.state();
    let held = state.command.holder().expect("mei");
    assert_eq!((held.person.as_str(), held.since, held.means), ("mei", minute(9), Means::Voice));
    assert!(matches!(state.command, Command::Confirmed(_)) && state.handoff.is_none());
    assert!(held.knows.told.is_some() && held.knows.answer.as_ref().is_some_and(|(_, heard)| !heard.is_signed()), "said so, not signed");
    assert_eq!(state.command_conflict, None);
}

#[test]
fn nobody_accepts_for_another() {
    for entry in [by("dana"), by("ravi"), voice("ravi", "mei"), machine()] {
        for command in [H::Accept, H::Decline { reason: None }] {
            let refusal = Rejection::AskedOfAnother(handle("mei"));
            standing().by(entry.clone()).when(C::Handoff(command), minute(4)).then_refused(refusal);
        }
    }
    let told = standing().by(by("mei")).when(C::Handoff(H::Accept), minute(4)).then(&[accepted()]);
    let state = told.state();
    let signed = state.command.holder().and_then(|held| held.knows.answer.as_ref()).is_some_and(|(_, heard)| heard.is_signed());
    assert!(signed, "by her own hand");
    told.when(C::Handoff(H::Accept), minute(5)).then_refused(Rejection::NothingOffered);
}

#[test]
fn an_answer_to_the_offer_is_an_accept_or_a_decline() {
    let say = |answer| C::Ask(AskCommand::Answer { ask: id(3), answer, words: Some("Boarding a plane".into()) });
    standing().by(by("mei")).when(say(Answer::Yes), minute(4)).then(&[accepted()]);
    let no = E::Handoff(HandoffEvent::Declined { handoff: id(3), reason: Some("Boarding a plane".into()) });
    standing().by(by("mei")).when(say(Answer::No), minute(4)).then(&[no]);
}

#[test]
fn declined_or_withdrawn_nothing_has_changed() {
    let decline = H::Decline { reason: Some(" ".into()) };
    let declined = standing()
        .by(voice("mei", "dana"))
        .when(C::Handoff(decline), minute(4))
        .then(&[E::Handoff(HandoffEvent::Declined { handoff: id(3), reason: None })]);
    let withdrawn = standing().when(C::Handoff(H::Withdraw), minute(4)).then(&[E::Handoff(HandoffEvent::Withdrawn { handoff: id(3) })]);
    for told in [declined, withdrawn] {
        assert_eq!((commander(&told), told.state().handoff), ("dana".into(), None));
        told.clone().by(by("mei")).when(C::Handoff(H::Accept), minute(5)).then_refused(Rejection::NothingOffered);
        told.when(offer("mei"), minute(6)).then(&[offered("mei")]);
    }
}

#[test]
fn what_cannot_be_offered_is_said() {
    given(&[declared()]).when(offer("dana"), minute(1)).then_refused(Rejection::AlreadyCommands(handle("dana")));
    standing().when(offer("mei"), minute(4)).then_refused(Rejection::NothingToChange);
    standing().when(offer("jo"), minute(4)).then(&[offered("jo")]);
    let over = given(&[declared(), E::StatusSet { status: Status::Resolved }]);
    over.when(offer("mei"), minute(2)).then_refused(Rejection::NotOpen);
    for command in [H::Briefed, H::Accept, H::Decline { reason: None }, H::Withdraw] {
        given(&[declared()]).when(C::Handoff(command), minute(1)).then_refused(Rejection::NothingOffered);
    }
}

#[test]
fn whoever_takes_command_meanwhile_ends_the_offer() {
    let told = standing().by(by("ravi")).and(E::CommandSet { person: handle("ravi"), confirmed: true });
    assert_eq!((commander(&told), told.state().handoff), ("ravi".into(), None));
}

#[test]
fn an_accept_that_came_too_late_is_shown_not_lost() {
    let taken = standing().by(by("ravi")).and(E::CommandSet { person: handle("ravi"), confirmed: true });
    // Mei's machine did not know of ravi.
    let late = taken.by(by("mei")).and_unseen(&[id(2)], accepted());
    assert_eq!(commander(&late), "ravi", "one commands");
    let lost = late.state().command_conflict.expect("and both are shown");
    assert_eq!((lost.other.as_str(), lost.by.name(), lost.at, lost.event), ("mei", "mei", minute(4), id(5)));
    let settled = late.by(by("mei")).when(C::TakeCommand, minute(6)).then(&[E::CommandSet { person: handle("mei"), confirmed: true }]);
    assert_eq!((commander(&settled), settled.state().command_conflict), ("mei".into(), None));
    let withdrawn = standing().and(E::Handoff(HandoffEvent::Withdrawn { handoff: id(3) })).by(by("mei")).and_unseen(&[id(2)], accepted());
    assert_eq!(commander(&withdrawn), "dana", "the offer was gone");
    assert_eq!(withdrawn.state().command_conflict.map(|lost| lost.other), Some(handle("mei")));
}

#[test]
fn an_accept_that_came_too_late_leaves_nobody_without_a_commander() {
    let unclaimed = given(&[]).by(machine()).and(declared_by_machine()).by(by("dana")).and(offered("mei"));
    // Another machine offered it to jo meanwhile, which ended the offer that mei accepted.
    let both =
        unclaimed.and_unseen(&[], offered("jo")).by(by("mei")).and_unseen(&[], E::Handoff(HandoffEvent::Accepted { handoff: id(2) }));
    assert_eq!(commander(&both), "mei", "once there is one, never none");
}

#[test]
fn the_same_accept_from_two_machines_is_one() {
    let once = standing().by(by("mei")).and(accepted());
    let twice = once.clone().by(voice("mei", "dana")).and_unseen(&[id(2)], accepted());
    let (once, twice) = (once.state(), twice.state());
    assert_eq!((twice.command_conflict, &twice.command), (None, &once.command));
}

#[test]
fn an_accept_unseen_of_a_later_commander_is_a_conflict() {
    let both = standing().by(by("mei")).and(accepted()).by(by("ravi"));
    let both = both.and_unseen(&[id(2)], E::CommandSet { person: handle("ravi"), confirmed: true });
    assert_eq!(commander(&both), "ravi", "the later word");
    assert_eq!(both.state().command_conflict.map(|lost| lost.other), Some(handle("mei")));
}

#[test]
fn corrections_reach_the_offer() {
    let fix = |target: u128, at: i64, text: Option<&str>| E::Corrected {
        target: id(target),
        occurred_at: Some(minute(at)),
        text: text.map(Into::into),
    };
    let told = standing().and(E::Handoff(HandoffEvent::Briefed { handoff: id(3) }));
    let handoff = told.and(fix(3, -1, Some("Call the vendor"))).and(fix(4, 1, None)).state().handoff.expect("it stands");
    assert_eq!((handoff.at, handoff.next.as_deref()), (minute(-1), Some("Call the vendor")));
    assert_eq!((handoff.briefed_at, handoff.knows.told.map(|heard| heard.at)), (Some(minute(1)), Some(minute(1))));
}

#[test]
fn events_about_another_offer_change_nothing() {
    let before = standing().state().handoff;
    for event in [
        HandoffEvent::Briefed { handoff: id(9) },
        HandoffEvent::Declined { handoff: id(9), reason: None },
        HandoffEvent::Withdrawn { handoff: id(9) },
    ] {
        assert_eq!(standing().and(E::Handoff(event)).state().handoff, before);
    }
}
