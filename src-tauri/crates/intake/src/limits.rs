//! Every limit of the listener, with its reason.

use std::time::Duration;

/// How much the listener takes on. The defaults are the ones to use; tests make them small.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Longest body in bytes. Prometheus sends 64 alerts at once and PagerDuty takes 512 KB; 1 MiB holds a thousand alerts.
    pub body: usize,
    /// Longest head of a request in bytes: a token in the path and a few headers need one.
    pub head: usize,
    /// Longest wait for the head of a request, and so for the next one on an idle connection. Below the minute after
    /// which Prometheus sends again, so that no connection is closed at the moment it is used.
    pub head_time: Duration,
    /// Longest time for a whole body. A sender that needs more than this for 1 MiB is broken or means no good.
    pub body_time: Duration,
    /// How long requests under way may take to finish when the listener stops.
    pub stop_time: Duration,
    /// Most connections at once; half of the 1,024 files that a process may have open by default on Linux. More wait
    /// in the system's backlog.
    pub connections: usize,
    /// Connections beyond which each is closed after its answer, so that a crowd of idle ones keeps nobody out.
    pub crowded: usize,
    /// Room for bodies under way, in units of 64 KiB: 64 MiB, what a small machine can spare in a storm. A sender alone
    /// has half of it, the others wait for whoever comes next.
    pub room: usize,
}

/// What one unit of [`Limits::room`] holds, in bytes.
pub const ROOM_UNIT: usize = 64 * 1024;

/// Most bytes read and thrown away of a body that is refused, so that its sender hears why instead of a broken connection.
pub const DISCARD_LIMIT: usize = 8 * 1024 * 1024;

/// Longest time for that: it serves nobody but the sender.
pub const DISCARD_TIME: Duration = Duration::from_secs(2);

/// Longest PagerDuty event in bytes, PagerDuty's own limit: senders cut theirs to it.
pub const EVENT_LIMIT: usize = 512 * 1024;

/// Opsgenie requests remembered for senders that ask what became of theirs; they ask within seconds.
pub const REQUESTS_REMEMBERED: usize = 1_000;

/// Signed requests remembered, so that none is taken twice: 27 a second over the ten minutes in which one may come again.
pub const SIGNATURES_REMEMBERED: usize = 16_384;

/// Largest photo of a report in bytes: what a phone sends of one picture.
pub const PHOTO_LIMIT: usize = 5 * 1024 * 1024;

/// Longest report in bytes: a photo, and the words beside it.
pub const REPORT_LIMIT: usize = PHOTO_LIMIT + 128 * 1024;

/// Over which time reports are counted: a person who reports again sooner has the first one's page.
pub const PACE_WINDOW: Duration = Duration::from_secs(10 * 60);

/// Reports from one address within that time: a shared office may stand behind it.
pub const REPORTS_PER_ADDRESS: usize = 10;

/// Reports by one link within that time: more than that of one outage tell nothing new.
pub const REPORTS_PER_LINK: usize = 60;

/// Addresses whose reports are counted; beyond it nobody new may report until one has been silent.
pub const REPORTERS_REMEMBERED: usize = 4_096;

/// When a sender that was turned away may come again, in seconds: a queue is written in well under one.
pub const COME_AGAIN_SECS: u32 = 2;

/// When to come again while nothing can be saved, in seconds: a person has to make room first.
pub const NOT_SAVED_COME_AGAIN_SECS: u32 = 30;

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 1024 * 1024,
            head: 16 * 1024,
            head_time: Duration::from_secs(20),
            body_time: Duration::from_secs(10),
            stop_time: Duration::from_secs(2),
            connections: 512,
            crowded: 384,
            room: 1024,
        }
    }
}
