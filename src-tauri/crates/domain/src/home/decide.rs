//! What may be recorded of the home, and why it may be refused.

use super::{Home, HomeEvent, QuietScope};
use crate::notices::REPEAT_LIMIT_MINUTES;
use crate::{Handle, NoticeRule, Severity, SourceName};

/// Why a command to the home was refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[allow(missing_docs, reason = "each variant's message is its documentation")]
pub enum HomeRejection {
    #[error("@{0} is known already.")]
    PersonKnown(Handle),
    #[error("A source named {0} exists already.")]
    SourceExists(SourceName),
    #[error("No source is named {0}.")]
    NoSource(SourceName),
    #[error("Only SEV1 and SEV2 may call again.")]
    RepeatTooLoud,
    #[error("A repeat comes after 1 to {REPEAT_LIMIT_MINUTES} minutes.")]
    RepeatOutOfRange,
    #[error("It is quiet already.")]
    QuietAlready,
    #[error("It is not quiet.")]
    NotQuiet,
    #[error("Nothing would change.")]
    NothingToChange,
}

/// Decides on an event of the home: whether it may be recorded as it stands.
pub fn decide(home: &Home, event: HomeEvent) -> Result<HomeEvent, HomeRejection> {
    let refusal = match &event {
        HomeEvent::PersonAdded { handle, name } => home
            .people
            .get(handle)
            .filter(|known| name.is_none() || known.name == *name)
            .map(|_| HomeRejection::PersonKnown(handle.clone())),
        HomeEvent::SourceAdded { name, .. } => home.sources.contains_key(name).then(|| HomeRejection::SourceExists(name.clone())),
        HomeEvent::SourceRotated { name, .. } | HomeEvent::SourceRemoved { name } => {
            (!home.sources.contains_key(name)).then(|| HomeRejection::NoSource(name.clone()))
        }
        HomeEvent::NoticeRuleSet { severity, rule } => refuse_rule(home, *severity, *rule),
        HomeEvent::QuietAdded { scope: QuietScope::GroupUntilOver(group), .. } => {
            home.quiet_of(*group).map(|_| HomeRejection::QuietAlready)
        }
        HomeEvent::QuietEnded { quiet } => (!home.quiet.contains_key(quiet)).then_some(HomeRejection::NotQuiet),
    };
    refusal.map_or(Ok(event), Err)
}

fn refuse_rule(home: &Home, severity: Severity, rule: NoticeRule) -> Option<HomeRejection> {
    match rule.repeat_minutes {
        Some(_) if !severity.is_major() => Some(HomeRejection::RepeatTooLoud),
        Some(minutes) if !(1..=REPEAT_LIMIT_MINUTES).contains(&minutes) => Some(HomeRejection::RepeatOutOfRange),
        Some(_) | None => (home.rule(severity) == rule).then_some(HomeRejection::NothingToChange),
    }
}
