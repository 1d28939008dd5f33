//! Roads out of this home: webhooks whose addresses lie with the secrets, mail drafts, a PagerDuty account read once.

use crate::secrets::{Name, Secret, Secrets};
use crate::signing::Signing;
use api::dto::Finding;
use api::{ApiError, Code};
use async_trait::async_trait;
use domain::home::ChannelKind;
use domain::{EventId, SourceName};
use engine::ports::{Post, Posted, Poster, Reply};
use outreach::{Told, Urls, Webhooks, pagerduty};
use std::sync::Arc;

/// Addresses of channels, asked of the secrets each time.
struct Addresses(Arc<Secrets>);

#[async_trait]
impl Urls for Addresses {
    async fn url(&self, channel: &str) -> Result<Option<String>, String> {
        let secret = self.0.get(&Name::channel(channel)).await.map_err(|fault| fault.to_string())?;
        Ok(secret.map(|secret| secret.expose().to_owned()))
    }
}

/// Webhooks for channels, and PagerDuty for what became of its alerts.
struct Out {
    secrets: Arc<Secrets>,
    webhooks: Webhooks,
}

#[async_trait]
impl Poster for Out {
    async fn post(&self, post: Post) -> Posted {
        self.webhooks.post(post).await
    }

    async fn reply(&self, reply: Reply) -> Posted {
        let token = match self.secrets.get(&Name::source(reply.source.as_str())).await {
            Ok(Some(token)) => token,
            Ok(None) => return Posted::Refused("No token is kept on this machine to tell PagerDuty with. Set one with the source.".into()),
            Err(fault) => return Posted::Later { why: fault.to_string(), after: None },
        };
        let base_url = reply.url.as_deref().unwrap_or(pagerduty::BASE);
        let told = Told { token: token.expose(), base_url, from: &reply.reply_as, incidents: &reply.keys, what: reply.what };
        outreach::tell_pagerduty(told).await
    }
}

/// The roads of one home.
pub(crate) struct Roads {
    secrets: Arc<Secrets>,
    poster: Arc<Out>,
    /// Secrets of sources at hand: a window asks for each with every look.
    known: Signing,
}

impl Roads {
    pub fn new(secrets: Secrets) -> Self {
        let secrets = Arc::new(secrets);
        let webhooks = Webhooks::new(Arc::new(Addresses(secrets.clone())));
        let poster = Arc::new(Out { secrets: secrets.clone(), webhooks });
        let known = Signing::new(secrets.clone());
        Self { secrets, poster, known }
    }

    pub fn secrets(&self) -> Arc<Secrets> {
        self.secrets.clone()
    }

    pub fn poster(&self) -> Arc<dyn Poster> {
        self.poster.clone()
    }

    /// Keeps a webhook's address, and answers the host it leads to.
    pub async fn set_url(&self, kind: ChannelKind, name: &str, url: &str) -> Result<String, ApiError> {
        outreach::check_url(kind, url).map_err(|why| ApiError::new(Code::InvalidField, why).field("url"))?;
        let kept = self.secrets.set(&Name::channel(name), &Secret::new(url)).await;
        kept.map_err(|fault| ApiError::new(Code::NotSaved, format!("Not saved: {fault}")))?;
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        Ok(rest.split(['/', '?', '#']).next().unwrap_or_default().to_owned())
    }

    pub async fn has_url(&self, name: &str) -> bool {
        self.secrets.has(&Name::channel(name)).await.unwrap_or(false)
    }

    pub async fn forget(&self, name: &str) {
        if let Err(fault) = self.secrets.remove(&Name::channel(name)).await {
            tracing::warn!(%fault, "a channel's address");
        }
    }

    /// Keeps what a source is asked with, or signs with.
    pub async fn set_source_secret(&self, name: &str, secret: &str) -> Result<(), ApiError> {
        let kept = self.secrets.set(&Name::source(name), &Secret::new(secret)).await;
        kept.map(drop).map_err(|fault| ApiError::new(Code::NotSaved, format!("Not saved: {fault}")))
    }

    pub async fn has_source_secret(&self, name: &str) -> bool {
        self.known.secret(&SourceName(name.to_owned())).await.is_ok_and(|secret| secret.is_some())
    }

    pub async fn forget_source_secret(&self, name: &str) {
        if let Err(fault) = self.secrets.remove(&Name::source(name)).await {
            tracing::warn!(%fault, "a source's secret");
        }
    }

    /// Sends one test message and says what came of it.
    pub async fn test(&self, kind: ChannelKind, name: &str, effect: EventId) -> Finding {
        let finding = |ok, text: String, hint: Option<&str>| Finding { name: name.to_owned(), ok, text, hint: hint.map(str::to_owned) };
        if !kind.sends() {
            return finding(true, "Mail is drafted in your own program; nothing is sent from here.".into(), None);
        }
        let text = "Muster test\nThis channel can be reached. Nothing has happened.".to_owned();
        match self.poster.post(Post { effect, channel: name.to_owned(), kind, text }).await {
            Posted::Delivered { receipt: Some(receipt) } => finding(true, format!("Taken, with a receipt: {receipt}."), None),
            Posted::Delivered { receipt: None } => finding(true, "Taken. Look whether it is there.".into(), None),
            Posted::Refused(why) => finding(false, why, Some("Correct the address in Settings.")),
            Posted::Later { why, .. } => finding(false, why, Some("Try again, or copy updates out by hand.")),
            Posted::Unknown(why) => finding(false, why, Some("Look whether it is there.")),
        }
    }

    /// Users and who is on call, page by page.
    pub async fn pagerduty(&self, token: &str, base_url: Option<&str>) -> Result<Vec<(String, Option<String>)>, ApiError> {
        let base = base_url.map(str::trim).filter(|url| !url.is_empty()).unwrap_or(pagerduty::BASE);
        let fetched = pagerduty::fetch_people(token.trim(), base).await.map_err(|fault| {
            let code = match fault {
                pagerduty::FetchFault::Address | pagerduty::FetchFault::Token => Code::InvalidField,
                pagerduty::FetchFault::Busy(_) | pagerduty::FetchFault::Unreached(_) => Code::Busy,
                pagerduty::FetchFault::Forbidden(_)
                | pagerduty::FetchFault::Answer { .. }
                | pagerduty::FetchFault::Strange(_)
                | pagerduty::FetchFault::TooMany(_) => Code::Refused,
            };
            ApiError::new(code, fault.to_string())
        })?;
        let mut oncalls = fetched.oncalls.into_iter();
        Ok(fetched.users.into_iter().map(|users| (users, oncalls.next())).collect())
    }
}
