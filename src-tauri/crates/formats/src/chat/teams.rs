//! Messages copied from Microsoft Teams.

use super::name::tidy;
use super::sheet::Sheet;
use super::slack::{reactions, stacked};
use super::talk::{self, Dialect};

const TEAMS: Dialect = Dialect { furniture, stacked, trimmed: without_marks, named, name_after_bracket: true, weekdays: true };
const FURNITURE: [&str; 9] =
    ["Edited", "Last read", "has context menu", "Reply", "See less", "See more", "Important!", "URGENT!", "Open in SharePoint"];
const REACTIONS: [&str; 7] = ["like", "heart", "laugh", "surprised", "sad", "angry", "thumbs up"];

/// Reads messages copied from Teams.
pub fn read(text: &str, sheet: &mut Sheet) {
    talk::read(text, &TEAMS, sheet);
}

/// `2 Like reactions.`, `1 Heart`, `3 replies from Ravi and Mei`.
fn furniture(line: &str) -> bool {
    if line.len() > 120 {
        return false;
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = line[digits..].trim_start().trim_end_matches('.');
    let counted = (1..=4).contains(&digits)
        && (REACTIONS.iter().any(|known| known.eq_ignore_ascii_case(after))
            || after.ends_with(" reaction")
            || after.ends_with(" reactions")
            || matches!(after, "reply" | "replies")
            || after.starts_with("replies from ")
            || after.starts_with("reply from "));
    counted || FURNITURE.contains(&line) || reactions(line)
}

fn without_marks(text: &str) -> &str {
    text.strip_suffix("(Edited)").or_else(|| text.strip_suffix("(edited)")).unwrap_or(text).trim_end()
}

fn named(text: &str) -> &str {
    let name = tidy(text);
    name.strip_suffix("Edited").filter(|rest| rest.ends_with(' ')).map_or(name, str::trim_end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_is_told_from_what_was_said() {
        for line in ["2 Like reactions.", "1 Heart reaction", "1 Like", "Edited", "3 replies from Ravi and Mei", "👍 2"] {
            assert!(furniture(line), "{line}");
        }
        for line in ["2 errors", "like it", "Edited the rule", "3 replies were lost", "2 of 3 reactions failed"] {
            assert!(!furniture(line), "{line}");
        }
    }
}
