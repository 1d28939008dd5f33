//! Names at the head of a message, told from words that only look like them.

use memchr::memchr;

/// Longest name in bytes: what is longer is a sentence.
const NAME_LIMIT: usize = 60;
/// Most words of a name.
const NAME_WORDS: usize = 6;
/// Small words inside names.
const PARTICLES: [&str; 17] =
    ["de", "da", "do", "dos", "del", "der", "den", "di", "van", "von", "zu", "bin", "ibn", "al", "el", "la", "le"];
/// What stands before a colon in notes and is no person, by length.
const LABELS: [&[&str]; 12] = [
    &[],
    &[],
    &["re"],
    &["tel", "fix", "eta", "fyi"],
    &["http", "file", "note", "task", "todo", "next", "warn", "info", "edit", "link"],
    &["https", "notes", "tasks", "cause", "error", "debug", "fatal", "alert"],
    &["mailto", "update", "status", "impact", "action", "answer", "theory", "result"],
    &["updates", "decided", "actions", "summary", "service", "warning"],
    &["decision", "question", "timeline", "severity", "services", "critical", "resolved", "detected", "declared"],
    &["decisions", "questions", "mitigated"],
    &["hypothesis", "root cause", "workaround", "next steps"],
    &["next update"],
];

/// Whether `text` is a name as tools show them: `Ravi Menon`, `Menon, Ravi (SRE)`, `mei.tan`.
pub fn is_name(text: &str) -> bool {
    if text.len() > NAME_LIMIT || !text.starts_with(|c: char| c.is_alphabetic() || c == '@') || text.ends_with(['.', ',']) {
        return false;
    }
    let mut words = 0;
    for word in text.split_ascii_whitespace() {
        words += 1;
        if words > NAME_WORDS || !is_plain(word) || !(words == 1 || is_capital(word) || PARTICLES.contains(&word)) {
            return false;
        }
    }
    // One small word may be a handle; before other words it is the beginning of a sentence.
    let small = text.starts_with(char::is_lowercase);
    words > 0 && (!small || words == 1 || PARTICLES.iter().any(|particle| text.starts_with(particle)))
}

/// Letters, digits, and what stands between them in names.
fn is_plain(word: &str) -> bool {
    let within = |byte: u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'\'' | b'(' | b')' | b',' | b'_' | b'@' | b'|' | b'/' | b'&')
    };
    if word.is_ascii() {
        return word.bytes().all(within);
    }
    word.chars().all(|c| c.is_alphanumeric() || c == '’' || u8::try_from(c).is_ok_and(within))
}

/// Begins as no word in the middle of a sentence does; what is in brackets may be anything.
fn is_capital(word: &str) -> bool {
    match word.as_bytes()[0] {
        b'A'..=b'Z' | b'(' => true,
        b'a'..=b'z' | b'0'..=b'9' => false,
        _ => word.trim_start_matches(['|', '/', '&', '@', '-']).chars().next().is_none_or(|c| !c.is_lowercase() && !c.is_numeric()),
    }
}

/// Whether `text` can be a name where the page itself shows that one stands here.
pub fn could_be(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 80
        && !text.ends_with(['.', '!', '?', ':', ';'])
        && text.starts_with(|c: char| !c.is_ascii_punctuation() || c == '@')
}

/// A name without what tools hang on it: a bot's badge, an emoji that says somebody is away.
pub fn tidy(text: &str) -> &str {
    let mut name = text.trim();
    if !name.ends_with(['P', 'W', ':', ',']) {
        return name;
    }
    loop {
        let shorter = name
            .strip_suffix("APP")
            .or_else(|| name.strip_suffix("WORKFLOW"))
            .filter(|rest| rest.ends_with(|c: char| c == ' ' || c.is_lowercase()));
        let shorter = shorter.or_else(|| {
            let (rest, emoji) = name.strip_suffix(':')?.rsplit_once(':')?;
            let named = !emoji.is_empty() && emoji.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+'));
            (named && rest.ends_with(' ')).then_some(rest)
        });
        match shorter.map(str::trim_end).filter(|rest| !rest.is_empty()) {
            Some(rest) => name = rest,
            None => return name.trim_end_matches([':', ',']).trim_end(),
        }
    }
}

/// The speaker of `ravi: text`, `Ravi Menon: text` or `<ravi> text`, and the text.
pub fn speaker(text: &str) -> Option<(&str, &str)> {
    if let Some(after) = text.strip_prefix('<') {
        let (name, rest) = after.split_once("> ")?;
        let name = name.trim_start_matches(['@', '+', '%', '~', '&', ' ']);
        return (is_name(name) && !name.contains('@')).then_some((name, rest.trim_start()));
    }
    let colon = memchr(b':', &text.as_bytes()[..text.len().min(NAME_LIMIT)])?;
    let (name, rest) = (text[..colon].trim_end(), &text[colon + 1..]);
    let label = || LABELS.get(name.len()).is_some_and(|labels| labels.iter().any(|label| label.eq_ignore_ascii_case(name)));
    let spaced = rest.is_empty() || rest.starts_with([' ', '\t']);
    (spaced && !name.is_empty() && !label() && is_name(name) && name.bytes().filter(|byte| *byte == b' ').count() <= 3)
        .then_some((name, rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_sentences() {
        for name in [
            "Ravi Menon",
            "Menon, Ravi (SRE)",
            "mei.tan",
            "Ludwig van der Berg",
            "Zoë O'Hara",
            "佐藤 健",
            "J. Doe",
            "@dana",
            "Ana | Platform",
        ] {
            assert!(is_name(name), "{name}");
        }
        for words in
            ["Checkout is down", "looking into it", "ok!", "12 errors", "", "Rolled back.", "See https://x.example", "Error 502 on EU"]
        {
            assert!(!is_name(words), "{words}");
        }
    }

    #[test]
    fn badges_and_moods_are_no_part_of_a_name() {
        for (shown, name) in [
            ("PagerDutyAPP", "PagerDuty"),
            ("PagerDuty  APP", "PagerDuty"),
            ("Mei Tan :palm_tree:", "Mei Tan"),
            ("Ravi:", "Ravi"),
            ("APP", "APP"),
        ] {
            assert_eq!(tidy(shown), name, "{shown}");
        }
    }

    #[test]
    fn a_label_is_no_speaker() {
        assert_eq!(speaker("ravi: rolling back"), Some(("ravi", "rolling back")));
        assert_eq!(speaker("Ravi Menon : rolling back"), Some(("Ravi Menon", "rolling back")));
        assert_eq!(speaker("<@ravi> rolling back"), Some(("ravi", "rolling back")));
        for text in ["Impact: 30 % of orders", "https://x.example", "error rate is up: 12 %", "12: no", "a:b", ": x", "<b> x", "<12> x"] {
            assert_eq!(speaker(text).filter(|(name, _)| *name != "b"), None, "{text}");
        }
    }
}
