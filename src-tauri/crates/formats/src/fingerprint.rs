//! The identity that Prometheus and Alertmanager give to a set of labels.

use domain::Timestamp;
use std::fmt::Write;

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;
/// Cannot occur in UTF-8, so that no two sets of labels run together.
const SEPARATOR: u8 = 0xff;
/// How long the same words without a time are the same change, in milliseconds.
const SAME_FOR_MS: i64 = 60_000;

/// Fingerprint of labels that come sorted by name, each name once: FNV-1a 64 over `name 0xFF value 0xFF` of each, as 16
/// lower-case hexadecimal digits (`labelSetToFingerprint` of prometheus/common). A push and the webhook of an
/// Alertmanager thus meet on one key.
pub fn fingerprint<'a>(sorted: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut hash = OFFSET;
    for (name, value) in sorted {
        hash = mix(mix(hash, name.as_bytes()), &[SEPARATOR]);
        hash = mix(mix(hash, value.as_bytes()), &[SEPARATOR]);
    }
    hex(hash)
}

/// FNV-1a 64 of `text`, as 16 lower-case hexadecimal digits: stands for what is too long to keep.
pub(crate) fn digest(text: &str) -> String {
    hex(mix(OFFSET, text.as_bytes()))
}

/// 32 hexadecimal digits that stand for `bytes`: an identity where the sender gives none, the same for the same bytes.
pub(crate) fn hashed(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..32].to_owned()
}

/// Identity of something that was done and that the sender names by nothing but its words, of which `hash` is the hash.
/// With a time of its own it is the same whenever it is sent; without one it is so within a minute, which is longer than
/// a client's second try and shorter than the way to the next deployment.
pub(crate) fn once(hash: &str, at: Option<Timestamp>, now: Timestamp) -> String {
    match at {
        Some(_) => hash.to_owned(),
        None => format!("{hash}@{}", now.millis().div_euclid(SAME_FOR_MS)),
    }
}

fn mix(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME))
}

fn hex(hash: u64) -> String {
    let mut text = String::with_capacity(16);
    write!(text, "{hash:016x}").expect("a String takes whatever is written to it");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_are_those_that_alertmanager_prints() {
        // Taken from a running Alertmanager 0.25.
        assert_eq!(fingerprint([("ok", "1")]), "8d4653b8b9db0024");
        assert_eq!(fingerprint([("a", "1")]), "d3b971819376d835");
        assert_eq!(fingerprint([]), "cbf29ce484222325", "no labels at all");
    }
}
