//! Counts of the listener itself, in Prometheus's text format. Never a source's name, a token or a path with one.

use axum::http::StatusCode;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};

/// What a request asked for, whatever token its path holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Route {
    Hook,
    OtherHook,
    Enqueue,
    ChangeEnqueue,
    Opsgenie,
    VictorOps,
    Ping,
    Report,
    Alerts,
    Status,
    Healthy,
    Ready,
    Healthz,
    Metrics,
    Other,
}

/// A route is found by the longest name that begins its path, so those with more to them stand first.
const ROUTES: [Route; 15] = [
    Route::Hook,
    Route::OtherHook,
    Route::Enqueue,
    Route::ChangeEnqueue,
    Route::Opsgenie,
    Route::VictorOps,
    Route::Ping,
    Route::Report,
    Route::Alerts,
    Route::Status,
    Route::Healthy,
    Route::Ready,
    Route::Healthz,
    Route::Metrics,
    Route::Other,
];

/// Statuses that are counted one by one; any other is 0.
const STATUSES: [u16; 15] = [200, 202, 303, 400, 401, 404, 405, 408, 413, 415, 421, 422, 429, 503, 0];

impl Route {
    /// The route of a path as the router matched it; `None` where it matched nothing.
    pub fn of(matched: Option<&str>) -> Self {
        let Some(path) = matched else { return Self::Other };
        let path = path.strip_prefix("/am/{token}").unwrap_or(path);
        let begins = |route: &Route| path.strip_prefix(route.name()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        ROUTES.into_iter().find(begins).unwrap_or(Self::Other)
    }

    /// The name in metrics and log lines.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hook => "/hooks/alertmanager",
            Self::OtherHook => "/hooks",
            Self::Enqueue => "/v2/enqueue",
            Self::ChangeEnqueue => "/v2/change/enqueue",
            Self::Opsgenie => "/v2/alerts",
            Self::VictorOps => "/integrations/generic/20131114/alert",
            Self::Ping => "/ping",
            Self::Report => "/report",
            Self::Alerts => "/api/v2/alerts",
            Self::Status => "/api/v2/status",
            Self::Healthy => "/-/healthy",
            Self::Ready => "/-/ready",
            Self::Healthz => "/healthz",
            Self::Metrics => "/metrics",
            Self::Other => "other",
        }
    }
}

/// The counters.
#[derive(Default)]
pub struct Metrics {
    answers: [[AtomicU64; STATUSES.len()]; ROUTES.len()],
    /// Alerts on disk.
    pub accepted: AtomicU64,
    /// Alerts refused one by one.
    pub refused: AtomicU64,
    /// Bodies of which nothing could be read.
    pub unreadable: AtomicU64,
    /// Requests turned away because their sender had its share.
    pub over_share: AtomicU64,
    /// Requests turned away because the writer's queue was full.
    pub queue_full: AtomicU64,
    /// Requests turned away because nothing could be written.
    pub not_saved: AtomicU64,
    /// Open connections.
    pub connections: AtomicUsize,
}

/// Adds to a counter.
pub fn add(counter: &AtomicU64, count: usize) {
    counter.fetch_add(count as u64, Relaxed);
}

impl Metrics {
    /// Counts an answer.
    pub fn answered(&self, route: Route, status: StatusCode) {
        let column = STATUSES.iter().position(|known| *known == status.as_u16()).unwrap_or(STATUSES.len() - 1);
        add(&self.answers[route as usize][column], 1);
    }

    /// The counters as text; `room` is how many units of bodies are under way.
    pub fn text(&self, room: usize) -> String {
        let mut out = String::with_capacity(2048);
        head(&mut out, "muster_http_requests_total", "counter", "Requests answered, by route and status.");
        for (route, row) in ROUTES.iter().zip(&self.answers) {
            for (status, count) in
                STATUSES.iter().zip(row).map(|(status, count)| (status, count.load(Relaxed))).filter(|(_, count)| *count > 0)
            {
                line(&mut out, format_args!("muster_http_requests_total{{route=\"{}\",status=\"{status}\"}} {count}", route.name()));
            }
        }
        let counters = [
            ("muster_alerts_accepted_total", "Alerts taken in and on disk.", &self.accepted),
            ("muster_alerts_refused_total", "Alerts refused one by one.", &self.refused),
            ("muster_bodies_unreadable_total", "Bodies of which nothing could be read.", &self.unreadable),
            ("muster_intake_over_share_total", "Requests turned away: their sender had its share under way.", &self.over_share),
            ("muster_intake_queue_full_total", "Requests turned away: too much waited to be written.", &self.queue_full),
            ("muster_intake_not_saved_total", "Requests turned away: nothing could be written.", &self.not_saved),
        ];
        for (name, help, counter) in counters {
            head(&mut out, name, "counter", help);
            line(&mut out, format_args!("{name} {}", counter.load(Relaxed)));
        }
        let gauges = [
            ("muster_http_connections", "Open connections.", self.connections.load(Relaxed)),
            ("muster_intake_room_used", "Bodies under way, in units of 64 KiB.", room),
        ];
        for (name, help, value) in gauges {
            head(&mut out, name, "gauge", help);
            line(&mut out, format_args!("{name} {value}"));
        }
        head(&mut out, "muster_build_info", "gauge", "Always 1; the version is a label.");
        line(&mut out, format_args!("muster_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION")));
        out
    }
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    line(out, format_args!("# HELP {name} {help}"));
    line(out, format_args!("# TYPE {name} {kind}"));
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    writeln!(out, "{text}").expect("a String takes whatever is written to it");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_never_holds_a_token() {
        for (matched, route) in [
            ("/hooks/alertmanager", Route::Hook),
            ("/hooks/alertmanager/{token}", Route::Hook),
            ("/hooks/{*rest}", Route::OtherHook),
            ("/v2/alerts/{*rest}", Route::Opsgenie),
            ("/report/{token}/{reference}", Route::Report),
            ("/am/{token}/api/v2/alerts", Route::Alerts),
            ("/am/{token}/-/ready", Route::Ready),
            ("/metrics", Route::Metrics),
        ] {
            assert_eq!(Route::of(Some(matched)), route, "{matched}");
        }
        assert_eq!(Route::of(None), Route::Other);
    }

    #[test]
    fn every_route_has_its_own_row() {
        for (row, route) in ROUTES.iter().enumerate() {
            assert_eq!(*route as usize, row, "{route:?}");
        }
    }
}
