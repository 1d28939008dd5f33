//! A paste made safe to read: cut to size, without characters that do not show or that turn what is read.

use super::SIZE_LIMIT;
use crate::text::{cut, turns_direction};
use domain::incidents::TEXT_LIMIT;
use memchr::memchr_iter;
use std::borrow::Cow;

/// The text to read, with sentences on what was taken out. Line ends are left as they are where nothing else is wrong.
pub fn clean(pasted: &str) -> (Cow<'_, str>, Vec<String>) {
    let mut notes = vec![];
    let pasted = pasted.strip_prefix('\u{FEFF}').unwrap_or(pasted);
    let text = within(pasted, &mut notes);
    if is_clean_throughout(text) {
        return (Cow::Borrowed(text), notes);
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut taken = 0;
    for line in text.split_inclusive('\n') {
        let whole = line.strip_suffix('\n').unwrap_or(line);
        if is_clean(whole) {
            cleaned.push_str(line);
        } else {
            taken += rewrite(line, &mut cleaned);
        }
    }
    match taken {
        0 => {}
        1 => notes.push("One character that does not show, or turns the direction of text, was taken out.".to_owned()),
        many => notes.push(format!("{many} characters that do not show, or turn the direction of text, were taken out.")),
    }
    (Cow::Owned(cleaned), notes)
}

/// The beginning that is read, up to the end of a line where one is near.
fn within<'a>(pasted: &'a str, notes: &mut Vec<String>) -> &'a str {
    if pasted.len() <= SIZE_LIMIT {
        return pasted;
    }
    let begin = cut(pasted, SIZE_LIMIT);
    // A line that is longer than an entry is cut anyway.
    let end = begin.rfind('\n').filter(|end| begin.len() - end <= TEXT_LIMIT);
    let begin = end.map_or(begin, |end| &begin[..end]);
    let (all, read) = (megabytes(pasted.len()), megabytes(SIZE_LIMIT));
    notes.push(format!("Only the first {read} MB of {all} MB were read. Paste the rest in pieces; what overlaps is added once."));
    begin
}

fn megabytes(bytes: usize) -> String {
    let tenths = bytes * 10 / (1024 * 1024);
    if tenths.is_multiple_of(10) { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// Bytes looked at together: enough to make the loop wide, few enough to stop soon.
const STRETCH: usize = 1024;

/// Whether no line needs a look, without looking for the lines.
fn is_clean_throughout(text: &str) -> bool {
    let mut stretches = text.as_bytes().chunks(STRETCH);
    let clean = stretches.all(|stretch| {
        // Most text is plain, and asked less.
        if stretch.is_ascii() {
            !stretch.iter().fold(false, |odd, byte| odd | (is_control(*byte) & !matches!(byte, b'\n' | b'\r')))
        } else {
            !stretch.iter().fold(false, |odd, byte| odd | (is_odd(*byte) & !matches!(byte, b'\n' | b'\r')))
        }
    });
    // A return that ends no line is one too many.
    clean && memchr_iter(b'\r', text.as_bytes()).all(|at| text.as_bytes().get(at + 1) == Some(&b'\n'))
}

/// Whether nothing in a line needs a look: the common case, answered without a branch per byte.
fn is_clean(line: &str) -> bool {
    let line = line.strip_suffix('\r').unwrap_or(line);
    !line.bytes().fold(false, |odd, byte| odd | is_odd(byte))
}

/// Begins a character that is taken out or replaced, or one of its neighbours in Unicode: a control character, or
/// something in U+0080–BF, U+0600–063F, U+1000–1FFF, U+2000–2FFF, U+F000–FFFF, U+C0000–FFFFF.
const fn is_odd(byte: u8) -> bool {
    is_control(byte) || matches!(byte, 0xc2 | 0xd8 | 0xe1 | 0xe2 | 0xef | 0xf3)
}

/// A control character other than a tab.
const fn is_control(byte: u8) -> bool {
    (byte < 0x20 && byte != b'\t') || byte == 0x7f
}

/// Copies a line without what must not be in it, and counts what that was.
fn rewrite(line: &str, out: &mut String) -> usize {
    let (mut taken, mut rest) = (0, line);
    loop {
        let odd = rest.bytes().position(is_odd).unwrap_or(rest.len());
        out.push_str(&rest[..odd]);
        rest = &rest[odd..];
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { return taken };
        rest = chars.as_str();
        match c {
            '\n' | '\t' => out.push(c),
            '\r' if rest.starts_with('\n') => {}
            '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\u{A0}' | '\u{2007}' | '\u{2009}' | '\u{202F}' => out.push(' '),
            '\u{1B}' => {
                taken += 1;
                rest = after_colour(rest);
            }
            _ if c.is_control() || turns_direction(c) || is_invisible(c) => taken += 1,
            // Joiners and marks belong to emoji and to other scripts; between plain letters they only hide.
            '\u{200C}'..='\u{200F}' | '\u{61C}' => {
                let before = out.chars().next_back().is_some_and(|c| !c.is_ascii());
                if before && rest.starts_with(|c: char| !c.is_ascii()) { out.push(c) } else { taken += 1 }
            }
            _ => out.push(c),
        }
    }
}

/// Passes over the rest of a terminal's colour (`ESC [ 3 1 m`).
fn after_colour(text: &str) -> &str {
    let Some(inner) = text.strip_prefix('[') else { return text };
    let inner = inner.trim_start_matches(|c| matches!(c, '0'..='?'));
    inner.strip_prefix(|c| matches!(c, '@'..='~')).unwrap_or(inner)
}

/// Takes no room on a screen and has no place in ordinary text.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{180E}' | '\u{200B}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_show_is_taken_out_and_said() {
        for (pasted, read, notes) in [
            ("plain\r\ntext\t1", "plain\r\ntext\t1", 0),
            ("\u{FEFF}begins with a mark of its encoding", "begins with a mark of its encoding", 0),
            ("2:36\u{202F}PM and\u{A0}more", "2:36 PM and more", 0),
            ("safe\u{202E}txt.exe", "safetxt.exe", 1),
            ("ra\u{200B}vi \u{2066}x\u{2069}", "ravi x", 1),
            ("ra\u{200D}vi", "ravi", 1),
            ("👩\u{200D}🚒 نمی\u{200C}خواهم", "👩\u{200D}🚒 نمی\u{200C}خواهم", 0),
            ("\u{1B}[31mERROR\u{1B}[0m down", "ERROR down", 1),
            ("bell\u{7}, nul\u{0}", "bell, nul", 1),
            ("one\rtwo\u{2028}three é", "one\ntwo\nthree é", 0),
        ] {
            let (text, said) = clean(pasted);
            assert_eq!((text.as_ref(), said.len()), (read, notes), "{pasted:?}: {said:?}");
        }
    }

    #[test]
    fn a_long_paste_is_cut_at_the_end_of_a_line_and_says_what_to_do() {
        let pasted = "0123456789abcdef\n".repeat(10 * 1024 * 1024 / 17);
        let (text, notes) = clean(&pasted);
        assert!(text.len() <= SIZE_LIMIT && text.ends_with("abcdef"), "{} bytes, no torn line", text.len());
        assert_eq!(notes, ["Only the first 4 MB of 9.9 MB were read. Paste the rest in pieces; what overlaps is added once."]);
        let one_line = format!("WEBVTT\n{}", "x".repeat(SIZE_LIMIT));
        assert_eq!(clean(&one_line).0.len(), SIZE_LIMIT, "a line without an end is read as far as all else");
    }
}
