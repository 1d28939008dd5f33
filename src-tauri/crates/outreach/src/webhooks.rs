//! Posts to incoming webhooks. Each call is one request and no more: whether to try again is for the outbox to say, which
//! knows what a second one would mean.

use crate::client::{self, Patience, Silence};
use crate::{body, link, verdict};
use async_trait::async_trait;
use domain::home::ChannelKind;
use engine::ports::{Post, Posted};
use reqwest::Client;
use std::sync::Arc;
use tokio::sync::OnceCell;

/// Bytes of an answer that are read.
const ANSWER: usize = 4 * 1024;
/// Discord's answer repeats the message, its id somewhere among it.
const DISCORD_ANSWER: usize = 32 * 1024;

/// Where a channel's secret address is kept.
#[async_trait]
pub trait Urls: Send + Sync {
    /// The webhook of the channel with this name, or nothing where none is kept. `Err` says in a sentence why it cannot
    /// be had just now.
    async fn url(&self, channel: &str) -> Result<Option<String>, String>;
}

/// The poster for Slack, Teams, Mattermost and Discord.
pub struct Webhooks {
    urls: Arc<dyn Urls>,
    patience: Patience,
    client: OnceCell<Client>,
}

impl Webhooks {
    /// Posts with addresses from `urls`. Nothing is read or opened before the first post.
    pub fn new(urls: Arc<dyn Urls>) -> Self {
        Self::with_patience(urls, Patience::default())
    }

    /// The same with other limits of time.
    pub fn with_patience(urls: Arc<dyn Urls>, patience: Patience) -> Self {
        Self { urls, patience, client: OnceCell::new() }
    }

    /// Posts once. Never twice for one call, whatever happens.
    pub async fn post(&self, post: Post) -> Posted {
        let Some(message) = body::body(post.kind, &post.text) else {
            let why =
                if post.kind.sends() { "There is no text to post." } else { "Mail is sent from your own mail program, not by Muster." };
            return Posted::Refused(why.into());
        };
        let url = match self.urls.url(&post.channel).await {
            Ok(Some(url)) => url,
            Ok(None) => return Posted::Refused(format!("No webhook for {} is kept on this machine. Enter it in Settings.", post.channel)),
            Err(why) => return Posted::Later { why, after: None },
        };
        let mut url = match link::parse(post.kind, &url) {
            Ok(url) => url,
            Err(why) => return Posted::Refused(why),
        };
        if post.kind == ChannelKind::Discord {
            // Only then does Discord say whether, and as what, the message was kept.
            url.query_pairs_mut().append_pair("wait", "true");
        }
        let host = url.host_str().unwrap_or_default().to_owned();
        let client = match self.client().await {
            Ok(client) => client,
            Err(why) => return Posted::Later { why, after: None },
        };
        let request = client.post(url).header("content-type", "application/json").body(message.to_string());
        let limit = if post.kind == ChannelKind::Discord { DISCORD_ANSWER } else { ANSWER };
        let posted = match client::ask(&host, request, limit).await {
            Ok(answer) => verdict::judge(post.kind, &host, &answer),
            Err(Silence::Unreached(why)) => Posted::Later { why, after: None },
            Err(Silence::Unanswered(why)) => Posted::Unknown(format!("{why} Look in the channel whether it is there.")),
        };
        tracing::info!(effect = %post.effect, kind = post.kind.wire(), outcome = name(&posted), "post");
        posted
    }

    async fn client(&self) -> Result<&Client, String> {
        let patience = self.patience;
        self.client.get_or_try_init(|| async move { client::build(patience) }).await
    }
}

fn name(posted: &Posted) -> &'static str {
    match posted {
        Posted::Delivered { .. } => "delivered",
        Posted::Refused(_) => "refused",
        Posted::Later { .. } => "later",
        Posted::Unknown(_) => "unknown",
    }
}
