//! A key combination as people write it, and which of them may be taken from every program. Pure.

use api::{ApiError, Code};
use std::fmt;

/// The keyboards' three schools: what types a character with Ctrl+Alt or Option differs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Keyboard {
    /// Linux and Windows: Ctrl+Alt is AltGr.
    Pc,
    /// macOS: Option types characters, Ctrl+Option does not.
    Mac,
}

impl Keyboard {
    /// The keyboard of this system.
    pub const HERE: Self = if cfg!(target_os = "macos") { Self::Mac } else { Self::Pc };
}

/// Keys without a letter or digit on them that may be taken: as shown, and as written in other ways.
const NAMED: &[(&str, &[&str])] = &[
    ("Space", &[" "]),
    ("Insert", &["Ins"]),
    ("Delete", &["Del"]),
    ("Home", &[]),
    ("End", &[]),
    ("PageUp", &["PgUp"]),
    ("PageDown", &["PgDn"]),
    ("Up", &["ArrowUp", "↑"]),
    ("Down", &["ArrowDown", "↓"]),
    ("Left", &["ArrowLeft", "←"]),
    ("Right", &["ArrowRight", "→"]),
    ("Pause", &[]),
];

/// A combination that may be taken from every program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shortcut {
    ctrl: bool,
    alt: bool,
    shift: bool,
    meta: bool,
    key: String,
}

impl Shortcut {
    /// Reads `Ctrl+Alt+Shift+M` in any case and order, and refuses what would type a character.
    pub fn parse(typed: &str, keyboard: Keyboard) -> Result<Self, ApiError> {
        let mut shortcut = Self { ctrl: false, alt: false, shift: false, meta: false, key: String::new() };
        for part in typed.split('+').map(str::trim) {
            match part.to_lowercase().as_str() {
                "ctrl" | "control" | "⌃" => shortcut.ctrl = true,
                "alt" | "option" | "⌥" => shortcut.alt = true,
                "shift" | "⇧" => shortcut.shift = true,
                "super" | "meta" | "win" | "cmd" | "command" | "⌘" => shortcut.meta = true,
                _ if shortcut.key.is_empty() => {
                    shortcut.key = key(part).ok_or_else(|| {
                        refusal(format!("{part:?} is not a key Muster can take."), "Use a letter, a digit or a function key.")
                    })?;
                }
                _ => return Err(refusal(format!("{typed:?} names more than one key."), "Use one key with Ctrl, Alt or Super.")),
            }
        }
        shortcut.check(keyboard)?;
        Ok(shortcut)
    }

    fn check(&self, keyboard: Keyboard) -> Result<(), ApiError> {
        if self.key.is_empty() {
            return Err(refusal("That is no key yet, only what is held with it.".into(), "Add a letter, a digit or a function key."));
        }
        let held = (self.ctrl, self.alt, self.meta);
        let function = self.key.len() > 1 && self.key.starts_with('F');
        let (says, hint) = match (keyboard, held) {
            (Keyboard::Pc, (true, true, false)) if function => ("Ctrl+Alt with a function key leaves the screen.", "Add Shift or Super."),
            (Keyboard::Pc, (true, true, false)) if !self.shift => {
                ("Ctrl+Alt is AltGr, which types characters on many keyboards.", "Add Shift or Super.")
            }
            (Keyboard::Pc, (false, true, false)) if self.key == "F4" => ("Alt+F4 closes windows.", "Choose another one."),
            _ if function => return Ok(()),
            (_, (false, false, false)) if self.shift => ("Shift alone types a character.", "Hold Ctrl, Alt or Super with it."),
            (_, (false, false, false)) => ("A key alone types a character.", "Hold Ctrl, Alt or Super with it."),
            (Keyboard::Mac, (false, true, false)) => ("Option types characters on a Mac.", "Add Ctrl or Cmd."),
            _ => return Ok(()),
        };
        Err(refusal(format!("{self} cannot be used. {says}"), hint))
    }

    /// As the shortcut plugin reads it.
    pub fn accelerator(&self) -> String {
        let held = [(self.ctrl, "Control"), (self.alt, "Alt"), (self.shift, "Shift"), (self.meta, "Super")];
        held.into_iter().filter(|(held, _)| *held).map(|(_, name)| name).chain([self.key.as_str()]).collect::<Vec<_>>().join("+")
    }
}

impl fmt::Display for Shortcut {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (alt, meta) = if cfg!(target_os = "macos") { ("Option", "Cmd") } else { ("Alt", "Super") };
        for (held, name) in [(self.ctrl, "Ctrl"), (self.alt, alt), (self.shift, "Shift"), (self.meta, meta)] {
            if held {
                write!(to, "{name}+")?;
            }
        }
        to.write_str(&self.key)
    }
}

/// The key's name, where it may be taken.
fn key(typed: &str) -> Option<String> {
    let upper = typed.to_uppercase();
    if let [one] = upper.as_bytes()
        && one.is_ascii_alphanumeric()
    {
        return Some(upper);
    }
    let function = upper.strip_prefix('F').and_then(|number| number.parse::<u8>().ok());
    if let Some(number @ 1..=24) = function {
        return Some(format!("F{number}"));
    }
    let named = |(name, others): &&(&str, &[&str])| {
        name.eq_ignore_ascii_case(typed) || others.iter().any(|other| other.eq_ignore_ascii_case(typed))
    };
    NAMED.iter().find(named).map(|(name, _)| (*name).to_owned())
}

fn refusal(message: String, hint: &str) -> ApiError {
    ApiError::new(Code::InvalidField, message).hint(hint).field("shortcut")
}

#[cfg(test)]
mod tests {
    use super::*;
    use Keyboard::{Mac, Pc};

    #[track_caller]
    fn refused(typed: &str, keyboard: Keyboard, why: &str) {
        let refusal = Shortcut::parse(typed, keyboard).expect_err(typed);
        assert_eq!((refusal.code, refusal.field.as_deref()), (Code::InvalidField, Some("shortcut")));
        assert!(refusal.message.contains(why), "{typed}: {}", refusal.message);
        assert!(refusal.hint.is_some(), "{typed} says what to do");
    }

    #[test]
    fn written_in_any_way_it_is_shown_in_one() {
        for typed in ["Ctrl+Alt+Shift+M", "shift + control+alt+m", "CTRL+ALT+SHIFT+M"] {
            assert_eq!(Shortcut::parse(typed, Pc).expect(typed).to_string(), "Ctrl+Alt+Shift+M");
        }
        assert_eq!(Shortcut::parse("Meta+↑", Pc).expect("taken").to_string(), "Super+Up");
        assert_eq!(Shortcut::parse("Ctrl+Alt+Shift+M", Pc).expect("taken").accelerator(), "Control+Alt+Shift+M");
    }

    #[test]
    fn what_types_a_character_is_refused() {
        refused("M", Pc, "types a character");
        refused("Shift+M", Pc, "Shift alone");
        refused("Space", Pc, "alone");
        refused("Ctrl+Alt+M", Pc, "AltGr");
        refused("Option+M", Mac, "Option types");
    }

    #[test]
    fn what_types_none_is_taken() {
        for typed in ["F9", "Shift+F9", "Ctrl+M", "Alt+F9", "Super+Space", "Ctrl+Alt+Super+7", "Ctrl+Shift+PgUp"] {
            Shortcut::parse(typed, Pc).expect(typed);
        }
        Shortcut::parse("Ctrl+Option+M", Mac).expect("types nothing on a Mac");
    }

    #[test]
    fn what_the_system_needs_is_left_to_it() {
        refused("Alt+F4", Pc, "closes windows");
        refused("Ctrl+Alt+F3", Pc, "leaves the screen");
    }

    #[test]
    fn what_is_no_combination_is_refused() {
        refused("Ctrl+Alt+Shift", Pc, "no key yet");
        refused("Ctrl+A+B", Pc, "more than one key");
        refused("Ctrl+Ü", Pc, "not a key");
        refused("Ctrl+F25", Pc, "not a key");
        refused("", Pc, "not a key");
        refused("Ctrl+NumLock", Pc, "not a key");
    }

    #[test]
    fn the_plugin_understands_every_key_that_is_taken() {
        let letters = ('A'..='Z').chain('0'..='9').map(String::from);
        let named = NAMED.iter().map(|(name, _)| (*name).to_owned());
        for key in letters.chain(named).chain((1..=24).map(|n| format!("F{n}"))) {
            let shortcut = Shortcut::parse(&format!("Ctrl+Shift+{key}"), Pc).expect(&key);
            let read: Result<tauri_plugin_global_shortcut::Shortcut, _> = shortcut.accelerator().parse();
            assert!(read.is_ok(), "{}", shortcut.accelerator());
        }
    }
}
