//! Every operation of the table can be reached from the command line; this is the list, checked by parsing real words.

use crate::args::Cli;
use crate::context::Context;
use crate::way::{Own, Way};
use api::{OPERATIONS, Request};
use clap::{CommandFactory as _, Parser as _};
use std::collections::BTreeSet;

const ID: &str = "0198c0de-0000-7000-8000-000000000000";

/// Words to type for each operation.
const REACHED: [&str; 131] = [
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
    "alert release 0198",
    "alert attach INC-7K3F 0198",
    "alert detach INC-7K3F 0198",
    "alert dismiss 0198",
    "inbox",
    "why 0198",
    "alert report Cards are declined --service shop --severity critical",
    "ingest nagios /dev/null --source nagios",
    "change list --incident INC-7K3F",
    "noise --from -30d",
    "quiet add mute --when service=db --for 2h",
    "storm on --for 1h",
    "quiet list",
    "quiet end 0198c0de-0000-7000-8000-000000000000",
    "here INC-7K3F ravi mei --left jo",
    "ask INC-7K3F told 0198 --where #war-room",
    "ask INC-7K3F yes 0198 I take it",
    "task INC-7K3F add look at the replicas --to ravi --within 1h30m",
    "task INC-7K3F extend 0198 10m",
    "task INC-7K3F give 0198 mei",
    "task INC-7K3F report 0198 --conditions slow --needs logs",
    "task INC-7K3F done 0198 --note restarted",
    "task INC-7K3F drop 0198",
    "task INC-7K3F reopen 0198",
    "decision INC-7K3F roll back --option wait --risk cache --polled",
    "decision INC-7K3F --poll 0198 --objection cache",
    "decision INC-7K3F --result 0198 it helped",
    "hypothesis INC-7K3F add pool is exhausted",
    "hypothesis INC-7K3F support 0198 graph",
    "hypothesis INC-7K3F rule-out 0198",
    "question INC-7K3F add since when --of mei",
    "question INC-7K3F answer 0198 since noon",
    "board INC-7K3F need a database expert",
    "bridge INC-7K3F https://meet.example/room",
    "role INC-7K3F cards",
    "role INC-7K3F tick scribe 1",
    "update INC-7K3F draft we are looking",
    "posted INC-7K3F board --where #ops --next 20m",
    "update INC-7K3F send 0198 --channel ops",
    "update INC-7K3F promise 20m",
    "update INC-7K3F end-promise",
    "update INC-7K3F release 0198",
    "update INC-7K3F withdraw 0198",
    "brief INC-7K3F --for sms",
    "handoff INC-7K3F offer mei --next restart",
    "handoff INC-7K3F briefed",
    "handoff INC-7K3F accept",
    "handoff INC-7K3F decline off shift",
    "handoff INC-7K3F withdraw",
    "handoff --all mei --only INC-7K3F",
    "paste INC-7K3F /dev/null --dry-run",
    "paste INC-7K3F /dev/null --date 2026-11-23 --who Jo=jo --skip 3",
    "shift INC-7K3F 0198 0199 --by -1h",
    "look INC-7K3F 20m the queue --offer-resolve",
    "look INC-7K3F done 0198",
    "merge INC-7K3F INC-8K3F",
    "unmerge INC-7K3F",
    "split INC-7K3F --alert 0198 --severity sev3",
    "link INC-7K3F INC-8K3F",
    "unlink INC-7K3F INC-8K3F",
    "person list",
    "person add @dana --name Dana",
    "person describe dana --roles scribe,deputy --zone Europe/Berlin",
    "person remove dana",
    "person import /dev/null --dry-run",
    "person import-pagerduty --token u+abc",
    "person code dana sms --text hello",
    "channel list",
    "channel add slack ops --url https://hooks.example/x",
    "channel remove ops",
    "channel test ops",
    "cadence set sev1 --every 15m",
    "targets set sev1 --acknowledge none --pause monitoring,mitigated",
    "matrix set core-degraded a-few sev2",
    "bridge-rule jitsi https://meet.example",
    "note-window INC-7K3F",
    "strip",
    "source list",
    "source add alertmanager eu",
    "source rotate eu",
    "source remove eu",
    "source refusals eu",
    "source ask",
    "source test eu",
    "source set eu --silent 15m",
    "rule list",
    "rule dry-run /dev/null",
    "rule set /dev/null",
    "service list",
    "service set shop --owner @mei",
    "service remove shop",
    "service import /dev/null",
    "settings",
    "notice set sev3 --loudness low --sound none --repeat off",
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
const EXCUSED: [(&str, &str); 5] = [
    ("window.hide_declare", "only the declare window itself has a reason to hide"),
    ("window.hide_note", "only the note window itself has a reason to hide"),
    ("window.link", "a terminal opens links by itself; this one is for a link in the window"),
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
fn more_than_one_way_leads_to_what_is_done_at_night() {
    let same = |words: &str, op: &str| assert_eq!(request(words).operation().name, op, "{words}");
    same("alert snooze 0198 0199 --for 2h", "quiet.add");
    same("alert mute 0198", "quiet.add");
    same("alert not-mine 0198 --to @ravi", "quiet.add");
    same("alert why 0198", "alert.why");
    same("storm INC-7K3F off", "storm.set");
    same("rule set sev3 --loudness low --sound none --repeat off", "notice_rule.set");
}

#[test]
fn what_can_be_typed_is_well_formed() {
    Cli::command().debug_assert();
}
