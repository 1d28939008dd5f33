//! One incident told in each tool, as its clipboard or its file tells it.

use domain::Timestamp;
use formats::chat::{Anchor, Chat, ChatFormat, ChatLine, DayHint, SaidAt, place, read};

fn sample(name: &str) -> String {
    let file = format!("{}/../../../tests/fixtures/paste/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// A line as `who @ when: text`.
fn told(line: &ChatLine) -> String {
    let day = |hint: &DayHint| match hint {
        DayHint::Today => "today ".to_owned(),
        DayHint::Yesterday => "yesterday ".to_owned(),
        DayHint::Weekday(weekday) => format!("{weekday} "),
        DayHint::Date { month, day, .. } => format!("{month}-{day} "),
    };
    let hint = line.hint.as_ref().map(day).unwrap_or_default();
    let when = match line.said {
        SaidAt::Instant(instant) => instant.to_string(),
        SaidAt::Wall { day: Some(day), time } => format!("{day} {time}"),
        SaidAt::Wall { day: None, time } => format!("{hint}{time}"),
        SaidAt::Offset(millis) => format!("+{millis}"),
        SaidAt::Unknown => "?".to_owned(),
    };
    format!("{} @ {when}: {}", line.who.as_deref().unwrap_or("-"), line.text)
}

fn shown(chat: &Chat) -> Vec<String> {
    chat.lines.iter().map(told).collect()
}

/// Reads a fixture without and with its format named; both must say the same.
fn detected(name: &str, format: ChatFormat) -> Chat {
    let chat = read(&sample(name), None);
    assert_eq!(chat.format, format, "{name} is recognised");
    assert_eq!(read(&sample(name), Some(format)), chat, "{name} reads the same where its format is named");
    let crlf = sample(name).replace('\n', "\r\n");
    assert_eq!(shown(&read(&format!("\u{FEFF}{crlf}"), None)), shown(&chat), "{name} with Windows line ends and a mark of its encoding");
    chat
}

#[test]
fn slack_out_of_its_own_program() {
    let chat = detected("slack-desktop.txt", ChatFormat::Slack);
    assert_eq!(
        shown(&chat),
        [
            "Ravi Menon @ 11-23 14:36:00: checkout is answering 502s for EU customers\nabout 30 % of orders fail since a few minutes",
            "Ravi Menon @ 14:37:00: US looks fine from here",
            "Mei Tan @ 14:38:00: taking a look, the 14:20 deploy of payments went to EU first",
            "PagerDuty @ 14:39:00: [#4711] checkout-eu: error rate above 5 %",
            "Jo Alvarez @ 14:41:00: decision: roll payments back to 2026.11.2\nwho can drive it?",
            "Mei Tan @ 14:42:00: I will, rollback is running",
            "Mei Tan @ 14:49:00: done, error rate is falling",
            "Ravi Menon @ today 00:04:00: no new errors for the last hours",
        ]
    );
    assert!(chat.needs_day && chat.needs_zone && !chat.needs_start, "the year and the zone are open");
    assert_eq!(chat.first_wall, Some("14:36:00".parse().expect("a time")));
    assert_eq!(chat.notes, ["6 lines of the tool's own, such as reactions and counts of replies, were left out."]);
}

#[test]
fn slack_out_of_a_browser() {
    let chat = detected("slack-browser.txt", ChatFormat::Slack);
    assert_eq!(
        shown(&chat),
        [
            "Ravi Menon @ 14:36:00: checkout is answering 502s for EU customers\nabout 30 % of orders fail since a few minutes",
            "Ravi Menon @ 14:37:00: US looks fine from here",
            "Mei Tan @ 14:38:00: taking a look, the 14:20 deploy of payments went to EU first",
            "Jo Alvarez @ 14:41:00: decision: roll payments back to 2026.11.2",
        ]
    );
}

#[test]
fn a_slack_export() {
    let chat = detected("slack-export.json", ChatFormat::SlackExport);
    assert_eq!(
        shown(&chat),
        [
            "Ravi Menon @ 2026-11-23T14:36:00.000Z: checkout is answering 502s for EU customers, see the graph (https://graphs.example/d/checkout)",
            "Mei Tan @ 2026-11-23T14:38:00.000Z: @Ravi Menon taking a look, p99 > 8 s & climbing",
            "PagerDuty @ 2026-11-23T14:39:00.000Z: [#4711] checkout-eu: error rate above 5 %",
            "Jo Alvarez @ 2026-11-23T14:41:00.000Z: @here decision: roll payments back\n@Mei Tan drives it",
            "Mei Tan @ 2026-11-23T14:49:00.000Z: File: error-rate.png",
        ]
    );
    assert!(!chat.needs_day && !chat.needs_zone, "an export says it all");
    assert_eq!(chat.notes, ["One message on people who joined or left was left out."]);

    let whole = sample("slack-export.json");
    let torn = read(&whole[..whole.rfind("{\"type\"").expect("a last message")], None);
    assert_eq!(torn.lines.len(), 4, "what came before the tear is read");
    assert!(torn.notes[0].starts_with("The export could be read only in part"), "{:?}", torn.notes);
    let answer = read(&format!("{{\"ok\": true, \"messages\": {whole}}}"), None);
    assert_eq!(shown(&answer), shown(&chat), "an answer of the API holds the same");
}

#[test]
fn teams() {
    assert_eq!(
        shown(&detected("teams.txt", ChatFormat::Teams)),
        [
            "Ravi Menon @ 14:36:00: checkout is answering 502s for EU customers\nabout 30 % of orders fail since a few minutes",
            "Ravi Menon @ 14:37:00: US looks fine from here",
            "Tan, Mei (Payments) @ 14:38:00: taking a look, the 14:20 deploy of payments went to EU first",
            "Jo Alvarez @ 14:41:00: decision: roll payments back to 2026.11.2",
        ]
    );
    assert_eq!(
        shown(&detected("teams-week.txt", ChatFormat::Teams)),
        [
            "Ravi Menon @ Tue 23:58:00: checkout is answering 502s for EU customers",
            "Mei Tan @ Tue 23:59:00: taking a look",
            "Jo Alvarez @ Wed 00:03:00: decision: roll payments back",
        ]
    );
}

#[test]
fn meet() {
    assert_eq!(
        shown(&detected("meet.txt", ChatFormat::Meet)),
        [
            "Ravi Menon @ 14:36:00: checkout is answering 502s for EU customers\nabout 30 % of orders fail",
            "Mei Tan @ 14:38:00: Looking",
            "You @ 14:41:00: decision: roll payments back",
        ]
    );
    let saved = detected("meet-saved.sbv", ChatFormat::Meet);
    assert_eq!(
        shown(&saved),
        [
            "Ravi Menon @ +70120: checkout is answering 502s for EU customers",
            "Mei Tan @ +182500: taking a look\nthe 14:20 deploy of payments went to EU first",
        ]
    );
    assert!(saved.needs_start && !saved.needs_zone);
}

#[test]
fn zoom() {
    let chat = detected("zoom.txt", ChatFormat::Zoom);
    assert_eq!(
        shown(&chat),
        [
            "Ravi Menon @ 14:36:02: checkout is answering 502s for EU customers\nabout 30 % of orders fail",
            "Mei Tan @ 14:38:10: taking a look",
            "Jo Alvarez @ 14:40:11: do you need a second pair of eyes?",
            "Jo Alvarez @ 14:41:00: decision: roll payments back",
        ]
    );
    assert_eq!(chat.notes.len(), 2, "a direct message and a reaction are spoken of: {:?}", chat.notes);
    assert_eq!(
        shown(&detected("zoom-recording.txt", ChatFormat::Zoom)),
        ["Ravi Menon @ 14:36:02: checkout is answering 502s for EU customers", "Mei Tan @ 14:38:10: taking a look"]
    );
}

#[test]
fn a_transcript() {
    let chat = detected("bridge.vtt", ChatFormat::Vtt);
    assert_eq!(
        shown(&chat),
        [
            "Ravi Menon @ +4000: Checkout is answering 502s for EU,\nabout thirty percent of orders fail.",
            "Mei Tan @ +12000: Taking a look. Payments & EU went first.",
            "Mei Tan @ +80000: Rolling back now.",
            "Jo Alvarez @ +80000: Go.",
        ]
    );
    assert!(chat.needs_start && !chat.needs_zone && !chat.needs_day);
    let subrip = "1\n00:00:01,000 --> 00:00:02,000\nRavi: down\n";
    assert_eq!(shown(&read(subrip, None)), ["Ravi @ +1000: down"]);
}

#[test]
fn logs() {
    let chat = detected("app.log", ChatFormat::Log);
    assert_eq!(
        shown(&chat),
        [
            "- @ 2026-11-23T14:35:58.120Z: INFO  payments: deploy 2026.11.3 is live in eu-central",
            "- @ 2026-11-23T14:36:02.003Z: ERROR checkout: upstream payments answered 502\njava.net.SocketTimeoutException: Read timed out\n    at checkout.Upstream.call(Upstream.java:88)",
            "- @ 2026-11-23T14:49:10.000Z: INFO  payments: deploy 2026.11.2 is live in eu-central",
        ]
    );
    let syslog = detected("syslog.log", ChatFormat::Log);
    assert_eq!(shown(&syslog)[1], "- @ 11-23 14:36:05: lb1 haproxy[812]: checkout-eu/pay2 is DOWN");
    assert!(syslog.needs_day && syslog.needs_zone, "a syslog knows neither year nor zone");
}

#[test]
fn notes() {
    let chat = detected("notes.txt", ChatFormat::Plain);
    assert_eq!(
        shown(&chat),
        [
            "ravi @ 2026-11-23 14:36:00: checkout 502s for EU",
            "- @ 14:38:00: mei takes a look",
            "- @ 14:41:00: decision: roll payments back",
            "mei @ 14:49:00: rollback is done",
            "ravi @ 00:04:00: quiet since",
            "- @ ?: asked support to tell the three big shops",
        ]
    );
    assert!(!chat.needs_day, "the first line names its day, and the others follow it");
    let zone = "Europe/Berlin".parse().expect("a zone");
    let anchor = Anchor { day: "2020-01-01".parse().expect("a day"), zone, start: None };
    let placed: Vec<String> = place(&chat, &anchor).into_iter().map(|line| line.at.map_or("none".into(), |at| at.to_string())).collect();
    assert_eq!(placed[0], "2026-11-23T13:36:00.000Z");
    assert_eq!(placed[4], "2026-11-23T23:04:00.000Z", "four minutes past midnight is the next day");
    assert_eq!(placed[5], placed[4], "what says no time was said when the line before was");
}

#[test]
fn single_lines() {
    use ChatFormat::{Log, Meet, Plain, Slack, Teams, Zoom};
    for (text, format, lines) in [
        ("14:36 down", Plain, vec!["- @ 14:36:00: down"]),
        ("14:36 ravi: down", Plain, vec!["ravi @ 14:36:00: down"]),
        ("[14:36] <ravi> down", Plain, vec!["ravi @ 14:36:00: down"]),
        ("2:36 PM - Ravi Menon: down", Plain, vec!["Ravi Menon @ 14:36:00: down"]),
        ("14:36 Impact: 30 %", Plain, vec!["- @ 14:36:00: Impact: 30 %"]),
        ("no time\nat all", Plain, vec!["- @ ?: no time", "- @ ?: at all"]),
        ("2026-11-23 14:36 ravi: down", Plain, vec!["ravi @ 2026-11-23 14:36:00: down"]),
        ("2026-11-23 14:36:02,123 ERROR down", Log, vec!["- @ 2026-11-23 14:36:02.123: ERROR down"]),
        ("[2026-11-23 14:36:02 UTC] down", Log, vec!["- @ 2026-11-23T14:36:02.000Z: down"]),
        ("[23/11/2026 14:36] Ravi Menon\ndown", Teams, vec!["Ravi Menon @ 2026-11-23 14:36:00: down"]),
        ("Ravi Menon 14:36\ndown", Teams, vec!["Ravi Menon @ 14:36:00: down"]),
        ("Ravi Menon 11/23 2:36 PM\ndown", Teams, vec!["Ravi Menon @ 11-23 14:36:00: down"]),
        (
            "Ravi Menon\n[2:36\u{202F}PM]\ndown\n[2:37\u{202F}PM]\nstill",
            Slack,
            vec!["Ravi Menon @ 14:36:00: down", "Ravi Menon @ 14:37:00: still"],
        ),
        ("Ravi Menon :palm_tree:  2:36\u{A0}PM\ndown", Slack, vec!["Ravi Menon @ 14:36:00: down"]),
        ("ravi\n14:36\ndown", Meet, vec!["ravi @ 14:36:00: down"]),
        ("Ravi Menon to Everyone 14:36\ndown", Zoom, vec!["Ravi Menon @ 14:36:00: down"]),
        ("14:36:02 From Ravi Menon to Everyone: down: all of it", Zoom, vec!["Ravi Menon @ 14:36:02: down: all of it"]),
    ] {
        let chat = read(text, None);
        assert_eq!((chat.format, shown(&chat)), (format, lines.into_iter().map(str::to_owned).collect()), "{text:?}");
    }
}

#[test]
fn nothing_is_said_to_be_nothing() {
    for text in ["", " \n\n\t", "\u{202E}"] {
        let chat = read(text, None);
        assert!(chat.lines.is_empty() && !chat.notes.is_empty(), "{text:?}: {:?}", chat.notes);
    }
}

#[test]
fn formats_have_stable_names() {
    for format in ChatFormat::ALL {
        assert_eq!(ChatFormat::parse(&format.wire().to_uppercase()), Some(format));
    }
    assert_eq!(ChatFormat::parse("carrier pigeon"), None);
    assert_eq!(Timestamp::parse_rfc3339("2026-11-23T14:36:00Z"), Some(Timestamp(1_795_444_560_000)), "the export's own clock");
}
