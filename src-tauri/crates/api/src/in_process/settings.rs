//! What the home is set to: notice rules, rhythms and targets, the severity matrix, meeting places, this machine.

use super::incidents::Wish;
use super::{Answer, InProcess};
use crate::dto::*;
use domain::home::HomeEvent;
use domain::{CONDITIONS, Matrix, REACHES, Severity};
use engine::Act;
use serde_json::{Value, json};

impl InProcess {
    /// Sets something of the home; the way back is the same operation with what was.
    async fn set(&self, caller: &Caller, event: HomeEvent, (op, was, label): (&str, Value, String)) -> Answer<Receipt> {
        let mut receipt = self.change(caller, Wish::plain(Act::Home(event))).await?;
        receipt.undo = Some(UndoView { op: op.to_owned(), params: was, label: format!("Undo: {label}") });
        Ok(receipt)
    }

    pub(super) async fn rule_set(&self, caller: &Caller, ask: SetNoticeRule) -> Answer<Receipt> {
        let (severity, was) = (ask.severity, self.engine.home().rule(ask.severity));
        let undo = ("notice_rule.set", json!({ "severity": severity, "rule": was }), format!("the old rule for {}", severity.label()));
        self.set(caller, HomeEvent::NoticeRuleSet { severity, rule: ask.rule }, undo).await
    }

    pub(super) async fn cadence_set(&self, caller: &Caller, ask: SetCadence) -> Answer<Receipt> {
        let (severity, was) = (ask.severity, self.engine.home().cadence(ask.severity));
        let undo = ("cadence.set", json!({ "severity": severity, "cadence": was }), format!("the old rhythm of {}", severity.label()));
        self.set(caller, HomeEvent::CadenceSet { severity, cadence: ask.cadence }, undo).await
    }

    pub(super) async fn targets_set(&self, caller: &Caller, ask: SetTargets) -> Answer<Receipt> {
        let (severity, was) = (ask.severity, self.engine.home().targets(ask.severity));
        let undo = ("targets.set", json!({ "severity": severity, "targets": was }), format!("the old targets of {}", severity.label()));
        self.set(caller, HomeEvent::TargetsSet { severity, targets: ask.targets }, undo).await
    }

    pub(super) async fn matrix_set(&self, caller: &Caller, ask: SetMatrix) -> Answer<Receipt> {
        let was = self.engine.home().matrix;
        let undo = ("matrix.set", json!({ "matrix": was }), String::from("the matrix as it was"));
        self.set(caller, HomeEvent::MatrixSet { matrix: ask.matrix.unwrap_or_default() }, undo).await
    }

    pub(super) async fn bridge_rule_set(&self, caller: &Caller, ask: SetBridgeRule) -> Answer<Receipt> {
        let was = self.engine.home().bridge.clone();
        let undo = ("bridge_rule.set", json!({ "rule": was }), String::from("the meeting place as it was"));
        self.set(caller, HomeEvent::BridgeRuleSet { rule: ask.rule }, undo).await
    }

    pub(super) async fn settings(&self) -> Answer<SettingsView> {
        let home = self.engine.home();
        let info = self.local.info();
        let matrix = home.matrix;
        let cells = CONDITIONS.into_iter().flat_map(|condition| {
            REACHES.into_iter().map(move |reach| MatrixCell { condition, reach, severity: matrix.severity(condition, reach) })
        });
        let rhythm = |severity| RhythmView { severity, cadence: home.cadence(severity), targets: home.targets(severity) };
        Ok(SettingsView {
            machine: self.local.machine(),
            matrix: cells.collect(),
            matrix_own: matrix != Matrix::default(),
            rhythms: Severity::ALL.into_iter().map(rhythm).collect(),
            channels: self.channels().await?,
            bridge: home.bridge.clone(),
            notices: Severity::ALL.into_iter().map(|severity| NoticeRuleView { severity, rule: home.rule(severity) }).collect(),
            sources: self.sources().await?,
            listener: self.local.listener(),
            people: self.people().await?,
            backups: self.local.backups(),
            home_path: info.path,
            log_path: info.log_path,
        })
    }

    pub(super) async fn machine_set(&self, ask: SetMachine) -> Answer<MachineSettings> {
        self.local.set_machine(ask).await
    }
}
