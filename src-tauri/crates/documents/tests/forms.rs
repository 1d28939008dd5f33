//! Each form in its own manner, on the same facts.

mod common;

use common::*;
use documents::{Facts, Form, announcement, board, people, update};
use domain::Severity;

fn text(form: Form) -> String {
    let (story, home) = (full(), home());
    people(&facts(story.incident(), &home), form).text
}

#[test]
fn forms_are_read_back_by_name() {
    for form in Form::ALL {
        assert_eq!(Form::parse(&form.wire().to_uppercase()), Some(form));
    }
    assert_eq!(Form::parse("fax"), None);
}

#[test]
fn slack_has_bold_and_nobody_called() {
    let (story, home) = (full(), home());
    let text = update(&facts(story.incident(), &home), "R&D <!here> @channel [x](y) <https://a|b>", None, Form::Slack).text;
    let expected = "*SEV1 · INC-7K3F · Checkout returns 502 · Investigating*\n\nR&D < !here> @ channel [x](y) <https://a|b>";
    assert_eq!(text, expected);
}

#[test]
fn teams_ends_lines_with_two_spaces() {
    let top = "**SEV1 · INC-7K3F · Checkout returns 502 · Investigating**  \nPeople as of 14:41 UTC (15:41 Berlin).  \n- @dana: Incident Commander, ";
    assert!(text(Form::Teams).starts_with(top), "{}", text(Form::Teams));
    let (story, home) = (full(), home());
    let text = update(&facts(story.incident(), &home), "<b>[x](y)", None, Form::Teams).text;
    assert!(text.ends_with("\n< b>[x] (y)"), "{text}");
}

#[test]
fn a_wiki_gets_plain_tables_in_html_and_markdown() {
    let (story, home) = (full(), home());
    let made = people(&facts(story.incident(), &home), Form::Wiki);
    let markdown = "\
# SEV1 · INC-7K3F · Checkout returns 502 · Investigating
People as of 14:41 UTC (15:41 Berlin).  

| Who | Name | Role | There | Phone |
| --- | --- | --- | --- | --- |
| @dana |  | Incident Commander | not heard to be there | no phone in the book |
";
    assert!(made.text.starts_with(markdown), "{}", made.text);
    let html = made.html.expect("a wiki's text has HTML");
    let table = "<table><tr><th>Who</th><th>Name</th><th>Role</th><th>There</th><th>Phone</th></tr><tr><td>@dana</td><td></td><td>Incident Commander</td>";
    assert!(html.starts_with("<h1>SEV1 · INC-7K3F · Checkout returns 502 · Investigating</h1><p>People as of"), "{html}");
    assert!(html.contains(table), "{html}");
    assert!(html.contains("<a href=\"https://meet.example.org/Muster-INC-7K3F-cqwpvcsx\">"), "{html}");
}

#[test]
fn a_mail_has_a_subject_plain_text_and_html() {
    let (story, home) = (full(), home());
    let made = update(&facts(story.incident(), &home), "One\nline <b>.\n\nTwo.", None, Form::Mail);
    assert_eq!(made.subject, "SEV1 INC-7K3F: Checkout returns 502 (update)");
    assert_eq!(made.text, "SEV1 · INC-7K3F · Checkout returns 502 · Investigating\n\nOne\nline <b>.\n\nTwo.");
    let html = "<h1>SEV1 · INC-7K3F · Checkout returns 502 · Investigating</h1><p>One<br>line &lt;b&gt;.</p><p>Two.</p>";
    assert_eq!(made.html.as_deref(), Some(html));
}

#[test]
fn speech_is_said_in_words() {
    let (story, home) = (full(), home());
    let known = facts(story.incident(), &home);
    let expected = "\
Sev one. I N C, 7 K 3 F. Checkout returns 502. Investigating.
Declared fourteen hundred UTC, fifteen hundred in Berlin by dana, forty-one minutes ago.
Customers affected since fourteen oh two UTC, thirty-nine minutes, thirty percent of customers, checkout, Cards are refused.
Services, checkout.
Dana commands, confirmed, since fourteen hundred UTC, forty-one minutes.
People meet at meet dot example dot org, ask for the link.
Next update by fourteen fifty UTC, fifteen fifty in Berlin.";
    assert_eq!(announcement(&known, Form::Speech).text, expected);
    let words = "INC-0AZ9 is now SEV2 & ~30% down since 09:05; see https://x.example/y? Ask @jo!";
    let said = update(&known, words, None, Form::Speech).text;
    let expected = "I N C, 0 A Z 9 is now sev two and 30 percent down since oh nine oh five, see a link? Ask jo.";
    assert_eq!(said.lines().nth(1), Some(expected));
    let phone = "Jo Ruiz, Scribe, there since fourteen oh eight UTC, plus four nine, one five one, two three four.";
    assert!(text(Form::Speech).contains(phone), "{}", text(Form::Speech));
}

#[test]
fn a_short_message_is_cut_at_a_sentence_and_says_whom_to_ask() {
    let (story, home) = (full(), home());
    let known = facts(story.incident(), &home);
    let short = update(&known, "Cards work again – “all” of them…", None, Form::Sms);
    let expected = "SEV1, INC-7K3F, Checkout returns 502, Investigating.\nCards work again - \"all\" of them...";
    assert_eq!((short.text.as_str(), short.messages), (expected, 1));

    let long = update(&known, &"This is one sentence of many. ".repeat(40), None, Form::Sms);
    assert_eq!(long.messages, 3);
    assert!(long.text.ends_with("This is one sentence of many.\nMore: ask @dana"), "{}", long.text);
    assert!(long.text.chars().count() > 3 * 153 - 30, "as much as fits is told: {}", long.text.chars().count());

    let cyrillic = update(&known, &"Платежи не проходят. ".repeat(40), None, Form::Sms);
    assert_eq!(cyrillic.messages, 3, "67 letters a part where the cheap alphabet does not do");
    assert!(cyrillic.text.ends_with("Платежи не проходят.\nMore: ask @dana"), "{}", cyrillic.text);
    assert!(cyrillic.text.encode_utf16().count() <= 3 * 67);

    let endless = Story::of(declared(&"Я".repeat(200), Severity::Sev1));
    let made = board(&facts(endless.incident(), &home), Form::Sms);
    assert!(made.messages <= 3, "{} messages: {}", made.messages, made.text);
}

#[test]
fn other_forms_count_no_messages_and_all_count_words() {
    let (story, home) = (full(), home());
    let known: Facts = facts(story.incident(), &home);
    for form in Form::ALL {
        let made = board(&known, form);
        assert_eq!(made.messages > 0, form == Form::Sms, "{form:?}");
        assert_eq!(made.html.is_some(), matches!(form, Form::Mail | Form::Wiki), "{form:?}");
        assert_eq!(made.words as usize, made.text.split_whitespace().count(), "{form:?}");
    }
}
