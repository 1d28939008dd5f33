//! What only the running desktop app knows: its hotkey, and whether a call would arrive.

use super::{Ask, Outcome, Stop, read};
use crate::context::Context;
use crate::out::{Out, Paint, cell, painted};
use api::dto::{HotkeyView, Nothing, ReachView, SetHotkey};
use api::{ApiError, Request};
use clap::Args;
use serde_json::Value;

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
