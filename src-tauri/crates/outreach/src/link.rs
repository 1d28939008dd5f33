//! Whether an address looks like the webhook of its tool, so that a mistyped or misplaced one is told at once and a
//! secret is never sent to a stranger.

use domain::home::ChannelKind;
use reqwest::Url;
use std::net::IpAddr;

/// Longest address: Windows keeps 2,560 bytes of a secret, two to a character.
const LONGEST: usize = 1_200;

/// Whether `url` can be a webhook of this tool. `Err` says in a sentence what is wrong with it, never the address itself.
/// Plain `http` is for this machine only, where any path will do.
pub fn check_url(kind: ChannelKind, url: &str) -> Result<(), String> {
    parse(kind, url).map(|_| ())
}

/// The address, checked.
pub(crate) fn parse(kind: ChannelKind, url: &str) -> Result<Url, String> {
    if kind == ChannelKind::Mail {
        return Err("Mail has no webhook. Enter the addresses the mail goes to.".into());
    }
    let tool = kind.label();
    let whole = format!("Copy the whole address that {tool} shows; it starts with https://.");
    if url.len() > LONGEST {
        return Err(format!("This address is longer than any webhook of {tool}. {whole}"));
    }
    if url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(format!("This address has a blank in it. {whole}"));
    }
    let parsed = Url::parse(url).map_err(|_| format!("This is no web address. {whole}"))?;
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return Err(format!("A webhook of {tool} has no user name in its address. {whole}"));
    }
    if is_loopback(&parsed) && matches!(parsed.scheme(), "http" | "https") {
        return Ok(parsed);
    }
    if parsed.scheme() != "https" {
        return Err(format!("A webhook's address is a secret and is only used over https. {whole}"));
    }
    match kind {
        ChannelKind::Slack => slack(&parsed)?,
        ChannelKind::Teams => teams(&parsed)?,
        ChannelKind::Mattermost => mattermost(&parsed)?,
        ChannelKind::Discord => discord(&parsed)?,
        ChannelKind::Mail => {}
    }
    Ok(parsed)
}

/// Whether it leads to this machine by a name or number that means nothing else.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let number = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || number.is_ok_and(|number| number.is_loopback())
}

fn slack(url: &Url) -> Result<(), String> {
    let parts = parts(url);
    if !is_host(url, &["hooks.slack.com", "hooks.slack-gov.com"]) {
        return Err(
            "A Slack webhook starts with https://hooks.slack.com/services/. Make one under Incoming Webhooks in your Slack app.".into()
        );
    }
    if matches!(parts.first(), Some(&("workflows" | "triggers"))) {
        return Err("This address starts a Slack workflow, which takes no messages. Make an incoming webhook instead.".into());
    }
    let is_whole = parts.len() == 4 && parts[0] == "services" && parts[1].starts_with('T') && parts[2].starts_with('B');
    if is_whole { Ok(()) } else { Err("Part of this Slack address is missing: it ends in /services/T…/B…/… . Copy it again.".into()) }
}

fn teams(url: &Url) -> Result<(), String> {
    if ends_in(url, &["webhook.office.com", "outlook.office.com"]) {
        return Err("This is an Office 365 connector, which Microsoft has retired. Make a workflow in Teams (\"Post to a channel \
                    when a webhook request is received\") and copy its address."
            .into());
    }
    if !ends_in(url, &["logic.azure.com", "logic.azure.us", "powerplatform.com", "powerplatform.us"]) {
        return Err(
            "A Teams workflow's address leads to logic.azure.com or powerplatform.com. In Teams, open the channel's Workflows and \
                    copy the address of the one that posts webhook requests."
                .into(),
        );
    }
    let path = url.path();
    let signed = url.query_pairs().any(|(name, value)| name == "sig" && !value.is_empty());
    if path.contains("/triggers/") && path.ends_with("/paths/invoke") && signed {
        return Ok(());
    }
    Err("Part of this Teams address is missing: it has /triggers/… /paths/invoke and ends in sig=… . Copy it again.".into())
}

fn mattermost(url: &Url) -> Result<(), String> {
    let parts = parts(url);
    let key = parts.split_last().filter(|(_, before)| before.last() == Some(&"hooks")).map(|(key, _)| *key);
    if key.is_some_and(|key| key.len() == 26 && key.chars().all(|c| c.is_ascii_alphanumeric())) {
        return Ok(());
    }
    Err("A Mattermost webhook ends in /hooks/ and 26 letters and digits. Copy it from Integrations, Incoming Webhooks.".into())
}

fn discord(url: &Url) -> Result<(), String> {
    if !is_host(url, &["discord.com", "discordapp.com", "ptb.discord.com", "canary.discord.com"]) {
        return Err("A Discord webhook starts with https://discord.com/api/webhooks/. Make one under Edit channel, Integrations.".into());
    }
    let mut parts = parts(url);
    if parts.get(1).is_some_and(|version| version.starts_with('v') && version[1..].chars().all(|c| c.is_ascii_digit())) {
        parts.remove(1);
    }
    let is_whole = parts.len() == 4 && parts[..2] == ["api", "webhooks"] && parts[2].chars().all(|c| c.is_ascii_digit());
    if is_whole { Ok(()) } else { Err("Part of this Discord address is missing: it ends in /api/webhooks/…/… . Copy it again.".into()) }
}

/// The parts of the path that are not empty.
fn parts(url: &Url) -> Vec<&str> {
    url.path().split('/').filter(|part| !part.is_empty()).collect()
}

fn is_host(url: &Url, hosts: &[&str]) -> bool {
    url.port().is_none() && url.host_str().is_some_and(|host| hosts.contains(&host))
}

/// Whether the host lies under one of these domains, on the usual port.
fn ends_in(url: &Url, domains: &[&str]) -> bool {
    let host = url.host_str().unwrap_or_default();
    url.port().is_none()
        && domains.iter().any(|domain| host.strip_suffix(domain).is_some_and(|front| front.is_empty() || front.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ChannelKind::{Discord, Mail, Mattermost, Slack, Teams};

    const SIGNED: &str = "/workflows/0a1b/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers&sv=1.0&sig=abc";

    #[test]
    fn each_tools_own_address_is_taken() {
        let teams = format!("https://prod-12.westeurope.logic.azure.com:443{SIGNED}");
        let newer = format!("https://default1.2.environment.api.powerplatform.com:443/powerautomate/automations/direct{SIGNED}");
        let good = [
            (Slack, "https://hooks.slack.com/services/T01/B02/abcDEF"),
            (Teams, teams.as_str()),
            (Teams, newer.as_str()),
            (Mattermost, "https://chat.example/team/hooks/abcdefghijklmnopqrstuvwxyz"),
            (Discord, "https://discord.com/api/webhooks/123/abc-_D"),
            (Discord, "https://discord.com/api/v10/webhooks/123/abc"),
            (Slack, "http://127.0.0.1:4000/anything"),
            (Mattermost, "http://[::1]:4000/"),
        ];
        for (kind, url) in good {
            assert_eq!(check_url(kind, url), Ok(()), "{url}");
        }
    }

    #[test]
    fn anything_else_is_refused_in_a_sentence_that_does_not_repeat_it() {
        let elsewhere = format!("https://logic.azure.com.evil.example{SIGNED}");
        let bad = [
            (Slack, "https://hooks.slack.com.evil.example/services/T01/B02/abc"),
            (Slack, "https://hooks.slack.com/services/T01/B02"),
            (Slack, "https://hooks.slack.com/triggers/T01/1/abc"),
            (Slack, "http://hooks.slack.com/services/T01/B02/abc"),
            (Slack, "https://me:secret@hooks.slack.com/services/T01/B02/abc"),
            (Slack, "https://hooks.slack.com/services/T01/B02/a bc"),
            (Slack, "file:///etc/passwd"),
            (Slack, "http://127.0.0.1.evil.example/"),
            (Teams, "https://acme.webhook.office.com/webhookb2/1"),
            (Teams, "https://prod.logic.azure.com/workflows/1/triggers/manual/paths/invoke"),
            (Teams, elsewhere.as_str()),
            (Mattermost, "https://chat.example/hooks/short"),
            (Mattermost, "http://chat.example/hooks/abcdefghijklmnopqrstuvwxyz"),
            (Discord, "https://discord.com/api/webhooks/123"),
            (Discord, "https://discord.com:8443/api/webhooks/123/abc"),
            (Mail, "https://mail.example/"),
            (Slack, "hooks.slack.com/services/T01/B02/abc"),
        ];
        for (kind, url) in bad {
            let why = check_url(kind, url).expect_err(url);
            assert!(why.ends_with('.') && why.len() > 20, "{why}");
            assert!(!why.contains(url) && !why.contains("secret@"), "{why}");
        }
        assert!(check_url(Teams, "https://acme.webhook.office.com/webhookb2/1").expect_err("retired").contains("retired"));
    }
}
