//! Decisions, hypotheses, questions: what the room thinks, from first said to settled.

use super::{IncidentCommand as C, IncidentEvent as E, ThoughtEvent as T, *};

fn think(thought: T) -> C {
    C::Thought(thought)
}

fn said(thought: T) -> E {
    E::Thought(thought)
}

fn decided() -> T {
    T::Decided { text: "Roll back".into(), options: vec!["Roll back".into(), "Roll forward".into()], risk: Some("Ten minutes down".into()) }
}

fn supposed(text: &str) -> T {
    T::Supposed { text: text.into() }
}

fn supported(hypothesis: u128, evidence: &str) -> T {
    T::Supported { hypothesis: id(hypothesis), evidence: evidence.into() }
}

fn ruled_out(hypothesis: u128, evidence: &str) -> T {
    T::RuledOut { hypothesis: id(hypothesis), evidence: evidence.into() }
}

fn leading(told: &Given) -> Option<String> {
    told.state().thoughts.leading().map(|one| one.text.clone())
}

#[test]
fn a_decision_has_options_risk_objections_and_a_result() {
    let options = vec![" Roll back ".into(), " ".into(), "Roll forward".into()];
    let command = T::Decided { text: " Roll back ".into(), options, risk: Some("Ten minutes down".into()) };
    let told = given(&[declared()]).when(think(command), minute(2)).then(&[said(decided())]);
    let polled = T::Polled { decision: id(2), objection: None };
    let told = told.when(think(T::Polled { decision: id(2), objection: Some(" ".into()) }), minute(3)).then(&[said(polled)]);
    let objection = T::Polled { decision: id(2), objection: Some("The cache is cold".into()) };
    let told = told.by(voice("mei", "dana")).when(think(objection.clone()), minute(4)).then(&[said(objection)]);
    let result = T::Resulted { decision: id(2), result: "Errors fell".into() };
    let told = told.when(think(result.clone()), minute(9)).then(&[said(result)]);
    let decision = told.state().thoughts.decisions[0].clone();
    assert_eq!((decision.options.len(), decision.polled.map(|heard| heard.at)), (2, Some(minute(3))), "asked once");
    let (words, heard) = &decision.objections[0];
    assert_eq!((words.as_str(), heard.who.name(), decision.objections.len()), ("The cache is cold", "mei", 1));
    assert_eq!(decision.result.map(|(words, _)| words).as_deref(), Some("Errors fell"));
}

#[test]
fn an_objection_shows_that_objections_were_asked_for() {
    let told = given(&[declared(), said(decided()), said(T::Polled { decision: id(2), objection: Some("No".into()) })]);
    assert!(told.state().thoughts.decisions[0].polled.is_some());
}

#[test]
fn what_nobody_can_weigh_or_nobody_said_is_refused() {
    let with = |options: usize| T::Decided { text: "x".into(), options: vec!["y".into(); options], risk: None };
    given(&[declared()]).when(think(with(13)), minute(1)).then_refused(Rejection::TooManyOptions(13));
    given(&[declared()]).when(think(with(12)), minute(1)).then(&[said(with(12))]);
    let unknown = [
        (T::Polled { decision: id(9), objection: None }, Rejection::NoSuchDecision),
        (T::Resulted { decision: id(9), result: "x".into() }, Rejection::NoSuchDecision),
        (supported(9, "x"), Rejection::NoSuchHypothesis),
        (ruled_out(9, "x"), Rejection::NoSuchHypothesis),
        (T::Answered { question: id(9), answer: "x".into() }, Rejection::NoSuchQuestion),
    ];
    for (thought, refusal) in unknown {
        given(&[declared()]).when(think(thought.clone()), minute(1)).then_refused(refusal);
        assert_eq!(given(&[declared(), said(thought)]).state().thoughts, Thoughts::default(), "nor does it fold to anything");
    }
    for empty in [supposed(" "), T::Asked { text: " ".into(), of: None }, T::Decided { text: " ".into(), options: vec![], risk: None }] {
        given(&[declared()]).when(think(empty), minute(1)).then_refused(Rejection::TextMissing);
    }
    given(&[declared()]).by(machine()).when(think(supposed("x")), minute(1)).then_refused(Rejection::NeedsPerson);
}

#[test]
fn a_hypothesis_is_proposed_supported_and_ruled_out() {
    let told = given(&[declared()]).when(think(supposed("A bad deploy")), minute(2)).then(&[said(supposed("A bad deploy"))]);
    let told = told.when(think(supported(2, "It began at 14:02")), minute(3)).then(&[said(supported(2, "It began at 14:02"))]);
    assert_eq!(told.state().thoughts.hypotheses[0].standing, Standing::Supported);
    let told = told.when(think(ruled_out(2, "v41 fails as well")), minute(9)).then(&[said(ruled_out(2, "v41 fails as well"))]);
    let one = told.state().thoughts.hypotheses[0].clone();
    assert_eq!((one.standing, one.evidence.len(), one.at()), (Standing::RuledOut, 2, minute(9)));
    assert_eq!(leading(&told), None, "what was ruled out leads nobody");
    let told = told.when(think(supported(2, "v41 was never live")), minute(12)).then(&[said(supported(2, "v41 was never live"))]);
    assert_eq!(leading(&told).as_deref(), Some("A bad deploy"), "it may come back");
}

#[test]
fn what_is_supported_leads_else_what_was_said_last() {
    let told = given(&[declared(), said(supposed("deploy")), said(supposed("network"))]);
    assert_eq!(leading(&told).as_deref(), Some("network"));
    let told = told.and(said(supported(2, "14:02")));
    assert_eq!(leading(&told).as_deref(), Some("deploy"));
    let told = told.and(said(supposed("disk")));
    assert_eq!(leading(&told).as_deref(), Some("deploy"), "a guess does not unseat what something speaks for");
    let told = told.and(said(supported(3, "loss in eu")));
    assert_eq!(leading(&told).as_deref(), Some("network"), "the last supported one");
    assert_eq!(leading(&told.and(said(ruled_out(3, "no loss")))).as_deref(), Some("deploy"));
}

#[test]
fn evidence_from_before_makes_no_guess_older() {
    let told = given(&[declared()]).and_at(minute(30), said(supposed("deploy"))).and_at(minute(5), said(supported(2, "seen at 14:05")));
    assert_eq!(told.state().thoughts.hypotheses[0].at(), minute(30));
}

#[test]
fn a_question_stays_open_until_it_is_answered() {
    let asked = T::Asked { text: "Who deployed?".into(), of: Some(handle("ravi")) };
    let told = given(&[declared()]).when(think(asked.clone()), minute(2)).then(&[said(asked)]);
    assert_eq!(told.state().thoughts.open_questions().map(|one| one.id).collect::<Vec<_>>(), [id(2)]);
    let answer = |text: &str| T::Answered { question: id(2), answer: text.into() };
    let told = told.by(voice("ravi", "dana")).when(think(answer("Nobody")), minute(4)).then(&[said(answer("Nobody"))]);
    assert_eq!(told.state().thoughts.open_questions().count(), 0);
    let told = told.when(think(answer("A cron job")), minute(5)).then(&[said(answer("A cron job"))]);
    let (words, heard) = told.state().thoughts.questions[0].answer.clone().expect("answered");
    assert_eq!((words.as_str(), heard.who.name()), ("A cron job", "ravi"), "who knows better says so");
}

#[test]
fn corrections_change_the_words_where_they_stand() {
    let told = given(&[
        declared(),
        said(decided()),
        said(T::Polled { decision: id(2), objection: Some("the cash".into()) }),
        said(supposed("a deploi")),
        said(supported(4, "at 13:02")),
    ]);
    let fix =
        |target: u128, text: &str, at: i64| E::Corrected { target: id(target), occurred_at: Some(minute(at)), text: Some(text.into()) };
    let told = told.and(fix(3, "the cache", -1)).and(fix(4, "a deploy", -2)).and(fix(5, "at 14:02", -3));
    let thoughts = told.state().thoughts;
    let decision = &thoughts.decisions[0];
    assert_eq!((decision.text.as_str(), decision.objections[0].0.as_str()), ("Roll back", "the cache"));
    assert_eq!(decision.polled.as_ref().map(|heard| heard.at), Some(minute(-1)), "asked for objections when the first was raised");
    let one = &thoughts.hypotheses[0];
    assert_eq!((one.text.as_str(), one.evidence[0].0.as_str(), one.at()), ("a deploy", "at 14:02", minute(-2)));
}
