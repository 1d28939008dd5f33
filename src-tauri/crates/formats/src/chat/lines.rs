//! A text line by line, as `str::lines` gives it, with the line ends found many bytes at a time.

use memchr::{Memchr, memchr_iter};

/// The lines of `text`, without their ends.
pub fn lines(text: &str) -> Lines<'_> {
    Lines { text, from: 0, ends: memchr_iter(b'\n', text.as_bytes()) }
}

/// See [`lines`].
pub struct Lines<'a> {
    text: &'a str,
    from: usize,
    ends: Memchr<'a>,
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let Some(end) = self.ends.next() else {
            // What follows the last line end is a line where it is not nothing; a return at its end is its own.
            let rest = &self.text[self.from..];
            self.from = self.text.len();
            return (!rest.is_empty()).then_some(rest);
        };
        let line = &self.text[self.from..end];
        self.from = end + 1;
        Some(line.strip_suffix('\r').unwrap_or(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_the_standard_library() {
        for text in ["", "\n", "a", "a\n", "a\nb", "a\r\nb\r\n", "a\r", "\r\n\n\r", "ä\n\nö\r\r\n", "\n\n"] {
            assert_eq!(lines(text).collect::<Vec<_>>(), text.lines().collect::<Vec<_>>(), "{text:?}");
        }
    }
}
