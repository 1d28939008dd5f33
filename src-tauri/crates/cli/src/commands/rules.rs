//! Which alerts mean what: rules as a file, tried on the past, set as a whole.

use super::notices::{HowLoud, confirm_set};
use super::{Ask, Stop, confirm, read};
use crate::context::Context;
use crate::flags;
use crate::out::{Cell, Out, Paint, cell, painted};
use crate::words::{ago, count};
use api::dto::{DryRunView, Nothing, RuleView, RulesView, SetRules};
use api::{ApiError, Code, Request};
use clap::{Args, Subcommand};
use domain::Severity;
use domain::rules::Rule as AlertRule;
use serde_json::Value;

/// Which alerts mean what: how bad they are, whose they are, what is declared, what is kept quiet.
#[derive(Args, Debug)]
pub struct Rule {
    #[command(subcommand)]
    act: RuleAct,
}

#[derive(Subcommand, Debug)]
enum RuleAct {
    /// All rules, and how often each fitted in the last 30 days
    List {
        /// As a file, to be changed and set again
        #[arg(long)]
        file: bool,
    },
    /// Set the rules, all of them, from a file
    Set {
        /// The file; `-` reads standard input. A severity instead changes how loud it calls, as `notice set` does
        #[arg(value_name = "FILE")]
        what: String,
        #[command(flatten)]
        loud: HowLoud,
    },
    /// What the rules of a file would have done over the last 30 days; changes nothing
    DryRun {
        /// The file; `-` reads standard input
        file: String,
    },
}

impl RuleAct {
    /// The severity whose notices are meant.
    fn notices(&self) -> Option<(Severity, &HowLoud)> {
        match self {
            Self::Set { what, loud } => Severity::parse(what).filter(|_| !loud.is_empty()).map(|severity| (severity, loud)),
            Self::List { .. } | Self::DryRun { .. } => None,
        }
    }
}

impl Ask for Rule {
    fn before(&self) -> Option<Request> {
        self.act.notices().and_then(|(_, loud)| loud.before())
    }

    fn request(&self, context: &Context, before: Option<Value>) -> Result<Request, ApiError> {
        if let Some((severity, loud)) = self.act.notices() {
            return loud.request(severity, before);
        }
        let of_file = |file: &str| Ok::<_, ApiError>(SetRules { rules: None, text: Some(context.file(file)?) });
        match &self.act {
            RuleAct::List { .. } => Ok(Request::RuleList(Nothing {})),
            RuleAct::Set { what, loud } if loud.is_empty() => Ok(Request::RuleSet(of_file(what)?)),
            RuleAct::Set { what, .. } => {
                let refusal =
                    ApiError::new(Code::InvalidRequest, format!("{what:?} is no severity, and only severities are more or less loud."));
                Err(refusal.hint(flags::severity(what).err().unwrap_or_default()))
            }
            RuleAct::DryRun { file } => Ok(Request::RuleDryRun(of_file(file)?)),
        }
    }

    fn show(&self, answer: Value, context: &Context, out: &mut Out) -> Result<(), Stop> {
        if let Some((severity, _)) = self.act.notices() {
            return confirm_set(severity, answer, out);
        }
        match &self.act {
            RuleAct::List { file: true } => Ok(out.line(read::<RulesView>(answer)?.text.trim_end())?),
            RuleAct::List { file: false } => show_rules(&read(answer)?, context, out),
            RuleAct::Set { .. } => confirm(answer, out, "The rules are set."),
            RuleAct::DryRun { .. } => show_dry_run(&read(answer)?, out),
        }
    }
}

fn show_rules(view: &RulesView, context: &Context, out: &mut Out) -> Result<(), Stop> {
    if view.rules.is_empty() {
        out.line("No rules yet. muster rule list --file > rules.toml begins a file; muster rule dry-run rules.toml tries it.")?;
    }
    let row = |view: &RuleView| {
        let last = view.last_hit_at.map_or_else(String::new, |at| format!(", {}", ago(context.now, at)));
        vec![
            cell(&view.rule.name),
            cell(view.rule.when.to_string()),
            cell(says(&view.rule)),
            painted(Paint::Faint, format!("{}{last}", count(view.hits, "hit", "hits"))),
        ]
    };
    out.table(&view.rules.iter().map(row).collect::<Vec<_>>())?;
    if let Some(until) = view.quiet_until {
        let day = until.date();
        out.line(if context.now < until {
            format!("Kept quiet until {day}; setting the rules again sets that anew.")
        } else {
            format!("Kept quiet until {day}, and no longer. Set the rules again to go on.")
        })?;
    }
    Ok(())
}

/// What a rule says of the alerts it fits.
fn says(rule: &AlertRule) -> String {
    let parts = [
        rule.severity.map(|severity| format!("is {}", severity.wire())),
        rule.group.as_ref().map(|group| format!("group {group}")),
        rule.person.as_ref().map(|person| format!("@{person}")),
        rule.role.map(|role| role.title().to_owned()),
        rule.playbook.as_ref().map(|playbook| format!("playbook {playbook}")),
        rule.declare.map(|severity| format!("declares {}", severity.label())),
        rule.quiet.as_ref().map(|why| format!("quiet: {why}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn show_dry_run(run: &DryRunView, out: &mut Out) -> Result<(), Stop> {
    out.line(&run.sentence)?;
    let rows: Vec<Vec<Cell>> = run
        .rules
        .iter()
        .map(|rule| vec![cell(&rule.name), cell(count(rule.hits, "hit", "hits")), painted(Paint::Faint, rule.examples.join("; "))])
        .collect();
    Ok(out.table(&rows)?)
}
