//! How loud each severity may call.

use super::{Ask, Stop, confirm, part, read};
use crate::context::Context;
use crate::flags::severity;
use crate::out::{Cell, Out, Paint, cell, painted};
use api::dto::{Nothing, NoticeRuleView, SetNoticeRule, SettingsView};
use api::{ApiError, Request};
use clap::{Args, Subcommand, ValueEnum};
use domain::{Loudness, NoticeRule, Severity, Sound};
use serde_json::Value;

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
pub struct Notice {
    #[command(subcommand)]
    act: NoticeAct,
}

#[derive(Subcommand, Debug)]
enum NoticeAct {
    /// How loud each severity calls
    List,
    /// Change how loud a severity calls; what is not named stays
    Set {
        /// sev1 to sev5
        #[arg(value_name = "SEV", value_parser = severity)]
        severity: Severity,
        #[command(flatten)]
        loud: HowLoud,
    },
}

/// What can be said of how a severity calls.
#[derive(Args, Clone, Debug)]
pub struct HowLoud {
    /// critical stays until acted on, normal goes by itself, low only lists, none shows nothing
    #[arg(long, value_enum)]
    loudness: Option<Loud>,
    /// A sound of the desktop's theme
    #[arg(long, value_enum)]
    sound: Option<Tone>,
    /// Minutes after which an unacknowledged notice comes again, or off; SEV1 and SEV2 only
    #[arg(long, value_name = "MINUTES", value_parser = repeat)]
    repeat: Option<Repeat>,
}

#[derive(Clone, Copy, Debug)]
struct Repeat(Option<u32>);

fn repeat(typed: &str) -> Result<Repeat, String> {
    if typed.eq_ignore_ascii_case("off") {
        return Ok(Repeat(None));
    }
    typed.trim_end_matches('m').parse().map(|minutes| Repeat(Some(minutes))).map_err(|_| "a number of minutes, or off".to_owned())
}

impl HowLoud {
    /// Whether nothing was said.
    pub const fn is_empty(&self) -> bool {
        self.loudness.is_none() && self.sound.is_none() && self.repeat.is_none()
    }

    /// What must be known to change the rest.
    pub fn before(&self) -> Option<Request> {
        let whole = self.loudness.is_some() && self.sound.is_some() && self.repeat.is_some();
        (!whole).then_some(Request::Settings(Nothing {}))
    }

    /// The change of a severity's rule; what was not said stays.
    pub fn request(&self, severity: Severity, before: Option<Value>) -> Result<Request, ApiError> {
        let known = before.map(read::<SettingsView>).transpose()?;
        let known = known.and_then(|settings| settings.notices.into_iter().find(|known| known.severity == severity));
        let was = known.map_or(NoticeRule::default_for(severity), |known| known.rule);
        let rule = NoticeRule {
            loudness: self.loudness.map_or(was.loudness, |loud| match loud {
                Loud::Critical => Loudness::Critical,
                Loud::Normal => Loudness::Normal,
                Loud::Low => Loudness::Low,
                Loud::None => Loudness::None,
            }),
            sound: self.sound.map_or(was.sound, |tone| match tone {
                Tone::Bell => Sound::Bell,
                Tone::Chime => Sound::Chime,
                Tone::None => Sound::None,
            }),
            repeat_minutes: self.repeat.map_or(was.repeat_minutes, |repeat| repeat.0),
        };
        Ok(Request::NoticeRuleSet(SetNoticeRule { severity, rule }))
    }
}

impl Ask for Notice {
    fn before(&self) -> Option<Request> {
        match &self.act {
            NoticeAct::List => None,
            NoticeAct::Set { loud, .. } => loud.before(),
        }
    }

    fn request(&self, _: &Context, before: Option<Value>) -> Result<Request, ApiError> {
        match &self.act {
            NoticeAct::List => Ok(Request::Settings(Nothing {})),
            NoticeAct::Set { severity, loud } => loud.request(*severity, before),
        }
    }

    fn json(&self, answer: Value) -> Result<Value, ApiError> {
        match &self.act {
            NoticeAct::List => part(answer, "notices"),
            NoticeAct::Set { .. } => Ok(answer),
        }
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        match &self.act {
            NoticeAct::List => Ok(out.table(&rows(&read::<SettingsView>(answer)?.notices))?),
            NoticeAct::Set { severity, .. } => confirm_set(*severity, answer, out),
        }
    }
}

/// Says that a severity calls otherwise now.
pub fn confirm_set(severity: Severity, answer: Value, out: &mut Out) -> Result<(), Stop> {
    confirm(answer, out, &format!("{} calls by its new rule.", severity.label()))
}

/// One line for each severity.
pub fn rows(notices: &[NoticeRuleView]) -> Vec<Vec<Cell>> {
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
