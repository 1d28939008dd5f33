//! Can I be reached now? Looks at each step between an alarm and a person and says what it saw, never more.

use super::bus::{self, Server, Stillness};
use super::notices::{Drill, soon};
use api::dto::{HotkeyView, ReachCheck, ReachView};
use domain::Timestamp;

/// What was seen, as plain data.
pub struct Seen {
    /// Who shows notices, or why nobody does.
    pub server: Result<Server, String>,
    /// Whether it was told to be still.
    pub stillness: Stillness,
    /// Whether somebody shows tray icons.
    pub tray: bool,
    /// Whether our icon could be made.
    pub icon: bool,
    /// The hotkey's state.
    pub hotkey: HotkeyView,
    /// How the last drill went.
    pub drill: Drill,
}

/// Looks at the desktop.
pub async fn look(hotkey: HotkeyView, icon: bool, drill: Drill) -> Seen {
    let server = bus::server().await;
    let stillness = match &server {
        Ok(server) => bus::stillness(server).await,
        Err(_) => Stillness::Unknown,
    };
    Seen { server, stillness, tray: bus::tray_host().await, icon, hotkey, drill }
}

impl Seen {
    /// Why no notice would be seen now; none where nothing is known to stand in the way.
    pub fn silenced(&self) -> Option<&'static str> {
        match (&self.server, self.stillness) {
            (Err(_), _) => Some("nothing shows notices here"),
            (Ok(_), Stillness::On) => Some("do not disturb is on"),
            (Ok(_), Stillness::Off | Stillness::Unknown) => None,
        }
    }

    /// The answer, with a check for each step.
    pub fn view(&self, now: Timestamp) -> ReachView {
        let checks = vec![self.drill.check(now), self.notices(), self.still(), self.sound(), self.tray(), self.hotkey()];
        ReachView { verdict: self.verdict(now), checks, checked_at: now }
    }

    fn verdict(&self, now: Timestamp) -> String {
        let proven = self.drill.proven(now);
        match (self.silenced(), &self.server) {
            (Some(why), _) => format!("No: {why}."),
            (None, _) if self.drill == Drill::Missed => "Not proven: you did not click the last drill.".into(),
            (None, Ok(server)) if !server.can("sound") => "By sight only: notices are shown, but make no sound.".into(),
            (None, _) if let Some(after) = proven => format!("Yes: you clicked a drill {}.", soon(after)),
            (None, _) if self.stillness == Stillness::Unknown => "Probably: notices are shown. Ring yourself to be sure.".into(),
            (None, _) => "Yes: notices are shown, and sound where the rule says so.".into(),
        }
    }

    fn notices(&self) -> ReachCheck {
        match &self.server {
            Ok(server) if server.can("actions") => check("notices", "Notices", "ok", format!("shown by {}", server.name), None),
            Ok(server) => {
                let text = format!("shown by {}, without buttons", server.name);
                check("notices", "Notices", "look", text, Some("Acknowledge from the tray or the window."))
            }
            Err(why) => check("notices", "Notices", "fault", why.clone(), Some("Start a notification service, such as dunst.")),
        }
    }

    fn still(&self) -> ReachCheck {
        let (state, text, hint) = match self.stillness {
            Stillness::Off => ("ok", "off", None),
            Stillness::On => ("fault", "on: notices are held back", Some("Switch it off while you are on call.")),
            Stillness::Unknown => ("unknown", "this desktop does not say", Some("Ring yourself to be sure.")),
        };
        check("do_not_disturb", "Do not disturb", state, text.into(), hint)
    }

    fn sound(&self) -> ReachCheck {
        let (state, text, hint) = match &self.server {
            Ok(server) if server.can("sound") => ("ok", format!("played by {}; how loud is not known", server.name), None),
            Ok(server) => ("look", format!("{} plays none", server.name), Some("Keep the screen in sight while you are on call.")),
            Err(_) => ("fault", "none without notices".to_owned(), None),
        };
        check("sound", "Sound", state, text, hint)
    }

    fn tray(&self) -> ReachCheck {
        let (state, text, hint) = match (self.icon, self.tray) {
            (true, true) => ("ok", "shown", None),
            (true, false) => (
                "look",
                "this desktop has no tray",
                Some("Closing the window minimises it. On GNOME, the AppIndicator extension adds a tray."),
            ),
            (false, _) => ("look", "the icon could not be made", Some("The log says why.")),
        };
        check("tray", "Tray", state, text.into(), hint)
    }

    fn hotkey(&self) -> ReachCheck {
        let keys = self.hotkey.shortcut.replace('+', " ");
        match (&self.hotkey.command, self.hotkey.active) {
            (_, true) => check("hotkey", "Declare from anywhere", "ok", keys, None),
            (Some(command), false) => {
                let hint = format!("Bind {command} in the system's keyboard settings.");
                check("hotkey", "Declare from anywhere", "look", "not possible from here".into(), Some(&hint))
            }
            (None, false) => {
                let why = self.hotkey.problem.clone().unwrap_or_else(|| format!("{keys} is not active"));
                check("hotkey", "Declare from anywhere", "look", why, Some("Choose another one under Keys."))
            }
        }
    }
}

fn check(id: &str, title: &str, state: &str, text: String, hint: Option<&str>) -> ReachCheck {
    ReachCheck { id: id.into(), title: title.into(), state: state.into(), text, hint: hint.map(str::to_owned) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(can: &[&str], stillness: Stillness) -> Seen {
        let server = Server { name: "dunst".into(), can: can.iter().map(|can| (*can).to_owned()).collect(), run: String::new() };
        let hotkey = HotkeyView { shortcut: "Ctrl+Alt+Shift+M".into(), active: true, problem: None, command: None };
        Seen { server: Ok(server), stillness, tray: true, icon: true, hotkey, drill: Drill::Never }
    }

    fn state(seen: &Seen, id: &str) -> String {
        let view = seen.view(Timestamp(0));
        view.checks.into_iter().find(|check| check.id == id).expect("checked").state
    }

    #[test]
    fn yes_is_said_only_when_every_step_was_seen() {
        assert!(seen(&["actions", "sound"], Stillness::Off).view(Timestamp(0)).verdict.starts_with("Yes"));
        assert!(seen(&["actions", "sound"], Stillness::Unknown).view(Timestamp(0)).verdict.starts_with("Probably"));
        assert!(seen(&["actions"], Stillness::Off).view(Timestamp(0)).verdict.starts_with("By sight only"));
        assert!(seen(&["actions", "sound"], Stillness::On).view(Timestamp(0)).verdict.starts_with("No"));
    }

    #[test]
    fn a_click_proves_what_the_desktop_does_not_say_and_silence_still_means_no() {
        let drill = Drill::Pressed(Timestamp(0), 3);
        let unsure = Seen { drill: drill.clone(), ..seen(&["actions", "sound"], Stillness::Unknown) };
        assert_eq!(unsure.view(Timestamp(0)).verdict, "Yes: you clicked a drill 3 s after it came.");
        assert_eq!(state(&unsure, "drill"), "ok");
        let missed = Seen { drill: Drill::Missed, ..seen(&["actions", "sound"], Stillness::Off) };
        assert!(missed.view(Timestamp(0)).verdict.starts_with("Not proven"), "shown is not seen");
        let still = Seen { drill, ..seen(&["actions", "sound"], Stillness::On) };
        assert!(still.view(Timestamp(0)).verdict.starts_with("No"), "what was proven before it was switched on is worth nothing");
    }

    #[test]
    fn without_a_notification_service_nothing_about_it_is_called_good() {
        let deaf = Seen { server: Err("no notification service answers".into()), ..seen(&[], Stillness::Unknown) };
        assert_eq!((state(&deaf, "notices").as_str(), state(&deaf, "sound").as_str()), ("fault", "fault"));
        assert_eq!(state(&deaf, "do_not_disturb"), "unknown");
        assert_eq!(deaf.silenced(), Some("nothing shows notices here"));
    }

    #[test]
    fn on_wayland_the_hotkey_is_something_to_look_at() {
        let hotkey = HotkeyView {
            shortcut: "Ctrl+Alt+Shift+M".into(),
            active: false,
            problem: None,
            command: Some("muster declare --window".into()),
        };
        let wayland = Seen { hotkey, ..seen(&["actions"], Stillness::Off) };
        assert_eq!(state(&wayland, "hotkey"), "look");
    }
}
