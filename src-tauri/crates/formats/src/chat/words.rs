//! Words of a paste: mostly a piece of its text, which they share, so that a message costs no copy of what it says.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// What was written, or who wrote it.
#[derive(Clone)]
pub struct Words {
    text: Arc<str>,
    /// Within a text of at most 4 GiB, see [`super::SIZE_LIMIT`].
    from: u32,
    to: u32,
}

impl Words {
    /// How many bytes they take.
    pub fn len(&self) -> usize {
        (self.to - self.from) as usize
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.from == self.to
    }

    /// These words as they stand in `text`; a copy where they come from elsewhere.
    pub(super) fn of(text: &Arc<str>, words: &str) -> Self {
        match offset(text, words) {
            Some(from) => Self { text: text.clone(), from: from as u32, to: (from + words.len()) as u32 },
            None => Self::copied(words),
        }
    }

    /// A copy.
    pub(super) fn copied(words: &str) -> Self {
        Self { text: words.into(), from: 0, to: words.len() as u32 }
    }

    /// No words.
    pub(super) fn none(text: &Arc<str>) -> Self {
        Self { text: text.clone(), from: 0, to: 0 }
    }

    /// Keeps the first `length` bytes of them, which end on a character's border.
    pub(super) fn shorten(&mut self, length: usize) {
        self.to = self.from + length as u32;
    }

    /// Whether `line` stands right below these words in the same text.
    pub(super) fn are_above(&self, line: &str) -> bool {
        let end = self.to as usize;
        offset(&self.text, line) == Some(end + 1) && self.text.as_bytes()[end] == b'\n'
    }

    /// These words with the `line` below, see [`Words::are_above`].
    pub(super) fn grow(&mut self, line: &str) {
        self.to += 1 + line.len() as u32;
    }
}

/// Where `part` lies in `text`, where it does.
fn offset(text: &str, part: &str) -> Option<usize> {
    let from = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    (!part.is_empty() && from + part.len() <= text.len()).then_some(from)
}

impl Deref for Words {
    type Target = str;
    fn deref(&self) -> &str {
        &self.text[self.from as usize..self.to as usize]
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Words {}

impl PartialEq<&str> for Words {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&**self, f)
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_text_are_a_piece_of_it_and_others_a_copy() {
        let text: Arc<str> = "über dies\nund das".into();
        let piece = Words::of(&text, &text[6..10]);
        assert_eq!((&*piece, Arc::ptr_eq(&piece.text, &text)), ("dies", true));
        let copy = Words::of(&text, "dies");
        assert_eq!((&copy, Arc::ptr_eq(&copy.text, &text)), (&piece, false), "they are the same words all the same");
        assert!(Words::of(&text, "").is_empty() && Words::none(&text).is_empty());
    }

    #[test]
    fn words_grow_by_the_line_below_and_no_other() {
        let text: Arc<str> = "one\ntwo\n\nfour".into();
        let mut words = Words::of(&text, &text[..3]);
        assert!(words.are_above(&text[4..7]) && !words.are_above("two"), "the line below, not one that reads the same");
        words.grow(&text[4..7]);
        assert_eq!(words, "one\ntwo");
        assert!(!words.are_above(&text[9..]), "a line lies between");
        words.shorten(5);
        assert_eq!(words, "one\nt");
    }
}
