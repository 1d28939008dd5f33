//! A problem that somebody reports on a call or in person: an alert that says who said it and who typed it.

use super::{Answer, InProcess};
use crate::dto::*;
use crate::{ApiError, Code};
use domain::alerts::{Signal, SignalState};
use domain::home::{HomeEvent, SourceKind};
use domain::{AlertSeverity, Entry, Means, SourceName, Via};
use engine::{Act, Command, Ingest};
use std::collections::BTreeMap;

/// The source that reports typed here belong to.
const SOURCE: &str = "report";
/// Longest report in characters: a line, with room for a second sentence.
const TEXT_LIMIT: usize = 500;
/// Without a word in so long a report counts as no longer heard of (24 h): nobody else will say that it ended.
const HOLDS_MS: i64 = 24 * 60 * 60_000;
/// Without a word on how bad it is, a person who calls is worth a look, and no tool that is sure.
const UNSAID: AlertSeverity = AlertSeverity::Warning;

impl InProcess {
    pub(super) async fn report(&self, caller: &Caller, ask: AddReport) -> Answer<Receipt> {
        let text: String = ask.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = text.chars().count();
        if !(1..=TEXT_LIMIT).contains(&length) {
            let sentence =
                if length == 0 { "Say what they report.".to_owned() } else { format!("A report has {TEXT_LIMIT} characters at most.") };
            return Err(ApiError::new(Code::InvalidField, sentence).field("text"));
        }
        let mut caller = caller.clone();
        if let Some(name) = &ask.spoken.for_name {
            caller.for_name = Some(name.0.clone());
            caller.by = ask.spoken.by.or(caller.by);
        }
        let entry = self.entry(&caller)?;
        let source = self.report_source().await?;
        let key = format!("report-{}", super::incidents::hex(&self.engine.bytes16()));
        let now = self.engine.now();
        let signal = Signal {
            key: key.clone(),
            episode: "1".into(),
            group_key: key.clone(),
            group_title: text.clone(),
            title: text,
            severity: ask.severity.unwrap_or(UNSAID),
            started_at: now,
            state: SignalState::Firing { lapses_at: Some(now.plus_millis(HOLDS_MS)) },
            labels: said_by(&entry),
            annotations: BTreeMap::new(),
            link: None,
            service: ask.service.as_ref().and_then(|service| domain::ServiceName::parse(service.as_str())),
            rules: vec![],
        };
        let ingest = Ingest { source: source.clone(), signals: vec![signal], changes: vec![], refused: vec![], received_at: now };
        self.engine.ingest(ingest).await?;
        let began = self.engine.read(move |reader| reader.beginning_of(&source, &key)).await?;
        let (seq, event) = began.map_or((self.engine.feed().seq(), None), |(began, _)| (began.seq, Some(began.envelope.id)));
        Ok(Receipt { seq, event, incident: None, recorded_at: now, undo: None })
    }

    /// The source of reports typed here, made on first use; its token is known to nobody.
    async fn report_source(&self) -> Answer<SourceName> {
        let home = self.engine.home();
        let is_free = |name: &SourceName| home.sources.get(name).is_none_or(|known| known.kind == SourceKind::Report);
        let names = std::iter::once(SOURCE.to_owned()).chain((2..).map(|n| format!("{SOURCE}-{n}"))).map(SourceName);
        let name = names.into_iter().find(is_free).unwrap_or_else(|| SourceName(SOURCE.into()));
        if home.sources.contains_key(&name) {
            return Ok(name);
        }
        let (_, token_hash) = self.local.new_token();
        let event = HomeEvent::SourceAdded { name: name.clone(), kind: SourceKind::Report, token_hash };
        let entry = Entry::machine("muster", Via::System);
        // Two first reports at once: the other one has made it.
        match self.engine.submit(Command { entry, occurred_at: None, once: None, act: Act::HomeAll(vec![event]) }).await {
            Ok(_) => Ok(name),
            Err(_) if self.engine.home().sources.contains_key(&name) => Ok(name),
            Err(fault) => Err(fault.into()),
        }
    }
}

/// Who said it, by which means, and who typed it: told apart for good.
fn said_by(entry: &Entry) -> BTreeMap<String, String> {
    let typed_by = entry.actor.name().to_owned();
    let said_by = entry.on_behalf_of.as_ref().map_or_else(|| typed_by.clone(), |handle| handle.as_str().to_owned());
    let means = match entry.means {
        Means::App => "in person",
        Means::Voice => "voice",
        Means::Chat => "chat",
        Means::Phone => "phone",
        Means::Paste => "paste",
        Means::Machine => "machine",
    };
    [("reported_by", said_by), ("means", means.to_owned()), ("typed_by", typed_by)].map(|(name, value)| (name.to_owned(), value)).into()
}
