//! How loud each severity may call.

use super::{Ask, Stop, confirm, read};
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

/// One line for each severity.
pub fn rules(notices: &[NoticeRuleView]) -> Vec<Vec<Cell>> {
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
