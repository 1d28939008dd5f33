//! Untrusted text: cut to length on a character's border, and brought onto one line.

/// Longest title in characters: two lines of the widest list.
const TITLE_LIMIT: usize = 200;

/// The longest beginning of `text` with at most `limit` bytes that ends on a character's border.
pub fn cut(text: &str, limit: usize) -> &str {
    &text[..text.floor_char_boundary(limit)]
}

/// `text` on one line: runs of white space and control characters become one space, characters that turn the direction
/// of what follows are left out, so that an alert cannot make a title read as something else. Cut with `…`.
pub fn one_line(text: &str) -> String {
    if is_one_line(text.as_bytes()) {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len().min(4 * TITLE_LIMIT));
    let (mut length, mut gap) = (0, false);
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            gap = length > 0;
            continue;
        }
        if turns_direction(c) {
            continue;
        }
        if length + usize::from(gap) >= TITLE_LIMIT {
            line.push('…');
            return line;
        }
        if std::mem::take(&mut gap) {
            line.push(' ');
            length += 1;
        }
        line.push(c);
        length += 1;
    }
    line
}

/// [`one_line`] of a text that is no longer needed: it is kept where it is one line already.
pub fn line(text: String) -> String {
    if is_one_line(text.as_bytes()) { text } else { one_line(&text) }
}

/// Whether a text is one line as it is: the common case, told by its bytes alone.
fn is_one_line(text: &[u8]) -> bool {
    let mut before = b' ';
    text.len() <= TITLE_LIMIT
        && text.iter().all(|b| {
            let fits = matches!(b, b'!'..=b'~') || (*b == b' ' && before != b' ');
            before = *b;
            fits
        })
        && (before != b' ' || text.is_empty())
}

/// Overrides, embeddings and isolates of the bidirectional algorithm (Unicode TR 9). The marks that ordinary Arabic
/// and Hebrew text uses are not among them.
pub fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_never_splits_a_character() {
        assert_eq!(cut("grün", 3), "gr", "ü takes two bytes and only one is left");
        assert_eq!(cut("grün", 4), "grü");
        assert_eq!(cut("grün", 99), "grün", "what fits stays");
    }

    #[test]
    fn a_title_is_one_line() {
        assert_eq!(one_line("  Disk\r\n 97%\ton\u{0} db1 "), "Disk 97% on db1");
        for line in ["", "Disk", "Disk 97% on db1"] {
            assert_eq!(one_line(line), line, "what is one line stays as it is");
        }
        for (spaced, line) in [(" a", "a"), ("a ", "a"), ("a  b", "a b"), ("a\tb", "a b"), (" ", "")] {
            assert_eq!(super::line(spaced.to_owned()), line, "{spaced:?}");
        }
        assert_eq!(one_line("safe\u{202E}txt.exe"), "safetxt.exe", "nothing reverses what is read");
        assert_eq!(one_line(&"x".repeat(200)).chars().count(), 200, "what fits is whole");
        let long = one_line(&"x".repeat(201));
        assert_eq!((long.chars().count(), long.ends_with('…')), (201, true), "a cut shows");
    }
}
