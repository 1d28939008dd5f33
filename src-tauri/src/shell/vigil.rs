//! Keeps the machine awake while its user commands an open major incident, where that is switched on, and says plainly
//! what it can and cannot do.

use super::awake::Awake;
use super::{HomeDoor, Pushes};
use crate::caller;
use api::Request;
use api::dto::{IncidentSummary, Nothing, ReachCheck, WatchView};
use domain::incidents::keeps_awake;
use home::Machine;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// Changes within this time are looked at once.
const GATHER: Duration = Duration::from_millis(500);
/// A look without a change: the setting may have been edited, a hold may have been lost.
const LOOK: Duration = Duration::from_secs(60);
/// What no program can do, said wherever clocks are relied upon.
const ASLEEP: &str = "Muster cannot wake anyone while this machine sleeps.";

/// What is commanded, and whether the machine is held for it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
enum State {
    /// Nothing that matters is commanded here.
    #[default]
    Idle,
    /// Held for this incident.
    Held(String),
    /// Switched off while this incident is commanded.
    Off(String),
    /// Wanted, and not to be had: why.
    Refused(String),
}

/// The watch over sleep. There is one in a process.
pub struct Vigil {
    awake: Awake,
    machine: Machine,
    state: Mutex<State>,
}

impl Vigil {
    /// Holds nothing yet.
    pub fn new(folder: &Path) -> Self {
        Self { awake: Awake::new(), machine: Machine::of(folder), state: Mutex::default() }
    }

    /// Keeps watch until Muster ends.
    pub async fn keep(self: Arc<Self>, door: Arc<HomeDoor>, pushes: Arc<Pushes>) {
        let changed = Arc::new(Notify::new());
        let (told, listening) = (changed.clone(), door.clone());
        tauri::async_runtime::spawn(async move {
            listening
                .follow(0, |push| {
                    if push.tags.iter().any(|tag| tag == "watch" || tag == "*" || tag == "settings") {
                        told.notify_one();
                    }
                    true
                })
                .await;
        });
        loop {
            let before = self.state();
            self.look(&door).await;
            if self.state() != before {
                pushes.touch("home");
            }
            tokio::select! {
                () = changed.notified() => tokio::time::sleep(GATHER).await,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    async fn look(&self, door: &HomeDoor) {
        let answer = door.call(caller::me(domain::Via::System), Request::Watch(Nothing {})).await;
        let Ok(watch) = answer.map_err(drop).and_then(|value| serde_json::from_value::<WatchView>(value).map_err(drop)) else { return };
        let commanded = watch.active.iter().find(|incident| is_reason(incident, &watch.home.me));
        let state = match commanded {
            None => {
                self.awake.release();
                State::Idle
            }
            Some(incident) if !self.machine.settings().keep_awake => {
                self.awake.release();
                State::Off(incident.reference.0.clone())
            }
            Some(incident) => match self.awake.hold(&format!("You command {}", incident.reference)).await {
                Ok(()) => State::Held(incident.reference.0.clone()),
                Err(why) => State::Refused(why),
            },
        };
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
    }

    fn state(&self) -> State {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What keeps the machine awake, in words; `None` while nothing is commanded.
    pub fn sentence(&self) -> Option<String> {
        match self.state() {
            State::Idle => None,
            State::Held(reference) => Some(format!("Kept awake while you command {reference}. {ASLEEP}")),
            State::Off(reference) => Some(format!("You command {reference}, and keeping awake is switched off. {ASLEEP}")),
            State::Refused(why) => Some(format!("{why} {ASLEEP}")),
        }
    }

    /// One line of "Can I be reached now?".
    pub fn check(&self) -> ReachCheck {
        let wanted = self.machine.settings().keep_awake;
        let (state, text, hint) = match self.state() {
            State::Held(reference) => ("ok", format!("held while you command {reference}"), None),
            State::Idle if wanted => ("ok", String::from("held once you command a SEV1 or SEV2"), None),
            State::Idle | State::Off(_) => ("look", String::from("switched off"), Some("Switch it on while you are on call.")),
            State::Refused(why) => ("look", why, Some("Keep the machine plugged in, and set it not to sleep.")),
        };
        ReachCheck {
            id: "awake".into(),
            title: "Keep awake".into(),
            state: state.into(),
            text: format!("{}. {ASLEEP}", text.trim_end_matches('.')),
            hint: hint.map(str::to_owned),
        }
    }
}

/// Only who commands, acting or confirmed, is kept awake for.
fn is_reason(incident: &IncidentSummary, me: &domain::Handle) -> bool {
    incident.commander.name.as_ref() == Some(me) && keeps_awake(incident.severity) && incident.status.is_open()
}
