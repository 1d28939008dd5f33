//! Links that leave the app: opened in the system's browser after a check here, never in a window of ours.

use api::{ApiError, Code};
use std::process::{Command, Stdio};
use tauri::Url;

/// Longest address that is handed on.
const LIMIT: usize = 4096;

/// Whether a page of ours may go there: the bundled pages, and the frame that Tauri puts between them and the shell.
pub fn is_own(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        scheme => scheme.starts_with("isolation-") && url.host_str() == Some("localhost"),
    }
}

/// Whether the system's browser may be sent there.
fn may_leave(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
        && url.host_str().is_some_and(|host| !host.is_empty())
        && url.username().is_empty()
        && url.password().is_none()
        && url.as_str().len() <= LIMIT
}

/// Opens a link in the system's browser, where it may be opened at all.
pub fn open(url: &Url) {
    if !may_leave(url) {
        tracing::warn!(scheme = url.scheme(), "link not opened");
        return;
    }
    if let Err(fault) = start(url.as_str()) {
        tracing::warn!(%fault, "browser not started");
    }
}

/// Hands a link that a person chose to whatever opens its kind: a phone program, a mail program, the browser.
pub fn hand_on(text: &str) -> Result<(), ApiError> {
    let road = ["tel:", "sms:", "mailto:"].into_iter().find(|road| text.starts_with(road));
    let url: Option<Url> = text.parse().ok();
    let may = road.is_some() || url.as_ref().is_some_and(may_leave);
    if !may || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(ApiError::new(Code::Refused, "Muster does not open that link."));
    }
    start(text).map_err(|fault| {
        tracing::warn!(%fault, "link not opened");
        ApiError::new(Code::Refused, "Nothing on this machine opens that kind of link.").hint("Copy it instead.")
    })
}

/// One argument of its own that begins with a known road: neither a shell nor the program can read it as anything else.
fn start(text: &str) -> std::io::Result<()> {
    let mut child = browser().arg(text).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    drop(std::thread::spawn(move || child.wait()));
    Ok(())
}

fn browser() -> Command {
    if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        command
    } else {
        Command::new("xdg-open")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().expect("an address")
    }

    #[test]
    fn only_our_own_pages_are_loaded() {
        assert!(is_own(&url("tauri://localhost/index.html?recovered=1")));
        assert!(is_own(&url("isolation-6f1c://localhost/")));
        for foreign in
            ["https://example.com/", "tauri://example.com/", "file:///etc/passwd", "about:blank", "data:text/html,x", "isolation-x://evil/"]
        {
            assert!(!is_own(&url(foreign)), "{foreign}");
        }
    }

    #[test]
    fn only_plain_web_links_leave() {
        assert!(may_leave(&url("https://grafana.example.com/d/abc?from=now-1h")));
        assert!(may_leave(&url("http://127.0.0.1:9093/#/alerts")));
        for refused in ["file:///etc/passwd", "javascript:alert(1)", "mailto:a@b.c", "ssh://host", "https://user:secret@example.com/"] {
            assert!(!may_leave(&url(refused)), "{refused}");
        }
        assert!(!may_leave(&url(&format!("https://example.com/{}", "x".repeat(LIMIT)))));
    }
}
