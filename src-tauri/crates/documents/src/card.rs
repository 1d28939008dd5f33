//! A person's card for the phone in the user's hand: vCard 4.0 (RFC 6350), only what the people book says.

use domain::Handle;
use domain::home::Person;

/// Longest line in bytes before it is folded (RFC 6350, section 3.2).
const LINE: usize = 75;

/// The card of `person`, known as `handle`.
pub fn vcard(handle: &Handle, person: &Person) -> String {
    let card = &person.card;
    let name = person.name.as_deref().map(str::trim).filter(|name| !name.is_empty()).unwrap_or(handle.as_str());
    let mut lines = vec![
        String::from("BEGIN:VCARD"),
        String::from("VERSION:4.0"),
        format!("FN:{}", escaped(name)),
        format!("NICKNAME:{}", escaped(handle.as_str())),
    ];
    let mut add = |property: &str, value: &Option<String>| {
        if let Some(value) = value.as_deref().map(str::trim).filter(|value| !value.is_empty()) {
            lines.push(format!("{property}:{}", escaped(value)));
        }
    };
    add("TEL", &card.phone);
    add("EMAIL", &card.mail);
    add("NOTE", &card.chat.as_ref().map(|chat| format!("Chat {chat}")));
    add("TZ", &card.zone);
    lines.push(String::from("END:VCARD"));
    lines.iter().flat_map(|line| [folded(line), String::from("\r\n")]).collect()
}

fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Breaks a line between characters; what follows a break begins with a space.
fn folded(line: &str) -> String {
    let (mut out, mut width) = (String::with_capacity(line.len()), 0);
    for c in line.chars() {
        if width + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(c);
        width += c.len_utf8();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;
    use domain::home::Card;

    #[test]
    fn a_card_says_what_the_book_says() {
        let mut person = Person::new(Some("Jo Ruiz, SRE".into()), Timestamp(0));
        person.card = Card { phone: Some("+49 151 234".into()), mail: Some("jo@example.org".into()), ..Card::default() };
        let expected =
            "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Jo Ruiz\\, SRE\r\nNICKNAME:jo\r\nTEL:+49 151 234\r\nEMAIL:jo@example.org\r\nEND:VCARD\r\n";
        assert_eq!(vcard(&Handle("jo".into()), &person), expected);
    }

    #[test]
    fn nothing_in_the_book_becomes_a_line_of_its_own() {
        let mut person = Person::new(None, Timestamp(0));
        person.card.phone = Some("1\r\nURL:https://evil.example".into());
        let text = vcard(&Handle("jo".into()), &person);
        assert!(text.contains("FN:jo\r\n") && text.contains("TEL:1\\nURL:https://evil.example\r\n"), "{text}");
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let person = Person::new(Some("é".repeat(100)), Timestamp(0));
        let text = vcard(&Handle("jo".into()), &person);
        assert!(text.split("\r\n").all(|line| line.len() <= LINE), "{text}");
        assert!(text.replace("\r\n ", "").contains(&"é".repeat(100)), "unfolding gives the name back");
    }
}
