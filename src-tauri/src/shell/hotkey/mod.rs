//! The global hotkeys: pressed anywhere, one opens the declare window, one the note window, one says "I know" to a storm. A key that cannot be had is said, never pretended.

mod shortcut;

use super::{session, storm, windows};
use api::dto::{HotkeyView, MachineSettings};
use api::{ApiError, Code, Hotkey as Which};
use shortcut::{Keyboard, Shortcut};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tauri::AppHandle;
use tauri_plugin_global_shortcut::{GlobalShortcutExt as _, ShortcutState};

/// What to bind where no program may take keys.
const fn command(which: Which) -> &'static str {
    match which {
        Which::Declare => "muster declare --window",
        Which::Note => "muster note-window",
        Which::Storm => "muster storm on",
    }
}

/// Where keys cannot be taken at all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Barrier {
    Wayland,
    NoDisplay,
    Demo,
}

impl Barrier {
    /// What stands between this process and the keyboard. The plugin reports success where there is no X server, so its
    /// word is not enough; and under XWayland keys reach it only while an X window has the focus.
    fn find(demo: bool) -> Option<Self> {
        if demo {
            return Some(Self::Demo);
        }
        if !cfg!(target_os = "linux") {
            return None;
        }
        match (session::is_wayland(), session::has_x()) {
            (true, _) => Some(Self::Wayland),
            (false, false) => Some(Self::NoDisplay),
            (false, true) => None,
        }
    }

    const fn words(self, which: Which) -> &'static str {
        match (self, which) {
            (Self::Wayland, _) => {
                "This desktop runs on Wayland, where no program may take keys for itself. Bind the command in the system's keyboard settings."
            }
            (Self::NoDisplay, _) => "There is no display to take keys from. Bind the command where your keys are set.",
            (Self::Demo, Which::Declare) => "The demo leaves the hotkey to your own Muster. Here, press Ctrl D in the window.",
            (Self::Demo, Which::Note) => "The demo leaves the hotkey to your own Muster. Here, press N in an incident.",
            (Self::Demo, Which::Storm) => "The demo leaves the hotkey to your own Muster. Here, press it in the window.",
        }
    }
}

#[derive(Default)]
struct Held {
    // As it is written in config.toml, or as it is shown once understood.
    wanted: String,
    active: Option<Shortcut>,
    problem: Option<String>,
}

/// One hotkey of this process.
pub struct Hotkey {
    which: Which,
    barrier: Option<Barrier>,
    held: Mutex<Held>,
}

impl Hotkey {
    /// Nothing taken yet; `wanted` is the one in `config.toml`.
    pub fn new(which: Which, wanted: String, demo: bool) -> Self {
        let barrier = Barrier::find(demo);
        let problem = barrier.map(|barrier| barrier.words(which).to_owned());
        Self { which, barrier, held: Mutex::new(Held { wanted, active: None, problem }) }
    }

    /// Takes the wanted one. Where that fails, the reason is kept and shown.
    pub fn start(&self, app: &AppHandle) {
        if self.barrier.is_some() {
            return;
        }
        let wanted = self.held().wanted.clone();
        if let Err(fault) = self.take(app, &wanted) {
            tracing::warn!(%fault, "hotkey not taken");
            self.held().problem = Some(with_hint(&fault));
        }
    }

    /// Its state.
    pub fn view(&self) -> HotkeyView {
        let held = self.held();
        let command = matches!(self.barrier, Some(Barrier::Wayland | Barrier::NoDisplay)).then(|| command(self.which).to_owned());
        HotkeyView { shortcut: held.wanted.clone(), active: held.active.is_some(), problem: held.problem.clone(), command }
    }

    /// Takes another one, and lets go of the old one only then. Where another program holds it, the old one stays and the
    /// answer says so; `Err` where it cannot be a hotkey at all.
    pub fn change(&self, app: &AppHandle, typed: &str) -> Result<HotkeyView, ApiError> {
        if let Some(barrier) = self.barrier {
            return Err(ApiError::new(Code::Refused, barrier.words(self.which)).field("shortcut"));
        }
        match self.take(app, typed) {
            Ok(()) => Ok(self.view()),
            Err(held) if held.code == Code::Refused => Ok(HotkeyView { problem: Some(with_hint(&held)), ..self.view() }),
            Err(unfit) => Err(unfit),
        }
    }

    fn take(&self, app: &AppHandle, typed: &str) -> Result<(), ApiError> {
        let new = Shortcut::parse(typed, Keyboard::HERE)?;
        let old = self.held().active.clone();
        if old.as_ref() != Some(&new) {
            register(app, self.which, &new).map_err(|why| taken(&new, old.as_ref(), &why))?;
            if let Some(old) = &old
                && let Err(fault) = app.global_shortcut().unregister(old.accelerator().as_str())
            {
                tracing::warn!(%fault, "old hotkey not let go");
            }
        }
        *self.held() = Held { wanted: new.to_string(), active: Some(new), problem: None };
        Ok(())
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The hotkeys of this process.
pub struct Hotkeys {
    declare: Hotkey,
    note: Hotkey,
    storm: Hotkey,
}

impl Hotkeys {
    /// As this machine's settings have them; nothing taken yet.
    pub fn new(settings: MachineSettings, demo: bool) -> Self {
        Self {
            declare: Hotkey::new(Which::Declare, settings.hotkey, demo),
            note: Hotkey::new(Which::Note, settings.note_hotkey, demo),
            storm: Hotkey::new(Which::Storm, settings.storm_hotkey, demo),
        }
    }

    /// Takes them.
    pub fn start(&self, app: &AppHandle) {
        for hotkey in [&self.declare, &self.note, &self.storm] {
            hotkey.start(app);
        }
    }

    /// One of them.
    pub const fn get(&self, which: Which) -> &Hotkey {
        match which {
            Which::Declare => &self.declare,
            Which::Note => &self.note,
            Which::Storm => &self.storm,
        }
    }
}

fn register(app: &AppHandle, which: Which, shortcut: &Shortcut) -> Result<(), tauri_plugin_global_shortcut::Error> {
    app.global_shortcut().on_shortcut(shortcut.accelerator().as_str(), move |app, _, event| {
        if event.state == ShortcutState::Pressed {
            match which {
                Which::Declare => windows::show_declare(app),
                Which::Note => windows::show_note(app),
                Which::Storm => storm::know(app),
            }
        }
    })
}

fn taken(new: &Shortcut, old: Option<&Shortcut>, why: &tauri_plugin_global_shortcut::Error) -> ApiError {
    tracing::info!(%new, %why, "hotkey refused by the system");
    let kept = old.map_or_else(|| "No hotkey is active.".to_owned(), |old| format!("{old} stays."));
    ApiError::new(Code::Refused, format!("Another program holds {new}. {kept}"))
        .hint("Choose another one, or free it in that program.")
        .field("shortcut")
}

fn with_hint(fault: &ApiError) -> String {
    fault.hint.as_ref().map_or_else(|| fault.message.clone(), |hint| format!("{} {hint}", fault.message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_taken_is_not_called_active() {
        let view = Hotkey::new(Which::Declare, "Ctrl+Alt+Shift+M".into(), true).view();
        assert_eq!((view.active, view.command), (false, None), "the demo takes none, and needs no binding");
        assert!(view.problem.is_some_and(|words| words.contains("your own Muster")));
    }
}
