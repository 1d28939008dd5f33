//! Placeholder of this branch: each of these is written next.

use super::{Answer, InProcess};
use crate::dto::*;
use crate::{ApiError, Code};

fn next<T>() -> Answer<T> {
    Err(ApiError::new(Code::Refused, "Not written yet."))
}

impl InProcess {
    pub(super) async fn inbox(&self) -> Answer<InboxView> {
        next()
    }
    pub(super) async fn why(&self, _: &str) -> Answer<WhyView> {
        next()
    }
    pub(super) async fn report(&self, _: &Caller, _: AddReport) -> Answer<Receipt> {
        next()
    }
    pub(super) async fn ingest_text(&self, _: IngestText) -> Answer<IngestReceipt> {
        next()
    }
    pub(super) async fn changes(&self, _: ListChanges) -> Answer<Vec<ChangeView>> {
        next()
    }
    pub(super) async fn noise(&self, _: AskNoise) -> Answer<NoiseView> {
        next()
    }
    pub(super) async fn quiet_add(&self, _: &Caller, _: AddQuiet) -> Answer<ManyReceipt> {
        next()
    }
    pub(super) async fn storm(&self, _: &Caller, _: SetStorm) -> Answer<Receipt> {
        next()
    }
    pub(super) async fn rules(&self) -> Answer<RulesView> {
        next()
    }
    pub(super) async fn rules_dry_run(&self, _: SetRules) -> Answer<DryRunView> {
        next()
    }
    pub(super) async fn rules_set(&self, _: &Caller, _: SetRules) -> Answer<Receipt> {
        next()
    }
    pub(super) async fn services(&self) -> Answer<Vec<ServiceView>> {
        next()
    }
    pub(super) async fn service_describe(&self, _: &Caller, _: DescribeService) -> Answer<Receipt> {
        next()
    }
    pub(super) async fn service_remove(&self, _: &Caller, _: OneService) -> Answer<Receipt> {
        next()
    }
    pub(super) async fn service_import(&self, _: &Caller, _: ImportServices) -> Answer<ServicesImport> {
        next()
    }
    pub(super) async fn source_set(&self, _: &Caller, _: SetSource) -> Answer<Receipt> {
        next()
    }
    pub(super) fn hearing(&self) -> EarsView {
        EarsView { state: "heard".into(), sentence: String::new(), since: None, silent: vec![] }
    }
}
