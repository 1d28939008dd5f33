//! Transcripts: WebVTT as Teams, Zoom and Meet write it, and SubRip. Times count from the start of the recording.

use super::SaidAt;
use super::name::speaker;
use super::sheet::Sheet;
use super::slack_marks::unescape;
use std::borrow::Cow;

/// A speaker who goes on within this (30 s, in milliseconds) is still saying the same thing.
const PAUSE: i64 = 30_000;
/// Longest speech that is one line, in bytes: beyond it a reader needs the next time.
const SPEECH_LIMIT: usize = 4 * 1024;

/// Cues that become lines: those of one speaker run together.
#[derive(Default)]
pub struct Speech {
    who: Option<String>,
    /// Beginning and end of the cue at hand.
    cue: Option<(i64, i64)>,
    ended: i64,
    length: usize,
    begun: bool,
}

impl Speech {
    /// A cue begins.
    pub fn cue(&mut self, from: i64, to: i64) {
        self.cue = Some((from, to));
        self.begun = false;
    }

    /// Whether the cue has no text yet.
    pub fn is_new(&self) -> bool {
        self.cue.is_some() && !self.begun
    }

    /// Text of the cue; what begins a cue goes on with the speech before it where `merge` says so and the speaker is the same.
    pub fn say(&mut self, who: Option<&str>, said: &str, merge: bool, sheet: &mut Sheet) {
        let Some((from, to)) = self.cue else { return };
        let same = who.is_some() && who == self.who.as_deref();
        let goes_on = merge && same && from.saturating_sub(self.ended) <= PAUSE && self.length < SPEECH_LIMIT;
        if !self.begun && !goes_on || self.begun && who.is_some() && !same {
            sheet.begin(who, SaidAt::Offset(from), None);
            self.who = who.map(str::to_owned);
            self.length = 0;
        }
        self.begun = true;
        self.ended = to;
        self.length += said.len();
        sheet.add(said);
    }
}

/// Reads a transcript.
pub fn read(text: &str, sheet: &mut Sheet) {
    let mut speech = Speech::default();
    let (mut in_cue, mut aside) = (false, false);
    for line in text.lines() {
        let line = line.trim_ascii();
        if line.is_empty() {
            (in_cue, aside) = (false, false);
        } else if let Some((from, to)) = timing(line) {
            speech.cue(from, to);
            (in_cue, aside) = (true, false);
        } else if in_cue {
            payload(line, &mut speech, sheet);
        } else if aside || ["NOTE", "STYLE", "REGION", "WEBVTT"].iter().any(|word| begins(line, word)) {
            aside = true;
        }
        // What is left is the name of a cue.
    }
}

/// One line of a cue: `<v Ravi Menon>text</v>`, `Ravi Menon: text`, or text.
fn payload(line: &str, speech: &mut Speech, sheet: &mut Sheet) {
    let mut rest = line;
    let mut voice = None;
    while let Some(at) = voice_at(rest) {
        say(voice, &rest[..at], speech, sheet);
        let (tag, after) = rest[at..].split_once('>').unwrap_or((&rest[at..], ""));
        voice = tag.split_once([' ', '\t']).map(|(_, name)| name.trim());
        rest = after;
    }
    say(voice, rest, speech, sheet);
}

fn say(voice: Option<&str>, text: &str, speech: &mut Speech, sheet: &mut Sheet) {
    let plain = without_tags(text);
    let said = plain.trim();
    if said.is_empty() {
        return;
    }
    let voice = voice.map(unescape);
    match voice.as_deref() {
        Some(who) => speech.say(Some(who), said, true, sheet),
        None if speech.is_new() => {
            let (who, said) = speaker(said).map_or((None, said), |(who, said)| (Some(who), said));
            speech.say(who, said, true, sheet);
        }
        None => speech.say(None, said, true, sheet),
    }
}

/// Where `<v Name>` or `<v.loud Name>` begins.
fn voice_at(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_voice =
        |at: usize| bytes[at] == b'<' && bytes.get(at + 1) == Some(&b'v') && matches!(bytes.get(at + 2), Some(b' ' | b'.' | b'\t'));
    (0..bytes.len()).find(|at| is_voice(*at))
}

/// Text without `<b>`, `<c.yellow>`, `<00:00:01.000>` and `</v>`, entities read.
fn without_tags(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| matches!(byte, b'<' | b'&')) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        if !rest[at + 1..].starts_with(|c: char| c == '/' || c.is_ascii_alphanumeric()) {
            plain.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        }
        // Where nothing closes this one, nothing closes any that follow.
        let Some(end) = rest[at..].find('>') else { break };
        plain.push_str(&rest[..at]);
        rest = &rest[at + end + 1..];
    }
    plain.push_str(rest);
    Cow::Owned(unescape(&plain).into_owned())
}

/// `00:00:01.000 --> 00:00:04.000 align:start`.
pub fn timing(line: &str) -> Option<(i64, i64)> {
    if !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (from, to) = line.split_once("-->")?;
    Some((offset(from.trim())?, offset(to.split_whitespace().next()?)?))
}

/// Milliseconds of `1:02:03.004`, `02:03.004` or `01:02:03,004`.
pub fn offset(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once(['.', ','])?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty();
    let mut parts = whole.split(':');
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next());
    let sound = parts.next().is_none() && [first, second, third.unwrap_or("0")].iter().all(|part| digits(part) && part.len() <= 5);
    if !sound || !digits(fraction) || fraction.len() != 3 {
        return None;
    }
    let part = |part: &str| part.parse::<i64>().ok();
    let (hours, minutes, seconds) = match third {
        Some(third) => (part(first)?, part(second)?, part(third)?),
        None => (0, part(first)?, part(second)?),
    };
    (minutes < 60 && seconds < 60).then_some(((hours * 60 + minutes) * 60 + seconds) * 1000 + part(fraction)?)
}

fn begins(line: &str, word: &str) -> bool {
    line.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_read() {
        for (text, millis) in [
            ("00:00:01.000", 1000),
            ("1:02:03.004", 3_723_004),
            ("02:03.004", 123_004),
            ("00:00:01,500", 1500),
            ("100:00:00.000", 360_000_000),
        ] {
            assert_eq!(offset(text), Some(millis), "{text}");
        }
        for text in ["", "1.000", "00:99.000", "00:00:01", "-1:00.000", "00:00:01.5", "a:b.ccc", "1:2:3:4.000"] {
            assert_eq!(offset(text), None, "{text}");
        }
    }
}
