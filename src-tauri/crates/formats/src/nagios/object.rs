//! What a notification is about: a host, or a service of one, and what is said of it whatever it means.

use super::fields::{Fields, unescaped};
use super::names::Field;
use crate::found::Found;
use crate::{Unreadable, bounds};
use domain::alerts::SignalState;

/// A host, or a service of one.
pub struct Object<'f> {
    fields: &'f Fields,
    host: &'f str,
    service: Option<&'f str>,
}

impl<'f> Object<'f> {
    /// Reads what it is; a host is the least.
    pub fn of(fields: &'f Fields) -> Result<Self, Unreadable> {
        let Some(host) = fields.get(&[Field::HostName]) else {
            return Err(Unreadable::new("The host is missing: pass `HOSTNAME=$HOSTNAME$` on, with the type, the state and the service."));
        };
        Ok(Self { fields, host, service: fields.get(&[Field::ServiceDesc]) })
    }

    /// What tells it from others: `host`, or `host!service`.
    pub fn key(&self) -> String {
        self.service.map_or_else(|| self.host.to_owned(), |service| format!("{}!{service}", self.host))
    }

    /// How people call it.
    pub fn shown(&self) -> String {
        let host = self.fields.get(&[Field::HostAlias]).unwrap_or(self.host);
        self.service_shown().map_or_else(|| host.to_owned(), |service| format!("{host}/{service}"))
    }

    /// The word for its state, as sent.
    pub fn state(&self) -> Option<&'f str> {
        self.pick(&[Field::ServiceState, Field::State], &[Field::HostState, Field::State])
    }

    /// Its problem's number and the time at which all was last well; numbers begin anew where nothing is retained.
    pub fn episode(&self) -> Option<String> {
        let id = self.pick(&[Field::ServiceProblemId], &[Field::HostProblemId]).filter(|id| *id != "0")?;
        let well = self.pick(&[Field::LastServiceOk], &[Field::LastHostUp]);
        Some(well.map_or_else(|| id.to_owned(), |well| format!("{id}@{well}")))
    }

    /// Services of one name are one group, whatever host they are on.
    pub fn group(&self) -> Option<(String, String)> {
        Some((format!("service {}", self.service?), self.service_shown()?.to_owned()))
    }

    /// All that is said of it, beside its state and its times.
    pub fn found(&self, state: SignalState) -> Found {
        let fields = self.fields;
        let urls =
            [&[Field::Url][..], &[Field::ServiceActionUrl], &[Field::ServiceNotesUrl], &[Field::HostActionUrl], &[Field::HostNotesUrl]];
        let mut found = Found::new(self.key(), state)
            .label("host", Some(self.host))
            .label("address", fields.get(&[Field::HostAddress, Field::HostAddress6]))
            .label("check", self.service)
            .label("state", self.state())
            .label("hostgroup", fields.get(&[Field::HostGroupName]))
            .label("servicegroup", fields.get(&[Field::ServiceGroupName]))
            .annotation("output", self.output())
            .annotation("long_output", self.pick(&[Field::LongServiceOutput], &[Field::LongHostOutput]).map(unescaped))
            .annotation("author", fields.get(&[Field::NotificationAuthor]))
            .annotation("comment", fields.get(&[Field::NotificationComment]));
        found.link = urls.into_iter().filter_map(|names| fields.get(names)).find_map(bounds::link);
        found
    }

    /// What the check printed.
    pub fn output(&self) -> Option<&'f str> {
        self.pick(&[Field::ServiceOutput, Field::Output], &[Field::HostOutput, Field::Output])
    }

    fn service_shown(&self) -> Option<&'f str> {
        self.service.map(|service| self.fields.get(&[Field::ServiceDisplayName]).unwrap_or(service))
    }

    /// A notification about a service says the like of its host, too.
    fn pick(&self, of_service: &[Field], of_host: &[Field]) -> Option<&'f str> {
        self.fields.get(if self.service.is_some() { of_service } else { of_host })
    }
}
