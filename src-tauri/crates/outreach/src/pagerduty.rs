//! Fetches from PagerDuty who there is and who is on call. Reads only, once, when a person asks; the token is used and
//! forgotten. What comes back is given on as it came, for `formats` to read.

use crate::client::{self, Answer, Patience, Silence};
use crate::{link, verdict};
use reqwest::header::HeaderValue;
use reqwest::{Client, Url};
use serde_json::Value;

/// PagerDuty's interface for accounts in the United States, which most are.
pub const BASE: &str = "https://api.pagerduty.com";
/// The same for accounts in Europe.
pub const BASE_EU: &str = "https://api.eu.pagerduty.com";

/// Entries asked for at once: the most that PagerDuty gives.
const PAGE: usize = 100;
/// Most entries of a kind, PagerDuty's own limit for paging.
const MOST: usize = 10_000;
/// Most bytes of one page.
const BYTES: usize = 8 * 1024 * 1024;

/// What PagerDuty answered, page by page, as raw JSON.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Fetched {
    /// Answers to `/users`, contact methods included.
    pub users: Vec<String>,
    /// Answers to `/oncalls`: for each person and escalation policy the next or present turn.
    pub oncalls: Vec<String>,
}

/// Why nothing was fetched, in sentences.
#[derive(Debug, thiserror::Error)]
pub enum FetchFault {
    /// The address is not one to send a token to.
    #[error("PagerDuty's address must start with https://. Leave it as it is unless your account is in Europe.")]
    Address,
    /// Not a token, or not a valid one.
    #[error("PagerDuty does not know this token. Make a read-only key under Integrations, API Access Keys, and paste it again.")]
    Token,
    /// A token that may not read people.
    #[error("This PagerDuty token may not read people{}. Ask for a read-only key of the whole account.", said(.0))]
    Forbidden(String),
    /// Too many questions.
    #[error("PagerDuty asks for a pause. Try again in {0} seconds.")]
    Busy(u64),
    /// No connection, or no answer.
    #[error("{0} Try again, or paste the people from a file.")]
    Unreached(String),
    /// Another answer.
    #[error("PagerDuty answered with {status}{}. Try again later.", said(.words))]
    Answer {
        /// The status.
        status: u16,
        /// Its own words, where it has any.
        words: String,
    },
    /// An answer that is none of PagerDuty's.
    #[error("What came back is not PagerDuty's ({0}). Check the address.")]
    Strange(&'static str),
    /// More than PagerDuty pages through.
    #[error("There are more than 10,000 {0} in this account, more than PagerDuty gives. Paste the people you need from a file.")]
    TooMany(&'static str),
}

fn said(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!(" (\"{words}\")") }
}

/// Asks for all users and who is on call. `base_url` is [`BASE`], [`BASE_EU`] or one on this machine.
pub async fn fetch_people(token: &str, base_url: &str) -> Result<Fetched, FetchFault> {
    fetch_people_within(token, base_url, Patience::default()).await
}

/// The same with other limits of time, for each page.
pub async fn fetch_people_within(token: &str, base_url: &str, patience: Patience) -> Result<Fetched, FetchFault> {
    let base = base(base_url).ok_or(FetchFault::Address)?;
    let mut token = HeaderValue::from_str(&format!("Token token={}", token.trim())).map_err(|_| FetchFault::Token)?;
    token.set_sensitive(true);
    let client = client::build(patience).map_err(FetchFault::Unreached)?;
    let caller = Caller { client, base, token };
    let users = caller.pages("users", &[("include[]", "contact_methods")]).await?;
    let oncalls = caller.pages("oncalls", &[("earliest", "true")]).await?;
    Ok(Fetched { users, oncalls })
}

/// An address to which a token may be sent: one that is encrypted, or on this machine.
pub(crate) fn base(url: &str) -> Option<Url> {
    let base = Url::parse(url.trim().trim_end_matches('/')).ok()?;
    (base.scheme() == "https" || (base.scheme() == "http" && link::is_loopback(&base))).then_some(base)
}

struct Caller {
    client: Client,
    base: Url,
    token: HeaderValue,
}

impl Caller {
    /// All pages of a list.
    async fn pages(&self, list: &'static str, also: &[(&str, &str)]) -> Result<Vec<String>, FetchFault> {
        let mut pages = vec![];
        loop {
            let offset = pages.len() * PAGE;
            if offset >= MOST {
                return Err(FetchFault::TooMany(list));
            }
            let text = self.page(list, also, offset).await?;
            let read: Value = serde_json::from_str(&text).map_err(|_| FetchFault::Strange("no JSON"))?;
            if !read[list].is_array() {
                return Err(FetchFault::Strange("no list of people"));
            }
            pages.push(text);
            if read["more"] != Value::Bool(true) {
                return Ok(pages);
            }
        }
    }

    async fn page(&self, list: &str, also: &[(&str, &str)], offset: usize) -> Result<String, FetchFault> {
        let mut url = self.base.clone();
        url.set_path(&format!("{}/{list}", self.base.path().trim_end_matches('/')));
        url.query_pairs_mut().extend_pairs(also).append_pair("limit", &PAGE.to_string()).append_pair("offset", &offset.to_string());
        let host = url.host_str().unwrap_or_default().to_owned();
        let request = self.client.get(url);
        let request = request.header("authorization", &self.token).header("accept", "application/vnd.pagerduty+json;version=2");
        let answer = client::ask(&host, request, BYTES).await.map_err(|silence| match silence {
            Silence::Unreached(why) => FetchFault::Unreached(why),
            Silence::Unanswered(_) => FetchFault::Unreached(format!("{host} did not answer in time or broke off.")),
        })?;
        judge(answer)
    }
}

fn judge(answer: Answer) -> Result<String, FetchFault> {
    match answer.status {
        200 if answer.cut => Err(FetchFault::Strange("the answer is too long")),
        200 => Ok(answer.text),
        401 => Err(FetchFault::Token),
        403 => Err(FetchFault::Forbidden(verdict::words(&answer))),
        429 => {
            let reset = answer.headers.get("ratelimit-reset").and_then(|value| value.to_str().ok()?.trim().parse::<f64>().ok());
            let wait = verdict::retry_after(&answer.headers).or(reset).unwrap_or(60.0);
            Err(FetchFault::Busy(wait.clamp(1.0, 3_600.0).ceil() as u64))
        }
        status => Err(FetchFault::Answer { status, words: verdict::words(&answer) }),
    }
}
