//! Lines in time: days, zones, midnight, daylight saving; keys that stay; limits; and what must hold for any text.

use chrono::NaiveDate;
use domain::Timestamp;
use domain::incidents::TEXT_LIMIT;
use formats::chat::{Anchor, ChatFormat, LINES_LIMIT, Placed, place, read};
use proptest::prelude::*;

fn anchor(day: &str, zone: &str) -> Anchor {
    Anchor { day: day.parse().expect("a day"), zone: zone.parse().expect("a zone"), start: None }
}

fn placed(text: &str, anchor: &Anchor) -> Vec<Placed> {
    place(&read(text, None), anchor)
}

fn times(text: &str, anchor: &Anchor) -> Vec<String> {
    placed(text, anchor)
        .into_iter()
        .map(|line| line.at.map_or_else(|| "none".to_owned(), |at| at.to_string().replace(":00.000Z", "Z")))
        .collect()
}

#[test]
fn days_follow_from_the_text() {
    let monday = anchor("2026-11-23", "UTC");
    for (text, expected) in [
        ("22:00 a\n23:59 b\n00:10 c\n00:05 d", vec!["2026-11-23T22:00Z", "2026-11-23T23:59Z", "2026-11-24T00:10Z", "2026-11-24T00:05Z"]),
        ("14:36 a\n10:00 b", vec!["2026-11-23T14:36Z", "2026-11-23T10:00Z"]),
        ("2026-11-20\n22:00 a\n02:00 b", vec!["2026-11-20T22:00Z", "2026-11-21T02:00Z"]),
        ("Yesterday\nRavi  23:58\na\nToday\nRavi  00:02\nb", vec!["2026-11-23T23:58Z", "2026-11-24T00:02Z"]),
        ("Ravi  23:58\na\nToday\nRavi  00:02\nb", vec!["2026-11-23T23:58Z", "2026-11-24T00:02Z"]),
        (
            "Tuesday, November 17th\nRavi  23:58\na\nWednesday, November 18th\nRavi  00:02\nb",
            vec!["2026-11-17T23:58Z", "2026-11-18T00:02Z"],
        ),
        (
            "Ravi   Friday 23:58\na\nMei   Monday 00:02\nb\nRavi   Friday 23:59\nc",
            vec!["2026-11-20T23:58Z", "2026-11-23T00:02Z", "2026-11-20T23:59Z"],
        ),
        ("Dec 31 23:59:00 a\nJan 1 00:01:00 b", vec!["2026-12-31T23:59Z", "2027-01-01T00:01Z"]),
        ("first\n14:36 a\nthen", vec!["none", "2026-11-23T14:36Z", "2026-11-23T14:36Z"]),
    ] {
        let meant = if text.starts_with("Dec") { anchor("2026-12-31", "UTC") } else { monday };
        assert_eq!(times(text, &meant), expected, "{text:?}");
    }
}

#[test]
fn clocks_that_go_back_or_forward_lose_nothing() {
    let berlin = |day| anchor(day, "Europe/Berlin");
    assert_eq!(times("02:30 twice that night", &berlin("2026-10-25")), ["2026-10-25T00:30Z"], "the earlier of the two");
    assert_eq!(times("02:30 never that night", &berlin("2026-03-29")), ["2026-03-29T01:00Z"], "the end of the gap");
    assert_eq!(times("12:00 a day that Samoa left out", &anchor("2011-12-30", "Pacific/Apia")), ["2011-12-30T10:00Z"]);
}

#[test]
fn a_recording_needs_its_start() {
    let text = "WEBVTT\n\n00:01:00.000 --> 00:01:02.000\nRavi: down\n";
    let mut anchor = anchor("2026-11-23", "UTC");
    assert_eq!(times(text, &anchor), ["none"]);
    let unplaced = placed(text, &anchor)[0].key;
    anchor.start = Timestamp::parse_rfc3339("2026-11-23T14:35:00Z");
    assert_eq!(times(text, &anchor), ["2026-11-23T14:36Z"]);
    assert_eq!(placed(text, &anchor)[0].key, unplaced, "a start that is set right later gives no new lines");
}

#[test]
fn a_key_stays_with_its_line() {
    let keys = |text: &str, day: &str, zone: &str| -> Vec<[u8; 16]> {
        placed(text, &anchor(day, zone)).into_iter().map(|line| line.key).collect()
    };
    let text = "14:36 ravi: down\n14:36 ravi: down\n14:37 mei: on it";
    let first = keys(text, "2026-11-23", "UTC");
    assert_eq!(keys(text, "2026-11-23", "Asia/Singapore"), first, "the zone is corrected later");
    assert_ne!(keys(text, "2026-11-24", "UTC"), first, "the same words on another day are other words");
    assert_ne!(first[0], first[1], "said twice is two lines");
    let again = keys("14:36 Ravi:   down\n14:37 mei: on  it\n14:38 ok", "2026-11-23", "UTC");
    assert_eq!(again[..2], [first[0], first[2]], "spaces and the case of a name make no difference");
    let minutes = keys("14:36:02\t Ravi : down", "2026-11-23", "UTC");
    assert_eq!(minutes[0], first[0], "a saved chat knows seconds, the window only minutes");
}

#[test]
fn limits_are_said() {
    let many = "14:36 ravi: down\n".repeat(LINES_LIMIT + 5);
    let chat = read(&many, None);
    assert_eq!(chat.lines.len(), LINES_LIMIT);
    assert!(chat.notes.iter().any(|note| note.contains("5 were not")), "{:?}", chat.notes);

    let long = format!("14:36 ravi: {}\n14:37 mei: ok", "é".repeat(TEXT_LIMIT));
    let chat = read(&long, None);
    assert!(chat.lines[0].text.len() <= TEXT_LIMIT && chat.lines[1].text == "ok", "one long message costs no other");
    assert!(chat.notes.iter().any(|note| note.contains("cut at 64 KB")), "{:?}", chat.notes);

    let ten = "no times and no names, only words that go on\n".repeat(10 * 1024 * 1024 / 45);
    let chat = read(&ten, None);
    assert_eq!(chat.lines.len(), LINES_LIMIT);
    assert!(chat.notes[0].starts_with("Only the first 4 MB of "), "{:?}", chat.notes);
}

/// Text made of the pieces that parsers look at.
fn pieces() -> impl Strategy<Value = String> {
    let known = vec![
        "14:36",
        "2:36 PM",
        "[14:36]",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\t",
        "Ravi Menon",
        "ravi: down",
        "Today",
        "Yesterday",
        "Tuesday, November 17th",
        "Feb 29",
        "2026-11-23",
        "T14:36:02Z",
        " 14:36:02,123 ERROR x",
        "From Ravi to Everyone:",
        "WEBVTT",
        "00:00:01.000 --> 00:00:02.000",
        "00:00:01.000,00:00:02.000",
        "<v Ravi>",
        "</v>",
        "<",
        ">",
        ":",
        ":eyes: 2",
        "3 replies",
        "(edited)",
        "[{",
        "{\"messages\":",
        "\"ts\":\"1.5\"",
        "}]",
        "é",
        "\u{202E}",
        "\u{1B}[",
        "\r\n",
        "Nov 23 14:36:02 db1",
        "APP",
        "at",
        "é:36",
        "+14:00",
        "99:99",
        "9999-12-31 23:59:59 ",
    ];
    prop_oneof![
        proptest::collection::vec(
            prop_oneof![3 => proptest::sample::select(known).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)],
            0..60
        )
        .prop_map(|parts| parts.concat()),
        any::<String>(),
    ]
}

/// A line of a chat, as each tool writes it, with a time of that day.
fn message(index: usize, format: ChatFormat, who: usize, words: &str) -> String {
    let who = ["Ravi Menon", "Mei Tan", "Jo Alvarez"][who % 3];
    let (hour, minute) = (10 + index / 60, index % 60);
    match format {
        ChatFormat::Slack => format!("{who}  {hour}:{minute:02}\n{words}\n"),
        ChatFormat::Teams => format!("[{hour}:{minute:02}] {who}\n{words}\n"),
        ChatFormat::Meet => format!("{who}\n{hour}:{minute:02}\n{words}\n"),
        ChatFormat::Zoom => format!("{hour}:{minute:02}:07 From {who} to Everyone:\n\t{words}\n"),
        ChatFormat::Vtt => format!("\n{hour}:{minute:02}:00.000 --> {hour}:{minute:02}:01.000\n<v {who}>{words}</v>\n"),
        ChatFormat::Log => format!("2026-11-23T{hour}:{minute:02}:00Z INFO {words}\n"),
        ChatFormat::Plain | ChatFormat::SlackExport => format!("{hour}:{minute:02} {who}: {words}\n"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(384))]

    #[test]
    fn no_text_panics_and_every_line_keeps_its_place(text in pieces(), days in -800_000_i32..800_000, zone in 0..chrono_tz::TZ_VARIANTS.len(), start in any::<i64>()) {
        let day = NaiveDate::from_num_days_from_ce_opt(days).expect("within chrono's days");
        let anchor = Anchor { day, zone: chrono_tz::TZ_VARIANTS[zone], start: Some(Timestamp(start)) };
        for format in ChatFormat::ALL.into_iter().map(Some).chain([None]) {
            let chat = read(&text, format);
            let placed = place(&chat, &anchor);
            prop_assert_eq!(placed.len(), chat.lines.len());
            for (line, placed) in chat.lines.iter().zip(&placed) {
                prop_assert_eq!((&line.who, &line.text), (&placed.who, &placed.text));
                prop_assert!(!line.text.trim().is_empty() && line.text.len() <= TEXT_LIMIT);
            }
            let keys: std::collections::HashSet<_> = placed.iter().map(|line| line.key).collect();
            prop_assert_eq!(keys.len(), placed.len(), "no two lines of a paste share a key");
        }
    }

    #[test]
    fn an_overlap_gives_the_same_keys(
        lines in proptest::collection::vec((0_usize..3, "[a-z]{2,8} [a-z]{1,8} ok"), 2..40),
        cut in any::<prop::sample::Index>(), from in any::<prop::sample::Index>(), format in 0..ChatFormat::ALL.len(), zone in 0..chrono_tz::TZ_VARIANTS.len(),
    ) {
        let format = ChatFormat::ALL[format];
        prop_assume!(format != ChatFormat::SlackExport);
        let told: Vec<String> = lines.iter().enumerate().map(|(at, (who, words))| message(at, format, *who, words)).collect();
        let end = 1 + cut.index(told.len());
        let begin = from.index(end);
        let anchor = anchor("2026-11-23", "UTC");
        let later = Anchor { zone: chrono_tz::TZ_VARIANTS[zone], ..anchor };
        let all = place(&read(&told.concat(), Some(format)), &anchor);
        let prefix = place(&read(&told[..end].concat(), Some(format)), &anchor);
        let suffix = place(&read(&told[begin..].concat(), Some(format)), &later);
        prop_assert_eq!(all.len(), told.len(), "each message is one line");
        let keys = |lines: &[Placed]| lines.iter().map(|line| line.key).collect::<Vec<_>>();
        prop_assert_eq!(keys(&prefix), keys(&all[..end]));
        prop_assert_eq!(keys(&suffix), keys(&all[begin..]), "in another zone too");
    }
}
