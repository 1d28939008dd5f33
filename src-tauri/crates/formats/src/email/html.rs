//! HTML stripped to the text a person would read, and its links as they are written. Nothing is interpreted: no style, no
//! script, no address is followed.

use mail_parser::decoders::html::add_html_token;

/// Longest tag, in bytes (2 KiB): mail wears its styles in its tags. A `<` without an end within this is a text's own.
const TAG_LIMIT: usize = 2 * 1024;
/// Most HTML looked at, in bytes (192 KiB): what decoding makes of the part of a mail that is read.
const HTML_LIMIT: usize = 192 * 1024;
/// Longest entity, in bytes: `&CounterClockwiseContourIntegral;`.
const ENTITY_LIMIT: usize = 34;
/// Elements that end a line of text, before and after them.
const LINES: [&str; 19] =
    ["br", "p", "div", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "blockquote", "section", "body"];
/// Elements whose content is no text.
const SILENT: [&str; 4] = ["style", "script", "title", "template"];

/// A link: what it says, and where it leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// The text between its tags.
    pub says: String,
    /// The address, as it was written.
    pub to: String,
}

/// The text, its lines trimmed and none empty.
pub fn to_text(html: &str) -> String {
    read(html).0
}

/// The links with their texts, in order.
pub fn links(html: &str) -> Vec<Link> {
    read(html).1
}

fn read(html: &str) -> (String, Vec<Link>) {
    let mut rest = crate::text::cut(html, HTML_LIMIT);
    let (mut raw, mut links, mut open) = (String::with_capacity(rest.len() / 4), vec![], None);
    while let Some(at) = rest.find('<') {
        text(&mut raw, &rest[..at]);
        let (tag, after) = match markup(&rest[at..]) {
            Some(split) => split,
            None => {
                raw.push('<');
                rest = &rest[at + 1..];
                continue;
            }
        };
        rest = after;
        let name = tag.trim_start_matches('/');
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        let is = |known: &&str| name.eq_ignore_ascii_case(known);
        if name.eq_ignore_ascii_case("a") {
            if let Some((start, to)) = open.take() {
                links.push(Link { says: raw[start..].trim().to_owned(), to });
            }
            open = href(tag).map(|to| (raw.len(), to));
        } else if LINES.iter().any(&is) {
            raw.push('\n');
        } else if SILENT.iter().any(&is) && !tag.starts_with('/') {
            rest = after_end(rest, name);
        } else if is(&"td") || is(&"th") {
            raw.push(' ');
        }
    }
    text(&mut raw, rest);
    let lines = raw.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|line| !line.is_empty());
    (lines.collect::<Vec<_>>().join("\n"), links)
}

/// Splits at the end of the tag or comment that `html` begins with: what is inside, and what follows.
fn markup(html: &str) -> Option<(&str, &str)> {
    if let Some(comment) = html.strip_prefix("<!--") {
        // A comment that never ends hides the rest, as in a browser.
        return Some(("", comment.split_once("-->").map_or("", |(_, after)| after)));
    }
    let inside = &html[1..];
    if !inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
        return None;
    }
    let mut quote = None;
    for (at, byte) in inside.bytes().enumerate().take(TAG_LIMIT) {
        match (quote, byte) {
            (None, b'>') => return Some((&inside[..at], &inside[at + 1..])),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            (Some(_) | None, _) => {}
        }
    }
    None
}

/// What follows the closing tag of a silent element; nothing, where it is never closed.
fn after_end<'h>(html: &'h str, name: &str) -> &'h str {
    let mut rest = html;
    while let Some(at) = rest.find("</") {
        rest = &rest[at + 2..];
        if rest.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return rest.split_once('>').map_or("", |(_, after)| after);
        }
    }
    ""
}

/// White space in HTML is one space, whatever it is.
fn text(out: &mut String, raw: &str) {
    let mut rest = raw;
    while let Some(at) = rest.find(['&', '\n', '\r', '\t']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest.starts_with('&').then(|| rest.bytes().take(ENTITY_LIMIT).position(|byte| byte == b';')).flatten();
        match entity {
            Some(end) => {
                add_html_token(out, &rest.as_bytes()[..=end], false);
                rest = &rest[end + 1..];
            }
            None => {
                out.push(if rest.starts_with('&') { '&' } else { ' ' });
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
}

fn href(tag: &str) -> Option<String> {
    let at = tag.to_ascii_lowercase().find("href=")? + 5;
    let value = &tag[at..];
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split_ascii_whitespace().next()?,
    };
    let mut address = String::new();
    text(&mut address, value);
    Some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_reads_is_left() {
        for (html, text) in [
            ("<p>Disk&nbsp;full &amp; slow</p>\n<p>on <b>db1</b></p>", "Disk full & slow\non db1"),
            ("a<br style=\"x>y\">b<BR/>c", "a\nb\nc"),
            ("<style>p{}</style><script>alert('<p>x')</script>seen<title>no", "seen"),
            ("1 < 2 &lt; 3 &unknown; & more", "1 < 2 < 3 &unknown; & more"),
            ("<!-- hidden -->shown<!-- never ends", "shown"),
            ("<tr><td>a</td><td>b</td></tr><tr><td>c</td></tr>", "a b\nc"),
            ("&#8212;&#x41;", "—A"),
            ("<", "<"),
            ("", ""),
        ] {
            assert_eq!(to_text(html), text, "{html}");
        }
    }

    #[test]
    fn links_are_as_they_are_written() {
        let found = links("<a class=x HREF='https://a.example/?x=1&amp;y=2'>Source</a> <a href=javascript:alert(1)>no</a><a>none</a>");
        let expected = [("Source", "https://a.example/?x=1&y=2"), ("no", "javascript:alert(1)")];
        assert_eq!(found.iter().map(|link| (link.says.as_str(), link.to.as_str())).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn markup_without_an_end_takes_no_time() {
        for html in ["<a href=\"".repeat(30_000), "<!--".repeat(60_000), "<style>".repeat(30_000), "&".repeat(200_000)] {
            assert!(to_text(&html).len() <= HTML_LIMIT, "it comes to an end");
        }
    }
}
