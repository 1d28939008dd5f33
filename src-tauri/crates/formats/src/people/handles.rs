//! Handles of a list: made of mails and names, each one person's only.

use domain::{NAME_LIMIT, short_name};
use std::collections::HashMap;

/// A short name out of anything: blanks become dots, what has no place in one is left out.
pub fn made_short(text: &str) -> Option<String> {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect();
    let lower = words.join(".").to_lowercase();
    let cut: String = lower.trim_matches(['.', '-']).chars().take(NAME_LIMIT).collect();
    // Lower case may bring signs that no name has (İ), which are left out in turn.
    short_name(&cut).or_else(|| short_name(&cut.chars().filter(|c| c.is_alphanumeric()).collect::<String>()))
}

/// The handles of a list, and who has them.
#[derive(Default)]
pub struct Handles {
    /// Line of the person who has it.
    holders: HashMap<String, usize>,
    /// The number to try next for a handle that several want.
    next: HashMap<String, usize>,
}

impl Handles {
    /// The line of the person who has it.
    pub fn holder(&self, handle: &str) -> Option<usize> {
        self.holders.get(handle).copied()
    }

    /// Gives `handle` to the person on this line, or the first of `handle-2`, `handle-3`, … that nobody has.
    pub fn give(&mut self, handle: &str, line: usize) -> String {
        let mut given = handle.to_owned();
        while self.holders.contains_key(&given) {
            let number = self.next.entry(handle.to_owned()).or_insert(1);
            *number += 1;
            let end = format!("-{number}");
            given = handle.chars().take(NAME_LIMIT - end.len()).collect::<String>() + &end;
        }
        self.holders.insert(given.clone(), line);
        given
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_are_short_names() {
        for (text, handle) in [
            ("Ravi Menon", Some("ravi.menon")),
            ("Jörg  Müller-Lüdenscheidt", Some("jörg.müller-lüdenscheidt")),
            ("O'Hara, Zoë", Some("ohara.zoë")),
            ("İnci", Some("inci")),
            ("佐藤 健", Some("佐藤.健")),
            ("!?", None),
            ("", None),
        ] {
            assert_eq!(made_short(text).as_deref(), handle, "{text}");
        }
        assert_eq!(made_short(&"x".repeat(99)).map(|name| name.len()), Some(NAME_LIMIT));
    }
}
