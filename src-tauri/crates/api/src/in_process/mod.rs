//! Answers operations from the engine in this process. Translates, and decides nothing.

mod alerts;
mod catalog;
mod changes;
mod command;
mod comms;
mod declare;
mod entries;
mod faults;
mod hearing;
mod home;
mod inbox;
mod incidents;
mod ingest;
mod lookup;
mod noise;
mod paste;
mod people;
mod quiets;
mod reach;
mod reports;
mod rule_text;
mod rules;
mod settings;
mod shift;
mod sources;
mod speakers;
#[cfg(test)]
mod tests;
mod ties;
mod timeline;
mod undo;
mod uptime;
mod views;
mod watchers;
mod why;

use crate::backend::{Backend, Desktop, Local};
use crate::dto::Spoken;
use crate::dto::{Caller, Pushed};
use crate::{ApiError, Code, Request, answer};
use async_trait::async_trait;
use domain::incidents::{HandoffCommand, TaskCommand, ThoughtCommand};
use domain::{Actor, Entry, Handle, Means};
use engine::Engine;
use serde::Serialize;
use std::sync::{Arc, OnceLock};
use tokio::sync::mpsc;

type Answer<T> = Result<T, ApiError>;

/// The back end of the process that owns the home.
pub struct InProcess {
    engine: Engine,
    local: Arc<dyn Local>,
    desktop: OnceLock<Arc<dyn Desktop>>,
}

impl InProcess {
    /// Answers from `engine`; what belongs to the machine comes from `local`.
    pub fn new(engine: Engine, local: Arc<dyn Local>) -> Self {
        Self { engine, local, desktop: OnceLock::new() }
    }

    /// Gives it a desktop; the first one stays.
    pub fn set_desktop(&self, desktop: Arc<dyn Desktop>) {
        drop(self.desktop.set(desktop));
    }

    fn desktop(&self) -> Answer<&Arc<dyn Desktop>> {
        self.desktop.get().ok_or_else(|| {
            ApiError::new(Code::NoDesktop, "The desktop app is not running for this home.").hint("Start Muster, then try again.")
        })
    }

    /// Who enters it, for whom and how, from what the caller says and the home's "me".
    fn entry(&self, caller: &Caller) -> Answer<Entry> {
        let handle = |typed: &str, field: &str| {
            Handle::parse(typed).ok_or_else(|| {
                ApiError::new(Code::InvalidField, format!("{typed:?} is not a name Muster can use."))
                    .hint("Use letters, digits, dots or dashes, as in @dana.")
                    .field(field)
            })
        };
        let actor = match &caller.as_name {
            Some(typed) => handle(typed, "as")?,
            None => self.local.machine().me,
        };
        let on_behalf_of = caller.for_name.as_deref().map(|typed| handle(typed, "for")).transpose()?;
        let means = match (&on_behalf_of, caller.by) {
            (Some(_), Some(means)) => means,
            (Some(_), None) => Means::Voice,
            (None, Some(_)) => {
                return Err(ApiError::new(Code::InvalidField, "By which means is only asked for another's words.")
                    .hint("Say whose words they are with --for.")
                    .field("by"));
            }
            (None, None) => Means::App,
        };
        Ok(Entry { actor: Actor::Person(actor), on_behalf_of, means, via: caller.via })
    }
}

fn json<T: Serialize>(answer: Answer<T>) -> Answer<serde_json::Value> {
    answer.and_then(|value| {
        serde_json::to_value(value).map_err(|fault| ApiError::new(Code::Internal, format!("The answer could not be written: {fault}")))
    })
}

#[async_trait]
impl Backend for InProcess {
    async fn call(&self, caller: Caller, request: Request) -> Answer<serde_json::Value> {
        match request {
            Request::Home(_) => json::<answer::Home>(self.home_view().await),
            Request::Watch(_) => json::<answer::Watch>(self.watch().await),
            Request::DeclarePreviewOp(ask) => json::<answer::DeclarePreviewOp>(self.preview(&caller, &ask.line).await),
            Request::DeclareOp(ask) => json::<answer::DeclareOp>(self.declare(&caller, ask).await),
            Request::IncidentList(ask) => json::<answer::IncidentList>(self.list(ask).await),
            Request::IncidentShow(ask) => json::<answer::IncidentShow>(self.show(&caller, &ask.incident).await),
            Request::Timeline(ask) => json::<answer::Timeline>(self.timeline(ask).await),
            Request::SearchOp(ask) => json::<answer::SearchOp>(self.search(ask).await),
            Request::Note(ask) => json::<answer::Note>(self.note(&caller, ask).await),
            Request::Pin(ask) => json::<answer::Pin>(self.pin(&caller, ask).await),
            Request::Correct(ask) => json::<answer::Correct>(self.correct(&caller, ask).await),
            Request::Redact(ask) => json::<answer::Redact>(self.redact(&caller, ask).await),
            Request::Severity(ask) => json::<answer::Severity>(self.set_severity(&caller, ask).await),
            Request::Status(ask) => json::<answer::Status>(self.set_status(&caller, ask).await),
            Request::Title(ask) => json::<answer::Title>(self.set_title(&caller, ask).await),
            Request::Acknowledge(ask) => json::<answer::Acknowledge>(self.acknowledge(&caller, &ask.incident).await),
            Request::ImpactStart(ask) => json::<answer::ImpactStart>(self.impact_start(&caller, ask).await),
            Request::ImpactUpdate(ask) => json::<answer::ImpactUpdate>(self.impact_update(&caller, ask).await),
            Request::ImpactEnd(ask) => json::<answer::ImpactEnd>(self.impact_end(&caller, ask).await),
            Request::RoleAssign(ask) => json::<answer::RoleAssign>(self.role_assign(&caller, ask).await),
            Request::RoleRelease(ask) => json::<answer::RoleRelease>(self.role_release(&caller, ask).await),
            Request::TakeCommand(ask) => json::<answer::TakeCommand>(self.take_command(&caller, &ask.incident).await),
            Request::ConfirmCommand(ask) => json::<answer::ConfirmCommand>(self.confirm_command(&caller, &ask.incident).await),
            Request::GroupList(ask) => json::<answer::GroupList>(self.groups(ask).await),
            Request::GroupShow(ask) => json::<answer::GroupShow>(self.group(&ask.group).await),
            Request::GroupRelease(ask) => json::<answer::GroupRelease>(self.group_release(&caller, &ask.group).await),
            Request::GroupAck(ask) => json::<answer::GroupAck>(self.group_ack(&caller, &ask.group).await),
            Request::GroupAttach(ask) => json::<answer::GroupAttach>(self.attach(&caller, ask).await),
            Request::GroupDetach(ask) => json::<answer::GroupDetach>(self.detach(&caller, ask).await),
            Request::GroupDismiss(ask) => json::<answer::GroupDismiss>(self.dismiss(&caller, ask).await),
            Request::QuietList(_) => json::<answer::QuietList>(self.quiets().await),
            Request::InboxOp(_) => json::<answer::InboxOp>(self.inbox().await),
            Request::AlertWhy(ask) => json::<answer::AlertWhy>(self.why(&ask.alert).await),
            Request::ReportAdd(ask) => json::<answer::ReportAdd>(self.report(&caller, ask).await),
            Request::IngestOp(ask) => json::<answer::IngestOp>(self.ingest_text(ask).await),
            Request::ChangeList(ask) => json::<answer::ChangeList>(self.changes(ask).await),
            Request::NoiseOp(ask) => json::<answer::NoiseOp>(self.noise(ask).await),
            Request::QuietAdd(ask) => json::<answer::QuietAdd>(self.quiet_add(&caller, ask).await),
            Request::StormSet(ask) => json::<answer::StormSet>(self.storm(&caller, ask).await),
            Request::RuleList(_) => json::<answer::RuleList>(self.rules().await),
            Request::RuleDryRun(ask) => json::<answer::RuleDryRun>(self.rules_dry_run(ask).await),
            Request::RuleSet(ask) => json::<answer::RuleSet>(self.rules_set(&caller, ask).await),
            Request::ServiceList(_) => json::<answer::ServiceList>(self.services().await),
            Request::ServiceDescribe(ask) => json::<answer::ServiceDescribe>(self.service_describe(&caller, ask).await),
            Request::ServiceRemove(ask) => json::<answer::ServiceRemove>(self.service_remove(&caller, ask).await),
            Request::ServiceImport(ask) => json::<answer::ServiceImport>(self.service_import(&caller, ask).await),
            Request::SourceSet(ask) => json::<answer::SourceSet>(self.source_set(&caller, ask).await),
            Request::QuietEnd(ask) => json::<answer::QuietEnd>(self.quiet_end(&caller, ask).await),
            Request::PersonList(_) => json::<answer::PersonList>(self.people().await),
            Request::RollCallOp(ask) => json::<answer::RollCallOp>(self.roll_call(&caller, ask).await),
            Request::AskTell(ask) => json::<answer::AskTell>(self.ask_tell(&caller, ask).await),
            Request::AskAnswer(ask) => json::<answer::AskAnswer>(self.ask_answer(&caller, ask).await),
            Request::TaskAdd(ask) => json::<answer::TaskAdd>(self.task_add(&caller, ask).await),
            Request::TaskExtend(ask) => json::<answer::TaskExtend>(self.task_extend(&caller, ask).await),
            Request::TaskReassign(ask) => json::<answer::TaskReassign>(self.task_reassign(&caller, ask).await),
            Request::TaskReport(ask) => json::<answer::TaskReport>(self.task_report(&caller, ask).await),
            Request::TaskDone(ask) => {
                json::<answer::TaskDone>(self.task_end(&caller, ask, |task, note| TaskCommand::Done { task, note }).await)
            }
            Request::TaskDrop(ask) => {
                json::<answer::TaskDrop>(self.task_end(&caller, ask, |task, reason| TaskCommand::Drop { task, reason }).await)
            }
            Request::TaskReopen(ask) => {
                json::<answer::TaskReopen>(self.task_end(&caller, ask, |task, _| TaskCommand::Reopen { task }).await)
            }
            Request::DecisionAdd(ask) => json::<answer::DecisionAdd>(self.decision_add(&caller, ask).await),
            Request::DecisionPoll(ask) => json::<answer::DecisionPoll>(self.decision_poll(&caller, ask).await),
            Request::DecisionResult(ask) => json::<answer::DecisionResult>(
                self.about(&caller, ask, 'D', |decision, result| ThoughtCommand::Resulted { decision, result }).await,
            ),
            Request::HypothesisAdd(ask) => json::<answer::HypothesisAdd>(self.hypothesis_add(&caller, ask).await),
            Request::HypothesisSupport(ask) => json::<answer::HypothesisSupport>(
                self.about(&caller, ask, 'H', |hypothesis, evidence| ThoughtCommand::Supported { hypothesis, evidence }).await,
            ),
            Request::HypothesisRuleOut(ask) => json::<answer::HypothesisRuleOut>(
                self.about(&caller, ask, 'H', |hypothesis, evidence| ThoughtCommand::RuledOut { hypothesis, evidence }).await,
            ),
            Request::QuestionAdd(ask) => json::<answer::QuestionAdd>(self.question_add(&caller, ask).await),
            Request::QuestionAnswer(ask) => json::<answer::QuestionAnswer>(
                self.about(&caller, ask, 'Q', |question, answer| ThoughtCommand::Answered { question, answer }).await,
            ),
            Request::BoardSet(ask) => json::<answer::BoardSet>(self.board_set(&caller, ask).await),
            Request::BridgeSet(ask) => json::<answer::BridgeSet>(self.bridge_set(&caller, ask).await),
            Request::RoleCards(ask) => json::<answer::RoleCards>(self.role_cards(&ask.incident).await),
            Request::RoleTick(ask) => json::<answer::RoleTick>(self.role_tick(&caller, ask).await),
            Request::UpdateWrite(ask) => json::<answer::UpdateWrite>(self.update_write(&caller, ask).await),
            Request::UpdatePosted(ask) => json::<answer::UpdatePosted>(self.update_posted(&caller, ask).await),
            Request::UpdateSend(ask) => json::<answer::UpdateSend>(self.update_send(&caller, ask).await),
            Request::UpdatePromise(ask) => json::<answer::UpdatePromise>(self.update_promise(&caller, ask).await),
            Request::UpdateEndPromise(ask) => json::<answer::UpdateEndPromise>(self.end_promise(&caller, ask).await),
            Request::PostRelease(ask) => json::<answer::PostRelease>(self.post_release(&caller, ask).await),
            Request::PostWithdraw(ask) => json::<answer::PostWithdraw>(self.post_withdraw(&caller, ask).await),
            Request::Brief(ask) => json::<answer::Brief>(self.brief(ask).await),
            Request::HandoffOffer(ask) => json::<answer::HandoffOffer>(self.handoff_offer(&caller, ask).await),
            Request::HandoffBriefed(ask) => {
                json::<answer::HandoffBriefed>(self.handoff(&caller, &ask.incident, Spoken::default(), None, HandoffCommand::Briefed).await)
            }
            Request::HandoffAccept(ask) => {
                json::<answer::HandoffAccept>(self.handoff(&caller, &ask.incident, ask.spoken, ask.at, HandoffCommand::Accept).await)
            }
            Request::HandoffDecline(ask) => {
                let command = HandoffCommand::Decline { reason: ask.reason };
                json::<answer::HandoffDecline>(self.handoff(&caller, &ask.incident, ask.spoken, ask.at, command).await)
            }
            Request::HandoffWithdraw(ask) => {
                json::<answer::HandoffWithdraw>(self.handoff(&caller, &ask.incident, ask.spoken, ask.at, HandoffCommand::Withdraw).await)
            }
            Request::HandoffAll(ask) => json::<answer::HandoffAll>(self.handoff_all(&caller, ask).await),
            Request::PastePreview(ask) => json::<answer::PastePreview>(self.paste_preview(ask).await),
            Request::PasteOp(ask) => json::<answer::PasteOp>(self.paste(&caller, ask).await),
            Request::EntryShift(ask) => json::<answer::EntryShift>(self.shift(&caller, ask).await),
            Request::LookSet(ask) => json::<answer::LookSet>(self.look_set(&caller, ask).await),
            Request::LookDone(ask) => json::<answer::LookDone>(self.look_done(&caller, ask).await),
            Request::IncidentMerge(ask) => json::<answer::IncidentMerge>(self.merge(&caller, ask).await),
            Request::IncidentUnmerge(ask) => json::<answer::IncidentUnmerge>(self.unmerge(&caller, ask).await),
            Request::IncidentSplit(ask) => json::<answer::IncidentSplit>(self.split(&caller, ask).await),
            Request::IncidentLink(ask) => json::<answer::IncidentLink>(self.link(&caller, ask, true).await),
            Request::IncidentUnlink(ask) => json::<answer::IncidentUnlink>(self.link(&caller, ask, false).await),
            Request::PersonDescribe(ask) => json::<answer::PersonDescribe>(self.person_describe(&caller, ask).await),
            Request::PersonRemove(ask) => json::<answer::PersonRemove>(self.person_remove(&caller, ask).await),
            Request::PersonImport(ask) => json::<answer::PersonImport>(self.person_import(&caller, ask).await),
            Request::PersonImportPagerDuty(ask) => json::<answer::PersonImportPagerDuty>(self.person_import_pagerduty(&caller, ask).await),
            Request::PersonCode(ask) => json::<answer::PersonCode>(self.person_code(ask)),
            Request::ChannelList(_) => json::<answer::ChannelList>(self.channels().await),
            Request::ChannelAdd(ask) => json::<answer::ChannelAdd>(self.channel_add(&caller, ask).await),
            Request::ChannelRemove(ask) => json::<answer::ChannelRemove>(self.channel_remove(&caller, ask).await),
            Request::ChannelTest(ask) => json::<answer::ChannelTest>(self.channel_test(ask).await),
            Request::CadenceSet(ask) => json::<answer::CadenceSet>(self.cadence_set(&caller, ask).await),
            Request::TargetsSet(ask) => json::<answer::TargetsSet>(self.targets_set(&caller, ask).await),
            Request::MatrixSet(ask) => json::<answer::MatrixSet>(self.matrix_set(&caller, ask).await),
            Request::BridgeRuleSet(ask) => json::<answer::BridgeRuleSet>(self.bridge_rule_set(&caller, ask).await),
            Request::WindowNote(ask) => json::<answer::WindowNote>(self.window_note(ask.incident).await),
            Request::WindowHideNote(_) => json::<answer::WindowHideNote>(self.window_hide_note().await),
            Request::WindowStrip(ask) => json::<answer::WindowStrip>(self.window_strip(ask.incident).await),
            Request::WindowLink(ask) => json::<answer::WindowLink>(self.window_link(&ask.url).await),
            Request::PersonAdd(ask) => json::<answer::PersonAdd>(self.person_add(&caller, ask).await),
            Request::SourceList(_) => json::<answer::SourceList>(self.sources().await),
            Request::SourceAdd(ask) => json::<answer::SourceAdd>(self.source_add(&caller, ask).await),
            Request::SourceRotate(ask) => json::<answer::SourceRotate>(self.source_rotate(&caller, ask).await),
            Request::SourceRemove(ask) => json::<answer::SourceRemove>(self.source_remove(&caller, ask).await),
            Request::SourceRefusals(ask) => json::<answer::SourceRefusals>(self.refusals(ask).await),
            Request::SourceAsk(_) => json::<answer::SourceAsk>(self.source_ask().await),
            Request::SourceTest(ask) => json::<answer::SourceTest>(self.source_test(ask).await),
            Request::Settings(_) => json::<answer::Settings>(self.settings().await),
            Request::NoticeRuleSet(ask) => json::<answer::NoticeRuleSet>(self.rule_set(&caller, ask).await),
            Request::MachineSet(ask) => json::<answer::MachineSet>(self.machine_set(ask).await),
            Request::ReachOp(_) => json::<answer::ReachOp>(self.reach().await),
            Request::RingMe(ask) => json::<answer::RingMe>(self.ring(ask).await),
            Request::HotkeyShow(ask) => json::<answer::HotkeyShow>(self.hotkey(ask.which.as_deref()).await),
            Request::HotkeySet(ask) => json::<answer::HotkeySet>(self.hotkey_set(ask).await),
            Request::WindowOpen(ask) => json::<answer::WindowOpen>(self.window_open(ask.incident).await),
            Request::WindowDeclare(_) => json::<answer::WindowDeclare>(self.window_declare().await),
            Request::WindowHideDeclare(_) => json::<answer::WindowHideDeclare>(self.window_hide_declare().await),
            Request::WindowDemo(_) => json::<answer::WindowDemo>(self.window_demo().await),
            Request::WindowLeaveDemo(_) => json::<answer::WindowLeaveDemo>(self.window_leave_demo().await),
            Request::Verify(_) => json::<answer::Verify>(self.verify().await),
            Request::Doctor(_) => json::<answer::Doctor>(self.doctor().await),
            Request::Backup(ask) => json::<answer::Backup>(self.backup(&ask.path).await),
            Request::Rebuild(_) => json::<answer::Rebuild>(self.rebuild().await),
        }
    }

    async fn subscribe(&self, since: u64) -> Answer<mpsc::Receiver<Pushed>> {
        Ok(watchers::follow(&self.engine, since))
    }
}
