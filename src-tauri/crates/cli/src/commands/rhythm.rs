//! How often each severity is reported on, and how soon it should be known and resolved.

use super::{Ask, Stop, confirm, part, read};
use crate::context::Context;
use crate::flags::severity;
use crate::out::{Cell, Out, Paint, cell, painted};
use crate::times::minutes;
use crate::words;
use api::dto::{Nothing, RhythmView, SetCadence, SetTargets, SettingsView};
use api::{ApiError, Request};
use clap::{ArgGroup, Args, Subcommand};
use domain::home::{Cadence as Rule, Targets as Aims};
use domain::{Severity, Status};
use serde_json::Value;

/// How often an update is promised, by severity. Only a person ever promises one.
#[derive(Args, Debug)]
pub struct Cadence {
    #[command(subcommand)]
    act: CadenceAct,
}

#[derive(Subcommand, Debug)]
enum CadenceAct {
    /// The cadence of each severity
    List,
    /// Change the cadence of a severity; what is not named stays
    #[command(group = ArgGroup::new("changed").required(true).multiple(true).args(["every", "long", "after"]))]
    Set {
        /// sev1 to sev5
        #[arg(value_name = "SEV", value_parser = severity)]
        severity: Severity,
        /// From one update to the next, such as 20m
        #[arg(long, value_name = "SPAN", value_parser = minutes)]
        every: Option<u32>,
        /// The same in a long incident
        #[arg(long, value_name = "SPAN", value_parser = minutes)]
        long: Option<u32>,
        /// When an incident is long
        #[arg(long, value_name = "SPAN", value_parser = minutes)]
        after: Option<u32>,
    },
}

/// The rhythm of `severity` as the settings say, else as a home starts with.
fn known(before: Option<Value>, severity: Severity) -> Result<RhythmView, ApiError> {
    let settings = before.map(read::<SettingsView>).transpose()?;
    let rhythm = settings.and_then(|settings| settings.rhythms.into_iter().find(|rhythm| rhythm.severity == severity));
    let (cadence, targets) = (Rule::default_for(severity), Aims::default_for(severity));
    Ok(rhythm.unwrap_or(RhythmView { severity, cadence, targets }))
}

impl Ask for Cadence {
    fn before(&self) -> Option<Request> {
        matches!(self.act, CadenceAct::Set { .. }).then_some(Request::Settings(Nothing {}))
    }

    fn request(&self, _: &Context, before: Option<Value>) -> Result<Request, ApiError> {
        let CadenceAct::Set { severity, every, long, after } = &self.act else { return Ok(Request::Settings(Nothing {})) };
        let was = known(before, *severity)?.cadence;
        let cadence = Rule {
            every_minutes: every.unwrap_or(was.every_minutes),
            long_minutes: long.unwrap_or(was.long_minutes),
            long_after_minutes: after.unwrap_or(was.long_after_minutes),
        };
        Ok(Request::CadenceSet(SetCadence { severity: *severity, cadence }))
    }

    fn json(&self, answer: Value) -> Result<Value, ApiError> {
        if matches!(self.act, CadenceAct::List) { part(answer, "rhythms") } else { Ok(answer) }
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        match &self.act {
            CadenceAct::List => Ok(out.table(&cadences(&read::<SettingsView>(answer)?.rhythms))?),
            CadenceAct::Set { severity, .. } => confirm(answer, out, &format!("{} has its new cadence.", severity.label())),
        }
    }
}

/// One row for each severity.
pub fn cadences(rhythms: &[RhythmView]) -> Vec<Vec<Cell>> {
    let row = |rhythm: &RhythmView| {
        let cadence = &rhythm.cadence;
        let long = format!("every {} after {}", words::minutes(cadence.long_minutes), words::minutes(cadence.long_after_minutes));
        let every = format!("an update every {}", words::minutes(cadence.every_minutes));
        vec![painted(Paint::of(rhythm.severity), rhythm.severity.label()), cell(every), cell(long)]
    };
    rhythms.iter().map(row).collect()
}

/// How soon somebody should know of an incident and resolve it, by severity.
#[derive(Args, Debug)]
pub struct Targets {
    #[command(subcommand)]
    act: TargetsAct,
}

#[derive(Clone, Copy, Debug)]
struct Aim(Option<u32>);

fn aim(typed: &str) -> Result<Aim, String> {
    if typed.eq_ignore_ascii_case("none") {
        return Ok(Aim(None));
    }
    minutes(typed).map(|minutes| Aim(Some(minutes))).map_err(|reason| format!("{reason}, or none"))
}

fn pause(typed: &str) -> Result<Option<Status>, String> {
    if typed.eq_ignore_ascii_case("none") {
        return Ok(None);
    }
    let choices = || Status::CHOICES.map(Status::wire).join(", ");
    Status::parse(typed).map(Some).ok_or_else(|| format!("none, or one of {}", choices()))
}

#[derive(Subcommand, Debug)]
enum TargetsAct {
    /// The targets of each severity
    List,
    /// Change the targets of a severity; what is not named stays
    #[command(group = ArgGroup::new("changed").required(true).multiple(true).args(["acknowledge", "resolve", "pauses"]))]
    Set {
        /// sev1 to sev5
        #[arg(value_name = "SEV", value_parser = severity)]
        severity: Severity,
        /// Until somebody showed that they know, such as 5m, or none
        #[arg(long, value_name = "SPAN", value_parser = aim)]
        acknowledge: Option<Aim>,
        /// Until it is resolved, such as 4h, or none
        #[arg(long, value_name = "SPAN", value_parser = aim)]
        resolve: Option<Aim>,
        /// States in which the clock to resolve rests, such as monitoring,mitigated, or none
        #[arg(long = "pause", value_name = "STATE", value_delimiter = ',', value_parser = pause)]
        pauses: Vec<Option<Status>>,
    },
}

impl Ask for Targets {
    fn before(&self) -> Option<Request> {
        matches!(self.act, TargetsAct::Set { .. }).then_some(Request::Settings(Nothing {}))
    }

    fn request(&self, _: &Context, before: Option<Value>) -> Result<Request, ApiError> {
        let TargetsAct::Set { severity, acknowledge, resolve, pauses } = &self.act else { return Ok(Request::Settings(Nothing {})) };
        let was = known(before, *severity)?.targets;
        let targets = Aims {
            acknowledge_minutes: acknowledge.map_or(was.acknowledge_minutes, |aim| aim.0),
            resolve_minutes: resolve.map_or(was.resolve_minutes, |aim| aim.0),
            pauses: if pauses.is_empty() { was.pauses } else { pauses.iter().flatten().copied().collect() },
        };
        Ok(Request::TargetsSet(SetTargets { severity: *severity, targets }))
    }

    fn json(&self, answer: Value) -> Result<Value, ApiError> {
        if matches!(self.act, TargetsAct::List) { part(answer, "rhythms") } else { Ok(answer) }
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        match &self.act {
            TargetsAct::List => Ok(out.table(&targets(&read::<SettingsView>(answer)?.rhythms))?),
            TargetsAct::Set { severity, .. } => confirm(answer, out, &format!("{} has its new targets.", severity.label())),
        }
    }
}

/// One row for each severity.
pub fn targets(rhythms: &[RhythmView]) -> Vec<Vec<Cell>> {
    let within = |name: &str, minutes: Option<u32>| match minutes {
        Some(minutes) => format!("{name} within {}", words::minutes(minutes)),
        None => format!("no target to {name}"),
    };
    let row = |rhythm: &RhythmView| {
        let pauses: Vec<&str> = rhythm.targets.pauses.iter().map(|status| status.wire()).collect();
        vec![
            painted(Paint::of(rhythm.severity), rhythm.severity.label()),
            cell(within("acknowledge", rhythm.targets.acknowledge_minutes)),
            cell(within("resolve", rhythm.targets.resolve_minutes)),
            cell(if pauses.is_empty() { String::new() } else { format!("rests in {}", pauses.join(", ")) }),
        ]
    };
    rhythms.iter().map(row).collect()
}
