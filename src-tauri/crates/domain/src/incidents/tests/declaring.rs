//! A title is enough. Who declares commands at once, acting; only a machine leaves command unclaimed.

use super::*;

fn declare_as(entry: &Entry, declared: Declared) -> Result<IncidentEvent, Rejection> {
    declare(declared, entry, START, START)
}

#[test]
fn whoever_declares_commands_at_once_acting() {
    let Ok(IncidentEvent::Declared(made)) = declare_as(&by("ravi"), declaration(None)) else { panic!("a title is enough") };
    assert_eq!(made.commander, Some(handle("ravi")));
    let state = given(&[]).by(by("ravi")).and(IncidentEvent::Declared(made)).state();
    assert!(matches!(&state.command, Command::Acting(held) if held.person == handle("ravi")), "acting until somebody confirms");
    assert_eq!(state.status.value, Status::Investigating);
    assert_eq!(state.acknowledged_at, None, "declaring is not acknowledging");
}

#[test]
fn whoever_is_named_commands_instead() {
    let Ok(IncidentEvent::Declared(made)) = declare_as(&by("ravi"), declaration(Some("mei"))) else { panic!("a title is enough") };
    assert_eq!(made.commander, Some(handle("mei")));
}

#[test]
fn whose_words_are_entered_commands_not_the_scribe() {
    let Ok(IncidentEvent::Declared(made)) = declare_as(&voice("mei", "jo"), declaration(None)) else { panic!("a title is enough") };
    assert_eq!(made.commander, Some(handle("mei")), "mei said it, jo only typed it");
}

#[test]
fn only_a_machine_leaves_command_unclaimed() {
    let Ok(IncidentEvent::Declared(made)) = declare_as(&machine(), declaration(None)) else { panic!("machines may declare") };
    let state = given(&[]).by(machine()).and(IncidentEvent::Declared(made)).state();
    assert_eq!(state.command, Command::Unclaimed { since: START }, "loud, with a clock, until somebody takes it");
}

#[test]
fn a_title_is_one_line_of_at_most_200_characters() {
    let titled = |title: &str| declare_as(&by("dana"), Declared { title: title.into(), ..declaration(None) });
    let Ok(IncidentEvent::Declared(made)) = titled("  Checkout\n returns\t502 ") else { panic!("spaces are no reason to refuse") };
    assert_eq!(made.title, "Checkout returns 502", "what was pasted becomes one line");
    assert_eq!(titled(" \n "), Err(Rejection::TitleMissing));
    assert!(titled(&"ü".repeat(TITLE_LIMIT)).is_ok(), "characters count, not bytes");
    assert_eq!(titled(&"ü".repeat(TITLE_LIMIT + 1)), Err(Rejection::TitleTooLong(TITLE_LIMIT + 1)));
}

#[test]
fn the_past_may_be_declared_and_the_future_may_not() {
    let at = |at, now| declare(declaration(None), &by("dana"), at, now);
    assert!(at(minute(-600), START).is_ok(), "back-dated by ten hours");
    assert!(at(minute(2), START).is_ok(), "two minutes are two clocks that differ");
    assert_eq!(at(minute(3), START), Err(Rejection::InTheFuture(3)));
}

#[test]
fn the_first_sign_is_the_alert_or_the_declaration() {
    let from_alerts = Declared { detected_at: minute(-7), ..declaration(Some("dana")) };
    let state = given(&[IncidentEvent::Declared(from_alerts)]).state();
    assert_eq!((state.detected_at, state.declared_at), (minute(-7), START));
    let clock_ahead = Declared { detected_at: minute(7), ..declaration(Some("dana")) };
    assert_eq!(given(&[IncidentEvent::Declared(clock_ahead)]).state().detected_at, START, "nobody declares what nobody noticed");
}

#[test]
fn a_second_declaration_of_the_same_incident_changes_nothing() {
    let once = given(&[declared()]);
    let twice = once.clone().and(IncidentEvent::Declared(Declared { title: "Another".into(), ..declaration(Some("mei")) }));
    assert_eq!(twice.state().title, once.state().title);
    assert_eq!(twice.state().command, once.state().command);
}
