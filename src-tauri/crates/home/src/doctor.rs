//! Looks for what could go wrong with a home on this machine.

use crate::door::is_loopback;
use crate::house::House;
use api::Local as _;
use api::dto::Finding;
use api::socket::OwnerKind;
use std::path::Path;

/// Below this the disk counts as nearly full (200 MiB): a day's backup and log of a busy home.
const ROOM_MIB: u64 = 200;
/// Beyond this the newest backup is old (3 days): a weekend without the machine is none.
const OLD_MS: i64 = 3 * 24 * 60 * 60 * 1000;

pub(crate) async fn look(house: &House) -> Vec<Finding> {
    let mut findings = vec![folder(&house.rooms.folder), config(house), backup(house), log(&house.rooms.logs())];
    findings.extend(room(&house.rooms.folder));
    findings.extend(listener(house));
    findings.push(owner(house));
    findings
}

pub(crate) fn finding(name: &str, ok: bool, text: impl Into<String>, hint: Option<String>) -> Finding {
    Finding { name: name.into(), ok, text: text.into(), hint }
}

/// Whether the folder is there and nobody else can read it.
pub(crate) fn folder(folder: &Path) -> Finding {
    let shown = folder.display();
    if is_open_to_others(folder) {
        return finding("folder", false, format!("Other users of this machine can read {shown}."), Some(format!("chmod 700 '{shown}'")));
    }
    finding("folder", true, format!("{shown} is yours alone."), None)
}

#[cfg(unix)]
fn is_open_to_others(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(folder).is_ok_and(|seen| seen.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
const fn is_open_to_others(_folder: &Path) -> bool {
    false
}

fn config(house: &House) -> Finding {
    match house.machine.problem() {
        Some(problem) => finding("config.toml", false, problem, Some("Correct or remove it; until then defaults hold.".into())),
        None => finding("config.toml", true, "Understood.", None),
    }
}

fn backup(house: &House) -> Finding {
    let made = "It is made daily while Muster or `muster serve` runs; now with `muster backup FILE`.".to_owned();
    match house.backups().first() {
        Some(newest) if house.engine.now().since(newest.at) > OLD_MS => {
            finding("backup", false, format!("The newest is of {}.", newest.at), Some(made))
        }
        Some(newest) => finding("backup", true, format!("The newest is of {}.", newest.at), None),
        None => finding("backup", true, "There is none yet.", Some(made)),
    }
}

fn log(logs: &Path) -> Finding {
    let shown = logs.display();
    if logs.is_dir() {
        finding("log", true, format!("Kept in {shown}."), None)
    } else {
        finding("log", false, format!("{shown} cannot be made, so no log is kept."), Some("Look at the folder's rights.".into()))
    }
}

#[cfg(unix)]
fn room(folder: &Path) -> Option<Finding> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    let mib = disk.f_bavail.saturating_mul(disk.f_frsize) / (1024 * 1024);
    let hint = (mib < ROOM_MIB).then(|| "Free some space: without it nothing can be saved.".to_owned());
    Some(finding("disk", mib >= ROOM_MIB, format!("{mib} MiB free."), hint))
}

#[cfg(not(unix))]
const fn room(_folder: &Path) -> Option<Finding> {
    None
}

fn listener(house: &House) -> Option<Finding> {
    let view = house.listener();
    match (view.listening, view.error) {
        (Some(address), _) if is_loopback(&address) => Some(finding("listener", true, format!("Open on {address}."), None)),
        (Some(address), _) => {
            let hint = "Keep it to networks you trust, or put a proxy with TLS before it.".to_owned();
            Some(finding("listener", false, format!("Open on {address}, without encryption, for other machines too."), Some(hint)))
        }
        (None, Some(error)) => Some(finding("listener", false, error, Some("Choose another address, or end the other program.".into()))),
        (None, None) => None,
    }
}

fn owner(house: &House) -> Finding {
    match (house.role, house.socket_problem()) {
        (OwnerKind::Command, _) => {
            let hint = "Clocks, alarms and the listener run with Muster or `muster serve`.";
            finding("running", true, "Nobody runs this home now.", Some(hint.into()))
        }
        (role, None) => finding("running", true, format!("Run by {}.", role.label()), None),
        (role, Some(problem)) => {
            let hint = "Commands cannot reach it; look at that folder.".to_owned();
            finding("running", false, format!("Run by {}, but its local socket failed: {problem}.", role.label()), Some(hint))
        }
    }
}
