//! A request as a format sees it: bytes, headers, and what of its address says something.

/// What was sent, and how. Names of headers are compared without regard to case.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sent<'s> {
    /// What follows the token in the address, without slashes at its ends: `close`, `<alias>/acknowledge`, an exit status.
    /// As it stands there, not decoded: an alias may hold a slash of its own.
    pub path: &'s str,
    /// Names and values of the address's query, decoded.
    pub query: &'s [(String, String)],
    /// Names and values of the headers.
    pub headers: &'s [(String, String)],
    /// The body, exactly as it came: signatures are over these bytes.
    pub body: &'s [u8],
}

impl<'s> Sent<'s> {
    /// Only a body, as from a file.
    pub const fn body(body: &'s [u8]) -> Self {
        Self { path: "", query: &[], headers: &[], body }
    }

    /// The first header of that name.
    pub fn header(&self, name: &str) -> Option<&'s str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The first query parameter of that name.
    pub fn parameter(&self, name: &str) -> Option<&'s str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
