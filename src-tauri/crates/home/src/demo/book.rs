//! The people book of the demonstration: everybody's card. Numbers are of the ranges kept for fiction, mail goes nowhere.

use domain::Role;
use domain::home::{Card, Shift};
use serde::{Deserialize, Deserializer};

/// A person as told.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    pub name: String,
    #[serde(default)]
    roles: Vec<Role>,
    zone: String,
    #[serde(deserialize_with = "shift")]
    shift: Shift,
    phone: String,
}

impl Member {
    /// Everything that the book knows besides the name.
    pub fn card(&self) -> Card {
        let chat = self.name.to_lowercase().replace(' ', ".");
        Card {
            roles: self.roles.clone(),
            zone: Some(self.zone.clone()),
            shift: Some(self.shift.clone()),
            phone: Some(self.phone.clone()),
            mail: Some(format!("{chat}@example.com")),
            chat: Some(chat),
        }
    }
}

fn shift<'de, D: Deserializer<'de>>(from: D) -> Result<Shift, D::Error> {
    let told = String::deserialize(from)?;
    Shift::parse(&told).ok_or_else(|| serde::de::Error::custom(format!("{told:?} is no shift")))
}
