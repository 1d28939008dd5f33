//! Texts that were made to hurt, or that something went wrong with: each is answered, says what was left out, and costs
//! no more than its length. What costs its length squared would keep these tests from ending.

use domain::incidents::TEXT_LIMIT;
use formats::chat::{Anchor, Chat, ChatFormat, LINES_LIMIT, place, read};

fn answered(text: &str, format: Option<ChatFormat>) -> Chat {
    let chat = read(text, format);
    let zone = "Europe/Berlin".parse().expect("a zone");
    let placed = place(&chat, &Anchor { day: "2026-11-23".parse().expect("a day"), zone, start: None });
    assert_eq!(placed.len(), chat.lines.len());
    assert!(placed.len() <= LINES_LIMIT);
    for line in &chat.lines {
        assert!(!line.text.trim().is_empty() && line.text.len() <= TEXT_LIMIT, "each fits into an entry");
    }
    chat
}

/// A piece over and over, 2 MB of it.
fn many(piece: &str) -> String {
    piece.repeat(2 * 1024 * 1024 / piece.len())
}

#[test]
fn a_line_that_is_too_long_is_cut_and_says_so_where() {
    for (text, cut) in [
        (format!("14:36 ravi: {}\n14:37 mei: ok\n", "x".repeat(TEXT_LIMIT + 1)), 1),
        (format!("14:36 ravi: {}\n14:37 mei: ok\n14:38 jo: {}", "é".repeat(TEXT_LIMIT), "long ".repeat(TEXT_LIMIT)), 2),
        (format!("14:36 ravi: {}\n14:37 mei: ok\n", "x".repeat(TEXT_LIMIT)), 0),
    ] {
        let chat = answered(&text, Some(ChatFormat::Plain));
        let marked = chat.lines.iter().filter(|line| line.text.ends_with(" … [cut here: an entry holds 64 KB]")).count();
        assert_eq!((marked, chat.cut.len()), (cut, cut), "{:?}", chat.notes);
        assert!(chat.lines.iter().any(|line| line.text == "ok"), "no other line is lost");
        let said = match cut {
            0 => chat.notes.is_empty(),
            1 => chat.notes[0].starts_with("One message was cut at 64 KB"),
            _ => chat.notes[0].starts_with("2 messages were cut at 64 KB"),
        };
        assert!(said, "{:?}", chat.notes);
    }
}

#[test]
fn a_line_that_was_cut_is_known_again() {
    let anchor = Anchor { day: "2026-11-23".parse().expect("a day"), zone: chrono_tz::UTC, start: None };
    let key = |words: &str| place(&read(&format!("14:36 ravi: {words}"), Some(ChatFormat::Plain)), &anchor)[0].key;
    let whole = "word ".repeat(TEXT_LIMIT);
    // What the first release made of such a line: its first 64 KiB.
    assert_eq!(key(&whole), key(whole[..TEXT_LIMIT].trim_end()));
    assert_ne!(key(&whole), key("word"));
}

#[test]
fn nothing_costs_its_length_squared() {
    use ChatFormat::{Plain, Slack, SlackExport, Teams, Vtt, Zoom};
    let cue = |text: String| format!("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n{text}");
    for (text, format) in [
        (cue(many("<a")), Vtt),
        (cue(many("<")), Vtt),
        (cue(many("<v ")), Vtt),
        (cue(many("&<v a>x")), Vtt),
        (format!("[{{\"ts\":\"1.5\",\"text\":\"{}\"}}]", many("<")), SlackExport),
        (many("[{\"messages\":"), SlackExport),
        (many("Ravi\n14:36\n"), Slack),
        (many(":eyes: 2 "), Slack),
        (many("[14:36] "), Teams),
        (many("a at "), Teams),
        (many("14:36:02 From Ravi to "), Zoom),
        (many("<ravi> "), Plain),
        (many(": "), Plain),
    ] {
        answered(&text, Some(format));
    }
}

#[test]
fn a_mention_that_grows_does_not_grow_for_ever() {
    let name = "é".repeat(200);
    let profile = format!("\"user\":\"U1\",\"user_profile\":{{\"real_name\":\"{name}\"}}");
    let chat = answered(&format!("[{{\"ts\":\"1.5\",{profile},\"text\":\"{}\"}}]", many("<@U1>")), None);
    assert_eq!((chat.format, chat.lines.len(), chat.cut.len()), (ChatFormat::SlackExport, 1, 1), "the first 64 KB are kept");
}

#[test]
fn tricks_with_direction_are_taken_out_of_all_of_it() {
    let chat = answered(&many("\u{202E}a\u{2066}b\u{200F}c \n"), None);
    assert_eq!(chat.lines[0].text, "abc");
    assert!(chat.notes[0].ends_with("characters that do not show, or turn the direction of text, were taken out."), "{:?}", chat.notes);
    let nothing = answered(&many("\u{202E}"), None);
    assert_eq!((nothing.lines.len(), nothing.notes.len()), (0, 2), "only tricks are no message: {:?}", nothing.notes);
}
