//! Trying a place: an HTTP address or a TCP port. What is wrong is an alert of its own kind, after as many tries as are set.

use super::ask::{self, client, silence};
use super::{Asked, Outcome};
use crate::{Ledger, Tried};
use domain::alerts::{Signal, SignalState};
use domain::home::{BODY_LOOKED_AT, Expect, SourceKind};
use domain::{AlertSeverity, Timestamp};
use formats::Parsed;
use reqwest::tls::TlsInfo;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

/// Pause before the second try; each further one is twice as long.
const PAUSE: Duration = Duration::from_secs(2);
/// Tries where nothing else is set.
const TRIES: u32 = 3;

/// Something that is wrong with a place.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Wrong {
    what: &'static str,
    sentence: String,
    severity: AlertSeverity,
}

fn wrong(what: &'static str, sentence: String) -> Wrong {
    Wrong { what, sentence, severity: AlertSeverity::Error }
}

/// Tries until it is well, or as often as is set.
pub async fn round(ledger: &Arc<dyn Ledger>, one: &Asked) -> Outcome {
    let expect = one.settings.expect.clone().unwrap_or_default();
    let url = one.settings.url.clone().ok_or("No address to try is set. Set it with the source.")?;
    let mut pause = PAUSE;
    let mut last = attempt(one.kind, &url, &expect, ledger.now()).await?;
    for _ in 1..expect.tries.unwrap_or(TRIES) {
        if last.wrong.is_empty() {
            break;
        }
        sleep(pause).await;
        pause *= 2;
        last = attempt(one.kind, &url, &expect, ledger.now()).await?;
    }
    let now = ledger.now();
    ledger.tried(&one.name, Tried { at: now, well: last.wrong.is_empty(), took: last.took }).await;
    let signals = last.wrong.into_iter().map(|wrong| signal(one, &url, wrong, now)).collect();
    ask::store(ledger, one, Parsed { signals, ..Parsed::default() }).await
}

fn signal(one: &Asked, url: &str, wrong: Wrong, now: Timestamp) -> Signal {
    Signal {
        key: format!("{}:{}", one.name, wrong.what),
        episode: String::new(),
        group_key: one.name.0.clone(),
        group_title: format!("{} is not well", one.name),
        title: format!("{url} {}", wrong.sentence),
        severity: wrong.severity,
        started_at: now,
        state: SignalState::Firing { lapses_at: None },
        labels: [("alertname".to_owned(), format!("probe_{}", wrong.what)), ("instance".to_owned(), url.to_owned())].into(),
        annotations: [].into(),
        link: (one.kind == SourceKind::HttpProbe).then(|| url.to_owned()),
        service: one.settings.service.clone(),
        rules: vec![],
    }
}

/// What one attempt found.
struct Attempt {
    wrong: Vec<Wrong>,
    took: Option<Duration>,
}

impl Attempt {
    fn unreachable(sentence: String) -> Self {
        Self { wrong: vec![wrong("unreachable", sentence)], took: None }
    }
}

async fn attempt(kind: SourceKind, url: &str, expect: &Expect, now: Timestamp) -> Result<Attempt, String> {
    match kind {
        SourceKind::TcpProbe => Ok(tcp(url, expect).await),
        _ => http(url, expect, now).await,
    }
}

async fn tcp(place: &str, expect: &Expect) -> Attempt {
    let begun = Instant::now();
    match timeout(ask::PATIENCE, TcpStream::connect(place)).await {
        Ok(Ok(_)) => {
            let took = begun.elapsed();
            Attempt { wrong: slow(took, expect).into_iter().collect(), took: Some(took) }
        }
        Ok(Err(fault)) => Attempt::unreachable(format!("cannot be reached: {}.", fault.kind())),
        Err(_) => Attempt::unreachable(format!("did not answer within {} s.", ask::PATIENCE.as_secs())),
    }
}

async fn http(url: &str, expect: &Expect, now: Timestamp) -> Result<Attempt, String> {
    let client = client()?;
    let begun = Instant::now();
    let mut response = match client.get(url).send().await {
        Ok(response) => response,
        Err(fault) => return Ok(Attempt::unreachable(lower(&silence(&fault)))),
    };
    let took = begun.elapsed();
    let status = response.status().as_u16();
    let good = expect.status.map_or((200..400).contains(&status), |expected| expected == status);
    let mut found = vec![];
    if !good {
        let expected = expect.status.map_or_else(|| "200 to 399".to_owned(), |status| status.to_string());
        found.push(wrong("status", format!("answered {status}, expected {expected}.")));
    }
    found.extend(slow(took, expect));
    let certificate = response.extensions().get::<TlsInfo>().and_then(TlsInfo::peer_certificate).and_then(ends_at);
    found.extend(certificate.and_then(|ends| aged(ends, expect, now)));
    if let Some(text) = &expect.text {
        let mut body = vec![];
        while let Ok(Some(chunk)) = response.chunk().await {
            body.extend_from_slice(&chunk);
            if body.len() >= BODY_LOOKED_AT {
                break;
            }
        }
        if !String::from_utf8_lossy(&body).contains(text.as_str()) {
            found.push(wrong("text", format!("does not say {text:?}.")));
        }
    }
    Ok(Attempt { wrong: found, took: Some(took) })
}

fn slow(took: Duration, expect: &Expect) -> Option<Wrong> {
    let within = u128::from(expect.within_ms?);
    let took = took.as_millis();
    (took > within).then(|| wrong("slow", format!("took {took} ms, expected {within} ms at most.")))
}

/// When a certificate ends.
fn ends_at(der: &[u8]) -> Option<Timestamp> {
    let (_, certificate) = x509_parser::parse_x509_certificate(der).ok()?;
    Some(Timestamp(0).plus_secs(certificate.validity().not_after.timestamp()))
}

fn aged(ends: Timestamp, expect: &Expect, now: Timestamp) -> Option<Wrong> {
    let least = i64::from(expect.certificate_days?);
    let days = ends.since(now).div_euclid(24 * 60 * 60 * 1_000);
    (days < least).then(|| Wrong {
        what: "certificate",
        sentence: if days < 0 {
            "has a certificate that has expired.".into()
        } else {
            format!("has a certificate that expires in {days} days.")
        },
        severity: if days < 0 { AlertSeverity::Critical } else { AlertSeverity::Warning },
    })
}

fn lower(sentence: &str) -> String {
    format!("is not well: {}", sentence.trim_start_matches("It "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_missed_before_it_expires() {
        let day = 24 * 60 * 60 * 1_000;
        let expect = Expect { certificate_days: Some(14), ..Expect::default() };
        assert_eq!(aged(Timestamp(20 * day), &expect, Timestamp(0)), None);
        assert_eq!(aged(Timestamp(6 * day), &expect, Timestamp(0)).map(|wrong| wrong.severity), Some(AlertSeverity::Warning));
        assert_eq!(aged(Timestamp(0), &expect, Timestamp(day)).map(|wrong| wrong.severity), Some(AlertSeverity::Critical));
        assert_eq!(aged(Timestamp(0), &Expect::default(), Timestamp(day)), None, "nobody asked");
    }

    #[test]
    fn slow_is_slower_than_was_said() {
        let expect = Expect { within_ms: Some(800), ..Expect::default() };
        assert_eq!(slow(Duration::from_millis(800), &expect), None);
        assert_eq!(
            slow(Duration::from_millis(801), &expect).map(|wrong| wrong.sentence),
            Some("took 801 ms, expected 800 ms at most.".into())
        );
    }
}
