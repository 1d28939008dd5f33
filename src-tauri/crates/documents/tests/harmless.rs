//! Whatever people, machines or imports wrote: no markup, no mention, no header, no trick, and no text beyond its limit.

mod common;

use common::*;
use documents::{BRIEF_LIMIT, Facts, Form, Text, announcement, ask, board, brief, handover, people, role_card, task, update};
use domain::home::{Home, Person};
use domain::incidents::{
    AskEvent, BoardEvent, BoardLine, Can, CommsEvent, HandoffEvent, ImpactDetail, IncidentEvent as E, Piece, TaskEvent, ThoughtEvent,
};
use domain::{Role, ServiceName, Severity};
use proptest::prelude::*;

/// Tags that the HTML is made of; none of them has an attribute but a link.
const TAGS: [&str; 22] = [
    "<p>",
    "</p>",
    "<h1>",
    "</h1>",
    "<h2>",
    "</h2>",
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<th>",
    "</th>",
    "<td>",
    "</td>",
    "<br>",
    "</a>",
    "<a href=\"https://",
    "<a href=\"http://",
];

/// Texts that somebody would like to be more than text.
fn wild() -> impl Strategy<Value = String> {
    let evil = prop::sample::select(vec![
        "<h1>§",
        "<script>",
        "</td>",
        "\"><b>",
        "<img src=x>",
        "<!here>",
        "<!channel|x>",
        "<@U1>",
        "@here",
        "@everyone",
        "&lt;",
        "[x](javascript:1)",
        "\u{202e}",
        "\r\nBcc: x",
        "|",
        "`",
        "*",
        "😀",
        "→",
        "“",
        "INC-7K3F",
        "14:05",
        "100%",
        "https://x/?a=1&b=<",
        ". ",
        "\u{0}",
        "支払い",
        "<",
        "&",
        "'",
        "\"",
    ]);
    let piece = prop_oneof![evil.prop_map(String::from), "[a-zA-Z ]{0,12}", any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// An incident in which every free text is one of `words`.
fn story(words: &[String], drill: bool) -> (Story, Home) {
    let word = |n: usize| words[n % words.len()].clone();
    let name = |n: usize| domain::Handle(word(n));
    let mut marked = declared(&word(0), Severity::Sev1);
    (marked.services, marked.drill) = (vec![ServiceName(word(1))], drill);
    let mut story = Story::of(marked);
    story.tell(1, E::ImpactStarted(ImpactDetail { share: Some(33.3), services: vec![ServiceName(word(2))], text: Some(word(3)) }));
    let role = story.tell(2, E::RoleAssigned { role: Role::Scribe, person: name(4) });
    story.tell(2, E::Ask(AskEvent::Told { ask: role, place: Some(word(5)) }));
    story.tell(3, E::RollCalled { here: vec![name(6), name(7)], left: vec![] });
    let task = story.tell(4, E::Task(TaskEvent::Added { text: word(8), owner: name(9), minutes: 15, from: None }));
    let can = Can { conditions: word(10), actions: Some(word(11)), needs: Some(word(12)) };
    story.tell(5, E::Task(TaskEvent::Reported { task, can }));
    let decision = story.tell(6, E::Thought(ThoughtEvent::Decided { text: word(13), options: vec![], risk: Some(word(14)) }));
    story.tell(7, E::Thought(ThoughtEvent::Polled { decision, objection: Some(word(15)) }));
    story.tell(8, E::Thought(ThoughtEvent::Supposed { text: word(16) }));
    story.tell(8, E::Thought(ThoughtEvent::Asked { text: word(17), of: None }));
    for line in [BoardLine::Believe, BoardLine::Doing, BoardLine::Need, BoardLine::Objective] {
        story.tell(9, E::Board(BoardEvent::LineSet { line, text: Some(word(18)) }));
    }
    story.tell(10, E::Board(BoardEvent::BridgeSet { url: Some(format!("https://{}", word(19))) }));
    story.tell(11, E::Comms(CommsEvent::Posted { piece: Piece::Update, update: None, place: word(20) }));
    story.tell(12, E::Handoff(HandoffEvent::Offered { to: name(21), next: Some(word(22)) }));
    let mut home = home();
    let mut person = Person::new(Some(word(23)), START);
    person.card.phone = Some(word(24));
    home.people.insert(name(4), person);
    (story, home)
}

fn all(known: &Facts, words: &str, form: Form) -> Vec<Text> {
    let incident = known.incident;
    let mut made = vec![board(known, form), announcement(known, form), handover(known, form), brief(known, form), people(known, form)];
    made.push(update(known, words, Some(minute(70)), form));
    made.extend(Role::ALL.map(|role| role_card(known, role, form)));
    made.extend(incident.tasks.iter().map(|one| task(known, one, form)));
    made.extend(incident.asks().map(|knowing| ask(known, knowing, form)));
    made
}

/// Whether `@name` stands there as a word of its own.
fn calls(text: &str, name: &str) -> bool {
    let (text, mention) = (text.to_lowercase(), format!("@{name}"));
    text.match_indices(&mention).any(|(at, _)| !text[at + mention.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_words_become_more_than_words(words in prop::collection::vec(wild(), 1..8), drill: bool) {
        let (story, home) = story(&words, drill);
        let known = facts(story.incident(), &home);
        for form in Form::ALL {
            for made in all(&known, &words[0], form) {
                let (text, html) = (&made.text, made.html.clone().unwrap_or_default());
                for (at, _) in html.match_indices('<') {
                    prop_assert!(TAGS.iter().any(|tag| html[at..].starts_with(tag)), "{form:?}: {}", &html[at..]);
                }
                prop_assert!(!html.contains("<h1>§") && !html.contains("<h1>\""), "{form:?}: {html}");
                prop_assert!(!made.subject.contains(['\r', '\n']), "a subject is one line: {:?}", made.subject);
                prop_assert!(!text.contains(['\u{202e}', '\u{0}', '\r']), "{form:?}: {text:?}");
                prop_assert!(!drill || text.starts_with("DRILL"), "{form:?}: {text}");
                prop_assert_eq!(made.words as usize, text.split_whitespace().count());
                match form {
                    Form::Slack => {
                        let marks = ["<!", "<@", "<#"].iter().any(|mark| text.contains(mark));
                        prop_assert!(!marks && !calls(text, "here"), "{text}");
                    }
                    Form::Teams => prop_assert!(!text.contains("<script") && !calls(text, "everyone") && !text.contains("]("), "{text}"),
                    Form::Sms => prop_assert!((1..=3).contains(&made.messages), "{} messages: {text}", made.messages),
                    Form::Speech => prop_assert!(!text.contains(|c: char| c.is_ascii_punctuation() && !".,?'-".contains(c)), "{text}"),
                    Form::Chat | Form::Mail | Form::Wiki => prop_assert_eq!(made.messages, 0),
                }
            }
            let made = brief(&known, form);
            prop_assert!(made.words <= BRIEF_LIMIT, "{form:?} has {} words", made.words);
        }
    }
}

#[test]
fn words_that_grow_when_they_are_said_or_defused_do_not_break_the_limit_of_a_brief() {
    for words in
        ["&&&&&&&&&& ".repeat(60), "@here@here ".repeat(60), "<a<b<c<d<e ".repeat(60), "INC-7K3F ".repeat(60), "](](](](]( ".repeat(60)]
    {
        let (story, home) = story(&[words], true);
        for form in Form::ALL {
            let made = brief(&facts(story.incident(), &home), form);
            assert!(made.words <= BRIEF_LIMIT, "{form:?} has {} words:\n{}", made.words, made.text);
        }
    }
}
