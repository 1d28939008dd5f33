//! Roads out that need no set-up talk: incoming webhooks and mail. The URL of a webhook is a secret and never lies here.

use crate::{ChannelName, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A kind of channel.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the tools by name")]
pub enum ChannelKind {
    Slack,
    Teams,
    Mattermost,
    Discord,
    Mail,
}

impl ChannelKind {
    /// All kinds in the order they are offered.
    pub const ALL: [Self; 5] = [Self::Slack, Self::Teams, Self::Mattermost, Self::Discord, Self::Mail];

    /// The name on the wire.
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Slack => "slack",
            Self::Teams => "teams",
            Self::Mattermost => "mattermost",
            Self::Discord => "discord",
            Self::Mail => "mail",
        }
    }

    /// The name on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Slack => "Slack",
            Self::Teams => "Teams",
            Self::Mattermost => "Mattermost",
            Self::Discord => "Discord",
            Self::Mail => "Mail",
        }
    }

    /// Reads a wire name in any case.
    pub fn parse(typed: &str) -> Option<Self> {
        let t = typed.trim().to_lowercase();
        Self::ALL.into_iter().find(|kind| kind.wire() == t)
    }

    /// Whether Muster sends by itself; mail is drafted in the person's own program.
    pub const fn sends(self) -> bool {
        match self {
            Self::Slack | Self::Teams | Self::Mattermost | Self::Discord => true,
            Self::Mail => false,
        }
    }
}

/// One channel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Channel {
    /// Its kind.
    pub kind: ChannelKind,
    /// Where it leads, as far as that is no secret: a host, or mail addresses.
    pub to: Option<String>,
    /// Since when.
    pub added_at: Timestamp,
}

/// Channels by name.
pub type Channels = std::collections::BTreeMap<ChannelName, Channel>;
