//! Invariant 7: never two commanders, and once there is one, never none. Acting never blocks anything; one key confirms.

use super::{IncidentCommand as C, IncidentEvent as E, *};
use crate::{Means, Role};

fn name(person: &str) -> C {
    C::AssignRole { role: Role::Commander, person: handle(person) }
}

fn set(person: &str, confirmed: bool) -> E {
    E::CommandSet { person: handle(person), confirmed }
}

fn acting(state: &Incident) -> Option<Handle> {
    match &state.command {
        Command::Acting(held) => Some(held.person.clone()),
        Command::Unclaimed { .. } | Command::Confirmed(_) => None,
    }
}

fn confirmed(state: &Incident) -> Option<Handle> {
    match &state.command {
        Command::Confirmed(held) => Some(held.person.clone()),
        Command::Unclaimed { .. } | Command::Acting(_) => None,
    }
}

#[test]
fn one_key_confirms_by_anyone() {
    for who in ["dana", "mei"] {
        let told = given(&[declared()]).by(by(who)).when(C::ConfirmCommand, minute(2)).then(&[E::CommandConfirmed {}]);
        assert_eq!(confirmed(&told.state()), Some(handle("dana")), "{who} confirmed dana");
        told.when(C::ConfirmCommand, minute(3)).then_refused(Rejection::AlreadyConfirmed(handle("dana")));
    }
}

#[test]
fn the_confirmed_one_has_commanded_since_they_were_acting() {
    let told = given(&[declared(), note("x"), E::CommandConfirmed {}]);
    let state = told.state();
    let held = state.command.holder().expect("dana commands");
    assert_eq!((held.since, held.since_by, held.set_by), (START, id(1), id(3)));
}

#[test]
fn the_acting_commander_takes_command_by_confirming() {
    given(&[declared()]).when(C::TakeCommand, minute(1)).then(&[E::CommandConfirmed {}]);
    given(&[declared()]).when(name("dana"), minute(1)).then(&[E::CommandConfirmed {}]);
}

#[test]
fn naming_the_acting_commander_confirms_them() {
    let told = given(&[declared()]).by(by("ravi")).when(name("dana"), minute(1)).then(&[E::CommandConfirmed {}]);
    assert_eq!(confirmed(&told.state()), Some(handle("dana")), "a second person's word is a confirmation, not a repetition");
}

#[test]
fn taking_command_by_ones_own_word_is_confirmed() {
    let told = given(&[declared()]).by(by("ravi")).when(C::TakeCommand, minute(1)).then(&[set("ravi", true)]);
    assert_eq!(confirmed(&told.state()), Some(handle("ravi")));
    assert_eq!(told.state().command_conflict, None, "ravi saw that dana was acting");
    told.when(C::TakeCommand, minute(2)).then_refused(Rejection::AlreadyCommands(handle("ravi")));
}

#[test]
fn command_given_by_another_is_acting() {
    let told = given(&[declared(), E::CommandConfirmed {}]).by(by("ravi")).when(name("mei"), minute(2)).then(&[set("mei", false)]);
    assert_eq!(acting(&told.state()), Some(handle("mei")), "mei has not said so herself");
    let told = told.by(voice("mei", "jo")).when(C::ConfirmCommand, minute(3)).then(&[E::CommandConfirmed {}]);
    let held = told.state().command.holder().cloned().expect("mei commands");
    assert_eq!(held.means, Means::Voice, "that it was said and not signed stays visible");
}

#[test]
fn what_was_said_by_voice_is_ones_own_word() {
    given(&[declared()]).by(voice("mei", "jo")).when(C::TakeCommand, minute(1)).then(&[set("mei", true)]);
    given(&[declared()]).by(voice("mei", "jo")).when(name("mei"), minute(1)).then(&[set("mei", true)]);
}

#[test]
fn command_is_never_laid_down() {
    for told in [given(&[declared()]), given(&[declared(), E::CommandConfirmed {}]), given(&[]).by(machine()).and(declared_by_machine())] {
        let release = C::ReleaseRole { role: Role::Commander, person: None };
        told.by(by("dana")).when(release, minute(4)).then_refused(Rejection::CommandNeedsSuccessor);
    }
}

#[test]
fn unclaimed_command_waits_for_a_person() {
    let told = given(&[]).by(machine()).and(declared_by_machine());
    told.clone().when(C::TakeCommand, minute(1)).then_refused(Rejection::NeedsPerson);
    told.clone().when(C::ConfirmCommand, minute(1)).then_refused(Rejection::NeedsPerson);
    told.clone().by(by("mei")).when(C::ConfirmCommand, minute(1)).then_refused(Rejection::NobodyCommands);
    let taken = told.clone().by(by("mei")).when(C::TakeCommand, minute(1)).then(&[set("mei", true)]);
    assert_eq!(confirmed(&taken.state()), Some(handle("mei")));
    let on_call = told.when(name("mei"), minute(1)).then(&[set("mei", false)]);
    assert_eq!(acting(&on_call.state()), Some(handle("mei")), "who is on call becomes acting");
}

#[test]
fn a_machine_neither_confirms_nor_replaces_a_commander() {
    for told in [given(&[declared()]), given(&[declared(), E::CommandConfirmed {}])] {
        let told = told.by(machine());
        told.clone().when(C::ConfirmCommand, minute(2)).then_refused(Rejection::NeedsPerson);
        told.clone().when(name("mei"), minute(2)).then_refused(Rejection::NeedsPerson);
    }
    given(&[declared()]).by(machine()).when(name("dana"), minute(2)).then_refused(Rejection::NeedsPerson);
}

#[test]
fn two_who_took_command_unseen_of_each_other_are_shown() {
    let told = given(&[]).by(machine()).and(declared_by_machine()).by(by("mei")).and_unseen(&[], set("mei", true)).by(by("ravi"));
    let both = told.and_unseen(&[], set("ravi", true));
    let state = both.state();
    assert_eq!(confirmed(&state), Some(handle("ravi")), "one commands, the later");
    let lost = state.command_conflict.clone().expect("and the other is not lost silently");
    assert_eq!((lost.other, lost.event, lost.at), (handle("mei"), id(2), minute(1)));
    assert_eq!(lost.by.name(), "mei", "it was mei's own act that lost");
    let settled = both.clone().when(C::ConfirmCommand, minute(4)).then(&[E::CommandConfirmed {}]);
    assert_eq!((confirmed(&settled.state()), settled.state().command_conflict), (Some(handle("ravi")), None));
    let settled = both.clone().when(C::TakeCommand, minute(4)).then(&[E::CommandConfirmed {}]);
    assert_eq!(settled.state().command_conflict, None, "the one who commands may settle it, too");
    let settled = both.by(by("mei")).when(C::TakeCommand, minute(4)).then(&[set("mei", true)]);
    assert_eq!((confirmed(&settled.state()), settled.state().command_conflict), (Some(handle("mei")), None));
}

#[test]
fn a_confirmation_confirms_only_whom_it_meant() {
    let told = given(&[declared()]).by(by("ravi")).and(set("mei", false)).by(by("jo")).and_unseen(&[id(1)], E::CommandConfirmed {});
    assert_eq!(acting(&told.state()), Some(handle("mei")), "jo confirmed dana, not knowing of mei");
    assert_eq!(told.state().acknowledged_at, Some(minute(2)), "yet jo knows of the incident");
}

#[test]
fn an_agreeing_stranger_does_not_hide_a_conflict() {
    let told = given(&[declared()]).by(by("mei")).and_unseen(&[], set("mei", true)).by(by("jo")).and_unseen(&[], set("mei", false));
    assert_eq!(told.state().command_conflict.map(|lost| lost.other), Some(handle("dana")));
}

#[test]
fn commander_is_no_role_beside_the_command() {
    let told = given(&[declared()]).and(E::RoleAssigned { role: Role::Commander, person: handle("mei") });
    assert_eq!(acting(&told.state()), Some(handle("mei")), "an import that says it so means the command");
    assert!(told.state().roles.is_empty(), "never two");
    let released = told.and(E::RoleReleased { role: Role::Commander, person: handle("mei") });
    assert_eq!(acting(&released.state()), Some(handle("mei")), "never none");
}
