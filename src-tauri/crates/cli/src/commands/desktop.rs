//! What only the running desktop app knows: its hotkey, and whether a call would arrive.

use super::{Ask, Outcome, Stop, read};
use crate::context::Context;
use crate::out::{Cell, Out, Paint, cell, painted};
use crate::words::clock_times;
use api::dto::{HotkeyView, Nothing, OneHotkey, ReachCheck, ReachView, RingMe, SetHotkey};
use api::{ApiError, Code, Request};
use clap::Args;
use serde_json::Value;

/// The global hotkeys of the running desktop app.
#[derive(Args, Debug)]
#[command(
    override_usage = "muster hotkey [show] [--which declare|note|storm]\n       muster hotkey [set] SHORTCUT [--which declare|note|storm]"
)]
pub struct Hotkey {
    /// show, or set and a new one such as Ctrl+Alt+Shift+M [default: show]
    #[arg(value_name = "SHORTCUT", num_args = 0..=2)]
    words: Vec<String>,
    /// Which one
    #[arg(long, value_parser = ["declare", "note", "storm"], default_value = "declare")]
    which: String,
}

impl Ask for Hotkey {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let which = Some(self.which.clone());
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        match words[..] {
            [] | ["show"] => Ok(Request::HotkeyShow(OneHotkey { which })),
            ["set"] | [_, _, _, ..] | ["show", _] => {
                let refusal = ApiError::new(Code::InvalidRequest, "Which keys is not clear.");
                Err(refusal.hint("Write muster hotkey set Ctrl+Alt+Shift+M."))
            }
            [shortcut] | ["set", shortcut] => Ok(Request::HotkeySet(SetHotkey { shortcut: shortcut.to_owned(), which })),
            [_, _] => {
                let refusal = ApiError::new(Code::InvalidRequest, "Keys are written as one word.");
                Err(refusal.hint("Write muster hotkey set Ctrl+Alt+Shift+M."))
            }
        }
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
    /// Show a drill, and wait until you click it or its time is over; exit 1 where you did not
    #[arg(long)]
    ring: bool,
}

impl Ask for Reach {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(if self.ring { Request::RingMe(RingMe { wait: true }) } else { Request::ReachOp(Nothing {}) })
    }

    fn show(&self, answer: Value, context: &Context, out: &mut Out) -> Result<(), Stop> {
        if self.ring {
            let drill: ReachCheck = read(answer)?;
            return Ok(out.table(&[row(&drill, context)])?);
        }
        let reach: ReachView = read(answer)?;
        out.line(&reach.verdict)?;
        Ok(out.table(&reach.checks.iter().map(|check| row(check, context)).collect::<Vec<_>>())?)
    }

    fn outcome(&self, answer: &Value) -> Outcome {
        Outcome::of(!self.ring || answer["state"] == "ok")
    }
}

fn row(check: &ReachCheck, context: &Context) -> Vec<Cell> {
    let paint = match check.state.as_str() {
        "fault" => Paint::Red,
        "look" | "unknown" => Paint::Amber,
        _ => Paint::Faint,
    };
    let hint = check.hint.as_deref().map(|hint| format!("  {hint}")).unwrap_or_default();
    vec![painted(paint, &check.state), cell(&check.title), cell(format!("{}{hint}", clock_times(context.now, &check.text)))]
}
