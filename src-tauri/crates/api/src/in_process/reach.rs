//! "Can I be reached now?": what the desktop saw, and whether alerts could come in. Never better than the evidence.

use super::{Answer, InProcess};
use crate::dto::*;

/// Sources named in one line; the rest are counted.
const SOURCES_NAMED: usize = 3;

impl InProcess {
    pub(super) async fn reach(&self) -> Answer<ReachView> {
        let mut view = match self.desktop() {
            Ok(desktop) => desktop.reach().await,
            Err(absent) => ReachView {
                verdict: "No. The desktop app is not running, so nothing here can call you.".into(),
                checks: vec![ReachCheck {
                    id: "notices".into(),
                    title: "Notices".into(),
                    state: "fault".into(),
                    text: absent.message,
                    hint: absent.hint,
                }],
                checked_at: self.engine.now(),
            },
        };
        view.checks.extend(self.ears().await?);
        Ok(view)
    }

    /// Whether alerts could come in, as far as evidence goes.
    async fn ears(&self) -> Answer<Vec<ReachCheck>> {
        let listener = self.local.listener();
        let sources = self.sources().await?;
        let check = |id: &str, title: &str, state: &str, text: String, hint: Option<&str>| ReachCheck {
            id: id.into(),
            title: title.into(),
            state: state.into(),
            text,
            hint: hint.map(str::to_owned),
        };
        let door = match (&listener.listening, &listener.error, listener.enabled) {
            (Some(address), _, _) => check("listener", "Listener", "ok", format!("open on {address}"), None),
            (None, Some(error), _) => {
                check("listener", "Listener", "fault", error.clone(), Some("Choose another port, or stop what holds it."))
            }
            (None, None, true) => check("listener", "Listener", "fault", "switched on, but not open".into(), Some("Start Muster again.")),
            (None, None, false) => check(
                "listener",
                "Listener",
                "look",
                "switched off: no tool can send alerts here".into(),
                Some("Switch it on to take in alerts."),
            ),
        };
        let (state, text, hint) = heard(&sources);
        let heard = check("sources", "Alert sources", state, text, hint);
        Ok(vec![door, heard])
    }

    pub(super) async fn ring(&self, ask: RingMe) -> Answer<ReachCheck> {
        self.desktop()?.ring(ask.wait).await
    }
}

/// Whether every source was heard: one that is silent is not hidden behind the others.
fn heard(sources: &[SourceView]) -> (&'static str, String, Option<&'static str>) {
    let names = |which: &dyn Fn(&SourceView) -> bool| {
        let names: Vec<&str> = sources.iter().filter(|source| which(source)).map(|source| source.name.as_str()).collect();
        let shown = names.iter().take(SOURCES_NAMED).copied().collect::<Vec<_>>().join(", ");
        let more = names.len().saturating_sub(SOURCES_NAMED);
        (!names.is_empty()).then(|| if more > 0 { format!("{shown} and {more} more") } else { shown })
    };
    let last = sources.iter().filter_map(|source| source.last_heard_at).max();
    match (names(&|source| source.silent_since.is_some()), names(&|source| source.last_heard_at.is_none()), last) {
        _ if sources.is_empty() => ("look", "none connected".into(), Some("Connect Alertmanager.")),
        (Some(silent), _, _) => {
            ("fault", format!("silent for too long: {silent}"), Some("Look at the sender, then test it under Alert sources."))
        }
        (None, _, None) => ("unknown", "nothing heard yet".into(), Some("Fire a test alert.")),
        (None, Some(unheard), Some(at)) => {
            ("look", format!("not heard yet: {unheard}; last heard {at}"), Some("Fire a test alert from there."))
        }
        (None, None, Some(at)) => ("ok", format!("last heard {at}"), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{SourceName, Timestamp};

    fn source(name: &str, heard: Option<i64>, silent: Option<i64>) -> SourceView {
        SourceView {
            name: SourceName(name.into()),
            kind: "alertmanager".into(),
            label: "Alertmanager".into(),
            way: "push".into(),
            settings: Default::default(),
            has_secret: false,
            silent_since: silent.map(Timestamp),
            added_at: Timestamp(0),
            last_heard_at: heard.map(Timestamp),
            requests: 0,
            refused: 0,
            last_refusal: None,
            uptime: None,
        }
    }

    #[test]
    fn one_that_speaks_does_not_hide_one_that_is_silent() {
        let (eu, us, shop) = (source("eu", Some(5), None), source("us", Some(1), Some(3)), source("shop", None, None));
        assert_eq!(heard(&[]).0, "look", "none is no evidence");
        assert_eq!(heard(std::slice::from_ref(&shop)).0, "unknown");
        assert_eq!(heard(std::slice::from_ref(&eu)).0, "ok");
        let (state, text, hint) = heard(&[eu.clone(), shop]);
        assert_eq!((state, text.contains("shop"), hint.is_some()), ("look", true, true), "{text}");
        let (state, text, _) = heard(&[eu, us]);
        assert_eq!((state, text.contains("us"), text.contains("eu")), ("fault", true, false), "{text}");
    }

    #[test]
    fn many_names_are_counted() {
        let all: Vec<SourceView> = ["a", "b", "c", "d", "e"].iter().map(|name| source(name, Some(1), Some(2))).collect();
        assert!(heard(&all).1.ends_with("a, b, c and 2 more"), "{}", heard(&all).1);
    }
}
