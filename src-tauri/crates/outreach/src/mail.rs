//! A link that opens a mail in the person's own program (RFC 6068). Sends nothing.

use crate::pieces;

/// Bytes that every mail program takes in a link.
const LONGEST: usize = 2_000;
/// Most characters of a subject.
const SUBJECT: usize = 200;

/// A `mailto:` link. The body is cut, and says so, where the link would be 2,000 bytes or more; an addressee is never
/// left out, so that a very long list of them makes a longer link.
pub fn mailto(to: &[String], subject: &str, body: &str) -> String {
    let to: Vec<String> = to.iter().map(|one| encoded(one.trim())).filter(|one| !one.is_empty()).collect();
    let subject: String = pieces::clean(subject).replace('\n', " ").chars().take(SUBJECT).collect();
    let head = format!("mailto:{}?subject={}&body=", to.join(","), encoded(&subject));
    let body = pieces::clean(body);
    let whole = encoded(&body);
    if head.len() + whole.len() < LONGEST {
        return head + &whole;
    }
    let note = encoded(pieces::CUT);
    let room = LONGEST.saturating_sub(head.len() + note.len() + 1);
    let mut kept = String::new();
    for letter in body.chars() {
        let letter = encoded(letter.encode_utf8(&mut [0; 4]));
        if kept.len() + letter.len() > room {
            break;
        }
        kept.push_str(&letter);
    }
    head + &kept + &note
}

/// Everything percent-encoded but what RFC 6068 leaves as it is; lines end in CRLF.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'@' => out.push(char::from(byte)),
            b'\n' => out.push_str("%0D%0A"),
            b'\r' => {}
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(all: &[&str]) -> Vec<String> {
        all.iter().map(|&one| one.to_owned()).collect()
    }

    #[test]
    fn a_mail_is_encoded_as_the_rfc_says() {
        let link = mailto(&to(&["dana@example.com", "a&b?c@example.com"]), "SEV-1: 100 % of café\nBcc: x", "Line one\nLine two & more");
        assert_eq!(
            link,
            "mailto:dana@example.com,a%26b%3Fc@example.com?subject=SEV-1%3A%20100%20%25%20of%20caf%C3%A9%20Bcc%3A%20x\
             &body=Line%20one%0D%0ALine%20two%20%26%20more"
        );
        assert_eq!(mailto(&[], "S", ""), "mailto:?subject=S&body=");
    }

    #[test]
    fn a_long_body_is_cut_between_letters_and_says_so() {
        let link = mailto(&to(&["dana@example.com"]), "S", &"é\n".repeat(2_000));
        assert!(link.len() < 2_000 && link.len() > 1_900, "{}", link.len());
        let note = "%E2%80%A6%20%28cut%3B%20the%20whole%20text%20is%20in%20Muster%29";
        let kept = link.strip_suffix(note).expect("says that it was cut");
        assert!(kept.ends_with("%C3%A9") || kept.ends_with("%0D%0A"), "whole letters only: {kept}");
    }
}
