//! The drill: a notice as loud as the loudest, marked as one, by which a person proves that they are reached. Green only by a
//! press within its time; that a notice was shown proves nothing.

use crate::shell::bus::Server;
use api::dto::ReachCheck;
use domain::Timestamp;
use std::time::Duration;
use tokio::sync::watch;

/// Time to press it in: whoever sits here needs seconds, and a SEV1 would wait as long.
pub const WITHIN: Duration = Duration::from_secs(60);
/// A proof older than a long shift says nothing about this one, in milliseconds.
const STALE_MS: i64 = 12 * 60 * 60 * 1000;
/// All that stands between a notice and a person where nothing says that it does.
const LOOK_FOR: &str = "Switch do not disturb off, allow Muster's notices in the system's settings, turn the sound up, and ring again.";

/// How the last drill went.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Drill {
    /// None since Muster started.
    #[default]
    Never,
    /// On the screen since then, and not pressed yet.
    Shown(Timestamp),
    /// On the screen, and this service sends no press back.
    Mute(String),
    /// Pressed then, so many seconds after it came.
    Pressed(Timestamp, i64),
    /// Closed without a press.
    Closed,
    /// Not pressed in its time.
    Missed,
}

impl Drill {
    /// Whether it went well, and how many seconds the press took.
    pub fn proven(&self, now: Timestamp) -> Option<i64> {
        match self {
            Self::Pressed(at, after) if is_in_time(*after) && now.since(*at) <= STALE_MS => Some(*after),
            Self::Never | Self::Shown(_) | Self::Mute(_) | Self::Pressed(..) | Self::Closed | Self::Missed => None,
        }
    }

    /// One line of "Can I be reached now?".
    pub fn check(&self, now: Timestamp) -> ReachCheck {
        let within = WITHIN.as_secs();
        let (state, text, hint) = match self {
            Self::Never => ("unknown", "not tried since Muster started".into(), Some("Ring yourself, and click the notice that comes.")),
            Self::Shown(_) => ("unknown", format!("a drill is on the screen: click it within {within} s"), None),
            Self::Mute(name) => {
                ("look", format!("shown, but {name} sends no click back"), Some("Only you can say whether you saw and heard it."))
            }
            Self::Pressed(at, after) if !is_in_time(*after) => {
                ("look", format!("clicked {at}, {after} s after it came: a call would have waited as long"), Some(LOOK_FOR))
            }
            Self::Pressed(at, _) if self.proven(now).is_none() => {
                ("unknown", format!("clicked {at}, which is long ago"), Some("Ring yourself again when a shift begins."))
            }
            Self::Pressed(at, after) => ("ok", format!("clicked {at}, {}", soon(*after)), None),
            Self::Closed => {
                ("look", "closed without a click, which a desktop may do by itself".into(), Some("Ring again, and click the notice."))
            }
            Self::Missed => ("fault", format!("not clicked within {within} s"), Some(LOOK_FOR)),
        };
        let hint = hint.map(str::to_owned);
        ReachCheck { id: "drill".into(), title: "Your own click".into(), state: state.into(), text, hint }
    }

    /// Whether nothing more is waited for.
    pub const fn is_over(&self) -> bool {
        !matches!(self, Self::Shown(_))
    }
}

/// How soon after it came, in words.
pub fn soon(after: i64) -> String {
    if after < 1 { "at once".to_owned() } else { format!("{after} s after it came") }
}

const fn is_in_time(after: i64) -> bool {
    after <= WITHIN.as_secs().cast_signed()
}

/// The drills of this process, one after the other.
pub struct Drills {
    last: watch::Sender<Drill>,
}

impl Drills {
    /// None yet.
    pub fn new() -> Self {
        Self { last: watch::Sender::new(Drill::Never) }
    }

    /// How the last one goes.
    pub fn follow(&self) -> watch::Receiver<Drill> {
        self.last.subscribe()
    }

    /// It is on the screen of this service.
    pub fn begin(&self, now: Timestamp, server: &Server) {
        self.last.send_replace(if server.can("actions") { Drill::Shown(now) } else { Drill::Mute(server.name.clone()) });
    }

    /// It was pressed; late is said as late.
    pub fn press(&self, shown: Timestamp, now: Timestamp) {
        self.last.send_replace(Drill::Pressed(now, now.since(shown) / 1000));
    }

    /// It went without a press.
    pub fn close(&self) {
        self.change_shown(None, Drill::Closed);
    }

    /// The time of the one shown then is over.
    pub fn expire(&self, shown: Timestamp) {
        self.change_shown(Some(shown), Drill::Missed);
    }

    fn change_shown(&self, which: Option<Timestamp>, to: Drill) {
        self.last.send_if_modified(|last| {
            let is_it = matches!(last, Drill::Shown(at) if which.is_none_or(|which| which == *at));
            if is_it {
                *last = to;
            }
            is_it
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGUN: Timestamp = Timestamp(1_000_000);

    fn drilled(can: &[&str]) -> Drills {
        let server = Server { name: "dunst".into(), can: can.iter().map(|can| (*can).to_owned()).collect(), run: String::new() };
        let drills = Drills::new();
        drills.begin(BEGUN, &server);
        drills
    }

    fn state(drills: &Drills, now: Timestamp) -> String {
        drills.follow().borrow().check(now).state
    }

    #[test]
    fn only_a_press_in_time_is_green() {
        let (drills, later) = (drilled(&["actions"]), BEGUN.plus_millis(4_000));
        assert_eq!(state(&drills, later), "unknown", "shown proves nothing");
        drills.press(BEGUN, later);
        assert_eq!(state(&drills, later), "ok");
        drills.expire(BEGUN);
        assert_eq!(state(&drills, later), "ok", "its time ends after the press");
        assert_eq!(state(&drills, later.plus_millis(STALE_MS + 1)), "unknown", "a proof ages");
    }

    #[test]
    fn late_closed_and_missed_say_what_to_do() {
        let late = drilled(&["actions"]);
        late.press(BEGUN, BEGUN.plus_millis(95_000));
        let closed = drilled(&["actions"]);
        closed.close();
        let missed = drilled(&["actions"]);
        missed.expire(BEGUN);
        for (drills, wanted) in [(late, "look"), (closed, "look"), (missed, "fault"), (drilled(&[]), "look")] {
            let check = drills.follow().borrow().check(BEGUN.plus_millis(96_000));
            assert_eq!(check.state, wanted, "{check:?}");
            assert!(check.hint.is_some(), "{check:?}");
        }
    }

    #[test]
    fn the_end_of_an_earlier_one_is_not_the_end_of_the_next() {
        let drills = drilled(&["actions"]);
        drills.expire(BEGUN.plus_millis(-30_000));
        assert!(!drills.follow().borrow().is_over());
    }
}
