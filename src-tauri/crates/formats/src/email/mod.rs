//! Mail: what monitoring tools send to a mailbox, and what people report there. The body is one raw message (RFC 5322).
//!
//! By the first rule that holds:
//! 1. A machine's answer, a list or a bounce (RFC 3834) is set aside with the reason and never becomes an alert, so that two
//!    machines cannot wake people by writing to each other.
//! 2. Mail of an Alertmanager, by its own template: each alert of it with the fingerprint of its labels as key, so that mail
//!    and webhook meet on one alert.
//! 3. A subject of Nagios or Icinga: `** PROBLEM Service Alert: web1/HTTP is CRITICAL **`, `[PROBLEM] HTTP on web1 is CRITICAL!`.
//!    Key: `host` or `host!service`, by the text's `Host:` and `Service:` lines where there are any. RECOVERY is over,
//!    ACKNOWLEDGEMENT is looked at, FLAPPINGSTART fires, a downtime is a change: all as in the notification command's own
//!    format.
//! 4. A subject that says how it stands: `[FIRING:2] …`, `[RESOLVED] …`, `PROBLEM: …`, `OK: …`. Key: the rest of it.
//! 5. Else a person reports something: one alert named after the subject, labelled `reported_by`. Key: its thread, so that
//!    answers say nothing new. It never ends by itself.
//!
//! An alert begins and ends by the mail's own date. Text is preferred, HTML is stripped to text; nothing is interpreted,
//! fetched or opened. Of a long mail only the beginning is read ([`READ_LIMIT`]), which is noted with the alert. `From` can
//! be forged: whoever may write to the mailbox may raise an alert, no more.
//! Sources: RFC 5322, 2045, 3834; mails of Alertmanager 0.25, Nagios 4.4, Icinga 2.13, as sent.

mod alertmanager;
mod entity;
mod html;
mod loops;
mod message;
mod nagios;
mod parts;
mod report;
mod subject;

use crate::done::Done;
use crate::found::Found;
use crate::parsed::{Parsed, RAW_LIMIT, Refused, Unreadable};
use crate::sent::Sent;
use domain::Timestamp;
use domain::alerts::BATCH_LIMIT;
use message::Mail;

pub use parts::READ_LIMIT;

/// Reads a message. One that must not become an alert is refused with the reason.
///
/// # Errors
/// Where there is no mail to be read: nothing, or no header.
pub fn read(sent: &Sent<'_>, now: Timestamp) -> Result<Parsed, Unreadable> {
    let mail = Mail::read(sent.body)?;
    if let Some(reason) = loops::reason(&mail) {
        let raw = sent.body[..sent.body.len().min(RAW_LIMIT)].to_vec();
        return Ok(Parsed { refused: vec![Refused { index: 0, reason, raw }], ..Parsed::default() });
    }
    Ok(match said(&mail, now) {
        Said::Alerts(alerts) => {
            let signal = |found: Found| found.annotation("note", mail.note.clone()).signal(now);
            Parsed { signals: alerts.into_iter().take(BATCH_LIMIT).map(signal).collect(), ..Parsed::default() }
        }
        Said::Context(done) => Parsed { changes: vec![done.change(now)], ..Parsed::default() },
    })
}

/// What a mail says.
enum Said {
    Alerts(Vec<Found>),
    Context(Done),
}

fn said(mail: &Mail, now: Timestamp) -> Said {
    if let Some(alerts) = alertmanager::read(mail, now) {
        return Said::Alerts(alerts);
    }
    if let Some(said) = nagios::read(mail, now) {
        return said;
    }
    Said::Alerts(vec![subject::read(mail, now).unwrap_or_else(|| report::read(mail))])
}
