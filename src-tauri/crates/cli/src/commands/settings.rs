//! What is set: notice rules, this machine, the hotkey, and whether a call would arrive.

use super::{Ask, Outcome, Stop, confirm, read};
use crate::args::severity;
use crate::context::{Context, person};
use crate::out::{Cell, Out, Paint, cell, painted};
use api::dto::{HotkeyView, MachineSettings, Nothing, NoticeRuleView, ReachView, SetHotkey, SetMachine, SetNoticeRule, SettingsView};
use api::{ApiError, Request};
use clap::{Args, Subcommand, ValueEnum};
use domain::{Handle, Loudness, NoticeRule, Severity, Sound};
use serde_json::Value;

fn fact(name: &str, text: impl AsRef<str>) -> Vec<Cell> {
    vec![painted(Paint::Faint, name), cell(text)]
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Loud {
    Critical,
    Normal,
    Low,
    None,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Tone {
    Bell,
    Chime,
    None,
}

/// How loud each severity may call.
#[derive(Args, Debug)]
pub struct Rule {
    #[command(subcommand)]
    act: RuleAct,
}

#[derive(Subcommand, Debug)]
enum RuleAct {
    /// The rule of each severity
    List,
    /// Change the rule of a severity; what is not named stays
    Set {
        /// sev1 to sev5
        #[arg(value_name = "SEV", value_parser = severity)]
        severity: Severity,
        /// critical stays until acted on, normal goes by itself, low only lists, none shows nothing
        #[arg(long, value_enum)]
        loudness: Option<Loud>,
        /// A sound of the desktop's theme
        #[arg(long, value_enum)]
        sound: Option<Tone>,
        /// Minutes after which an unacknowledged notice comes again, or off; SEV1 and SEV2 only
        #[arg(long, value_name = "MINUTES", value_parser = repeat)]
        repeat: Option<Repeat>,
    },
}

#[derive(Clone, Copy, Debug)]
struct Repeat(Option<u32>);

fn repeat(typed: &str) -> Result<Repeat, String> {
    if typed.eq_ignore_ascii_case("off") {
        return Ok(Repeat(None));
    }
    typed.trim_end_matches('m').parse().map(|minutes| Repeat(Some(minutes))).map_err(|_| "a number of minutes, or off".to_owned())
}

impl Ask for Rule {
    fn before(&self) -> Option<Request> {
        match &self.act {
            RuleAct::List => None,
            RuleAct::Set { loudness: Some(_), sound: Some(_), repeat: Some(_), .. } => None,
            RuleAct::Set { .. } => Some(Request::Settings(Nothing {})),
        }
    }

    fn request(&self, _: &Context, before: Option<Value>) -> Result<Request, ApiError> {
        let RuleAct::Set { severity, loudness, sound, repeat } = &self.act else { return Ok(Request::Settings(Nothing {})) };
        let known = before.map(read::<SettingsView>).transpose()?;
        let known = known.and_then(|settings| settings.notices.into_iter().find(|known| known.severity == *severity));
        let was = known.map_or(NoticeRule::default_for(*severity), |known| known.rule);
        let rule = NoticeRule {
            loudness: loudness.map_or(was.loudness, |loud| match loud {
                Loud::Critical => Loudness::Critical,
                Loud::Normal => Loudness::Normal,
                Loud::Low => Loudness::Low,
                Loud::None => Loudness::None,
            }),
            sound: sound.map_or(was.sound, |tone| match tone {
                Tone::Bell => Sound::Bell,
                Tone::Chime => Sound::Chime,
                Tone::None => Sound::None,
            }),
            repeat_minutes: repeat.map_or(was.repeat_minutes, |repeat| repeat.0),
        };
        Ok(Request::NoticeRuleSet(SetNoticeRule { severity: *severity, rule }))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        match &self.act {
            RuleAct::List => Ok(out.table(&rules(&read::<SettingsView>(answer)?.notices))?),
            RuleAct::Set { severity, .. } => confirm(answer, out, &format!("{} calls by its new rule.", severity.label())),
        }
    }
}

fn rules(notices: &[NoticeRuleView]) -> Vec<Vec<Cell>> {
    let row = |notice: &NoticeRuleView| {
        let loudness = match notice.rule.loudness {
            Loudness::Critical => "critical: stays until acted on",
            Loudness::Normal => "normal: goes by itself",
            Loudness::Low => "low: only lists",
            Loudness::None => "none",
        };
        let sound = match notice.rule.sound {
            Sound::Bell => "bell",
            Sound::Chime => "chime",
            Sound::None => "silent",
        };
        let repeat = notice.rule.repeat_minutes.map_or_else(|| "no repeat".into(), |minutes| format!("again after {minutes} min"));
        vec![painted(Paint::of(notice.severity), notice.severity.label()), cell(loudness), cell(sound), cell(repeat)]
    };
    notices.iter().map(row).collect()
}

/// Everything that is set.
#[derive(Args, Debug)]
pub struct Settings {}

impl Ask for Settings {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::Settings(Nothing {}))
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        let settings: SettingsView = read(answer)?;
        out.heading(true, "This machine")?;
        out.table(&machine(&settings.machine))?;
        out.heading(false, "Notices")?;
        out.table(&rules(&settings.notices))?;
        out.heading(false, "Home")?;
        let listener = settings
            .listener
            .listening
            .map_or_else(|| settings.listener.error.unwrap_or_else(|| "off".into()), |at| format!("open on {at}"));
        out.table(&[
            fact("Folder", &settings.home_path),
            fact("Log", &settings.log_path),
            fact("Listener", listener),
            fact("Sources", settings.sources.iter().map(|source| source.name.as_str()).collect::<Vec<_>>().join(", ")),
            fact("Backups", settings.backups.first().map_or_else(|| "none yet".into(), |newest| format!("newest {}", newest.path))),
        ])?;
        Ok(())
    }
}

fn machine(machine: &MachineSettings) -> Vec<Vec<Cell>> {
    vec![
        fact("You are", format!("@{}", machine.me)),
        fact("Hotkey", &machine.hotkey),
        fact("Theme", &machine.theme),
        fact("Single keys", if machine.single_keys { "on" } else { "off" }),
        fact("Listener", format!("{} at {}", if machine.listener_enabled { "on" } else { "off" }, machine.listener_address)),
    ]
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Switch {
    On,
    Off,
}

/// What belongs to this machine; kept in config.toml, not in the record.
#[derive(Args, Debug)]
pub struct Machine {
    #[command(subcommand)]
    act: MachineAct,
}

#[derive(Subcommand, Debug)]
enum MachineAct {
    /// As it is
    Show,
    /// Change it; what is not named stays
    #[group(id = "change", required = true, multiple = true, args = ["me", "theme", "single_keys", "listener", "address"])]
    Set {
        /// Who you are
        #[arg(long, value_parser = person)]
        me: Option<Handle>,
        /// system, dark or light
        #[arg(long)]
        theme: Option<String>,
        /// Whether single letters act in the window
        #[arg(long, value_enum)]
        single_keys: Option<Switch>,
        /// Whether the desktop app listens for alerts; `muster serve` always does
        #[arg(long, value_enum)]
        listener: Option<Switch>,
        /// Where it listens, such as 127.0.0.1:6878
        #[arg(long)]
        address: Option<String>,
    },
}

impl Ask for Machine {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let on = |switch: &Option<Switch>| switch.map(|switch| switch == Switch::On);
        Ok(match &self.act {
            MachineAct::Show => Request::Settings(Nothing {}),
            MachineAct::Set { me, theme, single_keys, listener, address } => Request::MachineSet(SetMachine {
                me: me.clone(),
                theme: theme.clone(),
                single_keys: on(single_keys),
                listener_enabled: on(listener),
                listener_address: address.clone(),
            }),
        })
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        let settings = match &self.act {
            MachineAct::Show => read::<SettingsView>(answer)?.machine,
            MachineAct::Set { .. } => read(answer)?,
        };
        Ok(out.table(&machine(&settings))?)
    }
}

/// The global hotkey of the running desktop app.
#[derive(Args, Debug)]
pub struct Hotkey {
    /// A new one, such as Ctrl+Alt+Shift+M; none: show the present one
    shortcut: Option<String>,
}

impl Ask for Hotkey {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(match &self.shortcut {
            Some(shortcut) => Request::HotkeySet(SetHotkey { shortcut: shortcut.clone() }),
            None => Request::HotkeyShow(Nothing {}),
        })
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        let hotkey: HotkeyView = read(answer)?;
        out.line(format!("{} is {}.", hotkey.shortcut, if hotkey.active { "active" } else { "not active" }))?;
        for more in hotkey.problem.iter().chain(&hotkey.command) {
            out.line(more)?;
        }
        Ok(())
    }

    fn outcome(&self, answer: &Value) -> Outcome {
        Outcome::of(answer["active"] == true)
    }
}

/// Can I be reached now?
#[derive(Args, Debug)]
pub struct Reach {
    /// Show a test notice
    #[arg(long)]
    ring: bool,
}

impl Ask for Reach {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(if self.ring { Request::RingMe(Nothing {}) } else { Request::ReachOp(Nothing {}) })
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        if self.ring {
            return Ok(out.done("A test notice is on its way.")?);
        }
        let reach: ReachView = read(answer)?;
        out.line(&reach.verdict)?;
        let row = |check: &api::dto::ReachCheck| {
            let paint = match check.state.as_str() {
                "fault" => Paint::Red,
                "look" | "unknown" => Paint::Amber,
                _ => Paint::Faint,
            };
            let hint = check.hint.as_deref().map(|hint| format!("  {hint}")).unwrap_or_default();
            vec![painted(paint, &check.state), cell(&check.title), cell(format!("{}{hint}", check.text))]
        };
        Ok(out.table(&reach.checks.iter().map(row).collect::<Vec<_>>())?)
    }
}
