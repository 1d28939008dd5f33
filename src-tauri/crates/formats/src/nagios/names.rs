//! The fields that mean something here, and the names they go by.

/// Longest name looked at in bytes.
const NAME_LIMIT: usize = 64;

/// A field, by its Nagios macro.
#[derive(Clone, Copy)]
pub enum Field {
    NotificationType,
    NotificationAuthor,
    NotificationComment,
    HostName,
    HostAlias,
    HostAddress,
    HostAddress6,
    HostState,
    HostOutput,
    LongHostOutput,
    HostProblemId,
    LastHostUp,
    HostActionUrl,
    HostNotesUrl,
    HostGroupName,
    ServiceDesc,
    ServiceDisplayName,
    ServiceState,
    ServiceOutput,
    LongServiceOutput,
    ServiceProblemId,
    LastServiceOk,
    ServiceActionUrl,
    ServiceNotesUrl,
    ServiceGroupName,
    TimeT,
    LongDateTime,
    /// Icinga's `-s`: of the service, or else of the host.
    State,
    /// Icinga's `-o`, likewise.
    Output,
    /// Icinga's `-i`.
    Url,
}

impl Field {
    /// How many there are.
    pub const COUNT: usize = Self::Url as usize + 1;

    /// The field that a bare name in capitals means: Nagios' own, Icinga 2's script option, or a word that people use.
    fn named(bare: &str) -> Option<Self> {
        Some(match bare {
            "T" | "TYPE" | "NOTIFICATIONTYPE" => Self::NotificationType,
            "B" | "AUTHOR" | "NOTIFICATIONAUTHOR" => Self::NotificationAuthor,
            "C" | "COMMENT" | "NOTIFICATIONCOMMENT" => Self::NotificationComment,
            "L" | "HOST" | "HOSTNAME" => Self::HostName,
            "N" | "HOSTALIAS" | "HOSTDISPLAYNAME" => Self::HostAlias,
            "4" | "ADDRESS" | "HOSTADDRESS" => Self::HostAddress,
            "6" | "ADDRESS6" | "HOSTADDRESS6" => Self::HostAddress6,
            "HOSTSTATE" => Self::HostState,
            "HOSTOUTPUT" => Self::HostOutput,
            "LONGHOSTOUTPUT" => Self::LongHostOutput,
            "HOSTPROBLEMID" => Self::HostProblemId,
            "LASTHOSTUP" => Self::LastHostUp,
            "HOSTACTIONURL" => Self::HostActionUrl,
            "HOSTNOTESURL" => Self::HostNotesUrl,
            "HOSTGROUPNAME" => Self::HostGroupName,
            "E" | "SERVICE" | "SERVICENAME" | "SERVICEDESC" | "SERVICEDESCRIPTION" => Self::ServiceDesc,
            "U" | "SERVICEDISPLAYNAME" => Self::ServiceDisplayName,
            "SERVICESTATE" => Self::ServiceState,
            "SERVICEOUTPUT" => Self::ServiceOutput,
            "LONGSERVICEOUTPUT" => Self::LongServiceOutput,
            "SERVICEPROBLEMID" => Self::ServiceProblemId,
            "LASTSERVICEOK" => Self::LastServiceOk,
            "SERVICEACTIONURL" => Self::ServiceActionUrl,
            "SERVICENOTESURL" => Self::ServiceNotesUrl,
            "SERVICEGROUPNAME" => Self::ServiceGroupName,
            "TIMET" => Self::TimeT,
            "D" | "DATE" | "DATETIME" | "LONGDATETIME" => Self::LongDateTime,
            "S" | "STATE" => Self::State,
            "O" | "OUTPUT" => Self::Output,
            "I" | "URL" => Self::Url,
            _ => return None,
        })
    }
}

/// The field that a name means, however it is written: `$SERVICESTATE$`, `NAGIOS_SERVICESTATE`, `service.state`, `-s`.
pub fn known(name: &str) -> Option<Field> {
    if name.len() > NAME_LIMIT {
        return None;
    }
    let mut bare = [0; NAME_LIMIT];
    let mut length = 0;
    for byte in name.bytes().filter(u8::is_ascii_alphanumeric) {
        bare[length] = byte.to_ascii_uppercase();
        length += 1;
    }
    let bare = std::str::from_utf8(&bare[..length]).ok()?;
    Field::named(bare.strip_prefix("NAGIOS").or_else(|| bare.strip_prefix("ICINGA")).unwrap_or(bare))
}

/// Whether the name is one of Nagios' environment.
pub fn is_prefixed(name: &str) -> bool {
    ["NAGIOS_", "ICINGA_"].iter().any(|prefix| name.trim_start().starts_with(prefix))
}

/// Whether what stands before `=` names a field: one that is known, an option, or any in capitals as in an environment.
pub fn is_name(name: &str) -> bool {
    let name = name.trim();
    let capitals = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '_' | '$');
    let option = name.strip_prefix('-').unwrap_or(name).len() == 1 || name.starts_with("--");
    known(name).is_some() || option || (!name.is_empty() && name.chars().all(capitals))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_has_many_names() {
        for name in
            ["SERVICEDESC", "NAGIOS_SERVICEDESC", "$SERVICEDESC$", "ICINGA_SERVICEDESC", "-e", "e", "service", "service.name", "--service"]
        {
            assert!(matches!(known(name), Some(Field::ServiceDesc)), "{name}");
        }
        assert!(known("SERVICECHECKCOMMAND").is_none(), "most of Nagios' macros say nothing here");
    }

    #[test]
    fn a_name_is_told_from_words() {
        for name in ["TERM", "NAGIOS_X", "-r", "v", "--mail", "host"] {
            assert!(is_name(name), "{name}");
        }
        for words in ["", "load average", "time", "https://a.example/?x"] {
            assert!(!is_name(words), "{words}");
        }
    }
}
