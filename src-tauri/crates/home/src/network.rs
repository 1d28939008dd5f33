//! Whether this machine reaches a network at all, as far as its own interfaces tell. Asks nobody outside.

use engine::ports::Network;
use std::fs;
use std::path::{Path, PathBuf};

/// The interfaces of this machine.
pub(crate) struct Interfaces {
    folder: PathBuf,
}

impl Default for Interfaces {
    fn default() -> Self {
        Self { folder: PathBuf::from("/sys/class/net") }
    }
}

impl Network for Interfaces {
    /// Real ones count where there are any, for bridges and tunnels stay up when the cable is out. Where a machine has no
    /// interface but its loopback, or does not show them, nobody can tell.
    fn online(&self) -> Option<bool> {
        let all: Vec<PathBuf> =
            fs::read_dir(&self.folder).ok()?.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| !is_loopback(path)).collect();
        let real: Vec<&PathBuf> = all.iter().filter(|path| path.join("device").exists()).collect();
        match (real.is_empty(), all.is_empty()) {
            (false, _) => Some(real.into_iter().any(|path| is_up(path))),
            (true, false) => Some(all.iter().any(|path| is_up(path))),
            (true, true) => None,
        }
    }
}

fn is_loopback(interface: &Path) -> bool {
    interface.file_name().is_some_and(|name| name == "lo")
}

/// Some drivers say `unknown` and mean up; none says so of a cable that is out.
fn is_up(interface: &Path) -> bool {
    fs::read_to_string(interface.join("operstate")).is_ok_and(|state| matches!(state.trim(), "up" | "unknown"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn machine(interfaces: &[(&str, bool, &str)]) -> (tempfile::TempDir, Interfaces) {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, real, state) in interfaces {
            let path = folder.path().join(name);
            fs::create_dir_all(if *real { path.join("device") } else { path.clone() }).expect("made");
            fs::write(path.join("operstate"), format!("{state}\n")).expect("written");
        }
        let interfaces = Interfaces { folder: folder.path().to_owned() };
        (folder, interfaces)
    }

    #[test]
    fn a_cable_that_is_out_is_seen_past_bridges_and_tunnels() {
        for (interfaces, online) in [
            (vec![("lo", false, "unknown"), ("eth0", true, "up")], Some(true)),
            (vec![("lo", false, "unknown"), ("eth0", true, "down"), ("docker0", false, "up")], Some(false)),
            (vec![("eth0", true, "down"), ("wlan0", true, "up")], Some(true)),
            (vec![("lo", false, "unknown"), ("tun0", false, "unknown")], Some(true)),
            (vec![("lo", false, "unknown")], None),
        ] {
            let (_folder, machine) = machine(&interfaces);
            assert_eq!(machine.online(), online, "{interfaces:?}");
        }
        assert_eq!(Interfaces { folder: PathBuf::from("/nonexistent") }.online(), None, "nobody can tell");
    }
}
