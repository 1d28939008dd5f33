//! Sorting alerts: quiet, why, rules, services, what was changed, what makes noise, and what this home hears.

use super::alert::{GroupView, SourceView};
use super::request::Spoken;
use domain::catalog::ServiceCard;
use domain::home::SourceSettings;
use domain::quiet::Shape;
use domain::rules::Rule;
use domain::{AlertSeverity, EventId, GroupId, Handle, IncidentRef, ServiceName, Severity, SourceName, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// What a quiet covers; exactly one of the three.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct QuietOver {
    /// Groups, by id, unique prefix, or an alert's key.
    pub groups: Option<Vec<String>>,
    /// Alerts on which these conditions hold, such as `service=checkout severity<=warning`.
    pub when: Option<String>,
    /// Every alert.
    #[ts(as = "Option<_>", optional)]
    pub everything: bool,
}

/// Keeps something quiet. One of `minutes` and `until` says for how long; without either, until it is over (groups), at
/// most for seven days.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct AddQuiet {
    pub shape: Shape,
    pub over: QuietOver,
    /// Why; a default for snooze, mute and dismissed.
    #[serde(default)]
    pub reason: Option<String>,
    /// What it is called in the list; the group's title or the conditions where absent.
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub from: Option<Timestamp>,
    #[serde(default)]
    pub until: Option<Timestamp>,
    #[serde(default)]
    pub minutes: Option<u32>,
    /// Only alerts less bad than this.
    #[serde(default)]
    pub below: Option<AlertSeverity>,
    /// RFC 5545 recurrence rule, such as `FREQ=WEEKLY;BYDAY=TU`; each time lasts `minutes`, until `until`.
    #[serde(default)]
    pub rule: Option<String>,
    /// Zone of the rule by its IANA name; this machine's where absent.
    #[serde(default)]
    pub zone: Option<String>,
    /// Who gets it, for `not_mine`.
    #[serde(default)]
    pub to: Option<Handle>,
}

/// "I know": the storm under way makes no noise for so long, unless something new breaks through.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct SetStorm {
    pub on: bool,
    /// Default 30.
    #[serde(default)]
    pub minutes: Option<u32>,
}

/// One thing that is kept from making a noise, and who said so.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct QuietView {
    /// Null for what a rule, a parent, flapping or a group keeps quiet: it ends by itself or with its cause.
    pub id: Option<EventId>,
    /// `dismissed`, `snoozed`, `muted`, `not_mine`, `maintenance`, `storm`, `quiet_hours`, `rule`, `parent`, `flapping`, `group`.
    pub shape: String,
    pub title: String,
    pub reason: String,
    pub owner: String,
    pub since: Timestamp,
    /// When it ends, as a sentence part: "when it ends", "at 14:30 UTC".
    pub until: String,
    /// The instant at which it ends at the latest.
    pub until_at: Option<Timestamp>,
    /// Whether it holds now; a window may lie ahead or between two times.
    pub holds: bool,
    /// Groups that it keeps quiet now.
    #[ts(type = "number")]
    pub groups: u64,
    /// Alerts of those that fire.
    #[ts(type = "number")]
    pub alerts: u64,
}

/// The alert that is asked about.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct OneAlert {
    /// An alert's key or a group's id, or a unique prefix of either.
    pub alert: String,
}

/// Why it did or did not make a noise.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct WhyView {
    pub group: GroupId,
    pub title: String,
    pub rang: bool,
    /// One sentence.
    pub sentence: String,
    /// What would change that.
    pub change: String,
    /// The rules that fitted it.
    pub rules: Vec<String>,
    /// The order that keeps it quiet, to end it.
    pub quiet: Option<EventId>,
}

/// A rule and what it did.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct RuleView {
    pub rule: Rule,
    /// Alerts it fitted in the last 30 days.
    #[ts(type = "number")]
    pub hits: u64,
    pub last_hit_at: Option<Timestamp>,
}

/// All rules, in their order, and as a file.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct RulesView {
    pub rules: Vec<RuleView>,
    /// The same as TOML.
    pub text: String,
    /// Until when those that keep alerts quiet do so; setting the rules again sets it anew.
    pub quiet_until: Option<Timestamp>,
}

/// Rules as a list or as a file's text; exactly one of the two.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct SetRules {
    pub rules: Option<Vec<Rule>>,
    pub text: Option<String>,
}

/// What rules would have done over the last 30 days.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct DryRunView {
    /// "Would have declared 3, kept quiet 212, changed the severity of 4."
    pub sentence: String,
    pub from: Timestamp,
    #[ts(type = "number")]
    pub alerts: u64,
    #[ts(type = "number")]
    pub declared: u64,
    #[ts(type = "number")]
    pub quieted: u64,
    #[ts(type = "number")]
    pub severity_changed: u64,
    pub rules: Vec<DryRunRule>,
}

/// What one rule would have done.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct DryRunRule {
    pub name: String,
    #[ts(type = "number")]
    pub hits: u64,
    /// Titles of a few alerts it fits.
    pub examples: Vec<String>,
}

/// A service of the catalogue, and who watches it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct ServiceView {
    pub name: ServiceName,
    pub card: ServiceCard,
    /// Services that rest on it.
    pub dependents: Vec<ServiceName>,
    /// Sources that ever sent an alert about it; empty: nobody watches it.
    pub watched_by: Vec<SourceName>,
    #[ts(type = "number")]
    pub firing: u64,
    /// False: alerts speak of it, and the catalogue does not know it.
    pub in_catalog: bool,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct DescribeService {
    pub name: ServiceName,
    pub card: ServiceCard,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct OneService {
    pub name: ServiceName,
}

/// A catalogue as text: our YAML, or Backstage's `catalog-info.yaml`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ImportServices {
    pub text: String,
    /// Only say what it would do.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub dry_run: bool,
}

/// What an import of services does.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct ServicesImport {
    pub added: Vec<ServiceName>,
    pub changed: Vec<ServiceName>,
    #[ts(type = "number")]
    pub same: u64,
    /// What was passed over, with the reason.
    pub skipped: Vec<String>,
}

/// Something that was done to a system.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct ChangeView {
    pub id: EventId,
    pub source: SourceName,
    pub title: String,
    pub at: Timestamp,
    pub outcome: Option<String>,
    pub service: Option<ServiceName>,
    pub link: Option<String>,
    pub labels: BTreeMap<String, String>,
}

/// Which changes to list.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct ListChanges {
    /// Those around the beginning of this incident.
    pub incident: Option<String>,
    /// Default: the last 24 hours.
    pub since: Option<Timestamp>,
    pub limit: Option<u32>,
}

/// Somebody reports a problem, on a call or in person.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct AddReport {
    /// What they say.
    pub text: String,
    #[serde(default)]
    pub service: Option<ServiceName>,
    #[serde(default)]
    pub severity: Option<AlertSeverity>,
    #[serde(flatten)]
    pub spoken: Spoken,
}

/// What a tool would send, from a file or a command; see `muster ingest`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct IngestText {
    pub source: SourceName,
    /// The body, base64.
    pub body: String,
    /// Read as this kind; the source's own where absent.
    #[serde(default)]
    pub format: Option<String>,
}

/// What came of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct IngestReceipt {
    #[ts(type = "number")]
    pub accepted: u64,
    #[ts(type = "number")]
    pub changes: u64,
    /// What was refused, each with a sentence.
    pub refused: Vec<String>,
}

/// Changes what is set of a source; absent fields of `settings` are unset.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct SetSource {
    pub name: SourceName,
    pub settings: SourceSettings,
    /// A token to ask with, or the secret that signs; goes to the secrets of this machine. Absent: stays.
    #[serde(default)]
    pub secret: Option<String>,
}

/// One group in the inbox, with what helps to decide.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct TriageView {
    pub group: GroupView,
    pub suggested: Severity,
    /// Why that severity.
    pub suggested_because: String,
    /// The open incident it looks like part of.
    pub likely: Option<LikelyView>,
    /// Other waiting groups that look like the same thing.
    pub alike: Vec<GroupId>,
    /// Why those are alike.
    pub alike_because: Option<String>,
    /// Incidents of the past that look like it.
    pub similar: Vec<SimilarView>,
    /// Who owns its service, from the catalogue or a rule.
    pub owner: Option<String>,
    pub playbook: Option<String>,
    /// Whether it made a noise, and why, in one sentence.
    pub why: String,
    /// Beginnings in each of the last 30 minutes, oldest first.
    pub spark: Vec<u32>,
}

/// An open incident that a group may belong to.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct LikelyView {
    pub reference: IncidentRef,
    pub title: String,
    /// "same services and upstream: checkout, payments"
    pub because: String,
}

/// An incident of the past that a group looks like.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct SimilarView {
    pub reference: IncidentRef,
    pub title: String,
    pub severity: Severity,
    pub resolved_at: Option<Timestamp>,
    pub because: String,
    /// What was decided or done then, newest first, at most three lines.
    pub helped: Vec<String>,
}

/// How this home hears.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct EarsView {
    /// `deaf` (no source), `heard`, `unheard`, `catching_up`, `silent`, `cut_off`.
    pub state: String,
    /// One sentence: "Cut off since 03:02", "Catching up, last heard 01:12", "eu was last heard 11 min ago".
    pub sentence: String,
    /// Since when it is so; while it catches up, since when it can hear again.
    pub since: Option<Timestamp>,
    /// Sources that should have spoken.
    pub silent: Vec<SourceName>,
}

/// Everything the triage inbox shows.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct InboxView {
    /// In the order of what needs a decision, at most 200; then those that fire and somebody looks at.
    pub waiting: Vec<TriageView>,
    /// All of them, those not shown included.
    #[ts(type = "number")]
    pub waiting_total: u64,
    /// Groups kept out of it, today.
    #[ts(type = "number")]
    pub absorbed: u64,
    pub absorbed_since: Timestamp,
    /// "I know" is on until then.
    pub storm_until: Option<Timestamp>,
    /// Alerts the storm holds.
    #[ts(type = "number")]
    pub storm_held: u64,
    pub quiet: Vec<QuietView>,
    pub ears: EarsView,
    pub sources: Vec<SourceView>,
    pub changes: Vec<ChangeView>,
}

/// Which noise to look at.
#[derive(Clone, Default, PartialEq, Debug, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
#[serde(default)]
pub struct AskNoise {
    /// Default: 30 days ago.
    pub from: Option<Timestamp>,
}

/// What made noise, and what would make less of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct NoiseView {
    pub from: Timestamp,
    pub to: Timestamp,
    /// By what the alert is called and who sends it, the noisiest first.
    pub rows: Vec<NoiseRow>,
    /// Steps that people take by hand again and again.
    pub repeated: Vec<RepeatedStep>,
}

/// One kind of alert.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct NoiseRow {
    pub name: String,
    pub source: SourceName,
    /// Times an alert of it began to fire.
    #[ts(type = "number")]
    pub fired: u64,
    /// Times it made a noise.
    #[ts(type = "number")]
    pub notified: u64,
    /// Groups of it that somebody acknowledged, attached or declared from.
    #[ts(type = "number")]
    pub acted_on: u64,
    #[ts(type = "number")]
    pub quieted: u64,
    #[ts(type = "number")]
    pub flapped: u64,
    /// Noises between 22:00 and 07:00 in this machine's zone.
    #[ts(type = "number")]
    pub at_night: u64,
    /// What to change at the tool, as text to copy; null where nothing is to be proposed.
    pub proposal: Option<Proposal>,
}

/// A change to the tool's own rules.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct Proposal {
    /// `group`, `for`, `inhibit`, `mute`.
    pub kind: String,
    pub sentence: String,
    /// Lines for Alertmanager, Prometheus or Grafana.
    pub text: String,
    /// Noises it would have saved.
    #[ts(type = "number")]
    pub saves: u64,
}

/// A step that people take by hand in many incidents.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, TS)]
pub struct RepeatedStep {
    pub text: String,
    #[ts(type = "number")]
    pub times: u64,
    pub incidents: Vec<IncidentRef>,
}
