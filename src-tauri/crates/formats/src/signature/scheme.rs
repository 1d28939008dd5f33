//! How each kind of source signs: which header, which bytes, in which writing.

use super::Unsigned;
use crate::Sent;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use domain::Timestamp;
use domain::home::SourceKind;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Most signatures tried of one header: one for each secret while secrets are exchanged.
const SIGNATURES_LIMIT: usize = 8;
/// Most headers tried that may hold Grafana's time: it has no name of its own.
const TIMES_LIMIT: usize = 4;
/// Bytes of a signature.
const LENGTH: usize = 32;
/// How a secret of Standard Webhooks begins; base64 follows.
const SECRET: &str = "whsec_";

/// Tools differ in whether they fill base64 up to its end.
const BASE64: GeneralPurpose =
    GeneralPurpose::new(&STANDARD, GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent));

/// A way to sign.
#[derive(Clone, Copy)]
pub enum Scheme {
    Github,
    Sentry,
    Grafana,
    PagerDuty,
    StandardWebhooks,
}

/// Bytes that may have been signed, and when that was where it is among them.
pub struct Claim<'s> {
    before: String,
    body: &'s [u8],
    pub sent_at: Option<Timestamp>,
}

impl Scheme {
    pub const fn of(kind: SourceKind) -> Option<Self> {
        match kind {
            SourceKind::Github => Some(Self::Github),
            SourceKind::Sentry => Some(Self::Sentry),
            SourceKind::Grafana => Some(Self::Grafana),
            SourceKind::PagerDuty => Some(Self::PagerDuty),
            SourceKind::Json | SourceKind::CloudEvents | SourceKind::Mapped => Some(Self::StandardWebhooks),
            SourceKind::Alertmanager
            | SourceKind::Opsgenie
            | SourceKind::VictorOps
            | SourceKind::Slack
            | SourceKind::Datadog
            | SourceKind::UptimeKuma
            | SourceKind::Healthchecks
            | SourceKind::Azure
            | SourceKind::Gcp
            | SourceKind::NewRelic
            | SourceKind::Zabbix
            | SourceKind::Nagios
            | SourceKind::Email
            | SourceKind::Heartbeat
            | SourceKind::Report
            | SourceKind::AlertmanagerPull
            | SourceKind::PrometheusPull
            | SourceKind::GrafanaPull
            | SourceKind::PagerDutyPull
            | SourceKind::JsonPull
            | SourceKind::HttpProbe
            | SourceKind::TcpProbe => None,
        }
    }

    /// The usual headers, the surest first.
    pub const fn headers(self) -> &'static [&'static str] {
        match self {
            Self::Github => &["X-Hub-Signature-256"],
            Self::Sentry => &["Sentry-Hook-Signature", "X-Sentry-Hook-Signature"],
            Self::Grafana => &["X-Grafana-Alerting-Signature"],
            Self::PagerDuty => &["X-PagerDuty-Signature"],
            Self::StandardWebhooks => &["webhook-signature"],
        }
    }

    /// The key that a secret stands for.
    pub fn key(self, secret: &[u8]) -> Result<Hmac<Sha256>, Unsigned> {
        let decoded = match (self, std::str::from_utf8(secret).ok().and_then(|text| text.trim().strip_prefix(SECRET))) {
            (Self::StandardWebhooks, Some(encoded)) => Some(BASE64.decode(encoded).map_err(|_| Unsigned::BadSecret)?),
            (Self::StandardWebhooks, None) | (Self::Github | Self::Sentry | Self::Grafana | Self::PagerDuty, _) => None,
        };
        let key = decoded.as_deref().unwrap_or(secret);
        if key.is_empty() {
            return Err(Unsigned::BadSecret);
        }
        Ok(Hmac::new_from_slice(key).expect("HMAC takes a key of any length"))
    }

    /// The signatures that a header holds; those of another kind, such as Ed25519, are passed over.
    pub fn signatures(self, written: &str) -> Vec<[u8; LENGTH]> {
        let read: Box<dyn Iterator<Item = Option<[u8; LENGTH]>> + '_> = match self {
            Self::Github => Box::new(std::iter::once(written.strip_prefix("sha256=").and_then(hex))),
            Self::Sentry | Self::Grafana => Box::new(std::iter::once(hex(written))),
            Self::PagerDuty => Box::new(written.split(',').map(|one| hex(one.trim().strip_prefix("v1=")?))),
            Self::StandardWebhooks => {
                Box::new(written.split_ascii_whitespace().map(|one| BASE64.decode(one.strip_prefix("v1,")?).ok()?.try_into().ok()))
            }
        };
        read.flatten().take(SIGNATURES_LIMIT).collect()
    }

    /// What may have been signed.
    pub fn claims<'s>(self, sent: &Sent<'s>) -> Result<Vec<Claim<'s>>, Unsigned> {
        let bare = Claim { before: String::new(), body: sent.body, sent_at: None };
        match self {
            Self::Github | Self::Sentry | Self::PagerDuty => Ok(vec![bare]),
            Self::Grafana => {
                let named = sent.headers.iter().filter(|(name, _)| name.to_ascii_lowercase().ends_with("timestamp"));
                let timed = named.take(TIMES_LIMIT).filter_map(|(_, written)| {
                    Some(Claim { before: format!("{written}:"), body: sent.body, sent_at: Some(seconds(written)?) })
                });
                Ok(timed.chain([bare]).collect())
            }
            Self::StandardWebhooks => {
                let id = sent.header("webhook-id").ok_or(Unsigned::Missing)?;
                let written = sent.header("webhook-timestamp").ok_or(Unsigned::Missing)?;
                let sent_at = Some(seconds(written).ok_or(Unsigned::Unreadable)?);
                Ok(vec![Claim { before: format!("{id}.{written}."), body: sent.body, sent_at }])
            }
        }
    }
}

impl Claim<'_> {
    /// Whether these bytes have this signature; takes the same time whatever the difference.
    pub fn is_signed(&self, key: &Hmac<Sha256>, signature: &[u8; LENGTH]) -> bool {
        key.clone().chain_update(self.before.as_bytes()).chain_update(self.body).verify_slice(signature).is_ok()
    }
}

fn seconds(written: &str) -> Option<Timestamp> {
    written.parse().ok().map(|seconds| Timestamp(0).plus_secs(seconds))
}

fn hex(digits: &str) -> Option<[u8; LENGTH]> {
    let digits: &[u8; 2 * LENGTH] = digits.as_bytes().try_into().ok()?;
    let mut bytes = [0; LENGTH];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}
