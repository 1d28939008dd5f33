//! Every operation of the table can be reached from the command line; this is the list, checked by parsing real words.

use crate::args::Cli;
use crate::context::Context;
use crate::way::{Own, Way};
use api::{OPERATIONS, Request};
use clap::{CommandFactory as _, Parser as _};
use std::collections::BTreeSet;

const ID: &str = "0198c0de-0000-7000-8000-000000000000";

/// Words to type for each operation.
const REACHED: [&str; 52] = [
    "home",
    "watch",
    "declare --preview sev1 checkout 502s",
    "declare sev1 checkout 502s @dana #payments",
    "list --all --since -2d",
    "show INC-7K3F",
    "timeline INC-7K3F --as-of 2026-08-05T14:07:00Z",
    "search checkout",
    "note INC-7K3F hello --at -12m",
    "pin 0198",
    "correct 0198 --text better",
    "redact 0198 --reason token",
    "severity INC-7K3F sev1 --reason spreads",
    "status INC-7K3F monitoring",
    "title INC-7K3F checkout fails",
    "ack INC-7K3F",
    "impact INC-7K3F start --share 12%",
    "impact INC-7K3F update --text more",
    "impact INC-7K3F end",
    "role INC-7K3F assign scribe @sam",
    "role INC-7K3F release scribe",
    "command take INC-7K3F",
    "command confirm INC-7K3F",
    "alert list",
    "alert show 0198",
    "alert ack 0198",
    "alert attach INC-7K3F 0198",
    "alert detach INC-7K3F 0198",
    "alert dismiss 0198",
    "quiet list",
    "quiet end 0198c0de-0000-7000-8000-000000000000",
    "person list",
    "person add @dana --name Dana",
    "source list",
    "source add alertmanager eu",
    "source rotate eu",
    "source remove eu",
    "source refusals eu",
    "source test eu",
    "settings",
    "rule set sev3 --loudness low --sound none --repeat off",
    "machine set --theme dark",
    "reach",
    "reach --ring",
    "hotkey",
    "hotkey Ctrl+Alt+Shift+M",
    "open INC-7K3F",
    "declare --window",
    "verify",
    "doctor",
    "backup /tmp/x.db",
    "rebuild",
];

/// Operations that no command asks for, and why.
const EXCUSED: [(&str, &str); 3] = [
    ("window.hide_declare", "only the declare window itself has a reason to hide"),
    ("window.demo", "`muster demo` makes the demonstration and opens the app on it; this one switches a window that is open"),
    ("window.leave_demo", "only a window that shows the demonstration can leave it"),
];

fn request(words: &str) -> Request {
    let cli = Cli::try_parse_from(std::iter::once("muster").chain(words.split(' '))).unwrap_or_else(|fault| panic!("{words}: {fault}"));
    let context = Context::new();
    match cli.command.into_way() {
        Way::Ask(ask) => ask.request(&context, None).unwrap_or_else(|fault| panic!("{words}: {fault}")),
        Way::Own(Own::Timeline(timeline)) => timeline.request(&context, None).expect("a page"),
        Way::Own(Own::Doctor(doctor)) => doctor.request(),
        Way::Own(Own::Rebuild(rebuild)) => rebuild.request(),
        Way::Own(_) => panic!("{words} is no operation"),
    }
}

#[test]
fn every_operation_can_be_typed() {
    let reached: BTreeSet<&str> = REACHED.iter().map(|words| request(words).operation().name).collect();
    let excused: BTreeSet<&str> = EXCUSED.iter().map(|(name, _)| *name).collect();
    for operation in OPERATIONS {
        let (typed, out) = (reached.contains(operation.name), excused.contains(operation.name));
        assert!(typed || out, "{} is in the table, but no command asks for it", operation.name);
        assert!(!(typed && out), "{} is excused and reached", operation.name);
    }
    assert_eq!(reached.len() + excused.len(), OPERATIONS.len(), "and nothing is reached that is not in the table");
    assert_eq!(REACHED.len(), reached.len(), "one line for each");
}

#[test]
fn short_forms_mean_what_they_say() {
    for (words, status) in [("resolve X", "resolved"), ("reopen X", "investigating"), ("close X", "closed"), ("cancel X", "cancelled")] {
        let Request::Status(ask) = request(words) else { panic!("{words} moves to a state") };
        assert_eq!(ask.status.wire(), status, "{words}");
    }
    let Request::Pin(ask) = request(&format!("unpin {ID}")) else { panic!("unpin") };
    assert!(!ask.pinned);
}

#[test]
fn what_can_be_typed_is_well_formed() {
    Cli::command().debug_assert();
}
