//! Sources of alerts: what is set of each, what was heard of it, and its token, shown once.

use super::incidents::Wish;
use super::{Answer, InProcess, uptime};
use crate::dto::*;
use crate::{ApiError, Code};
use domain::SourceName;
use domain::home::{HomeEvent, MAPPING_LIMIT, Source, SourceKind, SourceSettings, Way};
use engine::Act;
use serde_json::json;
use store::SourceStats;

/// Refusals shown of one source.
const REFUSALS_SHOWN: usize = 50;
/// Longest secret in bytes (8 KiB): tokens that are signed statements have some thousand.
const SECRET_LIMIT: usize = 8 * 1024;

impl InProcess {
    pub(super) async fn sources(&self) -> Answer<Vec<SourceView>> {
        let now = self.engine.now();
        let since = now.plus_millis(-(uptime::DAYS - 1) * uptime::DAY_MS);
        let (stats, uptimes) = self.engine.read(move |reader| Ok((reader.source_stats()?, reader.uptimes(since)?))).await?;
        let home = self.engine.home();
        let mut views = Vec::with_capacity(home.sources.len());
        for (name, source) in &home.sources {
            let has_secret = self.local.has_source_secret(name.as_str()).await;
            let silent_since = home.silent.get(name).copied();
            let uptime = uptimes.get(name).filter(|_| source.kind.way() == Way::Probe).map(|uptime| uptime::view(uptime, now));
            views.push(SourceView { has_secret, silent_since, uptime, ..view(name, source, stats.get(name)) });
        }
        Ok(views)
    }

    fn created(&self, kind: SourceKind, name: SourceName, token: String) -> SourceCreated {
        let url = self.local.source_url(kind.wire(), &token);
        let setup = self.local.source_setup(kind.wire(), name.as_str(), &token);
        SourceCreated { name, kind: kind.wire().to_owned(), token, url, setup }
    }

    /// The secret goes first: a source that is on the record can be asked at once.
    pub(super) async fn source_add(&self, caller: &Caller, ask: AddSource) -> Answer<SourceCreated> {
        let kind = kind(&ask.kind)?;
        let name = SourceName::parse(&ask.name.0).ok_or_else(|| {
            ApiError::new(Code::InvalidField, format!("{:?} cannot name a source.", ask.name.0))
                .hint("Use letters, digits, dots or dashes.")
                .field("name")
        })?;
        if self.engine.home().sources.contains_key(&name) {
            let known = ApiError::new(Code::Refused, format!("A source named {name} exists already."));
            return Err(known.hint("Choose another name, or rotate its token.").field("name"));
        }
        let settings = ask.settings.map(tidy).transpose()?.unwrap_or_default();
        let (token, token_hash) = self.local.new_token();
        let mut events = vec![HomeEvent::SourceAdded { name: name.clone(), kind, token_hash }];
        if settings != SourceSettings::default() || kind.way() != Way::Push {
            events.push(HomeEvent::SourceSet { name: name.clone(), settings });
        }
        let secret = said(ask.secret);
        if let Some(secret) = &secret {
            self.keep_secret(&name, secret).await?;
        }
        match self.submit(caller, Wish::plain(Act::HomeAll(events))).await {
            Ok(_) => Ok(self.created(kind, name, token)),
            Err(fault) => {
                if secret.is_some() {
                    self.local.forget_source_secret(name.as_str()).await;
                }
                Err(fault)
            }
        }
    }

    pub(super) async fn source_set(&self, caller: &Caller, ask: SetSource) -> Answer<Receipt> {
        let name = ask.name;
        let was = self.engine.home().sources.get(&name).map(|source| source.settings.clone());
        let was = was.ok_or_else(|| ApiError::new(Code::NotFound, format!("No source is named {name}.")))?;
        let settings = tidy(ask.settings)?;
        if let Some(secret) = &ask.secret {
            match secret.trim() {
                "" => self.local.forget_source_secret(name.as_str()).await,
                secret => self.keep_secret(&name, secret).await?,
            }
        }
        if ask.secret.is_some() && settings == was {
            // Only the secret changed, and secrets are on no record.
            let (seq, recorded_at) = (self.engine.feed().seq(), self.engine.now());
            return Ok(Receipt { seq, event: None, incident: None, recorded_at, undo: None });
        }
        let event = HomeEvent::SourceSet { name: name.clone(), settings };
        let mut receipt = self.change(caller, Wish::plain(Act::Home(event))).await?;
        let params = json!({ "name": name, "settings": was });
        receipt.undo = Some(UndoView { op: "source.set".into(), params, label: format!("Undo: {name} as it was set") });
        Ok(receipt)
    }

    async fn keep_secret(&self, name: &SourceName, secret: &str) -> Answer<()> {
        if secret.len() > SECRET_LIMIT {
            return Err(ApiError::new(Code::InvalidField, format!("A secret has {SECRET_LIMIT} bytes at most.")).field("secret"));
        }
        self.local.set_source_secret(name.as_str(), secret).await
    }

    pub(super) async fn source_rotate(&self, caller: &Caller, ask: OneSource) -> Answer<SourceCreated> {
        let (token, token_hash) = self.local.new_token();
        self.submit(caller, Wish::plain(Act::Home(HomeEvent::SourceRotated { name: ask.name.clone(), token_hash }))).await?;
        let kind = self.engine.home().sources.get(&ask.name).map_or(SourceKind::Alertmanager, |source| source.kind);
        Ok(self.created(kind, ask.name, token))
    }

    pub(super) async fn source_remove(&self, caller: &Caller, ask: OneSource) -> Answer<Receipt> {
        let receipt = self.change(caller, Wish::plain(Act::Home(HomeEvent::SourceRemoved { name: ask.name.clone() }))).await?;
        self.local.forget_source_secret(ask.name.as_str()).await;
        Ok(receipt)
    }

    pub(super) async fn refusals(&self, ask: OneSource) -> Answer<Vec<RefusalView>> {
        let source = ask.name.clone();
        let rows = self.engine.read(move |reader| reader.refusals(&source, REFUSALS_SHOWN)).await?;
        let view = |row: store::RefusalRow| RefusalView {
            source: ask.name.clone(),
            at: row.at,
            reason: row.reason,
            raw: String::from_utf8_lossy(&row.raw).into_owned(),
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// Makes those due that can be asked; what they answer comes in as always.
    pub(super) async fn source_ask(&self) -> Answer<SourcesAsked> {
        let home = self.engine.home();
        let asked = home.sources.values().filter(|source| source.kind.way() != Way::Push).count();
        self.local.ask_sources().await;
        Ok(SourcesAsked { asked: asked as u32 })
    }

    pub(super) async fn source_test(&self, ask: OneSource) -> Answer<Vec<Finding>> {
        let sources = self.sources().await?;
        let source = sources
            .iter()
            .find(|source| source.name == ask.name)
            .ok_or_else(|| ApiError::new(Code::NotFound, format!("No source is named {}.", ask.name)))?;
        Ok(self.local.test_source(source).await)
    }
}

/// A kind by its name on the wire.
pub(super) fn kind(typed: &str) -> Answer<SourceKind> {
    SourceKind::parse(typed).ok_or_else(|| {
        let known: Vec<&str> = SourceKind::ALL.iter().map(|kind| kind.wire()).collect();
        ApiError::new(Code::InvalidField, format!("Muster does not know sources of kind {typed:?}."))
            .hint(format!("Known kinds: {}.", known.join(", ")))
            .field("kind")
    })
}

fn said(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Settings without blanks, for an empty field of a form says nothing, and with a mapping that reads.
fn tidy(settings: SourceSettings) -> Answer<SourceSettings> {
    let mapping = settings.mapping.filter(|mapping| !mapping.trim().is_empty());
    // One that is too long is refused further on, by its length.
    mapping.as_deref().filter(|text| text.len() <= MAPPING_LIMIT).map(super::ingest::mapping).transpose()?;
    Ok(SourceSettings { url: said(settings.url), mapping, header: said(settings.header), reply_as: said(settings.reply_as), ..settings })
}

const fn way(way: Way) -> &'static str {
    match way {
        Way::Push => "push",
        Way::Pull => "pull",
        Way::Probe => "probe",
    }
}

fn view(name: &SourceName, source: &Source, seen: Option<&SourceStats>) -> SourceView {
    SourceView {
        name: name.clone(),
        kind: source.kind.wire().to_owned(),
        label: source.kind.label().to_owned(),
        way: way(source.kind.way()).to_owned(),
        settings: source.settings.clone(),
        has_secret: false,
        silent_since: None,
        added_at: source.added_at,
        last_heard_at: seen.and_then(|seen| seen.last_heard_at),
        requests: seen.map_or(0, |seen| seen.requests),
        refused: seen.map_or(0, |seen| seen.refused),
        last_refusal: seen.and_then(|seen| seen.last_refusal.clone()),
        uptime: None,
    }
}
