//! The log: JSON Lines in `logs/`, a file a day, two weeks kept. Only fields on the list below are written, and only from
//! Muster's own parts: a secret or a customer's words have no way in.

use crate::folder::private_folder;
use serde_json::{Map, Value};
use std::fmt::Debug;
use std::io::Write as _;
use std::path::Path;
use std::sync::{Mutex, Once, PoisonError};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

/// Days of log kept.
const DAYS: usize = 14;
/// Parts of Muster whose lines are kept.
const PARTS: [&str; 9] = ["muster", "muster_desktop", "home", "engine", "api", "intake", "store", "formats", "outreach"];
/// Fields that may be written. None holds what a person or a sender wrote, but for the name a source was given.
const FIELDS: [&str; 23] = [
    "message", "fault", "other", "id", "code", "op", "seq", "ms", "count", "attempt", "status", "kind", "address", "port", "effect",
    "owner", "version", "place", "source", "why", "route", "refused", "left",
];
/// Longest value in characters.
const VALUE_LIMIT: usize = 400;

static FILE: Mutex<Option<RollingFileAppender>> = Mutex::new(None);
static START: Once = Once::new();

/// Writes the log of this process into `folder` from now on.
pub(crate) fn keep_in(folder: &Path) {
    // Where it cannot be made, Muster still works; `doctor` says that there is no log.
    drop(private_folder(folder));
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("muster")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(folder);
    *FILE.lock().unwrap_or_else(PoisonError::into_inner) = file.ok();
    START.call_once(|| {
        drop(tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Lines)));
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            tracing::error!(place, "panic");
            before(panic);
        }));
    });
}

struct Lines;

impl<S: Subscriber> Layer<S> for Lines {
    fn enabled(&self, metadata: &tracing::Metadata<'_>, _: Context<'_, S>) -> bool {
        let part = metadata.target().split("::").next().unwrap_or_default();
        *metadata.level() <= Level::INFO && PARTS.contains(&part)
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let metadata = event.metadata();
        let mut line = Line(Map::new());
        line.0.insert("at".into(), now().into());
        line.0.insert("level".into(), metadata.level().as_str().to_lowercase().into());
        line.0.insert("part".into(), metadata.target().into());
        event.record(&mut line);
        let mut text = Value::Object(line.0).to_string();
        text.push('\n');
        if let Some(file) = FILE.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            // A full disk is said where it matters, at the write of the ledger.
            drop(file.write_all(text.as_bytes()));
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a line of the log has the machine's own time, whatever clock the home runs on")]
fn now() -> String {
    chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}

struct Line(Map<String, Value>);

impl Line {
    fn put(&mut self, field: &Field, value: impl FnOnce() -> Value) {
        if FIELDS.contains(&field.name()) {
            self.0.insert(field.name().to_owned(), value());
        }
    }
}

fn cut(text: &str) -> Value {
    Value::from(text.chars().take(VALUE_LIMIT).collect::<String>())
}

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.put(field, || cut(&format!("{value:?}")));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, || cut(value));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, || value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, || value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, || value.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_listed_fields_and_no_others() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        keep_in(folder.path());
        tracing::warn!(target: "home::log", token = "s3cret", title = "customer words", fault = "disk full", seq = 7, "commit");
        tracing::error!(target: "hyper::client", fault = "not ours", "other");
        let file = std::fs::read_dir(folder.path()).expect("there").next().expect("one file").expect("readable").path();
        let text = std::fs::read_to_string(file).expect("readable");
        let ours: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let line = ours.iter().find(|line| line["message"] == "commit").expect("our line");
        assert_eq!((&line["level"], &line["fault"], &line["seq"]), (&"warn".into(), &"disk full".into(), &7.into()));
        assert!(!text.contains("s3cret") && !text.contains("customer words") && !text.contains("not ours"), "{text}");
    }
}
