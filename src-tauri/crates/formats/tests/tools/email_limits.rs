//! Mail that is too long, too deep or broken: read as far as it goes, soon and within bounds.

use crate::{now, only};
use domain::alerts::{Signal, VALUE_LIMIT};
use formats::email::{self, READ_LIMIT};
use formats::{Parsed, Sent};
use std::time::{Duration, Instant};

/// Far more than any of these takes, debug build and a busy machine allowed for; without the limits they take minutes,
/// or the stack.
const SOON: Duration = Duration::from_secs(10);

fn soon(bytes: &[u8]) -> Parsed {
    let start = Instant::now();
    let parsed = email::read(&Sent::body(bytes), now()).expect("a mail reads");
    assert!(start.elapsed() < SOON, "{} bytes took {:?}", bytes.len(), start.elapsed());
    parsed
}

fn one(bytes: &[u8]) -> Signal {
    only(Ok(soon(bytes)))
}

const HEAD: &str = "Subject: Checkout is down\nFrom: ann@client.example\nMessage-ID: <1@client.example>\n";

#[test]
fn a_film_is_not_waited_for() {
    let head = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\n\nIt says 502.\n--b\nContent-Type: video/mp4\nContent-Transfer-Encoding: base64\n\n"
    );
    let film = [head.as_bytes(), &b"AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHIIIIJJJJKKKKLLLL\n".repeat(1_070_000)].concat();
    assert!(film.len() > 50 * 1024 * 1024);
    let signal = one(&film);
    assert_eq!((signal.title.as_str(), signal.annotations["description"].as_str()), ("Checkout is down", "It says 502."));
    assert_eq!(signal.annotations["note"], "Only the first 256 KiB of this mail were read.");
}

#[test]
fn a_long_text_is_trimmed() {
    let signal = one(format!("{HEAD}\n{}", "Wort ".repeat(2 * READ_LIMIT)).as_bytes());
    assert!(signal.annotations["description"].len() <= 4 * 1024);
    assert!(signal.annotations["note"].contains("256 KiB"));
}

#[test]
fn parts_within_parts_have_an_end() {
    for depth in [5, 1_000, 100_000] {
        let mut nested = HEAD.to_owned();
        for level in 0..depth {
            nested.push_str(&format!("Content-Type: multipart/mixed; boundary=\"b{level}\"\n\n--b{level}\n"));
        }
        nested.push_str("Content-Type: text/plain\n\ninnermost\n");
        let signal = one(nested.as_bytes());
        assert_eq!(signal.title, "Checkout is down", "{depth} deep");
        let read = signal.annotations.get("description").map(String::as_str);
        assert_eq!((read, signal.annotations.contains_key("note")), if depth == 5 { (Some("innermost"), false) } else { (None, true) });
    }
}

#[test]
fn messages_within_messages_have_an_end() {
    for depth in [1_000, 100_000] {
        let nested = format!("{HEAD}{}", "Content-Type: message/rfc822\n\n".repeat(depth));
        assert_eq!(one(nested.as_bytes()).title, "Checkout is down", "{depth} deep");
        let digest = format!(
            "{HEAD}Content-Type: multipart/digest; boundary=d\n\n{}",
            "--d\n\nContent-Type: multipart/digest; boundary=d\n\n".repeat(depth)
        );
        assert_eq!(one(digest.as_bytes()).title, "Checkout is down", "{depth} deep");
    }
}

#[test]
fn many_parts_have_an_end() {
    let many =
        format!("{HEAD}Content-Type: multipart/mixed; boundary=b\n\n{}--b--\n", "--b\nContent-Type: image/png\n\nx\n".repeat(100_000));
    assert!(one(many.as_bytes()).annotations["note"].contains("256 KiB"));
    let few = format!("{HEAD}Content-Type: multipart/mixed; boundary=b\n\n{}--b--\n", "--b\nContent-Type: image/png\n\nx\n".repeat(500));
    assert_eq!(one(few.as_bytes()).annotations["note"], "This mail has more parts, or deeper ones, than are looked at.");
}

#[test]
fn headers_have_an_end() {
    for header in [
        "X-Odd: y\n".repeat(200_000),
        format!("Content-Type: text/plain;{}\n", " a*0=b;".repeat(100_000)),
        format!("References: {}\n", "<a@b> ".repeat(100_000)),
        format!("To: {}\n", "a@b, ".repeat(100_000)),
        format!("Subject: {}\n", "=?utf-8?Q?=41?= ".repeat(100_000)),
        format!("X-Fold: a\n{}", " b\n".repeat(200_000)),
        "a".repeat(1_000_000),
        "(".repeat(500_000),
        format!("From: {}\n", "(".repeat(500_000)),
        format!("From: {}\n", "\"\\".repeat(250_000)),
    ] {
        let signal = one(format!("{HEAD}{header}\n\ntext").as_bytes());
        assert_eq!(signal.title, "Checkout is down", "{}", &header[..10]);
    }
}

#[test]
fn a_broken_charset_costs_only_its_letters() {
    for (kind, body, text) in [
        ("text/plain; charset=utf-8", &b"caf\xe9 is down"[..], "caf\u{fffd} is down"),
        ("text/plain; charset=iso-8859-15", b"caf\xe9: 5 \xa4", "café: 5 €"),
        ("text/plain; charset=no-such-thing", b"caf\xc3\xa9", "café"),
        ("text/plain; charset=\"", b"plain", "plain"),
        ("nonsense", b"", ""),
        ("text/plain\nContent-Transfer-Encoding: base64", b"SXQgaXMgZG93bg==", "It is down"),
        ("text/plain\nContent-Transfer-Encoding: base64", b"!!!!", "!!!!"),
        ("text/plain\nContent-Transfer-Encoding: quoted-printable", b"gr=C3=BCn=", "grün"),
    ] {
        let mail = [format!("{HEAD}Content-Type: {kind}\n\n").as_bytes(), body].concat();
        let signal = one(&mail);
        assert_eq!(signal.annotations.get("description").map_or("", String::as_str), text, "{kind:?}");
    }
}

#[test]
fn what_would_hide_or_turn_text_is_left_out() {
    let signal = one(format!("{HEAD}\nsafe\u{202e}txt\u{0}\u{7}.exe\r\nnext").as_bytes());
    assert_eq!(signal.annotations["description"], "safetxt.exe\nnext");
}

#[test]
fn many_alerts_of_one_mail_stay_within_bounds() {
    let block = format!("[1] Firing<br>Labels<br>alertname = A<br>x = {}<br>", "y".repeat(200));
    let html = format!("Subject: x\nContent-Type: text/html\n\nSent by Alertmanager{}", block.repeat(5_000));
    let parsed = soon(html.as_bytes());
    let text: usize =
        parsed.signals.iter().flat_map(|signal| signal.labels.values().chain(signal.annotations.values())).map(String::len).sum();
    assert!(parsed.signals.len() > 100 && text < 16 * 1024 * 1024, "{} alerts, {text} bytes", parsed.signals.len());
    assert!(parsed.signals.iter().all(|signal| signal.annotations.values().all(|value| value.len() <= VALUE_LIMIT)));
}
