//! Names of things. Every id is a type of its own, so that one can never be passed where another is meant.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use ts_rs::TS;
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{}({})", stringify!($name), self.0) }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { Uuid::parse_str(text).map(Self) }
        }
    };
}

id!(
    /// Identifies one event in the ledger (UUID v7, made by the device that recorded it).
    EventId
);
id!(
    /// Identifies one incident. People use its [`IncidentRef`] instead.
    IncidentId
);
id!(
    /// Identifies one group of alerts from its first alert until it has been settled.
    GroupId
);
id!(
    /// Identifies the home on one machine; a copied or restored home gets a new one.
    DeviceId
);

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(pub String);

        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{}({})", stringify!($name), self.0) }
        }
    };
}

name!(
    /// A person's short name, as written after `@`. It is the identity of the person: two machines that
    /// both create `@dana` while apart mean the same Dana.
    Handle
);
name!(
    /// The name a user gave to a source of alerts.
    SourceName
);
name!(
    /// The name a user gave to a channel by which updates leave.
    ChannelName
);
name!(
    /// A service's short name, as written after `#`.
    ServiceName
);
name!(
    /// What people call an incident: `INC-` and four or five Crockford base-32 characters.
    IncidentRef
);

/// Longest handle, service or source name in characters: fits a chip in the window and a column in the CLI.
pub const NAME_LIMIT: usize = 40;

/// Turns what a person typed into a short name: without `@` or `#`, lower case, `None` where nothing usable remains.
pub fn short_name(typed: &str) -> Option<String> {
    let name: String = typed.trim().trim_start_matches(['@', '#']).to_lowercase();
    let usable = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let fits = !name.is_empty() && name.chars().count() <= NAME_LIMIT && name.chars().all(usable);
    fits.then_some(name)
}

impl Handle {
    /// Reads a handle that a person typed, with or without `@`.
    pub fn parse(typed: &str) -> Option<Self> {
        short_name(typed).map(Self)
    }
}

impl ServiceName {
    /// Reads a service name that a person typed, with or without `#`.
    pub fn parse(typed: &str) -> Option<Self> {
        short_name(typed).map(Self)
    }
}

impl ChannelName {
    /// Reads a channel name that a person typed, with or without `#`.
    pub fn parse(typed: &str) -> Option<Self> {
        short_name(typed).map(Self)
    }
}

impl SourceName {
    /// Reads a source name that a person typed.
    pub fn parse(typed: &str) -> Option<Self> {
        short_name(typed).map(Self)
    }
}

const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl IncidentRef {
    /// Makes a reference of `length` characters (4, or 5 after a collision) from random bits.
    pub fn from_bits(bits: u64, length: usize) -> Self {
        let digits = (0..length).map(|i| CROCKFORD[(bits >> (5 * i)) as usize & 31] as char);
        Self(format!("INC-{}", digits.collect::<String>()))
    }

    /// Reads a whole reference as people type it: any case, with or without `INC-`, `O` for `0`, `I` or `L` for `1`.
    pub fn parse(typed: &str) -> Option<Self> {
        let upper = typed.trim().to_uppercase();
        let digits = upper.strip_prefix("INC-").unwrap_or(&upper);
        let digits: String = digits
            .chars()
            .map(|c| match c {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect();
        let whole = (4..=5).contains(&digits.len()) && digits.bytes().all(|b| CROCKFORD.contains(&b));
        whole.then(|| Self(format!("INC-{digits}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_reads_back_the_way_people_say_it() {
        let made = IncidentRef::from_bits(0x7_3210, 4);
        assert_eq!(IncidentRef::parse(&made.0.to_lowercase()), Some(made.clone()), "case does not matter");
        assert_eq!(
            IncidentRef::parse("INC-O1L2"),
            Some(IncidentRef("INC-0112".into())),
            "letters that look like digits are read as digits"
        );
        assert_eq!(IncidentRef::parse("INC-U"), None, "too short and not in the alphabet");
    }

    #[test]
    fn a_handle_is_plain() {
        assert_eq!(Handle::parse("@Dana"), Some(Handle("dana".into())));
        assert_eq!(Handle::parse("@"), None, "nothing remains");
        assert_eq!(Handle::parse("a b"), None, "a space ends a handle");
    }
}
