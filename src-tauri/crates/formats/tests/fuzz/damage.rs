//! A sample with a few things wrong with it: cut, spliced, repeated, nested, broken, endless.

use crate::dice::Dice;
use crate::{edges, values};

/// Longest input in bytes: beyond it there is mostly more of the same.
const INPUT_LIMIT: usize = 64 * 1024;
/// Longest of the few that are long (1 MiB, as a listener takes): what costs its length squared shows here.
const LONG_LIMIT: usize = 1024 * 1024;
/// One in so many may be long: they take as long as hundreds of others.
const LONG_ONES: usize = 128;
/// Most things wrong with one input.
const WRONGS: usize = 5;

/// A damaged `sample`; pieces of `other` get into it.
pub fn damaged(sample: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let limit = if dice.one_in(LONG_ONES) { LONG_LIMIT } else { INPUT_LIMIT };
    let mut body = sample.to_vec();
    for _ in 0..=dice.roll(WRONGS) {
        let told = if dice.one_in(2) { values::damaged(&body, other, limit, dice) } else { None };
        body = match told {
            Some(told) => told,
            None if dice.one_in(3) => by_line(&body, dice),
            None => by_byte(body, other, limit, dice),
        };
        body.truncate(limit);
    }
    body
}

fn by_byte(mut body: Vec<u8>, other: &[u8], limit: usize, dice: &mut Dice) -> Vec<u8> {
    let (from, to) = dice.span(body.len());
    match dice.roll(10) {
        0 if !body.is_empty() => {
            let at = dice.roll(body.len());
            body[at] ^= 1 << dice.roll(8);
        }
        1 => body.truncate(from),
        2 => drop(body.drain(from..to)),
        3 => {
            let (begin, end) = dice.span(other.len());
            drop(body.splice(from..to, other[begin..end].iter().copied()));
        }
        4 => drop(body.splice(from..from, dice.pick(&edges::WORDS).bytes())),
        5 => drop(body.splice(from..from, dice.pick(&edges::BROKEN).iter().copied())),
        6 => drop(body.splice(from..from, edges::giant(limit, dice).into_bytes())),
        7 => {
            let piece = body[from..to].to_vec();
            drop(body.splice(from..from, piece));
        }
        8 => body = nested(&body, dice),
        _ => body = renumbered(body, dice),
    }
    body
}

/// A sample deep inside of others.
fn nested(body: &[u8], dice: &mut Dice) -> Vec<u8> {
    let deep = 1 << dice.roll(14);
    let mail = "Content-Type: multipart/mixed; boundary=b\n\n--b\n";
    let brackets =
        [("[", "]"), ("{\"alerts\":", "}"), ("{\"data\":", "}"), ("{\"a\":[", "]}"), (mail, "\n--b--"), ("<b>", "</b>"), ("- ", "")];
    let (open, close) = brackets[dice.roll(brackets.len())];
    [open.repeat(deep).as_bytes(), body, close.repeat(deep).as_bytes()].concat()
}

/// One number of it, or what stands where a time was, is another.
fn renumbered(mut body: Vec<u8>, dice: &mut Dice) -> Vec<u8> {
    let from = dice.roll(body.len() + 1);
    let Some(begin) = body[from..].iter().position(u8::is_ascii_digit).map(|at| from + at) else { return body };
    let time = |byte: &u8| byte.is_ascii_digit() || b":-.TZ+".contains(byte);
    let whole = dice.one_in(2);
    let length = body[begin..].iter().take_while(|byte| if whole { time(byte) } else { byte.is_ascii_digit() }).count();
    let said = if whole { dice.pick(&edges::TIMES) } else { dice.pick(&edges::NUMBERS) };
    drop(body.splice(begin..begin + length, said.bytes()));
    body
}

/// Its lines in another order or number, or ended otherwise.
fn by_line(body: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = body.split_inclusive(|byte| *byte == b'\n').collect();
    if lines.is_empty() {
        return body.to_vec();
    }
    let (at, to) = (dice.roll(lines.len()), dice.roll(lines.len()));
    match dice.roll(5) {
        0 => drop(lines.remove(at)),
        1 => lines.swap(at, to),
        2 => {
            let again = vec![lines[at]; 1 << dice.roll(12)];
            drop(lines.splice(at..at, again));
        }
        3 => lines[at] = lines[at].trim_ascii_end(),
        _ => {
            let end: &[u8] = [&b"\r"[..], b"\r\n", b"\n\n", "\u{2028}".as_bytes(), b"\x0b"][dice.roll(5)];
            return lines.iter().flat_map(|line| [line.trim_ascii_end(), end]).flatten().copied().collect();
        }
    }
    lines.concat()
}
