//! Sources of alerts.

use super::source_set::Settings;
use super::{Ask, Outcome, Stop, all_well, confirm, read, show_findings};
use crate::context::Context;
use crate::out::{Out, Paint, cell, painted};
use crate::words::{age, count, time};
use api::dto::{AddSource, Finding, Nothing, OneSource, RefusalView, SetSource, SourceCreated, SourceView, SourcesAsked};
use api::{ApiError, Request};
use clap::{Args, Subcommand};
use domain::SourceName;
use domain::home::SourceSettings;
use serde_json::Value;

/// Reads a source's name as typed.
pub fn source(typed: &str) -> Result<SourceName, String> {
    SourceName::parse(typed).ok_or_else(|| "letters, digits, dots or dashes".to_owned())
}

/// Where alerts come from. Each source has a token, shown once.
#[derive(Args, Debug)]
pub struct Source {
    #[command(subcommand)]
    act: SourceAct,
}

#[derive(Subcommand, Debug)]
enum SourceAct {
    /// Make a source and show its token, once
    Add {
        /// alertmanager, grafana, pagerduty, prometheus-pull, probe-http, heartbeat, json …
        kind: String,
        /// A name of your own
        #[arg(value_parser = source)]
        name: SourceName,
        #[command(flatten)]
        settings: Box<Settings>,
    },
    /// Change what is set of a source; what is not named stays
    Set {
        /// The source
        #[arg(value_parser = source)]
        name: SourceName,
        #[command(flatten)]
        settings: Box<Settings>,
    },
    /// Sources and when each was heard
    List,
    /// A new token; the old one ends at once
    Rotate {
        /// The source
        #[arg(value_parser = source)]
        name: SourceName,
    },
    /// End a source; what it sent stays
    Remove {
        /// The source
        #[arg(value_parser = source)]
        name: SourceName,
    },
    /// Ask every source that can be asked, without waiting for its time
    Ask,
    /// Look at every step from the listener to the record, or ask the source now
    Test {
        /// The source
        #[arg(value_parser = source)]
        name: SourceName,
    },
    /// What was refused lately, and why
    Refusals {
        /// The source
        #[arg(value_parser = source)]
        name: SourceName,
    },
}

impl Ask for Source {
    fn before(&self) -> Option<Request> {
        matches!(self.act, SourceAct::Set { .. }).then_some(Request::SourceList(Nothing {}))
    }

    fn request(&self, context: &Context, before: Option<Value>) -> Result<Request, ApiError> {
        let one = |name: &SourceName| OneSource { name: name.clone() };
        Ok(match &self.act {
            SourceAct::Add { kind, name, settings } => {
                let secret = settings.secret(context)?;
                let set = settings.over(SourceSettings::default(), context)?;
                let settings = (set != SourceSettings::default()).then_some(set);
                Request::SourceAdd(AddSource { kind: kind.clone(), name: name.clone(), settings, secret })
            }
            SourceAct::Set { name, settings } => {
                let sources = before.map(read::<Vec<SourceView>>).transpose()?.unwrap_or_default();
                let was = sources.into_iter().find(|known| known.name == *name).map(|known| known.settings).unwrap_or_default();
                let secret = settings.secret(context)?;
                Request::SourceSet(SetSource { name: name.clone(), settings: settings.over(was, context)?, secret })
            }
            SourceAct::List => Request::SourceList(Nothing {}),
            SourceAct::Rotate { name } => Request::SourceRotate(one(name)),
            SourceAct::Remove { name } => Request::SourceRemove(one(name)),
            SourceAct::Ask => Request::SourceAsk(Nothing {}),
            SourceAct::Test { name } => Request::SourceTest(one(name)),
            SourceAct::Refusals { name } => Request::SourceRefusals(one(name)),
        })
    }

    fn show(&self, answer: Value, context: &Context, out: &mut Out) -> Result<(), Stop> {
        match &self.act {
            SourceAct::Add { .. } | SourceAct::Rotate { .. } => show_created(&read(answer)?, out),
            SourceAct::Set { name, .. } => confirm(answer, out, &format!("{name} is set.")),
            SourceAct::List => show_sources(&read::<Vec<SourceView>>(answer)?, context, out),
            SourceAct::Remove { name } => confirm(answer, out, &format!("{name} may no longer send. What it sent stays.")),
            SourceAct::Ask => {
                let SourcesAsked { asked } = read(answer)?;
                let many = count(asked.into(), "source is", "sources are");
                Ok(out.line(format!("{many} asked now; `muster source list` says who answered."))?)
            }
            SourceAct::Test { .. } => show_findings(&read::<Vec<Finding>>(answer)?, context, out),
            SourceAct::Refusals { .. } => show_refusals(&read::<Vec<RefusalView>>(answer)?, out),
        }
    }

    fn outcome(&self, answer: &Value) -> Outcome {
        match &self.act {
            SourceAct::Test { .. } => all_well(answer),
            SourceAct::Add { .. }
            | SourceAct::Set { .. }
            | SourceAct::List
            | SourceAct::Ask
            | SourceAct::Rotate { .. }
            | SourceAct::Remove { .. }
            | SourceAct::Refusals { .. } => Outcome::Well,
        }
    }
}

fn show_created(created: &SourceCreated, out: &mut Out) -> Result<(), Stop> {
    let fact = |name: &str, text: &str| vec![painted(Paint::Faint, name), cell(text)];
    out.table(&[
        fact("Source", &format!("{} ({})", created.name, created.kind)),
        fact("Token", &created.token),
        fact("Address", &created.url),
    ])?;
    out.line("The token is shown this once; only its hash is kept.\n")?;
    out.line(created.setup.trim_end())?;
    Ok(())
}

fn show_sources(sources: &[SourceView], context: &Context, out: &mut Out) -> Result<(), Stop> {
    if sources.is_empty() {
        out.line("No sources yet: muster source add alertmanager NAME")?;
    }
    let row = |source: &SourceView| {
        let heard = match (source.silent_since, source.last_heard_at) {
            (Some(since), _) => painted(Paint::Red, format!("silent since {}", time(since))),
            (None, Some(at)) => cell(format!("heard {} ({})", time(at), age(context.now, at))),
            (None, None) => painted(Paint::Amber, "nothing heard yet"),
        };
        let refused = if source.refused == 0 { String::new() } else { format!("{} refused", source.refused) };
        vec![
            cell(&source.name.0),
            cell(&source.kind),
            heard,
            cell(count(source.requests, "request", "requests")),
            painted(Paint::Amber, refused),
            painted(Paint::Faint, source.settings.url.as_deref().unwrap_or_default()),
            cell(source.uptime.as_ref().map_or("", |uptime| uptime.sentence.as_str())),
        ]
    };
    Ok(out.table(&sources.iter().map(row).collect::<Vec<_>>())?)
}

fn show_refusals(refusals: &[RefusalView], out: &mut Out) -> Result<(), Stop> {
    if refusals.is_empty() {
        out.line("Nothing was refused.")?;
    }
    for (index, refusal) in refusals.iter().enumerate() {
        out.heading(index == 0, &format!("{}  {}", time(refusal.at), refusal.reason))?;
        out.line(&refusal.raw)?;
    }
    Ok(())
}
