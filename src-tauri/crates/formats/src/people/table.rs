//! A table with a header, as spreadsheets and address books save it: commas, semicolons or tabs.

use super::draft::{Draft, Drafts};
use super::{People, within};
use csv::{ReaderBuilder, StringRecord, Trim};

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Column {
    Name,
    Given,
    Family,
    Handle,
    Chat,
    Mobile,
    Phone,
    Mail,
    Zone,
    Roles,
    Shift,
}

/// Names of columns in letters and digits only, as custom has them.
const NAMES: [(Column, &[&str]); 11] = [
    (Column::Name, &["name", "fullname", "displayname", "realname", "person", "user"]),
    (Column::Given, &["firstname", "givenname", "forename"]),
    (Column::Family, &["lastname", "familyname", "surname"]),
    (Column::Handle, &["handle", "shortname", "username", "login", "nick", "nickname", "github"]),
    (Column::Chat, &["slack", "slackhandle", "slackname", "chat", "chathandle", "teams", "mattermost", "discord"]),
    (Column::Mobile, &["mobile", "mobilephone", "cell", "cellphone", "mobilenumber", "handy"]),
    (Column::Phone, &["phone", "phonenumber", "telephone", "tel", "phone1value", "workphone", "businessphone", "primaryphone"]),
    (Column::Mail, &["email", "mail", "emailaddress", "mailaddress", "email1value", "workemail"]),
    (Column::Zone, &["timezone", "tz", "zone"]),
    (Column::Roles, &["role", "roles", "incidentrole", "incidentroles"]),
    (Column::Shift, &["shift", "hours", "workinghours", "shifts"]),
];

/// Reads a table. The first line names the columns, in any order and common spelling.
pub fn csv(text: &str) -> People {
    let mut notes = vec![];
    let text = within(text, &mut notes);
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter(text)).has_headers(false).flexible(true).trim(Trim::All).from_reader(text.as_bytes());
    let mut drafts = Drafts::with_notes(notes);
    let mut record = StringRecord::new();
    let columns = loop {
        match reader.read_record(&mut record) {
            Ok(true) if record.iter().all(str::is_empty) => {}
            Ok(true) => break columns(&record),
            Ok(false) | Err(_) => break vec![],
        }
    };
    if !columns
        .iter()
        .flatten()
        .any(|column| matches!(column, Column::Name | Column::Given | Column::Family | Column::Handle | Column::Mail))
    {
        drafts.note(
            "The first line does not name the columns. Put a line such as name,handle,phone,email,time zone,role,shift above the first person."
                .to_owned(),
        );
        return drafts.finish();
    }
    let unused: Vec<&str> =
        record.iter().zip(&columns).filter(|(name, column)| column.is_none() && !name.is_empty()).map(|(name, _)| name).collect();
    if !unused.is_empty() {
        drafts.note(format!("Not used: {}.", crate::text::one_line(&unused.join(", "))));
    }
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => person(&record, &columns, &mut drafts),
            Ok(false) => break,
            Err(error) => {
                drafts.note(format!("The table could be read only in part: {error}."));
                break;
            }
        }
    }
    drafts.finish()
}

fn person(record: &StringRecord, columns: &[Option<Column>], drafts: &mut Drafts) {
    if record.iter().all(str::is_empty) {
        return;
    }
    let line = record.position().map_or(0, |position| position.line());
    let mut draft = Draft::new(usize::try_from(line).unwrap_or(usize::MAX));
    let (mut given, mut family) = ("", "");
    // A mobile number is asked for before any other, wherever its column stands.
    let phones = |wanted: Column| record.iter().zip(columns).filter(move |(_, column)| **column == Some(wanted)).map(|(value, _)| value);
    for value in phones(Column::Mobile).chain(phones(Column::Phone)) {
        draft.phone(value);
    }
    for (value, column) in record.iter().zip(columns) {
        match column {
            None | Some(Column::Mobile | Column::Phone) => {}
            Some(Column::Name) => draft.name(&turned(value)),
            Some(Column::Given) => given = value,
            Some(Column::Family) => family = value,
            Some(Column::Handle) => draft.handle(value),
            Some(Column::Chat) => draft.chat(value),
            Some(Column::Mail) => draft.mail(value),
            Some(Column::Zone) => draft.zone(value),
            Some(Column::Roles) => draft.roles(value),
            Some(Column::Shift) => draft.shift(value),
        }
    }
    draft.name(&format!("{given} {family}"));
    drafts.add(draft);
}

/// `Tan, Mei` is Mei Tan.
fn turned(name: &str) -> String {
    match name.split_once(',') {
        Some((family, given)) if !family.trim().is_empty() && !given.trim().is_empty() && !given.contains(',') => {
            format!("{} {}", given.trim(), family.trim())
        }
        _ => name.to_owned(),
    }
}

fn columns(header: &StringRecord) -> Vec<Option<Column>> {
    let column = |name: &str| {
        let bare: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        NAMES.iter().find(|(_, names)| names.contains(&bare.as_str())).map(|(column, _)| *column)
    };
    header.iter().map(column).collect()
}

/// What stands most often outside quotes in the first line that says anything.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in first.bytes() {
        quoted ^= byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(sign, _)| *sign == byte && !quoted) {
            *count += 1;
        }
    }
    // The first of those that tie: a comma.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign)
}
