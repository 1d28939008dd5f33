//! What a ping of a job says, by the end of the address: `/ping/<token>[/start|/fail|/log|/<exit status>]`, as
//! Healthchecks.io has it. One source is one job.
//!
//! A failure fires under [`KEY`], a success ends it; the clock that raises silence is elsewhere, and raises it under the
//! same key, so that the next success ends that too. Start and log only show that the job lives. Severity: an error. A
//! `rid` in the query names the run; the end of the body is kept as what the job printed.
//! Source: healthchecks.io/docs/http_api.

use crate::found::Found;
use crate::parsed::{Parsed, Unreadable};
use crate::sent::Sent;
use crate::{standing::Standing, text};
use domain::AlertSeverity::Error;
use domain::Timestamp;

/// The key of the one alert that a job has.
pub const KEY: &str = "heartbeat";
/// How much of a ping's body is kept, in bytes (2 KiB): a job's last words, which say why, and not its log.
const OUTPUT_LIMIT: usize = 2 * 1024;

/// What a ping says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ping {
    /// The job is done, and well.
    Success,
    /// The job began.
    Start,
    /// The job says that it failed.
    Fail,
    /// The job ended with this exit status, which is not 0.
    Exit(u8),
    /// The job has something to say; it is neither begun nor done.
    Log,
}

impl Ping {
    /// Reads the end of the address; `None` where it is none of the five.
    pub fn of(path: &str) -> Option<Self> {
        match path {
            "" => Some(Self::Success),
            "start" => Some(Self::Start),
            "fail" => Some(Self::Fail),
            "log" => Some(Self::Log),
            status => match status.parse() {
                Ok(0) => Some(Self::Success),
                Ok(status) => Some(Self::Exit(status)),
                Err(_) => None,
            },
        }
    }
}

/// Reads a ping as a signal: a failure, or the end of one. A start and a log yield none.
pub fn read(sent: &Sent<'_>, now: Timestamp) -> Result<Parsed, Unreadable> {
    let ping = Ping::of(sent.path).ok_or_else(|| {
        let shown = text::one_line(text::cut(sent.path, 40));
        Unreadable::new(format!(
            "A ping ends in nothing, `start`, `fail`, `log` or an exit status from 0 to 255; this one ends in {shown:?}."
        ))
    })?;
    let (standing, title) = match ping {
        Ping::Success => (Standing::Resolved, "The job is well".to_owned()),
        Ping::Fail => (Standing::Firing, "The job failed".to_owned()),
        Ping::Exit(status) => (Standing::Firing, format!("The job failed with exit status {status}")),
        Ping::Start | Ping::Log => return Ok(Parsed::default()),
    };
    let exit_status = match ping {
        Ping::Exit(status) => Some(status.to_string()),
        Ping::Success | Ping::Start | Ping::Fail | Ping::Log => None,
    };
    let output = String::from_utf8_lossy(&sent.body[sent.body.len().saturating_sub(OUTPUT_LIMIT)..]);
    let found = Found { title: Some(title), severity: Some(Error), ..Found::new(KEY, standing.state(None, None, now)) }
        .label("exit_status", exit_status)
        .label("run", sent.parameter("rid"))
        .annotation("output", Some(output.trim_start_matches(char::REPLACEMENT_CHARACTER).trim()));
    Ok(Parsed { signals: vec![found.signal(now)], ..Parsed::default() })
}
