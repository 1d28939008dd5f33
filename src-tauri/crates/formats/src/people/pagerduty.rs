//! People of a PagerDuty account: `GET /users?include[]=contact_methods`, and who is on call by `GET /oncalls`.

use super::draft::{Draft, Drafts};
use super::{People, within};
use serde_json::Value;
use std::collections::BTreeMap;

/// Reads the answers. Who is on call comes first, in the order of escalation, and is spoken of in a note: a roster
/// changes by the hour, a people book does not.
pub fn pagerduty(users: &str, oncalls: Option<&str>) -> People {
    let mut notes = vec![];
    let Some((users, more)) = list(users, "users", &mut notes) else {
        notes
            .push("This is no list of PagerDuty users. Ask for GET /users?include[]=contact_methods and give the whole answer.".to_owned());
        return People { people: vec![], notes };
    };
    if more {
        notes.push("PagerDuty has more people than this answer holds. Import the next page too (offset).".to_owned());
    }
    let rota = oncalls.map(|text| rota(text, &mut notes)).unwrap_or_default();
    let mut without = 0;
    let mut found: Vec<(i64, Draft)> = vec![];
    for (place, user) in (1..).zip(&users) {
        let (draft, referred) = person(place, user);
        without += usize::from(referred);
        let level = text(user, "id").and_then(|id| rota.get(id)).map_or(i64::MAX, |duty| duty.level);
        found.push((level, draft));
    }
    if without > 0 {
        notes.push(format!("PagerDuty gave no phone numbers for {without} of these people. Ask for GET /users?include[]=contact_methods."));
    }
    found.sort_by_key(|(level, _)| *level);
    let mut drafts = Drafts::with_notes(notes);
    for (_, draft) in found {
        drafts.add(draft);
    }
    let known = |id: &str| users.iter().any(|user| text(user, "id") == Some(id));
    let mut duties: Vec<(&String, &Duty)> = rota.iter().collect();
    duties.sort_by_key(|(_, duty)| duty.level);
    for (id, duty) in duties {
        let absent = if known(id) { "" } else { "; not among these people" };
        drafts.note(format!("On call by PagerDuty: {}, {}{absent}.", duty.name, duty.place));
    }
    drafts.finish()
}

/// When somebody is called.
struct Duty {
    level: i64,
    name: String,
    place: String,
}

/// Who is on call, each at the level on which they are called first.
fn rota(text_of: &str, notes: &mut Vec<String>) -> BTreeMap<String, Duty> {
    let mut rota: BTreeMap<String, Duty> = BTreeMap::new();
    let Some((oncalls, _)) = list(text_of, "oncalls", notes) else {
        notes.push("The second answer is no list of who is on call. Ask for GET /oncalls.".to_owned());
        return rota;
    };
    for oncall in &oncalls {
        let Some(user) = oncall.get("user") else { continue };
        let Some(id) = text(user, "id") else { continue };
        let level = oncall.get("escalation_level").and_then(Value::as_i64).unwrap_or(i64::MAX - 1);
        let schedule = oncall.get("schedule").and_then(|schedule| text(schedule, "summary"));
        let place = match schedule {
            Some(schedule) => format!("level {level} of {}", crate::text::one_line(schedule)),
            None => format!("level {level}"),
        };
        let name = crate::text::one_line(text(user, "summary").or_else(|| text(user, "name")).unwrap_or(id));
        if rota.get(id).is_none_or(|known| level < known.level) {
            rota.insert(id.to_owned(), Duty { level, name, place });
        }
    }
    rota
}

/// A user, and whether their phones are only referred to.
fn person(place: usize, user: &Value) -> (Draft, bool) {
    let mut draft = Draft::new(place);
    draft.name(text(user, "name").or_else(|| text(user, "summary")).unwrap_or_default());
    draft.mail(text(user, "email").unwrap_or_default());
    draft.zone(text(user, "time_zone").unwrap_or_default());
    draft.title(text(user, "job_title").unwrap_or_default());
    let methods = user.get("contact_methods").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let of_kind = |kind: &'static str| methods.iter().filter(move |method| text(method, "type").is_some_and(|name| name.starts_with(kind)));
    let mut referred = false;
    for method in of_kind("phone_contact_method").chain(of_kind("sms_contact_method")) {
        match method.get("address").and_then(Value::as_str) {
            Some(address) => match method.get("country_code").and_then(Value::as_i64) {
                Some(code) => draft.phone(&format!("+{code} {address}")),
                None => draft.phone(address),
            },
            None => referred = true,
        }
    }
    (draft, referred)
}

/// The list under `name`, or a bare one, and whether there is more of it.
fn list(body: &str, name: &str, notes: &mut Vec<String>) -> Option<(Vec<Value>, bool)> {
    let answer: Value = match serde_json::from_str(within(body, notes)) {
        Ok(answer) => answer,
        Err(error) => {
            notes.push(format!("The answer is not JSON: {error}."));
            return None;
        }
    };
    match answer {
        Value::Array(list) => Some((list, false)),
        Value::Object(mut fields) => {
            let more = fields.get("more").and_then(Value::as_bool).unwrap_or(false);
            match fields.remove(name) {
                Some(Value::Array(list)) => Some((list, more)),
                _ => None,
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str().filter(|text| !text.trim().is_empty())
}
