//! What was filled in, whether the browser sends it with a photo or without.

use crate::taking::Received;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use formats::report::Report;

/// A field that no person sees. What fills in forms by itself fills in this one too.
pub const BAIT: &str = "website";
/// Fields looked at; the form has seven.
const FIELDS_LIMIT: usize = 20;
/// Longest text of one field in bytes (16 KiB): a long story, not a log.
const TEXT_LIMIT: usize = 16 * 1024;

/// What came with a report.
pub struct Photo {
    pub bytes: Bytes,
}

/// The fields as they were filled in.
#[derive(Default)]
pub struct Form {
    pub fields: Vec<(String, String)>,
    pub photo: Option<Photo>,
}

impl Form {
    /// Reads what a browser sent; `Err` says what is wrong.
    pub async fn read(received: &Received) -> Result<Self, &'static str> {
        let kind = received.head.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.to_ascii_lowercase().starts_with("multipart/form-data") {
            return Self::of_parts(received).await.ok_or(super::words::BROKEN);
        }
        let fields = form_urlencoded::parse(&received.bytes).take(FIELDS_LIMIT);
        Ok(Self { fields: fields.map(|(name, value)| (name.into_owned(), cut(&value))).collect(), photo: None })
    }

    async fn of_parts(received: &Received) -> Option<Self> {
        let mut request = Request::from_parts(received.head.clone(), Body::from(received.bytes.clone()));
        // The whole was measured when it was read.
        DefaultBodyLimit::disable().apply(&mut request);
        let mut parts = Multipart::from_request(request, &()).await.ok()?;
        let mut form = Self::default();
        for _ in 0..FIELDS_LIMIT {
            let Some(part) = parts.next_field().await.ok()? else { return Some(form) };
            let name = part.name().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.ok()?;
            if name != "photo" {
                form.fields.push((name, cut(&String::from_utf8_lossy(&bytes))));
            } else if !bytes.is_empty() {
                form.photo = Some(Photo { bytes });
            }
        }
        Some(form)
    }

    /// Whether a machine filled it in.
    pub fn is_bait(&self) -> bool {
        !self.value(BAIT).is_empty()
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The report that it is.
    pub fn report(&self) -> Report {
        Report::of(self.fields.iter().cloned())
    }
}

/// What kind of picture these bytes are, by how they begin: what the sender calls them is not looked at.
pub fn image(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

fn cut(text: &str) -> String {
    text[..text.floor_char_boundary(TEXT_LIMIT)].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_bytes() {
        assert_eq!(image(b"\x89PNG\r\n\x1a\n...."), Some("image/png"));
        assert_eq!(image(b"\xff\xd8\xff\xe0"), Some("image/jpeg"));
        assert_eq!(image(b"RIFF\0\0\0\0WEBPVP8 "), Some("image/webp"));
        for other in [&b"<svg onload=alert(1)>"[..], b"GIF89a", b"RIFF\0\0\0\0WAVE", b""] {
            assert_eq!(image(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(cut(&"ä".repeat(TEXT_LIMIT)).len(), TEXT_LIMIT);
        assert_eq!(cut("short"), "short");
    }
}
