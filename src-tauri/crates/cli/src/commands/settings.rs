//! What is set: everything at once, and what belongs to this machine.

use super::notices;
use super::rhythm::{cadences, targets};
use super::{Ask, Stop, bridge, channels, read};
use crate::context::{Context, person};
use crate::out::{Cell, Out, Paint, cell, painted};
use api::dto::{MachineSettings, Nothing, SetMachine, SettingsView};
use api::{ApiError, Request};
use clap::{Args, Subcommand, ValueEnum};
use domain::Handle;
use serde_json::Value;

fn fact(name: &str, text: impl AsRef<str>) -> Vec<Cell> {
    vec![painted(Paint::Faint, name), cell(text)]
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
        out.table(&notices::rows(&settings.notices))?;
        out.heading(false, "Updates")?;
        out.table(&cadences(&settings.rhythms))?;
        out.heading(false, "Targets")?;
        out.table(&targets(&settings.rhythms))?;
        if !settings.channels.is_empty() {
            out.heading(false, "Channels")?;
            out.table(&channels::rows(&settings.channels))?;
        }
        out.heading(false, "Home")?;
        let listener = settings
            .listener
            .listening
            .map_or_else(|| settings.listener.error.unwrap_or_else(|| "off".into()), |at| format!("open on {at}"));
        out.table(&[
            fact("Folder", &settings.home_path),
            fact("Log", &settings.log_path),
            fact("People meet", bridge::rule(&settings.bridge)),
            fact("Matrix", if settings.matrix_own { "its own" } else { "built in" }),
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
        fact("Note hotkey", &machine.note_hotkey),
        fact("Storm hotkey", &machine.storm_hotkey),
        fact("Theme", &machine.theme),
        fact("Single keys", if machine.single_keys { "on" } else { "off" }),
        fact("Keep awake", if machine.keep_awake { "on, while you command an open SEV1 or SEV2" } else { "off" }),
        fact("Listener", format!("{} at {}", if machine.listener_enabled { "on" } else { "off" }, machine.listener_address)),
        fact("TLS", if machine.listener_tls { "on" } else { "off" }),
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
    #[group(id = "change", required = true, multiple = true, args = ["me", "theme", "single_keys", "listener", "address", "tls", "keep_awake"])]
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
        /// Whether senders must speak TLS
        #[arg(long, value_enum)]
        tls: Option<Switch>,
        /// Whether this machine is kept awake while you command an open SEV1 or SEV2
        #[arg(long, value_enum)]
        keep_awake: Option<Switch>,
    },
}

impl Ask for Machine {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let on = |switch: &Option<Switch>| switch.map(|switch| switch == Switch::On);
        Ok(match &self.act {
            MachineAct::Show => Request::Settings(Nothing {}),
            MachineAct::Set { me, theme, single_keys, listener, address, tls, keep_awake } => Request::MachineSet(SetMachine {
                me: me.clone(),
                theme: theme.clone(),
                single_keys: on(single_keys),
                listener_enabled: on(listener),
                listener_address: address.clone(),
                listener_tls: on(tls),
                keep_awake: on(keep_awake),
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
