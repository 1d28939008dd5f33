//! What the engine needs from outside: time, randomness, hands to show a notice and to post a message. Traits only;
//! whoever opens a home brings the real ones, tests bring fakes.

use async_trait::async_trait;
use domain::home::ChannelKind;
use domain::notices::{Notice, NoticeKey};
use domain::{EventId, SourceName, Timestamp};
use std::time::Duration;

/// Reads the wall clock. The only source of "now".
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// Gives random bits for ids, salts and references.
pub trait Entropy: Send + Sync {
    /// Sixteen fresh random bytes.
    fn bytes16(&self) -> [u8; 16];
}

/// Shows notices on the desktop, one per incident: a later one replaces the earlier.
#[async_trait]
pub trait Notifier: Send + Sync {
    /// Shows `notice`, in place of the one already shown about the same. `Err` says in words why nothing was shown.
    async fn show(&self, notice: Notice) -> Result<(), String>;
    /// Takes that notice away, if one is shown.
    async fn close(&self, notice: NoticeKey);
}

/// A message for one channel, worded already.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Post {
    /// The effect it carries out.
    pub effect: EventId,
    /// The channel's name; where it leads is kept elsewhere.
    pub channel: String,
    /// What the channel is.
    pub kind: ChannelKind,
    /// Plain lines, the first of them the heading. No markup: what looks like it is shown as it is.
    pub text: String,
}

/// What a tool is told of its own alerts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reply {
    /// The effect it carries out.
    pub effect: EventId,
    /// The source they came from; what it is asked with lies with the secrets.
    pub source: SourceName,
    /// Where it is, unless at the usual place.
    pub url: Option<String>,
    /// In whose name.
    pub reply_as: String,
    /// Which alerts, by the tool's own keys.
    pub keys: Vec<String>,
    /// What is true of them here.
    pub what: ReplyKind,
}

/// What may be said of alerts to the tool they came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReplyKind {
    /// Somebody looks at them.
    Acknowledged,
    /// The incident they belong to is resolved.
    Resolved,
}

/// What became of a post.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Posted {
    /// The tool took it.
    Delivered {
        /// What the tool calls the message, where it says so.
        receipt: Option<String>,
    },
    /// It will never be taken as it is: why, in a sentence with the tool's own words.
    Refused(String),
    /// It did not leave, or the tool asked for another time.
    Later {
        /// Why, in a sentence.
        why: String,
        /// How long the tool asks to wait.
        after: Option<Duration>,
    },
    /// It left, and nobody knows whether it arrived. A second one could be one too many.
    Unknown(String),
}

/// Posts messages to channels.
#[async_trait]
pub trait Poster: Send + Sync {
    /// Posts once. Never twice for one call, whatever happens.
    async fn post(&self, post: Post) -> Posted;
    /// Tells a tool about its own alerts. Told twice, it is as if told once.
    async fn reply(&self, reply: Reply) -> Posted;
}

/// Says whether this machine reaches a network at all.
pub trait Network: Send + Sync {
    /// Whether it does; `None` where nobody can tell.
    fn online(&self) -> Option<bool>;
}

/// Hands of the outbox: what it may do outside of the ledger. What is missing stays planned.
#[derive(Clone, Default)]
pub struct Hands {
    /// Shows notices.
    pub notifier: Option<std::sync::Arc<dyn Notifier>>,
    /// Posts to channels.
    pub poster: Option<std::sync::Arc<dyn Poster>>,
}
