//! A message or a part of one: its header fields and its body, as bytes. Decoding is `mail-parser`'s, and it is given only
//! fields of a bounded length, for its work grows faster than what it reads.

/// Longest header field read, in bytes (8 KiB): a subject or an address is a line, a chain of references a few.
const FIELD_LIMIT: usize = 8 * 1024;
/// Most header fields looked at; mail that went through many hands has about a hundred.
const FIELDS_LIMIT: usize = 500;

/// Header fields and a body.
pub struct Entity<'m> {
    /// Names, and whole fields with their names and folds.
    fields: Vec<(&'m [u8], &'m [u8])>,
    /// What follows the first empty line.
    pub body: &'m [u8],
}

impl<'m> Entity<'m> {
    /// Takes a header off the bytes after it; lines that are no field are passed over.
    pub fn of(bytes: &'m [u8]) -> Self {
        let (mut fields, mut at) = (Vec::<(&[u8], &[u8])>::new(), 0);
        while at < bytes.len() {
            let mut end = line_end(bytes, at);
            if bytes[at..end].trim_ascii().is_empty() {
                return Self { fields, body: &bytes[end..] };
            }
            while matches!(bytes.get(end), Some(b' ' | b'\t')) && !bytes[end..line_end(bytes, end)].trim_ascii().is_empty() {
                end = line_end(bytes, end);
            }
            let field = &bytes[at..end];
            if let Some(colon) = field.iter().position(|byte| *byte == b':').filter(|_| fields.len() < FIELDS_LIMIT) {
                fields.push((field[..colon].trim_ascii(), field));
            }
            at = end;
        }
        Self { fields, body: &[] }
    }

    /// The value of a field as it stands there, on one line and not decoded.
    pub fn field(&self, name: &str) -> Option<String> {
        let (known, whole) = self.fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name.as_bytes()))?;
        let value = &whole[known.len()..whole.len().min(FIELD_LIMIT)];
        let value = String::from_utf8_lossy(value).trim_start().trim_start_matches(':').replace(['\r', '\n', '\t'], " ");
        Some(value.trim().to_owned())
    }

    /// Whether there is any of these fields.
    pub fn has_any(&self, names: &[&str]) -> bool {
        self.fields.iter().any(|(known, _)| names.iter().any(|name| known.eq_ignore_ascii_case(name.as_bytes())))
    }

    /// A header of these fields alone, the first of each, and `body` after it.
    pub fn with_only(&self, names: &[&str], body: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(body.len() + 512);
        for name in names {
            if let Some((_, whole)) = self.fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name.as_bytes())) {
                bytes.extend_from_slice(whole[..whole.len().min(FIELD_LIMIT)].trim_ascii());
                bytes.extend_from_slice(b"\r\n");
            }
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(body);
        bytes
    }
}

/// One after the end of the line that begins at `at`.
pub fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |length| at + length + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_ends_at_the_first_empty_line() {
        let entity = Entity::of(b"From x\nSubject: Disk\r\n\tfull\r\nsubject: again\nTo : a\n\nbody\n\nmore");
        assert_eq!(entity.field("SUBJECT").as_deref(), Some("Disk   full"), "folds are joined, the first counts");
        assert_eq!(entity.field("to").as_deref(), Some("a"));
        assert_eq!(entity.field("cc"), None);
        assert_eq!(entity.body, b"body\n\nmore");
        assert_eq!(entity.with_only(&["Subject", "Cc"], b"x"), b"Subject: Disk\r\n\tfull\r\n\r\nx");
    }

    #[test]
    fn a_part_may_have_no_header() {
        let entity = Entity::of(b"\r\ntext");
        assert_eq!((entity.body, entity.has_any(&["Subject"])), (&b"text"[..], false));
        assert_eq!(Entity::of(b"").body, b"");
        assert_eq!(Entity::of(b"Subject: only").field("Subject").as_deref(), Some("only"));
    }

    #[test]
    fn long_fields_are_cut() {
        let long = [b"Subject: ".as_slice(), &b"x".repeat(1_000_000)].concat();
        let entity = Entity::of(&long);
        assert!(entity.field("Subject").expect("a subject").len() <= FIELD_LIMIT);
        assert!(entity.with_only(&["Subject"], b"").len() <= FIELD_LIMIT + 4);
    }
}
