//! Mail of a person: somebody reports something. Whether it is one problem or many, and how bad, people decide.

use super::message::Mail;
use crate::found::Found;
use domain::alerts::SignalState;

/// One alert for a thread; an answer in it says nothing new.
pub fn read(mail: &Mail) -> Found {
    let key = match &mail.thread {
        Some(thread) => format!("thread/{thread}"),
        None => format!("mail/{}/{}", mail.from.as_deref().unwrap_or_default(), mail.subject),
    };
    let first_line = || mail.text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("Mail without words").to_owned();
    let found = Found {
        title: Some(Some(mail.subject.clone()).filter(|subject| !subject.is_empty()).unwrap_or_else(first_line)),
        started_at: mail.date,
        ..Found::new(key, SignalState::Firing { lapses_at: None })
    };
    found.label("reported_by", mail.from.as_deref()).annotation("description", Some(mail.excerpt()))
}
