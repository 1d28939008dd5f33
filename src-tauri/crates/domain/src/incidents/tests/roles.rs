//! The other roles: one person each, but for experts and observers.

use super::{IncidentCommand as C, IncidentEvent as E, *};
use crate::Role;

fn assign(role: Role, person: &str) -> C {
    C::AssignRole { role, person: handle(person) }
}

fn assigned(role: Role, person: &str) -> E {
    E::RoleAssigned { role, person: handle(person) }
}

fn release(role: Role, person: Option<&str>) -> C {
    C::ReleaseRole { role, person: person.map(handle) }
}

fn holders(told: &Given, role: Role) -> Vec<String> {
    told.state().roles.iter().filter(|held| held.role == role).map(|held| held.person.0.clone()).collect()
}

#[test]
fn a_role_has_one_holder_and_passes_on() {
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Commander && !role.is_shared()) {
        let told = given(&[declared()]).when(assign(role, "mei"), minute(1)).then(&[assigned(role, "mei")]);
        told.clone().when(assign(role, "mei"), minute(2)).then_refused(Rejection::AlreadyHolds { role, person: handle("mei") });
        let passed = told.when(assign(role, "jo"), minute(2)).then(&[assigned(role, "jo")]);
        assert_eq!(holders(&passed, role), ["jo"], "{role:?} passed on");
    }
}

#[test]
fn experts_and_observers_are_many() {
    for role in [Role::Expert, Role::Observer] {
        let told = given(&[declared(), assigned(role, "mei"), assigned(role, "jo")]);
        assert_eq!(holders(&told, role), ["jo", "mei"], "in order of their names");
        told.clone().when(release(role, None), minute(3)).then_refused(Rejection::RoleAmbiguous(role));
        let left = told.when(release(role, Some("jo")), minute(3)).then(&[E::RoleReleased { role, person: handle("jo") }]);
        assert_eq!(holders(&left, role), ["mei"]);
        left.when(release(role, None), minute(4)).then(&[E::RoleReleased { role, person: handle("mei") }]);
    }
}

#[test]
fn what_nobody_has_nobody_gives_back() {
    given(&[declared()]).when(release(Role::Scribe, None), minute(1)).then_refused(Rejection::RoleVacant(Role::Scribe));
    let told = given(&[declared(), assigned(Role::Scribe, "jo")]);
    told.when(release(Role::Scribe, Some("mei")), minute(2)).then_refused(Rejection::RoleVacant(Role::Scribe));
}

#[test]
fn one_person_may_have_several_roles() {
    let told = given(&[declared(), assigned(Role::Scribe, "dana"), assigned(Role::Deputy, "dana")]);
    assert_eq!(told.state().roles.len(), 2);
    assert_eq!(told.state().command.holder().map(|held| &held.person), Some(&handle("dana")), "and command besides");
}

#[test]
fn roles_read_back_as_people_say_them() {
    for role in Role::ALL {
        assert_eq!(Role::parse(role.wire()), Some(role));
        assert_eq!(Role::parse(&role.title().to_uppercase()), Some(role));
    }
    assert_eq!(Role::parse("IC"), Some(Role::Commander));
    assert_eq!(Role::parse("sme"), Some(Role::Expert));
    assert_eq!(Role::parse("boss"), None);
}
