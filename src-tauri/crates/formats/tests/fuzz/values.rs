//! JSON that still is JSON, with one of its values told otherwise: damage that gets past the parser.

use crate::dice::Dice;
use crate::edges;
use serde_json::Value;

/// What happens to the value.
enum Told {
    /// This stands in its place.
    As(String),
    /// Its fields or its elements, so many times.
    Again(usize),
    /// It, so deep within these.
    Deep(&'static str, &'static str, usize),
}

/// Tells one value of `body` otherwise; nothing where it is no JSON.
pub fn damaged(body: &[u8], other: &[u8], limit: usize, dice: &mut Dice) -> Option<Vec<u8>> {
    let value: Value = serde_json::from_slice(body).ok()?;
    let (nodes, mut told) = (count(&value), Some(told(other, limit, dice)));
    let (mut left, mut written) = (dice.roll(nodes), String::new());
    write(&value, &mut left, &mut told, &mut written);
    Some(written.into_bytes())
}

fn told(other: &[u8], limit: usize, dice: &mut Dice) -> Told {
    let quoted = |text: &str| Value::from(text).to_string();
    match dice.roll(9) {
        0 => Told::As(dice.pick(&edges::NUMBERS).to_owned()),
        1 => Told::As(quoted(dice.pick(&edges::NUMBERS))),
        2 => Told::As(quoted(dice.pick(&edges::TIMES))),
        3 => Told::As(quoted(dice.pick(&edges::WORDS))),
        4 => Told::As(quoted(&edges::giant(limit, dice))),
        5 => Told::As(["null", "true", "{}", "[]", "\"\"", "[null]", "{\"\":0}"][dice.roll(7)].to_owned()),
        6 => Told::Again(1 << dice.roll(10)),
        7 => {
            let (open, close) = [("[", "]"), ("{\"a\":", "}"), ("{\"alerts\":[", "]}")][dice.roll(3)];
            Told::Deep(open, close, 1 << dice.roll(12))
        }
        _ => Told::As(piece(other, dice)),
    }
}

/// A value out of another sample.
fn piece(other: &[u8], dice: &mut Dice) -> String {
    let Ok(value) = serde_json::from_slice::<Value>(other) else { return Value::from(String::from_utf8_lossy(other)).to_string() };
    nth(&value, &mut dice.roll(count(&value))).map_or_else(String::new, ToString::to_string)
}

fn children(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match value {
        Value::Array(values) => Box::new(values.iter()),
        Value::Object(fields) => Box::new(fields.values()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Box::new(std::iter::empty()),
    }
}

fn count(value: &Value) -> usize {
    1 + children(value).map(count).sum::<usize>()
}

fn nth<'v>(value: &'v Value, left: &mut usize) -> Option<&'v Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    children(value).find_map(|child| nth(child, left))
}

/// Writes a value; the one that `left` counts down to as it is told, which is said once.
fn write(value: &Value, left: &mut usize, told: &mut Option<Told>, to: &mut String) {
    let now = if *left == 0 { told.take() } else { None };
    *left = left.saturating_sub(1);
    let times = match now {
        Some(Told::As(text)) => return to.push_str(&text),
        Some(Told::Deep(open, close, deep)) => return *to = [&**to, &open.repeat(deep), &value.to_string(), &close.repeat(deep)].concat(),
        Some(Told::Again(times)) => times,
        None => 1,
    };
    match value {
        Value::Array(values) => listed(to, ('[', ']'), times, values, |one, to| write(one, left, told, to)),
        Value::Object(fields) => listed(to, ('{', '}'), times, fields, |(name, one), to| {
            *to += &Value::from(name.as_str()).to_string();
            to.push(':');
            write(one, left, told, to);
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => *to += &value.to_string(),
    }
}

fn listed<T: IntoIterator + Copy>(
    to: &mut String,
    (open, close): (char, char),
    times: usize,
    items: T,
    mut one: impl FnMut(T::Item, &mut String),
) {
    to.push(open);
    for (number, item) in (0..times).flat_map(|_| items).enumerate() {
        if number > 0 {
            to.push(',');
        }
        one(item, to);
    }
    to.push(close);
}
