//! People, notice rules, and what belongs to this machine.

use super::incidents::{Wish, known_form};
use super::{Answer, InProcess};
use crate::dto::*;
use domain::home::HomeEvent;
use domain::{CONDITIONS, REACHES, Severity, matrix};
use engine::Act;
use serde_json::json;

impl InProcess {
    pub(super) fn people(&self) -> Vec<PersonView> {
        let home = self.engine.home();
        let view = |(handle, person): (&domain::Handle, &domain::home::Person)| PersonView {
            handle: handle.clone(),
            name: person.name.clone(),
            added_at: person.added_at,
        };
        home.people.iter().map(view).collect()
    }

    pub(super) async fn person_add(&self, caller: &Caller, ask: AddPerson) -> Answer<Receipt> {
        let handle = known_form(&ask.handle)?;
        let name = ask.name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        self.change(caller, Wish::plain(Act::Home(HomeEvent::PersonAdded { handle, name }))).await
    }

    pub(super) async fn rule_set(&self, caller: &Caller, ask: SetNoticeRule) -> Answer<Receipt> {
        let was = self.engine.home().rule(ask.severity);
        let act = Act::Home(HomeEvent::NoticeRuleSet { severity: ask.severity, rule: ask.rule });
        let mut receipt = self.change(caller, Wish::plain(act)).await?;
        receipt.undo = Some(UndoView {
            op: "notice_rule.set".into(),
            params: json!({ "severity": ask.severity, "rule": was }),
            label: format!("Undo: the old rule for {}", ask.severity.label()),
        });
        Ok(receipt)
    }

    pub(super) async fn settings(&self) -> Answer<SettingsView> {
        let home = self.engine.home();
        let info = self.local.info();
        let cells = CONDITIONS.into_iter().flat_map(|condition| {
            REACHES.into_iter().map(move |reach| MatrixCell { condition, reach, severity: matrix(condition, reach) })
        });
        Ok(SettingsView {
            machine: self.local.machine(),
            matrix: cells.collect(),
            notices: Severity::ALL.into_iter().map(|severity| NoticeRuleView { severity, rule: home.rule(severity) }).collect(),
            sources: self.sources().await?,
            listener: self.local.listener(),
            people: self.people(),
            backups: self.local.backups(),
            home_path: info.path,
            log_path: info.log_path,
        })
    }

    pub(super) async fn machine_set(&self, ask: SetMachine) -> Answer<MachineSettings> {
        self.local.set_machine(ask).await
    }
}
