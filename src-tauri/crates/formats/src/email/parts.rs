//! The text of a mail out of its parts.
//!
//! The tree of parts is walked here, level by level and with an end to both its depth and its number; `mail-parser` is only
//! ever given a single part without parts of its own. Left to itself it follows a message within a message as deep as it
//! goes, and the stack ends before the mail does.

use super::entity::{Entity, line_end};
use mail_parser::{MessageParser, MimeHeaders, PartType};

/// How much of a mail is read, in bytes (256 KiB): its header and its text come first, attachments after them, and an alarm
/// must not wait for a film.
pub const READ_LIMIT: usize = 256 * 1024;
/// Deepest part looked at: an alternative in a related in a signed in a mixed one is four.
const DEPTH_LIMIT: usize = 8;
/// Most parts looked at; the text is among the first.
const PARTS_LIMIT: usize = 64;
/// Fields that say how a part is to be decoded.
const MIME: [&str; 3] = ["Content-Type", "Content-Transfer-Encoding", "Content-Disposition"];

/// The first texts of a mail, decoded.
#[derive(Default, Debug, PartialEq, Eq)]
pub struct Texts {
    /// The first plain one.
    pub plain: Option<String>,
    /// The first in HTML, as it was sent.
    pub html: Option<String>,
    /// No plain text was found, and there are more parts, or deeper ones, than were looked at.
    pub beyond: bool,
}

/// What a part is.
enum Kind {
    Parts(Vec<u8>),
    Plain,
    Html,
    Other,
}

/// Looks for the texts of a mail.
pub fn texts(mail: &Entity<'_>) -> Texts {
    let mut texts = Texts::default();
    let mut open: Vec<(Entity<'_>, usize)> = vec![];
    look(mail, 0, &mut open, &mut texts);
    let mut seen = 0;
    while let Some((part, depth)) = open.pop().filter(|_| texts.plain.is_none() || texts.html.is_none()) {
        seen += 1;
        if seen > PARTS_LIMIT {
            texts.beyond = true;
            break;
        }
        look(&part, depth, &mut open, &mut texts);
    }
    texts.beyond &= texts.plain.is_none();
    texts
}

fn look<'m>(part: &Entity<'m>, depth: usize, open: &mut Vec<(Entity<'m>, usize)>, texts: &mut Texts) {
    match kind(part) {
        Kind::Parts(_) if depth >= DEPTH_LIMIT => texts.beyond = true,
        Kind::Parts(boundary) => {
            let parts = parts(part.body, &boundary);
            open.extend(parts.into_iter().rev().map(|part| (Entity::of(part), depth + 1)));
        }
        Kind::Plain if texts.plain.is_none() => texts.plain = Some(decoded(part)),
        Kind::Html if texts.html.is_none() => texts.html = Some(decoded(part)),
        Kind::Plain | Kind::Html | Kind::Other => {}
    }
}

fn kind(part: &Entity<'_>) -> Kind {
    let header = part.with_only(&MIME, b"");
    let Some(read) = MessageParser::default().parse_headers(&header) else { return Kind::Plain };
    if read.content_disposition().is_some_and(|disposition| disposition.is_attachment()) {
        return Kind::Other;
    }
    let Some(kind) = read.content_type() else { return Kind::Plain };
    match (kind.ctype(), kind.subtype(), kind.attribute("boundary")) {
        ("multipart", _, Some(boundary)) if !boundary.is_empty() => Kind::Parts(boundary.as_bytes().to_vec()),
        ("text", Some("html"), _) => Kind::Html,
        ("text", Some("plain") | None, _) => Kind::Plain,
        _ => Kind::Other,
    }
}

/// What lies between lines that begin with two dashes and the boundary; the last may have no end, where a mail was cut.
fn parts<'m>(body: &'m [u8], boundary: &[u8]) -> Vec<&'m [u8]> {
    let (mut parts, mut start, mut at) = (vec![], None, 0);
    while at < body.len() {
        let end = line_end(body, at);
        let rest = body[at..end].strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary)).map(|rest| rest.trim_ascii_end());
        if let Some(rest) = rest.filter(|rest| rest.is_empty() || *rest == b"--") {
            parts.extend(start.map(|start| &body[start..at]));
            start = rest.is_empty().then_some(end);
            if start.is_none() || parts.len() > PARTS_LIMIT {
                return parts;
            }
        }
        at = end;
    }
    parts.extend(start.map(|start| &body[start..]));
    parts
}

/// The text of a part: transfer encoding and charset undone, what cannot be read replaced.
fn decoded(part: &Entity<'_>) -> String {
    let bytes = part.with_only(&MIME[..2], part.body);
    let message = MessageParser::default().parse(&bytes);
    match message.and_then(|message| message.parts.into_iter().next()).map(|part| part.body) {
        Some(PartType::Text(text) | PartType::Html(text)) => text.into_owned(),
        Some(PartType::Binary(bytes) | PartType::InlineBinary(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
        Some(PartType::Message(_) | PartType::Multipart(_)) | None => String::from_utf8_lossy(part.body).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(mail: &str) -> Texts {
        texts(&Entity::of(mail.as_bytes()))
    }

    #[test]
    fn the_first_texts_are_taken() {
        let mail = "Content-Type: multipart/mixed; boundary=\"a\"\n\npreamble\n--a\nContent-Type: multipart/alternative; boundary=b\n\n\
                    --b\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\ngr=FCn\n\
                    --b\nContent-Type: text/html\n\n<p>gruen</p>\n--b--\n\
                    --a\nContent-Type: text/plain\nContent-Disposition: attachment\n\nlog\n--a--\n";
        let read = of(mail);
        assert_eq!(read.plain.as_deref().map(str::trim), Some("grün"));
        assert_eq!(read.html.as_deref().map(str::trim), Some("<p>gruen</p>"));
        assert!(!read.beyond);
    }

    #[test]
    fn an_attachment_is_no_text() {
        let mail =
            "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: text/plain\nContent-Disposition: attachment\n\nlog\n--a--";
        assert_eq!(of(mail), Texts::default());
    }

    #[test]
    fn a_boundary_is_a_whole_line() {
        let mail = "Content-Type: multipart/mixed; boundary=a\n\n--a\n\n--ab is text\n--a \n\nsecond";
        assert_eq!(of(mail).plain.as_deref().map(str::trim), Some("--ab is text"));
    }

    #[test]
    fn a_message_within_a_message_is_an_attachment() {
        let mail = "Content-Type: message/rfc822\n\nSubject: inner\n\ntext";
        assert_eq!(of(mail), Texts::default());
    }
}
