//! Triage inside a transaction: the home's rules are asked of every alert, and every group about which something is news
//! is judged. What follows from a verdict (a notice, a declaration) is planned with it.

use crate::carry_out::{Fact, Work, declare_for_rule};
use crate::failure::Failure;
use domain::alarms::{self, Candidate, GroupFacts, Hush, Judgement, Rang, SETTLE_MS, Verdict};
use domain::alerts::{AlertEvent, Signal};
use domain::home::HomeEvent;
use domain::matching::Facts;
use domain::quiet::{Quiet, Shape};
use domain::rules::Ruled;
use domain::{AlertSeverity, Entry, EventId, GroupId, ServiceName, Severity, SourceName, Subject, Via, catalog};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use store::{AlertRow, Batch, TriageRow};

/// Alerts of a group that are looked at where it is judged without news: what fires first is what counts.
const ALERTS_LOOKED_AT: usize = 100;
/// Groups judged anew in one transaction: a quiet that ends over more is followed by another.
pub(crate) const JUDGED_ANEW: usize = 2_000;

/// An alert that is news, as its group's verdict needs it.
#[derive(Clone, Debug)]
pub(crate) struct News<'a> {
    source: Cow<'a, SourceName>,
    service: Option<ServiceName>,
    severity: AlertSeverity,
    title: Cow<'a, str>,
    labels: Cow<'a, BTreeMap<String, String>>,
    annotations: Cow<'a, BTreeMap<String, String>>,
    quiet_rule: Option<(String, String)>,
    declare: Option<Severity>,
}

/// Groups about which something was news, with the alerts that made it; none where the news is an end.
#[derive(Debug, Default)]
pub(crate) struct Touched<'a>(BTreeMap<GroupId, Vec<News<'a>>>);

impl<'a> Touched<'a> {
    /// A group of which something ended or was looked at.
    pub fn group(&mut self, group: GroupId) {
        self.0.entry(group).or_default();
    }

    /// A group in which an alert began to fire, or became worse.
    pub fn alert(&mut self, group: GroupId, news: News<'a>) {
        self.0.entry(group).or_default().push(news);
    }
}

/// What the home makes of a signal: its rules, and what it knows of the source.
pub(crate) struct Ruling {
    /// How bad it is to be called.
    pub severity: AlertSeverity,
    service: Option<ServiceName>,
    ruled: Ruled,
}

/// Asks the home's rules about a signal.
pub(crate) fn rule(work: &Work<'_>, source: &SourceName, signal: &Signal) -> Ruling {
    let known = || work.home.sources.get(source).and_then(|source| source.settings.service.clone());
    let service = signal.service.clone().or_else(known);
    let rules = &work.home.alert_rules.compiled;
    let facts = Facts { service: service.as_ref(), ..signal.facts(source) };
    let mut ruled = if rules.is_empty() { Ruled::default() } else { rules.judge(&facts) };
    ruled.quiet = ruled.quiet.filter(|_| work.home.alert_rules.keep_quiet(work.now));
    Ruling { severity: ruled.severity.unwrap_or(signal.severity), service, ruled }
}

impl Ruling {
    /// The signal as it is to be recorded.
    pub fn applied(&self, mut signal: Signal) -> Signal {
        (signal.severity, signal.service) = (self.severity, self.service.clone());
        if let Some(group) = self.ruled.group.as_ref().filter(|group| !group.trim().is_empty()) {
            (signal.group_key, signal.group_title) = (format!("rule:{group}"), group.clone());
        }
        signal.rules = self.ruled.rules.clone();
        signal
    }

    /// What its group's verdict needs of it.
    pub fn news<'a>(self, source: &'a SourceName, signal: &'a Signal) -> News<'a> {
        News {
            source: Cow::Borrowed(source),
            service: self.service,
            severity: self.severity,
            title: Cow::Borrowed(&signal.title),
            labels: Cow::Borrowed(&signal.labels),
            annotations: Cow::Borrowed(&signal.annotations),
            quiet_rule: self.ruled.quiet,
            declare: self.ruled.declare,
        }
    }
}

/// Judges every group about which something was news, the worst first.
pub(crate) fn judge(batch: &mut Batch<'_>, work: &mut Work<'_>, touched: Touched<'_>) -> Result<(), Failure> {
    let mut groups: Vec<(GroupId, Vec<News<'_>>)> = touched.0.into_iter().collect();
    groups.sort_by_key(|(group, news)| (news.iter().map(|news| news.severity).min().unwrap_or(AlertSeverity::Info), *group));
    let mut down = None;
    for (group, news) in groups {
        one(batch, work, group, &news, &mut down)?;
    }
    hush_answered(batch, work)
}

/// Judges groups again without news of theirs: a reason to be silent has passed, or a person ordered something.
pub(crate) fn judge_anew(batch: &mut Batch<'_>, work: &mut Work<'_>, groups: impl IntoIterator<Item = GroupId>) -> Result<(), Failure> {
    let mut touched = Touched::default();
    for group in groups {
        touched.group(group);
        for alert in batch.alerts_of(group, ALERTS_LOOKED_AT)? {
            if alert.status == domain::alerts::AlertStatus::Firing {
                touched.alert(group, known(work, alert));
            }
        }
    }
    judge(batch, work, touched)
}

fn known(work: &Work<'_>, alert: AlertRow) -> News<'static> {
    let rules = &work.home.alert_rules.compiled;
    let facts = Facts {
        source: &alert.source,
        service: alert.service.as_ref(),
        severity: alert.severity,
        title: &alert.title,
        labels: &alert.labels,
        annotations: &alert.annotations,
    };
    let quiet_rule = if work.home.alert_rules.keep_quiet(work.now) { rules.judge(&facts).quiet } else { None };
    News {
        source: Cow::Owned(alert.source),
        service: alert.service,
        severity: alert.severity,
        title: Cow::Owned(alert.title),
        labels: Cow::Owned(alert.labels),
        annotations: Cow::Owned(alert.annotations),
        quiet_rule,
        declare: None,
    }
}

/// Services that are down, read once a transaction and only where the catalogue says that something rests on something.
type Down = Option<BTreeMap<ServiceName, GroupId>>;

fn one(batch: &mut Batch<'_>, work: &mut Work<'_>, id: GroupId, news: &[News<'_>], down: &mut Down) -> Result<(), Failure> {
    let Some(row) = batch.triage(id)? else { return Ok(()) };
    let parent = if row.fires { parent(batch, work, id, &row, down)? } else { None };
    let facts = GroupFacts {
        id,
        fires: row.fires,
        services: row.services.clone(),
        acknowledged_by: row.acknowledged_by.clone(),
        incident: row.incident.clone(),
        noise: row.noise.clone(),
        parent,
    };
    let candidates: Vec<Candidate<'_>> = news.iter().map(News::candidate).collect();
    if let Some(judgement) = alarms::judge(&facts, &candidates, work.home, work.now) {
        follow(batch, work, id, &row, judgement)?;
    }
    match news.iter().filter_map(|news| news.declare).min() {
        Some(severity) if row.fires && row.incident.is_none() => declare_for_rule(batch, work, id, severity),
        Some(_) | None => Ok(()),
    }
}

impl News<'_> {
    fn candidate(&self) -> Candidate<'_> {
        Candidate {
            facts: Facts {
                source: &self.source,
                service: self.service.as_ref(),
                severity: self.severity,
                title: &self.title,
                labels: &self.labels,
                annotations: &self.annotations,
            },
            quiet_rule: self.quiet_rule.as_ref().map(|(rule, why)| (rule.as_str(), why.as_str())),
        }
    }
}

/// What the group's services rest on, and is down by another group's word.
fn parent(
    batch: &mut Batch<'_>,
    work: &Work<'_>,
    id: GroupId,
    row: &TriageRow,
    down: &mut Down,
) -> Result<Option<(ServiceName, GroupId)>, Failure> {
    let below: BTreeSet<ServiceName> = row.services.iter().flat_map(|service| catalog::upstream(&work.home.services, service)).collect();
    if below.is_empty() {
        return Ok(None);
    }
    let down = match down {
        Some(down) => down,
        None => down.insert(batch.down()?.into_iter().rev().collect()),
    };
    let found = below.into_iter().find_map(|service| down.get(&service).map(|group| (service.clone(), *group)));
    Ok(found.filter(|(_, group)| *group != id))
}

fn follow(batch: &mut Batch<'_>, work: &mut Work<'_>, id: GroupId, row: &TriageRow, judged: Judgement) -> Result<(), Failure> {
    let Judgement { verdict, severity } = judged;
    let machine = Entry::machine("muster", Via::System);
    let event = AlertEvent::Judged { verdict: verdict.clone(), severity };
    work.record(batch, &machine, Fact { subject: Subject::Group(id), at: work.now, parents: vec![], event: event.into() })?;
    match verdict {
        Verdict::Rings(_) => {
            let rang = Rang { groups: vec![id], worst: severity, services: row.services.clone() };
            let recorded = work.record(batch, &machine, Fact::home(HomeEvent::AlarmRang(rang), work.now))?;
            Ok(batch.plan_alarm(recorded.envelope.id, work.now.plus_millis(SETTLE_MS))?)
        }
        Verdict::Silent(Hush::Over) => over(batch, work, id),
        Verdict::Silent(_) => Ok(()),
    }
}

/// A group is over: quiets that last until then end, what rests on it is judged anew, and a storm with it may be over.
fn over(batch: &mut Batch<'_>, work: &mut Work<'_>, id: GroupId) -> Result<(), Failure> {
    let none_fires = batch.firing_groups(1)?.is_empty();
    let ends = |quiet: &Quiet| quiet.order.until_over && (quiet.is_about(id) || (quiet.order.shape == Shape::Storm && none_fires));
    let ended: Vec<(EventId, Quiet)> =
        work.home.quiet.iter().filter(|(_, quiet)| ends(quiet)).map(|(event, quiet)| (*event, quiet.clone())).collect();
    let machine = Entry::machine("muster", Via::System);
    for (quiet, known) in ended {
        work.record(batch, &machine, Fact::home(HomeEvent::QuietEnded { quiet }, work.now))?;
        if tells_its_end(known.order.shape) {
            batch.plan_ears(quiet, work.now)?;
        }
    }
    let children = batch.children_of(id)?;
    if children.is_empty() { Ok(()) } else { judge_anew(batch, work, children) }
}

/// Whether whoever ordered the quiet wants to hear that what it covered has ended.
const fn tells_its_end(shape: Shape) -> bool {
    match shape {
        Shape::Muted | Shape::Storm => true,
        Shape::Dismissed | Shape::Snoozed | Shape::NotMine | Shape::Maintenance | Shape::QuietHours => false,
    }
}

/// Takes the alarm's notice down where none of the groups that rang waits any more.
fn hush_answered(batch: &mut Batch<'_>, work: &mut Work<'_>) -> Result<(), Failure> {
    let Some(alarm) = work.home.alarm.clone().filter(|alarm| !alarm.answered) else { return Ok(()) };
    for group in &alarm.groups {
        let waits = batch.triage(*group)?.is_some_and(|row| row.noise.is_some_and(|noise| matches!(noise.verdict, Verdict::Rings(_))));
        if waits {
            return Ok(());
        }
    }
    let event = HomeEvent::AlarmAnswered { alarm: alarm.id };
    let recorded = work.record(batch, &Entry::machine("muster", Via::System), Fact::home(event, work.now))?;
    Ok(batch.hush_alarm(recorded.envelope.id, work.now)?)
}

/// Ends every quiet whose time has passed, and judges anew what fires: what was covered may ring, what is covered now
/// rings no more.
pub(crate) fn quiets_turn(batch: &mut Batch<'_>, work: &mut Work<'_>) -> Result<(), Failure> {
    let machine = Entry::machine("muster", Via::Timer);
    let ended: Vec<EventId> = work.home.quiet.iter().filter(|(_, quiet)| quiet.order.until <= work.now).map(|(id, _)| *id).collect();
    for quiet in ended {
        work.record(batch, &machine, Fact::home(HomeEvent::QuietEnded { quiet }, work.now))?;
    }
    let groups = batch.firing_groups(JUDGED_ANEW)?;
    judge_anew(batch, work, groups)
}
