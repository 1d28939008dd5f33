//! The people book: who can be asked for what, when, and by which road.

use super::command::handle;
use super::incidents::{Wish, known_form};
use super::{Answer, InProcess, views};
use crate::dto::*;
use crate::{ApiError, Code};
use documents::code;
use domain::home::{Card, Home, HomeEvent, OnShift, Person, Shift};
use domain::incidents::Incident;
use domain::{Handle, Role, Timestamp};
use engine::Act;
use formats::people::{self, FoundPerson, People};
use serde_json::json;
use store::IncidentFilter;

/// Open incidents looked through for what a person does now.
const OPEN_LOOKED: usize = 200;
/// Largest import in bytes (4 MiB): a directory of some ten thousand people.
const IMPORT_LIMIT: usize = 4 * 1024 * 1024;
/// People shown of an import.
const IMPORTED_SHOWN: usize = 2_000;

impl InProcess {
    pub(super) async fn people(&self) -> Answer<Vec<PersonView>> {
        let filter = IncidentFilter { open_only: true, severity: None, service: None, since: None, limit: OPEN_LOOKED };
        let open = self.engine.read(move |reader| reader.incidents(&filter)).await?;
        let (home, now, me) = (self.engine.home(), self.engine.now(), self.local.machine().me);
        Ok(home.people.iter().map(|(handle, person)| view(&home, &open, (handle, person), *handle == me, now)).collect())
    }

    pub(super) async fn person_add(&self, caller: &Caller, ask: AddPerson) -> Answer<Receipt> {
        let handle = known_form(&ask.handle)?;
        let name = ask.name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        self.change(caller, Wish::plain(Act::Home(HomeEvent::PersonAdded { handle, name }))).await
    }

    pub(super) async fn person_describe(&self, caller: &Caller, ask: DescribePerson) -> Answer<Receipt> {
        let who = handle(&ask.handle, "handle")?;
        let home = self.engine.home();
        let known = home.people.get(&who).cloned().unwrap_or(Person::new(None, self.engine.now()));
        let card = described(&known.card, &ask)?;
        let mut events = vec![];
        let name = ask.name.as_ref().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        if !home.people.contains_key(&who) || (name.is_some() && name != known.name) {
            events.push(HomeEvent::PersonAdded { handle: who.clone(), name });
        }
        if card != known.card {
            events.push(HomeEvent::PersonDescribed { handle: who.clone(), card });
        }
        let mut receipt = self.change(caller, Wish::plain(Act::HomeAll(events))).await?;
        let params = as_described(&who, &known);
        receipt.undo =
            receipt.event.map(|_| UndoView { op: "person.describe".into(), params, label: format!("Undo: what was known of @{who}") });
        Ok(receipt)
    }

    pub(super) async fn person_remove(&self, caller: &Caller, ask: OnePerson) -> Answer<Receipt> {
        let who = handle(&ask.handle, "handle")?;
        if who == self.local.machine().me {
            return Err(ApiError::new(Code::Refused, "That is you.").hint("Change who you are in Settings first."));
        }
        let known = self.engine.home().people.get(&who).cloned();
        let mut receipt = self.change(caller, Wish::plain(Act::Home(HomeEvent::PersonRemoved { handle: who.clone() }))).await?;
        receipt.undo = known.map(|known| UndoView {
            op: "person.describe".into(),
            params: as_described(&who, &known),
            label: format!("Undo: @{who} is in the book again"),
        });
        Ok(receipt)
    }

    pub(super) async fn person_import(&self, caller: &Caller, ask: ImportPeople) -> Answer<ImportView> {
        if ask.text.len() > IMPORT_LIMIT {
            let message = format!("The file has {} MiB; {} fit.", ask.text.len() >> 20, IMPORT_LIMIT >> 20);
            return Err(ApiError::new(Code::InvalidField, message).hint("Import it in parts.").field("text"));
        }
        let found = people::read(&ask.text, ask.file_name.as_deref());
        self.take_over(caller, found, ask.dry_run).await
    }

    pub(super) async fn person_import_pagerduty(&self, caller: &Caller, ask: ImportPagerDuty) -> Answer<ImportView> {
        let pages = self.local.fetch_pagerduty(&ask.token, ask.base_url.as_deref()).await?;
        let mut all = People { people: vec![], notes: vec![] };
        for (users, oncalls) in pages {
            let page = people::pagerduty(&users, oncalls.as_deref());
            all.people.extend(page.people);
            all.notes.extend(page.notes);
        }
        self.take_over(caller, all, ask.dry_run).await
    }

    async fn take_over(&self, caller: &Caller, found: People, dry_run: bool) -> Answer<ImportView> {
        let home = self.engine.home();
        let mut view = ImportView { added: 0, changed: 0, same: 0, people: vec![], notes: found.notes, dry_run };
        let mut events = vec![];
        for person in found.people {
            let Some(who) = person.handle.as_deref().and_then(Handle::parse) else { continue };
            let known = home.people.get(&who);
            let card = merged(known.map(|known| &known.card), &person);
            let is_named = person.name.is_some() && known.and_then(|known| known.name.clone()) != person.name;
            let is_described = card != known.map(|known| known.card.clone()).unwrap_or_default();
            let change = match (known, is_named || is_described) {
                (None, _) => "new",
                (Some(_), true) => "changed",
                (Some(_), false) => "same",
            };
            match change {
                "new" => view.added += 1,
                "changed" => view.changed += 1,
                _ => view.same += 1,
            }
            if known.is_none() || is_named {
                events.push(HomeEvent::PersonAdded { handle: who.clone(), name: person.name.clone() });
            }
            if is_described {
                events.push(HomeEvent::PersonDescribed { handle: who.clone(), card });
            }
            if view.people.len() < IMPORTED_SHOWN {
                view.people.push(ImportedPerson { handle: who, name: person.name, change: change.to_owned() });
            }
        }
        if !dry_run && !events.is_empty() {
            self.submit(caller, Wish::plain(Act::HomeAll(events))).await?;
        }
        Ok(view)
    }

    pub(super) fn person_code(&self, ask: AskCode) -> Answer<CodeView> {
        let who = handle(&ask.handle, "handle")?;
        let home = self.engine.home();
        let person = home.people.get(&who).ok_or_else(|| ApiError::new(Code::NotFound, format!("Nobody is known as @{who}.")))?;
        let roads = roads(&person.card, ask.text.as_deref(), |to, text| self.local.mailto(&[to.to_owned()], "", text));
        let missing = |what: &str| ApiError::new(Code::Refused, format!("No {what} of @{who} is known.")).hint("Add it to their card.");
        let text = match ask.road.as_str() {
            "tel" => roads.tel.ok_or_else(|| missing("phone number"))?,
            "sms" => roads.sms.ok_or_else(|| missing("phone number"))?,
            "mail" => roads.mailto.ok_or_else(|| missing("mail address"))?,
            "card" => documents::card::vcard(&who, person),
            other => {
                return Err(ApiError::new(Code::InvalidField, format!("{other:?} is no road."))
                    .hint("One of tel, sms, mail, card.")
                    .field("road"));
            }
        };
        let rows = code::rows(&text).ok_or_else(|| {
            ApiError::new(Code::Refused, "It is too long for a code.").hint("Shorten the text, or use the link.").field("text")
        })?;
        Ok(CodeView { text, rows })
    }
}

fn view(home: &Home, open: &[Incident], (handle, person): (&Handle, &Person), me: bool, now: Timestamp) -> PersonView {
    let card = &person.card;
    let shift = home.on_shift(handle, now);
    let zone: Option<chrono_tz::Tz> = card.zone.as_deref().and_then(|zone| zone.parse().ok());
    PersonView {
        handle: handle.clone(),
        name: person.name.clone(),
        added_at: person.added_at,
        me,
        roles: card.roles.clone(),
        zone: card.zone.clone(),
        local_time: zone.map(|zone| now.utc().with_timezone(&zone).format("%H:%M").to_string()),
        shift: card.shift.as_ref().map(ToString::to_string),
        on_shift: shift.map(|shift| matches!(shift, OnShift::Until(_))),
        shift_changes_at: shift.map(|(OnShift::Until(at) | OnShift::From(at))| at),
        phone: card.phone.clone(),
        mail: card.mail.clone(),
        chat: card.chat.clone(),
        roads: roads(card, None, |to, _| format!("mailto:{to}")),
        now_in: open.iter().flat_map(|incident| now_in(incident, handle)).collect(),
    }
}

fn now_in(incident: &Incident, handle: &Handle) -> Vec<NowInView> {
    let command = incident.command.holder().into_iter();
    let roles = command.chain(&incident.roles).filter(|held| held.person == *handle).map(|held| NowInView {
        reference: incident.reference.clone(),
        what: held.role.title().to_owned(),
        knows: views::knowing(&held.knows).text,
        means: held.knows.answer.as_ref().map(|(_, heard)| heard.means),
        since: held.since,
    });
    let tasks = incident.tasks.iter().filter(|task| task.is_open() && task.owner == *handle).map(|task| NowInView {
        reference: incident.reference.clone(),
        what: task.text.clone(),
        knows: views::knowing(&task.knows).text,
        means: task.knows.answer.as_ref().map(|(_, heard)| heard.means),
        since: task.added_at,
    });
    roles.chain(tasks).collect()
}

/// What describes a person as they are known: the way back.
fn as_described(who: &Handle, known: &Person) -> serde_json::Value {
    let card = known.card.clone();
    let text = |field: Option<String>| field.unwrap_or_default();
    let roles: Vec<&str> = card.roles.iter().map(|role| role.wire()).collect();
    json!({
        "handle": who, "name": known.name, "roles": roles, "zone": text(card.zone),
        "shift": text(card.shift.map(|shift| shift.to_string())), "phone": text(card.phone), "mail": text(card.mail), "chat": text(card.chat),
    })
}

/// Only digits and a leading plus: what every phone understands (RFC 3966 without its visual separators).
fn dialled(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let plus = if phone.trim_start().starts_with('+') { "+" } else { "" };
    (digits.len() >= 3).then(|| format!("{plus}{digits}"))
}

fn roads(card: &Card, text: Option<&str>, mailto: impl Fn(&str, &str) -> String) -> RoadsView {
    let number = card.phone.as_deref().and_then(dialled);
    RoadsView {
        tel: number.as_ref().map(|number| format!("tel:{number}")),
        sms: number.map(|number| format!("sms:{number}")),
        mailto: card.mail.as_deref().map(|mail| mailto(mail, text.unwrap_or_default())),
    }
}

/// A card with the fields that were said; an empty one is cleared.
fn described(known: &Card, ask: &DescribePerson) -> Answer<Card> {
    let field = |said: &Option<String>, was: &Option<String>| match said {
        None => was.clone(),
        Some(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
    };
    let roles = match &ask.roles {
        None => known.roles.clone(),
        Some(names) => {
            let read = |name: &String| {
                Role::parse(name).ok_or_else(|| {
                    ApiError::new(Code::InvalidField, format!("{name:?} is no role."))
                        .hint("Such as commander, scribe, operations.")
                        .field("roles")
                })
            };
            names.iter().map(read).collect::<Answer<Vec<_>>>()?
        }
    };
    let shift = match field(&ask.shift, &None) {
        None if ask.shift.is_some() => None,
        None => known.shift.clone(),
        Some(text) => Some(Shift::parse(&text).ok_or_else(|| {
            ApiError::new(Code::InvalidField, format!("{text:?} is no shift.")).hint("Write it like mon-fri 09:00-17:00.").field("shift")
        })?),
    };
    Ok(Card {
        roles,
        zone: field(&ask.zone, &known.zone),
        shift,
        phone: field(&ask.phone, &known.phone),
        mail: field(&ask.mail, &known.mail),
        chat: field(&ask.chat, &known.chat),
    })
}

/// What an import says, over what was known: an import never takes a number away.
fn merged(known: Option<&Card>, found: &FoundPerson) -> Card {
    let known = known.cloned().unwrap_or_default();
    Card {
        roles: if found.roles.is_empty() { known.roles } else { found.roles.clone() },
        zone: found.zone.clone().or(known.zone),
        shift: found.shift.as_deref().and_then(Shift::parse).or(known.shift),
        phone: found.phone.clone().or(known.phone),
        mail: found.mail.clone().or(known.mail),
        chat: found.chat.clone().or(known.chat),
    }
}
