//! One careful way to ask over HTTP: no redirect is followed, no proxy is guessed, no connection is kept, an answer is
//! read only so far, and what went wrong is told by whether the request had left. Addresses never get into the words.

use reqwest::header::HeaderMap;
use reqwest::{Client, RequestBuilder};
use std::time::Duration;

/// How long to wait.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the connection: name, wire and handshake.
    pub connect: Duration,
    /// For everything, the answer too.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { connect: Duration::from_secs(10), whole: Duration::from_secs(20) }
    }
}

/// An answer, as far as it was read.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body up to the limit, as text.
    pub text: String,
    /// The body was longer than the limit.
    pub cut: bool,
}

/// Why there is no answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Silence {
    /// The request did not leave.
    Unreached(String),
    /// The request left, and the answer did not come, or not whole.
    Unanswered(String),
}

/// Says once for the process which cryptography TLS uses. Whoever builds a `reqwest` client of their own calls it before.
pub fn provide_tls() {
    // An error means that it was said before, which is as good.
    drop(rustls::crypto::ring::default_provider().install_default());
}

/// A client. `Err` says in a sentence why this machine cannot have one.
pub(crate) fn build(patience: Patience) -> Result<Client, String> {
    provide_tls();
    Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .connect_timeout(patience.connect)
        .timeout(patience.whole)
        .pool_max_idle_per_host(0)
        .user_agent(concat!("Muster/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|fault| format!("This machine has nothing to check servers with ({}). Install its root certificates.", deepest(&fault)))
}

/// Sends a request to `host` and reads at most `limit` bytes of the answer.
pub(crate) async fn ask(host: &str, request: RequestBuilder, limit: usize) -> Result<Answer, Silence> {
    let mut response = request.send().await.map_err(|fault| silence(host, &fault))?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let mut body = vec![];
    while body.len() <= limit {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(fault) => return Err(silence(host, &fault)),
        }
    }
    let cut = body.len() > limit;
    body.truncate(limit);
    Ok(Answer { status, headers, text: String::from_utf8_lossy(&body).into_owned(), cut })
}

fn silence(host: &str, fault: &reqwest::Error) -> Silence {
    match (fault.is_connect() || fault.is_builder(), fault.is_timeout()) {
        (true, true) => Silence::Unreached(format!("{host} could not be reached: it did not take the connection in time.")),
        (true, false) => Silence::Unreached(format!("{host} could not be reached: {}.", deepest(fault))),
        (false, true) => Silence::Unanswered(format!("The message was sent to {host}, and no answer came in time.")),
        (false, false) => {
            Silence::Unanswered(format!("The message was sent to {host}, and the connection broke before the answer was whole."))
        }
    }
}

/// The first cause of a fault: those above it only repeat the address.
fn deepest(fault: &reqwest::Error) -> String {
    let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(fault);
    let mut words = "the request could not be made".to_owned();
    while let Some(one) = cause {
        words = one.to_string();
        cause = one.source();
    }
    words.trim_end_matches('.').to_owned()
}
