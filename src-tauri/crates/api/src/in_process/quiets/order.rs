//! Ordering quiet: what is covered, for how long, and why, with a default where people need not say it.

use super::super::command::handle;
use super::super::incidents::Wish;
use super::super::{Answer, InProcess};
use super::storm::STORM_MINUTES;
use super::{MINUTE_MS, after, undo};
use crate::dto::*;
use crate::{ApiError, Code};
use domain::home::HomeEvent;
use domain::matching::When;
use domain::quiet::{DISMISSED_DAYS, QuietOrder, QuietScope, RECURS_DAYS_MAX, Recurrence, Shape};
use domain::{AlertSeverity, EventId, GroupId, Timestamp};
use engine::Act;
use serde_json::json;
use std::collections::BTreeMap;

/// Length of a snooze where none is said, in minutes: the button on a notice says the same.
const SNOOZE_MINUTES: u32 = 30;
/// What is handed on comes back after so many minutes at the latest (24 h): nobody loses it for longer than a day.
const HANDED_MINUTES: u32 = 24 * 60;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

impl InProcess {
    pub(in crate::in_process) async fn quiet_add(&self, caller: &Caller, ask: AddQuiet) -> Answer<ManyReceipt> {
        let over = (ask.over.groups.as_ref(), ask.over.when.as_ref(), ask.over.everything);
        if ask.shape == Shape::Storm && !ask.over.everything {
            return Err(ApiError::new(Code::InvalidField, "A storm is about everything that fires now.").field("over"));
        }
        match over {
            (Some(groups), None, false) if !groups.is_empty() => self.quiet_groups(caller, &ask, groups).await,
            (None, Some(when), false) => {
                let when = When::parse(when).map_err(|fault| ApiError::new(Code::InvalidField, fault.to_string()).field("when"))?;
                let title = when.to_string();
                self.quiet_scope(caller, &ask, QuietScope::Alerts(when), title).await
            }
            (None, None, true) if ask.shape == Shape::Storm => {
                let minutes = Some(self.minutes_left(&ask)?);
                let receipt = self.storm_on(caller, minutes, ask.reason.clone()).await?;
                Ok(many(receipt.seq, receipt.event.into_iter().collect(), vec![]))
            }
            (None, None, true) => self.quiet_scope(caller, &ask, QuietScope::Everything, "Everything".into()).await,
            _ => Err(ApiError::new(Code::InvalidField, "Say what is to be quiet: groups, conditions, or everything.").field("over")),
        }
    }

    /// Groups are quiet one by one: one that is quiet already is said, and keeps no other back.
    async fn quiet_groups(&self, caller: &Caller, ask: &AddQuiet, typed: &[String]) -> Answer<ManyReceipt> {
        let groups = self.find_groups(typed).await?;
        let home = self.engine.home();
        let titles = self.titles(groups.clone()).await?;
        let (mut events, mut refused) = (vec![], vec![]);
        for group in groups {
            let title = ask.title.clone().or_else(|| titles.get(&group).cloned()).unwrap_or_default();
            if home.quiet_of(group).is_some() {
                refused.push(format!("{title} is quiet already."));
                continue;
            }
            events.push(HomeEvent::QuietSet { order: self.order(ask, QuietScope::Group(group), title)? });
        }
        if events.is_empty() {
            return Err(ApiError::new(Code::Refused, refused.join(" ")).hint("End it in the list of what is quiet first."));
        }
        let done = self.submit(caller, Wish::plain(Act::HomeAll(events))).await?;
        Ok(many(done.seq, done.events, refused))
    }

    async fn quiet_scope(&self, caller: &Caller, ask: &AddQuiet, scope: QuietScope, title: String) -> Answer<ManyReceipt> {
        let order = self.order(ask, scope, ask.title.clone().unwrap_or(title))?;
        let done = self.submit(caller, Wish::plain(Act::Home(HomeEvent::QuietSet { order }))).await?;
        Ok(many(done.seq, done.events, vec![]))
    }

    fn order(&self, ask: &AddQuiet, scope: QuietScope, title: String) -> Answer<QuietOrder> {
        let now = self.engine.now();
        let begins = ask.from.unwrap_or(now);
        let recurs = ask.rule.as_ref().map(|rule| self.recurrence(ask, rule, begins)).transpose()?;
        let (until, until_over) = match (&recurs, &scope) {
            (Some(_), _) => (ask.until.unwrap_or(now.plus_millis(RECURS_DAYS_MAX * DAY_MS)), false),
            (None, QuietScope::GroupUntilOver(_) | QuietScope::Group(_)) => group_until(ask, begins),
            (None, QuietScope::Alerts(_) | QuietScope::Everything) => {
                let until = ask.until.or(ask.minutes.map(|minutes| after(begins, minutes)));
                let missing = || ApiError::new(Code::InvalidField, "Say for how long: none is endless.").field("minutes");
                (until.ok_or_else(missing)?, false)
            }
        };
        let below = ask.below.or((ask.shape == Shape::QuietHours).then_some(AlertSeverity::Error));
        let reason = reason(ask)?;
        Ok(QuietOrder { scope, shape: ask.shape, title, reason, from: ask.from, until, until_over, below, recurs, known: None })
    }

    /// Each time lasts as long as is said, in this machine's zone where none is.
    fn recurrence(&self, ask: &AddQuiet, rule: &str, first: Timestamp) -> Answer<Recurrence> {
        let missing = || ApiError::new(Code::InvalidField, "Say how long each time lasts.").hint("Such as 120 minutes.").field("minutes");
        let minutes = ask.minutes.ok_or_else(missing)?;
        let zone = ask.zone.clone().unwrap_or_else(|| self.local.zone().name().to_owned());
        Ok(Recurrence { rule: rule.trim().to_owned(), first, minutes, zone })
    }

    fn minutes_left(&self, ask: &AddQuiet) -> Answer<u32> {
        let until = ask.until.map(|until| until.since(self.engine.now()).max(0) / MINUTE_MS);
        match until {
            Some(minutes) => {
                u32::try_from(minutes).map_err(|_| ApiError::new(Code::InvalidField, "A storm ends within a day.").field("until"))
            }
            None => Ok(ask.minutes.unwrap_or(STORM_MINUTES)),
        }
    }

    async fn titles(&self, groups: Vec<GroupId>) -> Answer<BTreeMap<GroupId, String>> {
        let read = move |reader: &store::Reader| {
            groups.into_iter().map(|group| Ok(reader.group(group)?.map(|row| (group, row.title)))).collect::<Result<Vec<_>, _>>()
        };
        Ok(self.engine.read(read).await?.into_iter().flatten().collect())
    }
}

/// A group's quiet ends with the group where nothing else is said; what is handed on, within a day in any case.
fn group_until(ask: &AddQuiet, begins: Timestamp) -> (Timestamp, bool) {
    let said = ask.until.or(ask.minutes.map(|minutes| after(begins, minutes)));
    match (ask.shape, said) {
        (Shape::NotMine, said) => {
            let latest = after(begins, HANDED_MINUTES);
            (said.map_or(latest, |until| until.min(latest)), true)
        }
        (_, Some(until)) => (until, false),
        (Shape::Snoozed, None) => (after(begins, SNOOZE_MINUTES), false),
        (_, None) => (begins.plus_millis(DISMISSED_DAYS * DAY_MS), true),
    }
}

fn reason(ask: &AddQuiet) -> Answer<String> {
    if let Some(said) = ask.reason.as_ref().map(|reason| reason.trim()).filter(|reason| !reason.is_empty()) {
        return Ok(said.to_owned());
    }
    let named = match ask.shape {
        Shape::Dismissed => "noise".to_owned(),
        Shape::Snoozed => "not now".to_owned(),
        Shape::Muted => "known".to_owned(),
        Shape::QuietHours => "only what is bad enough".to_owned(),
        Shape::Storm => "I know".to_owned(),
        Shape::NotMine => {
            let missing = || ApiError::new(Code::InvalidField, "Say who gets it.").hint("Name a person, as in @dana.").field("to");
            format!("handed to @{}", handle(ask.to.as_ref().ok_or_else(missing)?.as_str(), "to")?)
        }
        Shape::Maintenance => {
            return Err(ApiError::new(Code::InvalidField, "Say what work is planned.").field("reason"));
        }
    };
    Ok(named)
}

fn many(seq: u64, events: Vec<EventId>, refused: Vec<String>) -> ManyReceipt {
    let back = events.split_first().map(|(id, also)| json!({ "id": id, "also": also }));
    let undo = back.and_then(|params| undo("quiet.end", params, "it may make a noise again"));
    ManyReceipt { changed: events.len() as u32, seq, events, refused, undo }
}
