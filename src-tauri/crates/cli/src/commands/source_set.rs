//! What is set of a source: where to ask, how often, when its silence is an alarm, what a probe expects.

use crate::context::{Context, service};
use crate::times::{minutes, seconds};
use api::ApiError;
use clap::Args;
use domain::ServiceName;
use domain::home::{Expect, SourceSettings};

/// What can be set of a source.
#[derive(Args, Debug)]
pub struct Settings {
    /// Where to ask, or what to try: an http(s) address, or host:port
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// How often to ask, such as 30s
    #[arg(long, value_name = "SPAN", value_parser = every)]
    every: Option<u32>,
    /// Silence of so long is an alarm, such as 15m
    #[arg(long, value_name = "SPAN", value_parser = minutes)]
    silent: Option<u32>,
    /// How its JSON becomes alerts: a file in TOML
    #[arg(long, value_name = "FILE")]
    mapping: Option<String>,
    /// The header that carries the secret
    #[arg(long, value_name = "NAME")]
    header: Option<String>,
    /// The service its alerts speak of, where they name none
    #[arg(long, value_name = "NAME", value_parser = service)]
    service: Option<ServiceName>,
    /// Tell PagerDuty what is acknowledged and resolved here, in the name of this user
    #[arg(long, value_name = "EMAIL")]
    reply_as: Option<String>,
    /// A token to ask with, or the secret that signs. Better `-`, which reads it from standard input: others on this machine can
    /// see a command line
    #[arg(long)]
    secret: Option<String>,
    #[command(flatten)]
    expect: Expected,
}

/// What a probe expects.
#[derive(Args, Debug)]
struct Expected {
    /// A probe expects this HTTP status
    #[arg(long, value_name = "STATUS")]
    status: Option<u16>,
    /// A probe expects this text in the body
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
    /// A probe expects an answer within so many milliseconds
    #[arg(long, value_name = "MS")]
    within: Option<u32>,
    /// A probe expects a certificate that holds for so many days
    #[arg(long, value_name = "DAYS")]
    certificate: Option<u32>,
    /// Tries that must fail before it is an alarm
    #[arg(long, value_name = "N")]
    tries: Option<u32>,
}

fn every(typed: &str) -> Result<u32, String> {
    let seconds = seconds(typed).or_else(|| typed.trim().parse().ok());
    seconds.and_then(|seconds| u32::try_from(seconds).ok()).ok_or_else(|| "a span such as 30s or 5m".to_owned())
}

impl Settings {
    /// The settings: what was not said stays as it was.
    pub fn over(&self, was: SourceSettings, context: &Context) -> Result<SourceSettings, ApiError> {
        let text = |said: &Option<String>, was: Option<String>| match said {
            None => was,
            Some(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        };
        let mapping = match &self.mapping {
            Some(file) if !file.is_empty() => Some(context.file(file)?),
            Some(_) => None,
            None => was.mapping,
        };
        Ok(SourceSettings {
            url: text(&self.url, was.url),
            every_secs: self.every.or(was.every_secs),
            silent_minutes: self.silent.or(was.silent_minutes),
            mapping,
            header: text(&self.header, was.header),
            expect: self.expect.over(was.expect),
            service: self.service.clone().or(was.service),
            reply_as: text(&self.reply_as, was.reply_as),
        })
    }

    /// The secret, where one was said; `-` reads standard input.
    pub fn secret(&self, context: &Context) -> Result<Option<String>, ApiError> {
        self.secret.as_ref().map(|secret| Ok(context.text(std::slice::from_ref(secret))?.trim().to_owned())).transpose()
    }
}

impl Expected {
    fn over(&self, was: Option<Expect>) -> Option<Expect> {
        let known = was.clone().unwrap_or_default();
        let now = Expect {
            status: self.status.or(known.status),
            text: self.text.clone().or(known.text).filter(|text| !text.is_empty()),
            within_ms: self.within.or(known.within_ms),
            certificate_days: self.certificate.or(known.certificate_days),
            tries: self.tries.or(known.tries),
        };
        Some(now).filter(|now| was.is_some() || *now != Expect::default())
    }
}
