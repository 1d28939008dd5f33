//! Healthchecks, and pings of jobs.

use crate::{acknowledged, file, firing, json, nothing, now, only, pairs, reason, resolved};
use domain::AlertSeverity::{Critical, Error};
use domain::alerts::SignalState;
use formats::heartbeat::{self, Ping};
use formats::{Sent, healthchecks};

#[test]
fn a_check_is_down_and_up() {
    let body = json("healthchecks/check_json_down.derived.json");
    let signal = only(healthchecks::read(&Sent::body(body.to_string().as_bytes()), now()));
    assert_eq!((signal.key.as_str(), &signal.state), ("00000000-0000-0000-0000-000000000000", &firing()));
    assert_eq!((signal.title.as_str(), signal.severity), ("nightly-backup is down", Error));
    assert_eq!((signal.episode.as_str(), signal.started_at), ("2026-11-22T02:00:07+00:00", now()), "a ping's time is not the alarm's");
    assert_eq!(pairs(&signal.labels), [("check", "nightly-backup"), ("slug", "nightly-backup"), ("tags", "prod, db")]);
    assert_eq!(pairs(&signal.annotations), [("last_ping", "2026-11-22T02:00:07+00:00")]);
    assert_eq!((signal.service, signal.link), (None, None), "a check is no service, and its addresses are for pings");
    let mut up = body;
    up["status"] = "up".into();
    let up = only(healthchecks::read(&Sent::body(up.to_string().as_bytes()), now()));
    assert_eq!((up.key, up.state), (signal.key, SignalState::Resolved { ended_at: now() }));
}

#[test]
fn every_status_of_a_check() {
    for (status, state) in [
        ("down", Some(firing())),
        ("UP", Some(resolved("2026-11-23T08:35:10Z"))),
        ("paused", Some(acknowledged(None))),
        ("grace", None),
        ("new", None),
        ("started", None),
    ] {
        let query = [
            ("code".to_owned(), "c1".to_owned()),
            ("status".to_owned(), status.to_owned()),
            ("tags".to_owned(), "severity=p1 x".to_owned()),
        ];
        let read = healthchecks::read(&Sent { query: &query, ..Sent::default() }, now());
        match state {
            Some(state) => {
                let signal = only(read);
                assert_eq!((signal.key.as_str(), signal.state, signal.severity), ("c1", state, Critical), "{status}");
            }
            None => nothing(read),
        }
    }
}

#[test]
fn the_address_may_say_how_a_check_stands() {
    let signal =
        only(healthchecks::read(&Sent { path: "up", ..Sent::body(b"{\"name\":\"backup\",\"now\":\"2026-11-23T08:30:00Z\"}") }, now()));
    assert_eq!((signal.key.as_str(), signal.state), ("backup", resolved("2026-11-23T08:30:00Z")));
    assert!(reason(healthchecks::read(&Sent::body(b"{\"name\":\"backup\"}"), now())).contains("no `status`"));
    assert!(reason(healthchecks::read(&Sent { path: "down", ..Sent::body(b"{}") }, now())).contains("names no check"));
    assert!(reason(healthchecks::read(&Sent::body(b""), now())).contains("no `status`"));
}

#[test]
fn pings_of_a_job() {
    for (path, ping, state, title) in [
        ("", Ping::Success, Some(resolved("2026-11-23T08:35:10Z")), "The job is well"),
        ("0", Ping::Success, Some(resolved("2026-11-23T08:35:10Z")), "The job is well"),
        ("fail", Ping::Fail, Some(firing()), "The job failed"),
        ("3", Ping::Exit(3), Some(firing()), "The job failed with exit status 3"),
        ("255", Ping::Exit(255), Some(firing()), "The job failed with exit status 255"),
        ("start", Ping::Start, None, ""),
        ("log", Ping::Log, None, ""),
    ] {
        assert_eq!(Ping::of(path), Some(ping), "{path:?}");
        let read = heartbeat::read(&Sent { path, ..Sent::default() }, now());
        match state {
            Some(state) => {
                let signal = only(read);
                assert_eq!((signal.key.as_str(), signal.state, signal.title.as_str()), (heartbeat::KEY, state, title), "{path:?}");
                assert_eq!(signal.severity, Error);
            }
            None => nothing(read),
        }
    }
    for path in ["256", "-1", "done", "fail/now", "Start"] {
        assert_eq!(Ping::of(path), None, "{path:?}");
        assert!(reason(heartbeat::read(&Sent { path, ..Sent::default() }, now())).contains("exit status from 0 to 255"));
    }
}

#[test]
fn a_jobs_last_words_are_kept() {
    let log =
        [file("healthchecks/check_json_down.derived.json"), vec![b'x'; 100_000], b"\xe2\x82 No space left on device\n".to_vec()].concat();
    let query = [("rid".to_owned(), "run-1".to_owned())];
    let signal = only(heartbeat::read(&Sent { path: "2", query: &query, body: &log, ..Sent::default() }, now()));
    assert!(signal.annotations["output"].ends_with("No space left on device"), "the end says why");
    assert!(signal.annotations["output"].len() < 8 * 1024, "and no more than that");
    assert_eq!(pairs(&signal.labels), [("exit_status", "2"), ("run", "run-1")]);
}
