//! Keys of lines: the same for the same line whenever it is pasted again, in whichever zone. They are on the record, so
//! what they are made of never changes.

use super::place::Moment;
use super::{Chat, SaidAt};
use chrono::{Datelike, Timelike};
use memchr::memchr_iter;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The key of each line: of who said it, on which day and minute of a clock somewhere, in which words, and the
/// how-manieth such.
pub fn keys(chat: &Chat, moments: &[Moment]) -> Vec<[u8; 16]> {
    let mut seen = Seen::with_capacity_and_hasher(chat.lines.len(), BuildHasherDefault::default());
    let mut said = vec![];
    let mut cut = chat.cut.iter().peekable();
    let lines = chat.lines.iter().zip(moments).enumerate().map(|(index, (line, moment))| {
        // One that was cut is known by all that fits, not by what the end of it says.
        let words = cut.next_if(|(place, _)| *place == index).map_or(&line.text, |(_, fits)| fits);
        said.clear();
        push_lower(line.who.as_deref().unwrap_or_default(), &mut said);
        said.push(0);
        push_time(line.said, moment, &mut said);
        push_words(words, &mut said);
        let key = short(&said);
        let count = seen.entry(u128::from_le_bytes(key)).or_insert(0);
        *count += 1;
        if *count == 1 { key } else { short(&[key.as_slice(), &count.to_le_bytes()].concat()) }
    });
    lines.collect()
}

fn push_time(said: SaidAt, moment: &Moment, out: &mut Vec<u8>) {
    match (said, moment.local) {
        (_, Some((day, time))) => {
            out.push(b'w');
            out.extend_from_slice(&day.num_days_from_ce().to_le_bytes());
            out.extend_from_slice(&(time.num_seconds_from_midnight() / 60).to_le_bytes());
        }
        (SaidAt::Instant(instant), None) => {
            out.push(b'i');
            out.extend_from_slice(&instant.millis().to_le_bytes());
        }
        (SaidAt::Offset(millis), None) => {
            out.push(b'o');
            out.extend_from_slice(&millis.div_euclid(1000).to_le_bytes());
        }
        (SaidAt::Wall { .. } | SaidAt::Unknown, None) => out.push(b'u'),
    }
}

fn push_lower(text: &str, out: &mut Vec<u8>) {
    if text.is_ascii() {
        let from = out.len();
        out.extend_from_slice(text.as_bytes());
        out[from..].make_ascii_lowercase();
    } else {
        out.extend_from_slice(text.to_lowercase().as_bytes());
    }
}

/// Each word with a space before it.
fn push_words(text: &str, out: &mut Vec<u8>) {
    if !is_even(text.as_bytes()) {
        for word in text.split_whitespace() {
            out.push(b' ');
            out.extend_from_slice(word.as_bytes());
        }
        return;
    }
    out.push(b' ');
    let from = out.len();
    out.extend_from_slice(text.as_bytes());
    for at in memchr_iter(b'\n', text.as_bytes()) {
        out[from + at] = b' ';
    }
}

/// Bytes looked at together.
const WIDE: usize = 16;

/// Whether one space or line end stands between any two words and nothing around them, as in most of what people write.
/// Says no where the white space of Unicode may stand.
fn is_even(text: &[u8]) -> bool {
    let [first, next @ ..] = text else { return false };
    let Some(last) = next.last() else { return false };
    let one = &text[..next.len()];
    let (Some(one_end), Some(next_end)) = (one.last_chunk::<WIDE>(), next.last_chunk::<WIDE>()) else {
        return !one.iter().zip(next).any(|(one, next)| is_uneven(*one, *next)) && !is_gap(*first) && !is_gap(*last) && !is_odd(*last);
    };
    let mut uneven = [is_gap(*first) | is_gap(*last) | is_odd(*last); WIDE];
    let mut look = |one: &[u8; WIDE], next: &[u8; WIDE]| {
        for at in 0..WIDE {
            uneven[at] |= is_uneven(one[at], next[at]);
        }
    };
    for (one, next) in one.as_chunks().0.iter().zip(next.as_chunks().0) {
        look(one, next);
    }
    // What is left of the last stretch is looked at with a part of the one before.
    look(one_end, next_end);
    uneven == [false; WIDE]
}

const fn is_uneven(one: u8, next: u8) -> bool {
    is_odd(one) | (is_gap(one) & is_gap(next))
}

/// Begins no letter of an ordinary word or gap.
const fn is_odd(byte: u8) -> bool {
    (byte < b' ' && byte != b'\n') || matches!(byte, 0xc2 | 0xe1..=0xe3)
}

const fn is_gap(byte: u8) -> bool {
    byte <= b' '
}

/// 16 bytes of the digest: two different lines of one incident do not meet by chance.
fn short(said: &[u8]) -> [u8; 16] {
    let mut key = [0; 16];
    key.copy_from_slice(&blake3::hash(said).as_bytes()[..16]);
    key
}

/// How often each key came.
type Seen = HashMap<u128, u32, BuildHasherDefault<Digested>>;

/// Takes a key for its own hash: it is a digest already.
#[derive(Default)]
struct Digested(u64);

impl Hasher for Digested {
    fn write_u128(&mut self, key: u128) {
        self.0 = key as u64;
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }
    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::{Anchor, ChatFormat, place, read};

    #[test]
    fn words_are_the_same_however_they_are_spaced() {
        for text in [
            "down",
            "is down",
            "is\ndown",
            "is  down",
            " down",
            "down ",
            "\n",
            "is\tdown",
            "is\n\ndown",
            "ist schön",
            "é",
            "a\u{3000}b",
            "a\u{A0}b",
            "a\u{85}b",
            "“so” — it is",
            "\u{1}a",
            "a\u{2028}b",
            "",
        ] {
            let mut pushed = vec![];
            push_words(text, &mut pushed);
            let words: String = text.split_whitespace().flat_map(|word| [" ", word]).collect();
            assert_eq!(String::from_utf8_lossy(&pushed), words, "{text:?}");
        }
    }

    #[test]
    fn keys_on_the_record_stay_what_they_were() {
        let anchor = Anchor { day: "2026-11-23".parse().expect("a day"), zone: chrono_tz::UTC, start: None };
        let hex = |key: [u8; 16]| key.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let text = "14:36 Ravi: is  down\n14:36 ravi: is down\n2026-11-23T14:36:02Z schön\nno time";
        let keys: Vec<String> = place(&read(text, Some(ChatFormat::Plain)), &anchor).into_iter().map(|line| hex(line.key)).collect();
        assert_eq!(keys, GOLDEN, "what is on the record would be added again");
        let offset = "WEBVTT\n\n00:01:00.000 --> 00:01:02.000\nRavi: down\n";
        assert_eq!(hex(place(&read(offset, None), &anchor)[0].key), GOLDEN_OFFSET);
    }

    const GOLDEN: [&str; 4] = [
        "0b1d539d22e05abd287579fa78accf9f",
        "ff45db6c508af1d0d0876201c8b03a84",
        "914d3cc1ddd43a3887404cb06d6b5ecf",
        "59de38d6d87dc4f26a3537641dbe66b3",
    ];
    const GOLDEN_OFFSET: &str = "f19903c2464491ae6ca547cc2b6fdaa9";
}
