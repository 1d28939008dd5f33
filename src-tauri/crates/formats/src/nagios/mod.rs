//! Nagios and Icinga: what a notification command passes on, as `muster ingest nagios`, a form or curl send it.
//!
//! Names are Nagios macros (`SERVICESTATE`, `$SERVICESTATE$`), its environment (`NAGIOS_SERVICESTATE`), Icinga 2's script
//! options (`-s`, `s`) or plain words (`state`). The key is the host, or `host!service` as Icinga writes it. An alert ends
//! with RECOVERY, or where flapping stops in a good state. While something flaps no word of its states is sent, so
//! FLAPPINGSTART fires. Downtimes, and what is sent by hand about something in a good state, are changes: context, no
//! alarm. The episode is the number of the problem with the time at which all was last well, for numbers begin anew where
//! nothing is retained. CRITICAL and DOWN are critical; UNKNOWN and UNREACHABLE are errors, for nobody can see; WARNING is
//! one. Services of one name are one group, each host is its own. The link is Icinga's address (`-i`), else the action or
//! notes address of the object; it is not fetched. A check is no service of the catalogue: none is named.
//! Sources: Nagios Core's list of macros; Icinga 2 `etc/icinga2/scripts/mail-{host,service}-notification.sh` (2.13.6).

mod fields;
mod judge;
mod names;
mod object;

use crate::{Parsed, Sent, Unreadable};
use domain::Timestamp;

/// Reads a notification that arrived at `now`: a JSON object, a form, or lines `NAME=value`; what the address's query says
/// counts too.
pub fn read(sent: &Sent<'_>, now: Timestamp) -> Result<Parsed, Unreadable> {
    judge::judge(&fields::read(sent)?, now)
}
