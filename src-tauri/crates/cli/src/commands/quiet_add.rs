//! Keeping something quiet: what, in which shape, for how long and why.

use super::{Stop, confirm_many, read};
use crate::context::{Context, person};
use crate::flags::{For, alert_severity, lasting, minutes_of};
use crate::out::Out;
use crate::times::minutes;
use crate::words::{count, time};
use api::dto::{AddQuiet, ManyReceipt, QuietOver};
use api::{ApiError, Request};
use clap::{ArgGroup, Args, ValueEnum};
use domain::quiet::Shape;
use domain::{AlertSeverity, Handle};
use serde_json::Value;

/// The shapes of quiet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Kind {
    /// Not now; rings again when its time is over
    Snooze,
    /// Known, until it ends or for a while
    Mute,
    /// Somebody else's, with --to
    NotMine,
    /// Noise, until it ends
    Dismiss,
    /// Planned work
    Maintenance,
    /// Only what is bad enough, at these hours
    QuietHours,
    /// "I know" of all that fires now
    Storm,
}

impl Kind {
    const fn shape(self) -> Shape {
        match self {
            Self::Snooze => Shape::Snoozed,
            Self::Mute => Shape::Muted,
            Self::NotMine => Shape::NotMine,
            Self::Dismiss => Shape::Dismissed,
            Self::Maintenance => Shape::Maintenance,
            Self::QuietHours => Shape::QuietHours,
            Self::Storm => Shape::Storm,
        }
    }
}

/// Keep something quiet. It has an end, a reason and an owner; nothing is quiet for ever.
#[derive(Args, Debug)]
#[command(group = ArgGroup::new("over").required(true).args(["groups", "when", "everything"]))]
pub struct Add {
    /// In which way
    #[arg(value_enum, value_name = "SHAPE")]
    kind: Kind,
    /// Groups: ids, unique prefixes, or keys of alerts
    #[arg(value_name = "ALERT")]
    groups: Vec<String>,
    /// All alerts on which these conditions hold, such as "service=db severity<=warning"
    #[arg(long, value_name = "CONDITIONS")]
    when: Option<String>,
    /// All alerts: a storm, quiet hours or maintenance
    #[arg(long)]
    everything: bool,
    /// For so long, such as 2h; groups, where nothing is said, until they end
    #[arg(long = "for", value_name = "SPAN", value_parser = lasting)]
    for_name: Option<For>,
    /// Until then; of what recurs the last day
    #[arg(long, value_name = "TIME", conflicts_with = "for_name")]
    until: Option<String>,
    /// From then on; of what recurs the first time
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// Why
    #[arg(long)]
    reason: Option<String>,
    /// What it is called in the list
    #[arg(long)]
    title: Option<String>,
    /// Only what is less bad than this
    #[arg(long, value_name = "SEVERITY", value_parser = alert_severity)]
    below: Option<AlertSeverity>,
    /// Who gets it, with not-mine
    #[arg(long, value_name = "NAME", value_parser = person)]
    to: Option<Handle>,
    /// When it recurs, as RFC 5545 says it: FREQ=WEEKLY;BYDAY=TU
    #[arg(long, value_name = "RRULE", requires = "lasts")]
    repeat: Option<String>,
    /// How long each time lasts, such as 2h
    #[arg(long, value_name = "SPAN", value_parser = minutes, requires = "repeat")]
    lasts: Option<u32>,
    /// The zone in which it recurs, such as Europe/Berlin [default: this machine's]
    #[arg(long, requires = "repeat")]
    zone: Option<String>,
}

impl Add {
    /// The operation.
    pub fn request(&self, context: &Context) -> Result<Request, ApiError> {
        let instant = |field: &str, typed: Option<&String>| -> Result<_, ApiError> {
            let ahead = typed.map(|typed| context.ahead(field, typed)).transpose()?;
            Ok(ahead.map(|ahead| match ahead.split() {
                (Some(at), _) => at,
                (None, minutes) => context.now.plus_secs(i64::from(minutes.unwrap_or(0)) * 60),
            }))
        };
        Ok(Request::QuietAdd(AddQuiet {
            shape: self.kind.shape(),
            over: QuietOver {
                groups: (!self.groups.is_empty()).then(|| self.groups.clone()),
                when: self.when.clone(),
                everything: self.everything,
            },
            reason: self.reason.clone(),
            title: self.title.clone(),
            from: instant("from", self.from.as_ref())?,
            until: instant("until", self.until.as_ref())?,
            minutes: self.lasts.or(minutes_of(self.for_name.as_ref())?),
            below: self.below,
            rule: self.repeat.clone(),
            zone: self.zone.clone(),
            to: self.to.clone(),
        }))
    }
}

/// Groups in a shape; all else as its defaults say.
pub fn of_groups(shape: Shape, groups: &[String], reason: Option<&String>) -> AddQuiet {
    let over = QuietOver { groups: Some(groups.to_vec()), when: None, everything: false };
    AddQuiet {
        shape,
        over,
        reason: reason.cloned(),
        title: None,
        from: None,
        until: None,
        minutes: None,
        below: None,
        rule: None,
        zone: None,
        to: None,
    }
}

/// Says what is quiet now.
pub fn confirm_added(answer: Value, out: &mut Out) -> Result<(), Stop> {
    let receipt: ManyReceipt = read(answer.clone())?;
    let names: Vec<String> = receipt.events.iter().map(|event| format!("muster quiet end {event}")).collect();
    confirm_many(answer, out, |changed| format!("{} quiet.", count(u64::from(changed), "thing is", "things are")))?;
    for name in names {
        out.done(name)?;
    }
    Ok(())
}

/// When a quiet ends, as exactly as it says.
pub fn ends(until: &str, at: Option<domain::Timestamp>) -> String {
    match at {
        Some(at) if until.starts_with("at ") && !until.contains("recurs") => format!("until {}", time(at)),
        Some(_) | None => until.to_owned(),
    }
}
