//! A web view whose process died comes back by itself and says so. What was typed lies in the web view's storage, what
//! was saved in the home.

use tauri::WebviewWindow;

/// Tells the page that it came back after a crash.
const MARK: (&str, &str) = ("recovered", "1");

/// Loads the window's page anew whenever its web process dies.
#[cfg(target_os = "linux")]
pub fn watch(window: &WebviewWindow) {
    use webkit2gtk::WebViewExt as _;
    let crashes = std::cell::RefCell::new(Crashes::default());
    let label = window.label().to_owned();
    let watched = window.with_webview(move |view| {
        view.inner().connect_web_process_terminated(move |view, reason| {
            let wait = crashes.borrow_mut().wait(std::time::Instant::now());
            tracing::error!(kind = ?reason, place = label, ms = wait.as_millis(), "web process ended, page loads again");
            // Asked now: a dead view soon forgets where it was.
            let Some(page) = view.uri().and_then(|page| marked(&page)) else { return };
            let view = view.clone();
            gtk::glib::timeout_add_local_once(wait, move || view.load_uri(&page));
        });
    });
    if let Err(fault) = watched {
        tracing::error!(%fault, "web view not watched");
    }
}

/// WebView2 and WKWebView bring their own processes back; tauri tells of it on macOS only.
#[cfg(not(target_os = "linux"))]
pub fn watch(_: &WebviewWindow) {}

#[cfg(target_os = "linux")]
use within::{Crashes, marked};

#[cfg(any(target_os = "linux", test))]
mod within {
    use super::MARK;
    use std::time::{Duration, Instant};
    use tauri::Url;

    /// A page that crashes again within this time waits longer.
    const CALM: Duration = Duration::from_secs(60);
    /// Longest wait between two attempts.
    const LONGEST: Duration = Duration::from_secs(30);

    /// Crashes of one window, so that a page that cannot live does not take the machine with it.
    #[derive(Default)]
    pub struct Crashes {
        last: Option<Instant>,
        row: u32,
    }

    impl Crashes {
        /// How long to wait before the page is loaded again: at once, then 1 s, 2 s, 4 s …
        pub fn wait(&mut self, now: Instant) -> Duration {
            let again = self.last.is_some_and(|last| now.duration_since(last) < CALM);
            self.row = if again { self.row + 1 } else { 0 };
            self.last = Some(now);
            if self.row == 0 { Duration::ZERO } else { Duration::from_secs(1 << (self.row - 1).min(5)).min(LONGEST) }
        }
    }

    /// The page's address with the mark, once.
    pub fn marked(page: &str) -> Option<String> {
        let mut url: Url = page.parse().ok()?;
        let others: Vec<(String, String)> =
            url.query_pairs().filter(|(name, _)| name != MARK.0).map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        url.query_pairs_mut().clear().extend_pairs(others).append_pair(MARK.0, MARK.1);
        Some(url.into())
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_page_comes_back_where_it_was_with_the_mark_once() {
            assert_eq!(marked("tauri://localhost/index.html").as_deref(), Some("tauri://localhost/index.html?recovered=1"));
            let twice = marked("tauri://localhost/?recovered=1&world=a#x");
            assert_eq!(twice.as_deref(), Some("tauri://localhost/?world=a&recovered=1#x"));
        }

        #[test]
        fn a_page_that_cannot_live_is_given_more_and_more_time() {
            let (mut crashes, start) = (Crashes::default(), Instant::now());
            let waits: Vec<u64> = (0..8).map(|n| crashes.wait(start + Duration::from_secs(n)).as_secs()).collect();
            assert_eq!(waits, [0, 1, 2, 4, 8, 16, 30, 30]);
            assert_eq!(crashes.wait(start + Duration::from_secs(120)), Duration::ZERO, "a rare crash is mended at once");
        }
    }
}
