//! Tokens of sources: made from 160 random bits, shown once, kept only as a hash.

use crate::Sender;
use std::collections::HashMap;
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// Characters of a token: as many as PagerDuty's integration keys have, whose senders check the length.
pub const TOKEN_LENGTH: usize = 32;

/// RFC 4648 base 32, in lower case: no case to get wrong, nothing that an address would have to escape.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The token that these random bytes make.
pub fn new_token(random: [u8; 20]) -> String {
    let mut token = String::with_capacity(TOKEN_LENGTH);
    for five in random.as_chunks::<5>().0 {
        let bits = five.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        token.extend((0..8).rev().map(|digit| char::from(ALPHABET[(bits >> (5 * digit)) as usize & 31])));
    }
    token
}

/// What is kept of a token. A token has 160 random bits, so a plain hash is enough: there is nothing to guess.
pub fn token_hash(token: &str) -> [u8; 32] {
    *blake3::hash(token.as_bytes()).as_bytes()
}

/// Sources by the hash of their token.
///
/// The beginning of the hash finds the candidates, the whole is compared in constant time. What the time of the first
/// step could tell is the beginning of a hash, from which no token can be made.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    by_start: HashMap<u64, Vec<Known>>,
}

/// A hash and whose token it is of.
type Known = ([u8; 32], Arc<Sender>);

impl Tokens {
    /// The source whose token has this hash.
    pub fn sender(&self, token_hash: &[u8; 32]) -> Option<&Arc<Sender>> {
        let candidates = self.by_start.get(&start(token_hash))?;
        candidates.iter().find(|(known, _)| bool::from(known.ct_eq(token_hash))).map(|(_, sender)| sender)
    }
}

impl FromIterator<([u8; 32], Sender)> for Tokens {
    fn from_iter<I: IntoIterator<Item = ([u8; 32], Sender)>>(sources: I) -> Self {
        let mut tokens = Self::default();
        for (hash, source) in sources {
            tokens.by_start.entry(start(&hash)).or_default().push((hash, Arc::new(source)));
        }
        tokens
    }
}

fn start(hash: &[u8; 32]) -> u64 {
    hash.iter().take(8).fold(0, |start, byte| start << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::SourceName;
    use domain::home::SourceKind;

    #[test]
    fn a_token_is_32_characters_that_need_no_escape() {
        assert_eq!(new_token([0; 20]), "a".repeat(32));
        assert_eq!(new_token([0xff; 20]), "7".repeat(32));
        assert_eq!(new_token(*b"foobarfoobarfoobarfo"), "mzxw6ytbojtg633cmfzgm33pmjqxeztp", "RFC 4648, in lower case");
    }

    #[test]
    fn only_the_whole_hash_opens() {
        let (mine, yours) = (token_hash("mine"), token_hash("yours"));
        let tokens: Tokens = [(mine, "a"), (yours, "b")]
            .into_iter()
            .map(|(hash, name)| (hash, Sender::new(SourceName(name.into()), SourceKind::Json)))
            .collect();
        let named = |hash: &[u8; 32]| tokens.sender(hash).map(|sender| sender.name.0.as_str());
        assert_eq!(named(&mine), Some("a"));
        assert_eq!(named(&yours), Some("b"));
        let mut nearly = mine;
        nearly[31] ^= 1;
        assert_eq!(named(&nearly), None, "the last bit counts");
        assert_eq!(named(&token_hash("")), None);
    }
}
