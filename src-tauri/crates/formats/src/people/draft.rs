//! People as they come together: each field checked as it is set, handles given at the end so that each is one person's.

use super::handles::{Handles, made_short};
use super::zones::zone;
use super::{FoundPerson, PEOPLE_LIMIT, People};
use crate::text::one_line;
use domain::home::{FIELD_LIMIT, Shift};
use domain::{Role, short_name};

/// Longest piece of a list that a sentence quotes, in characters.
const QUOTE_LIMIT: usize = 40;
/// Most sentences: a list with more faults has one fault.
const NOTES_LIMIT: usize = 200;

/// One person, and what was wrong with their fields.
pub struct Draft {
    person: FoundPerson,
    handle: Option<String>,
    notes: Vec<String>,
}

impl Draft {
    /// Somebody who begins at this line.
    pub fn new(line: usize) -> Self {
        Self { person: FoundPerson { line, ..FoundPerson::default() }, handle: None, notes: vec![] }
    }

    /// The name in full; the first that is set stays, as with every field.
    pub fn name(&mut self, value: &str) {
        Self::set(&mut self.person.name, &clean(value));
    }

    /// The handle as written, which may yet need to be made one.
    pub fn handle(&mut self, value: &str) {
        Self::set(&mut self.handle, clean(value).trim_start_matches('@'));
    }

    /// A phone number.
    pub fn phone(&mut self, value: &str) {
        let value = clean(value);
        let number = value.strip_prefix("tel:").unwrap_or(&value);
        if number.is_empty() {
            return;
        }
        if number.len() <= FIELD_LIMIT && number.chars().any(|c| c.is_ascii_digit()) {
            Self::set(&mut self.person.phone, number);
        } else {
            self.refuse(number, "no phone number");
        }
    }

    /// A mail address.
    pub fn mail(&mut self, value: &str) {
        let value = clean(value);
        let address = value.strip_prefix("mailto:").unwrap_or(&value);
        if address.is_empty() {
            return;
        }
        let sound = address.split_once('@').is_some_and(|(local, host)| !local.is_empty() && !host.is_empty() && !host.contains('@'));
        if sound && !address.contains(' ') && address.len() <= FIELD_LIMIT {
            Self::set(&mut self.person.mail, address);
        } else {
            self.refuse(address, "no mail address");
        }
    }

    /// A name in the team's chat.
    pub fn chat(&mut self, value: &str) {
        let value = clean(value);
        if value.len() <= FIELD_LIMIT {
            Self::set(&mut self.person.chat, &value);
        }
    }

    /// A time zone, by its IANA name or as Rails calls it.
    pub fn zone(&mut self, value: &str) {
        let value = clean(value);
        match zone(&value) {
            Some(zone) => Self::set(&mut self.person.zone, &zone),
            None if value.is_empty() => {}
            None => self.refuse(&value, "no time zone such as Europe/Berlin"),
        }
    }

    /// When they work.
    pub fn shift(&mut self, value: &str) {
        let value = clean(value);
        if Shift::parse(&value).is_some() {
            Self::set(&mut self.person.shift, &value);
        } else if !value.is_empty() {
            self.refuse(&value, "no shift such as mon-fri 09:00-17:00");
        }
    }

    /// Roles, several in one text.
    pub fn roles(&mut self, value: &str) {
        for role in value.split([',', ';', '/', '|', '+', '\n']).map(clean).filter(|role| !role.is_empty()) {
            match role_of(&role) {
                Some(role) => self.role(role),
                None => self.refuse(&role, "no role that Muster knows"),
            }
        }
    }

    /// A title, which may happen to be a role.
    pub fn title(&mut self, value: &str) {
        if let Some(role) = role_of(&clean(value)) {
            self.role(role);
        }
    }

    fn role(&mut self, role: Role) {
        if !self.person.roles.contains(&role) {
            self.person.roles.push(role);
        }
    }

    fn set(slot: &mut Option<String>, value: &str) {
        if slot.is_none() && !value.is_empty() {
            *slot = Some(value.to_owned());
        }
    }

    fn refuse(&mut self, value: &str, why: &str) {
        let line = self.person.line;
        self.notes.push(format!("Line {line}: “{}” is {why}; left out.", quoted(value)));
    }

    /// The handle that this person's other fields suggest.
    fn suggested(&self) -> Option<String> {
        let person = &self.person;
        let local = person.mail.as_deref().and_then(|mail| mail.split('@').next()).map(|local| local.split('+').next().unwrap_or(local));
        [local, person.name.as_deref(), person.chat.as_deref()].into_iter().flatten().find_map(made_short)
    }
}

/// Gathers people and gives each a handle.
#[derive(Default)]
pub struct Drafts {
    drafts: Vec<Draft>,
    beyond: usize,
    notes: Vec<String>,
}

impl Drafts {
    /// With sentences on the list as a whole.
    pub fn with_notes(notes: Vec<String>) -> Self {
        Self { notes, ..Self::default() }
    }

    /// A sentence on the list as a whole.
    pub fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// Takes a person.
    pub fn add(&mut self, draft: Draft) {
        if self.drafts.len() < PEOPLE_LIMIT { self.drafts.push(draft) } else { self.beyond += 1 }
    }

    /// All of them, handles unique: those that were written come first, those that follow from a mail or a name after.
    pub fn finish(self) -> People {
        let Self { mut drafts, beyond, mut notes } = self;
        let mut handles = Handles::default();
        for draft in &mut drafts {
            draft.written(&mut handles);
        }
        let mut people = Vec::with_capacity(drafts.len());
        for mut draft in drafts {
            let line = draft.person.line;
            if draft.person.handle.is_none() {
                draft.person.handle = draft.suggested().map(|handle| handles.give(&handle, line));
            }
            if draft.person.handle.is_some() {
                notes.append(&mut draft.notes);
                people.push(draft.person);
            } else {
                notes.push(format!("Line {line}: no name or handle; left out."));
            }
        }
        if beyond > 0 {
            notes.push(format!("Only the first {PEOPLE_LIMIT} people were read, {beyond} were not. Import the rest as a list of its own."));
        }
        if notes.len() > NOTES_LIMIT {
            let more = notes.len() - NOTES_LIMIT;
            notes.truncate(NOTES_LIMIT);
            notes.push(format!("{more} more lines have something to say and are not listed one by one."));
        }
        People { people, notes }
    }
}

impl Draft {
    /// Takes the handle that was written, made usable and unique.
    fn written(&mut self, handles: &mut Handles) {
        let Some(written) = self.handle.take() else { return };
        let line = self.person.line;
        let Some(handle) = made_short(&written) else {
            self.notes.push(format!("Line {line}: “{}” is no handle; left out.", quoted(&written)));
            return;
        };
        let holder = handles.holder(&handle);
        let unique = handles.give(&handle, line);
        if let Some(holder) = holder {
            self.notes.push(format!("Line {line}: the handle {handle} is taken by line {holder}; it became {unique}."));
        } else if short_name(&written).is_none() {
            self.notes.push(format!("Line {line}: “{}” became the handle {unique}.", quoted(&written)));
        }
        self.person.handle = Some(unique);
    }
}

/// A role by its name, its title or its short form, in the spellings of tables (`customer liaison`, `Comms Lead`).
fn role_of(text: &str) -> Option<Role> {
    let bare = text.trim_end_matches(" lead").trim_end_matches(" Lead");
    [text, bare].into_iter().find_map(|text| Role::parse(text).or_else(|| Role::parse(&text.replace([' ', '_'], "-"))))
}

fn clean(value: &str) -> String {
    one_line(value)
}

fn quoted(value: &str) -> String {
    match value.char_indices().nth(QUOTE_LIMIT) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_handle_is_one_persons() {
        let mut drafts = Drafts::default();
        for (line, handle, mail) in [(2, "", "ravi@a.example"), (3, "ravi", ""), (4, "@Ravi", ""), (5, "", "ravi+x@b.example"), (6, "", "")]
        {
            let mut draft = Draft::new(line);
            draft.handle(handle);
            draft.mail(mail);
            drafts.add(draft);
        }
        let people = drafts.finish();
        let handles: Vec<_> = people.people.iter().filter_map(|person| person.handle.as_deref()).collect();
        assert_eq!(handles, ["ravi-3", "ravi", "ravi-2", "ravi-4"], "what was written comes before what was made up");
        assert_eq!(people.notes, ["Line 4: the handle ravi is taken by line 3; it became ravi-2.", "Line 6: no name or handle; left out."]);
    }
}
