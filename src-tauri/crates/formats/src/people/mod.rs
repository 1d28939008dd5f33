//! Lists of people: a table (CSV), address cards (vCard), a PagerDuty account. Read into what a people book wants to know.
//!
//! Pure, and never fails: an entry that cannot be used is left out with a sentence that names its line. Nothing here
//! fetches, rings or writes to anybody, and no field is trusted further than its shape.

mod draft;
mod handles;
mod pagerduty;
mod table;
mod vcard;
mod zones;

use domain::Role;

pub use pagerduty::pagerduty;
pub use table::csv;
pub use vcard::vcard;

/// Most people that are read of one list: more than answer for any service, and a book that still opens at once.
pub const PEOPLE_LIMIT: usize = 5_000;
/// Most bytes that are read of a list (8 MiB): phones put pictures into their cards.
pub const SIZE_LIMIT: usize = 8 * 1024 * 1024;

/// A person as a list tells of them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct FoundPerson {
    /// A short name that no other of the list has.
    pub handle: Option<String>,
    /// In full.
    pub name: Option<String>,
    /// Roles they can take.
    pub roles: Vec<Role>,
    /// Time zone by its IANA name.
    pub zone: Option<String>,
    /// When they work, as written; it reads as a shift.
    pub shift: Option<String>,
    /// Phone number as written.
    pub phone: Option<String>,
    /// Mail address.
    pub mail: Option<String>,
    /// Name in the team's chat.
    pub chat: Option<String>,
    /// Where in the text they begin, from 1; in a JSON list their place.
    pub line: usize,
}

/// A list as far as it could be read.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct People {
    /// In the order of the list.
    pub people: Vec<FoundPerson>,
    /// Sentences on what was left out or changed, with the line.
    pub notes: Vec<String>,
}

/// Reads a list by what it looks like: cards, a PagerDuty answer, else a table. The file's name helps where the text is
/// empty of signs.
pub fn read(text: &str, file_name: Option<&str>) -> People {
    let begin = text.trim_start_matches('\u{FEFF}').trim_start();
    let named = |ending: &str| file_name.is_some_and(|name| name.to_ascii_lowercase().ends_with(ending));
    let card = begin.get(..11).is_some_and(|head| head.eq_ignore_ascii_case("BEGIN:VCARD"));
    if card || named(".vcf") || named(".vcard") {
        vcard(text)
    } else if begin.starts_with(['{', '[']) || named(".json") {
        pagerduty(text, None)
    } else {
        csv(text)
    }
}

/// The part of a list that is read, with a sentence where that is not all of it.
fn within<'a>(text: &'a str, notes: &mut Vec<String>) -> &'a str {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if text.len() <= SIZE_LIMIT {
        return text;
    }
    notes.push(format!("Only the first {} MB were read. Split the list and import the rest next.", SIZE_LIMIT / (1024 * 1024)));
    let begin = crate::text::cut(text, SIZE_LIMIT);
    begin.rfind('\n').map_or(begin, |end| &begin[..end])
}
