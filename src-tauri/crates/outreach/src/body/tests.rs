//! Golden messages, and what no text may ever turn into.

use super::body;
use domain::home::ChannelKind::{self, Discord, Mail, Mattermost, Slack, Teams};
use proptest::prelude::*;
use serde_json::{Value, json};

const UPDATE: &str = "SEV-1 #142: checkout 502s for EU\n\nWe know: 5 % of *all* orders fail & <b>retry</b>.\n\
                      - Next update 14:30 UTC\nBridge: https://meet.example/a_b?x=1&y=2.";

/// What incident text must not turn into, from any tool's manual.
const HOSTILE: &str = "<!channel> @everyone @here @channel <@U024BE7LH> <#C1|x> <https://evil.example|click> [x](https://evil.example) `rm` *b* _i_ ~s~ {{DATE(2026-01-01T00:00:00Z)}}";

fn of(kind: ChannelKind, text: &str) -> Value {
    body(kind, text).expect("a message")
}

#[test]
fn slack_takes_a_header_a_section_and_the_links_to_click_on() {
    let section = "We know: 5 % of *all* orders fail &amp; &lt;b&gt;retry&lt;/b&gt;.\n- Next update 14:30 UTC\n\
                   Bridge: https://meet.example/a_b?x=1&amp;y=2.";
    let expected = json!({
        "text": format!("SEV-1 #142: checkout 502s for EU\n\n{section}"),
        "mrkdwn": false,
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": "SEV-1 #142: checkout 502s for EU", "emoji": false}},
            {"type": "section", "text": {"type": "plain_text", "text": section, "emoji": false}},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "<https://meet.example/a_b?x=1&amp;y=2>", "verbatim": true}]},
        ],
    });
    assert_eq!(of(Slack, UPDATE), expected);
}

#[test]
fn teams_takes_a_card_of_runs() {
    let run = |text: &str| json!({"type": "TextRun", "text": text});
    let line = |spacing: &str, inlines: Value| json!({"type": "RichTextBlock", "spacing": spacing, "inlines": inlines});
    let mut link = run("https://meet.example/a_b?x=1&y=2");
    link["selectAction"] = json!({"type": "Action.OpenUrl", "url": "https://meet.example/a_b?x=1&y=2"});
    let heading = json!([{"type": "TextRun", "text": "SEV-1 #142: checkout 502s for EU", "weight": "Bolder", "size": "Medium"}]);
    let expected = json!({"type": "message", "attachments": [{
        "contentType": "application/vnd.microsoft.card.adaptive",
        "contentUrl": null,
        "content": {
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard",
            "version": "1.4",
            "msteams": {"width": "full"},
            "body": [
                line("None", heading),
                line("Medium", json!([run("We know: 5 % of *all* orders fail & <b>retry</b>.")])),
                line("None", json!([run("- Next update 14:30 UTC")])),
                line("None", json!([run("Bridge: "), link, run(".")])),
            ],
        },
    }]});
    assert_eq!(of(Teams, UPDATE), expected);
}

#[test]
fn mattermost_and_discord_take_markdown_that_marks_nothing_but_the_heading() {
    let mattermost = "**SEV-1 #142: checkout 502s for EU**\nWe know: 5 % of \\*all\\* orders fail & &lt;b>retry&lt;/b>.\n\
                      \\- Next update 14:30 UTC\nBridge: https://meet.example/a_b?x=1&y=2.";
    assert_eq!(of(Mattermost, UPDATE), json!({"text": mattermost}));
    let discord = mattermost.replace("&lt;", "\\<");
    assert_eq!(of(Discord, UPDATE), json!({"content": discord, "flags": 4, "allowed_mentions": {"parse": []}}));
}

#[test]
fn hostile_text_stays_text() {
    let slack = of(Slack, &format!("Heading\n{HOSTILE}"));
    let section = slack["blocks"][1]["text"]["text"].as_str().expect("a section");
    assert!(
        section.starts_with("&lt;\u{200b}!channel&gt; @\u{200b}everyone @\u{200b}here @\u{200b}channel &lt;\u{200b}@U024BE7LH&gt;"),
        "{section}"
    );
    assert_eq!(slack["blocks"][2]["elements"][0]["text"], "<https://evil.example>", "a link shows where it leads");
    let mattermost = of(Mattermost, &format!("Heading\n{HOSTILE} @dana dana@example.com &lt; a & b"));
    let text = mattermost["text"].as_str().expect("a text");
    for expected in ["&lt;https://evil.example\\|click>", "\\[x\\](https://evil.example)", "\\`rm\\` \\*b\\* \\_i\\_ \\~s\\~"] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    assert!(text.ends_with("@\u{200b}dana dana@example.com &amp;lt; a & b"), "{text}");
    let discord = of(Discord, "Heading\n1. one\n# big\n> quote\n  - list\n14:02 started\n1.2 released");
    assert_eq!(discord["content"], "**Heading**\n1\\. one\n\\# big\n\\> quote\n  \\- list\n14:02 started\n1.2 released");
    let teams = of(Teams, &format!("Heading\n{HOSTILE}")).to_string();
    assert!(!teams.contains("{{DATE") && teams.contains("{\u{200b}{DATE"), "nothing is worked out: {teams}");
}

#[test]
fn long_text_is_cut_to_what_each_tool_takes() {
    let cut = "… (cut; the whole text is in Muster)";
    let long = format!("Heading\n{}", "*word & <x> ".repeat(3_000));
    let (slack, discord, mattermost) = (of(Slack, &long), of(Discord, &long), of(Mattermost, &long));
    let limits =
        [(&slack["blocks"][1]["text"]["text"], 3_000), (&slack["text"], 3_000), (&discord["content"], 2_000), (&mattermost["text"], 4_000)];
    for (text, limit) in limits {
        let text = text.as_str().expect("text");
        let length = text.chars().count();
        assert!(length <= limit && length > limit - 60 && text.ends_with(cut), "{length} of {limit}");
    }
    for long in [long, format!("Heading\n{}", "é\n".repeat(20_000)), format!("Heading\n{}", "\"\u{1F525}".repeat(20_000))] {
        let teams = of(Teams, &long).to_string();
        assert!(teams.len() <= 26_000 && teams.contains(cut), "{}", teams.len());
    }
    let heading = "long ".repeat(200);
    assert!(
        of(Discord, &heading)["content"].as_str().is_some_and(|text| text.len() < 1_000 && !text.contains("**")),
        "a paragraph, not a heading"
    );
    assert_eq!(of(Slack, &heading)["blocks"][0]["type"], "section");
}

#[test]
fn there_is_no_message_without_text_nor_for_mail() {
    assert_eq!(body(Mail, UPDATE), None);
    assert_eq!(body(Slack, " \n\u{202e}"), None);
}

/// All texts in a message that a tool reads, but for the links that Muster made itself.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(all) => all.iter().flat_map(texts).collect(),
        Value::Object(fields) if fields.get("verbatim").is_some() => vec![],
        Value::Object(fields) => fields.iter().filter(|(key, _)| *key != "url").flat_map(|(_, value)| texts(value)).collect(),
        _ => vec![],
    }
}

fn wild() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "<",
        "!",
        "@",
        "<!channel>",
        "<!here|x>",
        "@everyone",
        "@HERE",
        "@here",
        "@channel",
        "<@U1>",
        "\\",
        "`",
        "```",
        "*",
        "_",
        "~",
        "\n",
        "https://a.example/@here",
        "https://a.example/x",
        " ",
        "a",
        "&",
        "&lt;",
        "&#64;",
        ";",
        "[",
        "](",
        ")",
        "{{",
        "\u{200b}",
        "1.",
        "-",
        "#",
        "|",
    ]);
    prop::collection::vec(prop_oneof![3 => parts.prop_map(str::to_owned), 1 => any::<String>()], 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn no_text_ever_calls_anybody(text in wild()) {
        for kind in [Slack, Teams, Mattermost, Discord] {
            for text in body(kind, &text).iter().flat_map(texts) {
                let lower = text.to_lowercase();
                for call in ["<!", "<@", "<#", "@everyone", "@here", "@channel", "@all"] {
                    prop_assert!(!lower.contains(call), "{kind:?}: {call} in {text:?}");
                }
            }
        }
    }

    #[test]
    fn markup_is_always_escaped(text in wild()) {
        let (text, heading) = (format!("H\n{text}"), "**H**");
        for (kind, field) in [(Mattermost, "text"), (Discord, "content")] {
            let message = body(kind, &text).expect("a message");
            let written = message[field].as_str().expect("text").strip_prefix(heading).expect("the heading");
            let mut escaped = false;
            for spot in crate::pieces::spots(written) {
                let crate::pieces::Piece::Char(c) = spot.piece else { escaped = false; continue };
                prop_assert!(escaped || !"*_`~[]|".contains(c), "{kind:?}: {c} in {written:?}");
                escaped = c == '\\' && !escaped;
            }
        }
        let slack = body(Slack, &text).expect("a message");
        let section = &slack["text"].as_str().expect("text");
        prop_assert!(!section.contains(['<', '>']), "{section}");
    }

    #[test]
    fn every_message_fits(text in "(?s).{0,9000}") {
        for kind in [Slack, Teams, Mattermost, Discord] {
            let Some(message) = body(kind, &text) else { continue };
            prop_assert!(kind != Discord || message["content"].as_str().is_some_and(|text| text.chars().count() <= 2_000));
            prop_assert!(kind != Mattermost || message["text"].as_str().is_some_and(|text| text.chars().count() <= 4_000));
            prop_assert!(kind != Teams || message.to_string().len() <= 26_000);
        }
    }
}
