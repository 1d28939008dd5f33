//! Slack's markup in exports as the words people saw: mentions, channels, links, entities.

use domain::incidents::TEXT_LIMIT;
use std::borrow::Cow;
use std::collections::HashMap;

/// Most bytes of a text whose marks are read: a mention is longer than its mark, and an entry is cut far before this.
const SHOWN_LIMIT: usize = 4 * TEXT_LIMIT;

/// The text as it was shown. `names` knows who `<@U1>` is.
pub fn shown(text: &str, names: &HashMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<').filter(|_| out.len() <= SHOWN_LIMIT) {
        out.push_str(&rest[..at]);
        let Some(end) = rest[at..].find('>').map(|end| at + end) else {
            rest = &rest[at..];
            break;
        };
        mark(&rest[at + 1..end], names, &mut out);
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    unescape(&out).into_owned()
}

/// One mark, without its angle brackets.
fn mark(inner: &str, names: &HashMap<String, String>, out: &mut String) {
    let (what, label) = inner.split_once('|').map_or((inner, None), |(what, label)| (what, Some(label).filter(|label| !label.is_empty())));
    if let Some(id) = what.strip_prefix('@') {
        out.push('@');
        out.push_str(names.get(id).map(String::as_str).or(label).unwrap_or(id));
    } else if let Some(id) = what.strip_prefix('#') {
        out.push('#');
        out.push_str(label.unwrap_or(id));
    } else if let Some(special) = what.strip_prefix('!') {
        // `!here`, `!subteam^S1|@oncall`, `!date^1…^{time}|14:36`.
        if label.is_none_or(|label| !label.starts_with('@')) && !special.contains('^') {
            out.push('@');
        }
        out.push_str(label.unwrap_or(special));
    } else {
        let address = what.strip_prefix("mailto:").or_else(|| what.strip_prefix("tel:")).unwrap_or(what);
        match label.filter(|label| *label != address && *label != what) {
            // A shortened address is an address.
            Some(label) if !what.ends_with(label) => {
                out.push_str(label);
                out.push_str(" (");
                out.push_str(address);
                out.push(')');
            }
            Some(_) | None => out.push_str(address),
        }
    }
}

/// `&amp;`, `&lt;`, `&gt;` and their kin as the signs they stand for, each once.
pub fn unescape(text: &str) -> Cow<'_, str> {
    const ENTITIES: [(&str, char); 8] =
        [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\''), ("&nbsp;", ' '), ("&lrm;", ' '), ("&rlm;", ' ')];
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (sign, length) = ENTITIES.iter().find(|(name, _)| rest.starts_with(name)).map_or(('&', 1), |(name, sign)| (*sign, name.len()));
        out.push(sign);
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_what_was_seen() {
        let names = HashMap::from([("U1".to_owned(), "Ravi Menon".to_owned())]);
        for (written, seen) in [
            ("<@U1> and <@U2|mei> and <@U3>", "@Ravi Menon and @mei and @U3"),
            ("see <https://g.example/d|the graph>", "see the graph (https://g.example/d)"),
            ("<https://g.example/d>", "https://g.example/d"),
            ("<https://g.example/d|g.example/d>", "https://g.example/d"),
            ("<mailto:a@b.example|a@b.example>", "a@b.example"),
            ("<!here> <!subteam^S1|@oncall> <#C1|inc-7k3f> <!date^1^{time}|14:36>", "@here @oncall #inc-7k3f 14:36"),
            ("a &lt; b &amp;&amp; &amp;lt; c", "a < b && &lt; c"),
            ("2 < 3", "2 < 3"),
            ("&unknown; <", "&unknown; <"),
        ] {
            assert_eq!(shown(written, &names), seen, "{written}");
        }
    }
}
