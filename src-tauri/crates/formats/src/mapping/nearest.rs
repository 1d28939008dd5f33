//! The known word that a mistyped one was probably meant to be.

/// Most letters that may be wrong: more, and it is another word.
const TYPOS: usize = 3;
/// Longest word that is compared, in characters: a known key has a dozen, and the work grows with the length.
const LONGEST: usize = 32;

/// The known word nearest to `typed`, where one is near.
pub fn nearest<'k>(typed: &str, known: &[&'k str]) -> Option<&'k str> {
    if typed.chars().count() > LONGEST {
        return None;
    }
    let typed = typed.to_lowercase();
    let near = known.iter().map(|known| (distance(&typed, known), *known)).min_by_key(|(typos, _)| *typos);
    near.filter(|(typos, known)| *typos <= TYPOS && *typos < known.len().max(2) - 1).map(|(_, known)| known)
}

/// Letters to add, drop or change (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_another_word_is_not() {
        let known = ["severity", "state", "started_at", "key"];
        assert_eq!(nearest("sevrity", &known), Some("severity"));
        assert_eq!(nearest("Severity", &known), Some("severity"));
        assert_eq!(nearest("keys", &known), Some("key"));
        assert_eq!(nearest("startedAt", &known), Some("started_at"));
        assert_eq!(nearest("colour", &known), None);
        assert_eq!(nearest(&"x".repeat(10_000), &known), None);
        assert_eq!(nearest("kitten", &["sitting"]), Some("sitting"), "three letters apart");
    }
}
