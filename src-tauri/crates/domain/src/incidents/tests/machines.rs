//! Invariant 5: a machine adds and suggests; what a person set it does not change, whatever its history says.

use super::{IncidentCommand as C, IncidentEvent as E, *};
use crate::{GroupId, Role, Severity};
use uuid::Uuid;

fn everything_a_machine_might_say() -> Vec<E> {
    let group = GroupId(Uuid::from_u128(7));
    vec![
        E::Retitled { title: "Down".into() },
        E::SeveritySet { severity: Severity::Sev5, reason: None },
        E::StatusSet { status: Status::Resolved },
        E::Acknowledged {},
        E::Pinned { target: id(1), pinned: true },
        E::Corrected { target: id(1), occurred_at: Some(minute(-60)), text: Some("Down".into()) },
        E::RoleAssigned { role: Role::Scribe, person: handle("jo") },
        E::RoleReleased { role: Role::Operations, person: handle("ravi") },
        E::CommandSet { person: handle("jo"), confirmed: true },
        E::CommandConfirmed {},
        E::ImpactStarted(ImpactDetail::default()),
        E::ImpactUpdated { impact: id(3), detail: ImpactDetail { share: Some(1.0), ..ImpactDetail::default() } },
        E::ImpactEnded { impact: id(3) },
        E::GroupAttached { group, title: "x".into() },
        E::GroupDetached { group, title: "x".into() },
        E::RollCalled { here: vec![handle("jo")], left: vec![handle("ravi")] },
        E::Pasted { text: "x".into(), said_by: None, key: [1; 16] },
        E::Ask(AskEvent::Told { ask: id(2), place: None }),
        E::Task(TaskEvent::Added { text: "x".into(), owner: handle("jo"), minutes: 5, from: None }),
        E::Thought(ThoughtEvent::Supposed { text: "x".into() }),
        E::Board(BoardEvent::LineSet { line: BoardLine::Believe, text: Some("x".into()) }),
        E::Comms(CommsEvent::Promised { due: minute(60), every_minutes: None }),
        E::Comms(CommsEvent::Posted { piece: Piece::Update, update: None, place: "x".into() }),
        E::Comms(CommsEvent::Queued { update: None, piece: Piece::Update, channel: crate::ChannelName("x".into()), text: "x".into() }),
        E::Handoff(HandoffEvent::Offered { to: handle("jo"), next: None }),
        E::Handoff(HandoffEvent::Accepted { handoff: id(3) }),
        E::Clock(ClockEvent::LookSet { at: minute(60), text: None, offer_resolve: false }),
        E::Tie(TieEvent::MergedInto {
            other: crate::IncidentId(Uuid::nil()),
            reference: crate::IncidentRef("INC-0000".into()),
            groups: vec![],
        }),
    ]
}

#[test]
fn what_people_set_stays_as_they_left_it() {
    let started = E::ImpactStarted(ImpactDetail { share: Some(40.0), ..ImpactDetail::default() });
    let by_people = given(&[declared(), E::RoleAssigned { role: Role::Operations, person: handle("ravi") }, started]);
    for event in everything_a_machine_might_say() {
        let mut expected = by_people.state();
        let state = by_people.clone().by(machine()).and(event.clone()).state();
        expected.folded_to = state.folded_to;
        assert_eq!(state, expected, "{event:?}");
    }
}

#[test]
fn and_the_machine_is_told_so() {
    let told = given(&[declared()]).by(machine());
    let asks = [
        C::Retitle("Down".into()),
        C::SetSeverity { severity: Severity::Sev5, reason: None },
        C::SetStatus(Status::Resolved),
        C::Pin { target: told.target(1), pinned: true },
        C::Correct { target: told.target(1), occurred_at: Some(minute(-60)), text: None },
        C::Redact { target: told.target(1), reason: "secret".into(), masked: "[redacted]".into() },
        C::AssignRole { role: Role::Scribe, person: handle("jo") },
        C::StartImpact(ImpactDetail::default()),
        C::Attach { group: GroupId(Uuid::from_u128(7)), title: "x".into() },
    ];
    for ask in asks {
        told.clone().when(ask, minute(1)).then_refused(Rejection::NeedsPerson);
    }
}

#[test]
fn a_machine_may_note_and_may_change_what_a_machine_set() {
    let told = given(&[]).by(machine()).and(declared_by_machine());
    told.clone().when(C::Note { text: "Queue at 400".into(), pin: false }, minute(1)).then(&[note("Queue at 400")]);
    let worse = C::SetSeverity { severity: Severity::Sev1, reason: None };
    let told = told.when(worse.clone(), minute(1)).then(&[E::SeveritySet { severity: Severity::Sev1, reason: None }]);
    assert_eq!(told.state().severity.value, Severity::Sev1);
    let rated = told.by(by("mei")).and(E::SeveritySet { severity: Severity::Sev3, reason: None });
    rated.by(machine()).when(worse, minute(3)).then_refused(Rejection::NeedsPerson);
}

#[test]
fn words_that_a_person_spoke_through_a_machine_are_the_persons() {
    let spoken = Entry { on_behalf_of: Some(handle("mei")), ..machine() };
    let told = given(&[declared()])
        .by(spoken)
        .when(C::SetStatus(Status::Mitigated), minute(1))
        .then(&[E::StatusSet { status: Status::Mitigated }]);
    assert_eq!(told.state().status.by.name(), "mei");
    told.by(machine()).when(C::SetStatus(Status::Resolved), minute(2)).then_refused(Rejection::NeedsPerson);
}
