//! Debian packages, on Debian and its kin. Elsewhere says what would be needed and goes on.
//!
//! Two of the packages are servers that tests start themselves: installing them must never start them.

use crate::shell;
use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

/// Packages with the reason why they are needed.
pub struct Need {
    why: &'static str,
    packages: &'static [&'static str],
}

/// To compile the app.
pub const BUILD: &Need = &Need {
    why: "to compile the window (WebKitGTK), the tray and the hotkey",
    packages: &["build-essential", "pkg-config", "libwebkit2gtk-4.1-dev", "libayatana-appindicator3-dev", "librsvg2-dev", "libxdo-dev"],
};

/// To show it without a screen.
pub const DESKTOP: &Need = &Need {
    why: "for a virtual desktop: display, bus, window manager, tray, notices, keys, clipboard, pictures",
    packages: &[
        "xvfb",
        "dbus",
        "openbox",
        "xfce4-panel",
        "dunst",
        "webkit2gtk-driver",
        "xdotool",
        "wmctrl",
        "xclip",
        "x11-utils",
        "libnotify-bin",
        "imagemagick",
        "fonts-inter",
        "fonts-jetbrains-mono",
    ],
};

/// Real programs that tests talk to.
pub const PEERS: &Need = &Need {
    why: "real senders of alerts, which tests start and stop themselves, and a witness of what reached the disk",
    packages: &["prometheus-alertmanager", "prometheus", "python3-venv", "strace", "faketime"],
};

/// Runs as root. A policy file keeps packages from starting servers now, `disable` from starting them with the machine.
const SCRIPT: &str = r#"
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
  trap 'rm -f "$policy"' EXIT
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update || echo 'Some package lists could not be refreshed; going on with those that are here.' >&2
apt-get install --yes --no-install-recommends "$@"
if [ -d /run/systemd/system ]; then
  for server in prometheus prometheus-alertmanager; do
    case " $* " in *" $server "*) systemctl disable --now "$server" || true ;; esac
  done
fi
"#;

/// Installs those that are missing.
pub fn install(needs: &[&Need]) -> Result<()> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let wanted: Vec<&str> = needs.iter().flat_map(|need| need.packages).copied().collect();
    if !is_debian() {
        eprintln!(
            "Not Debian or Ubuntu: please install the counterparts of {} yourself, if the build or a test misses one.",
            wanted.join(", ")
        );
        return Ok(());
    }
    let present = installed(&wanted)?;
    let missing: Vec<&str> = wanted.into_iter().filter(|name| !present.contains(*name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("Installing Debian packages that are missing:");
    for need in needs {
        let these: Vec<&str> = need.packages.iter().copied().filter(|name| missing.contains(name)).collect();
        if !these.is_empty() {
            println!("  {}: {}", need.why, these.join(" "));
        }
    }
    let done = as_root(SCRIPT, &missing)?.stdin(Stdio::inherit()).status().context("start apt-get")?;
    if !done.success() {
        bail!("apt-get could not install {}; see its message above", missing.join(" "));
    }
    Ok(())
}

/// Whether this machine is Debian or of its kin.
pub fn is_debian() -> bool {
    Path::new("/etc/debian_version").exists()
}

/// Lets apt learn of the newest versions: what its lists name may be gone.
pub fn refresh_lists() -> Result<()> {
    let done = as_root("apt-get update", &[])?.stdin(Stdio::inherit()).status().context("start apt-get")?;
    if !done.success() {
        bail!("apt-get could not refresh its lists; see its message above");
    }
    Ok(())
}

fn as_root(script: &str, packages: &[&str]) -> Result<Command> {
    let root = shell::ask(Command::new("id").arg("-u"))?.trim() == "0";
    let mut command = Command::new(if root { "sh" } else { "sudo" });
    if !root {
        println!("This needs the administrator's rights, so sudo may ask for your password.");
        command.arg("sh");
    }
    command.args(["-eu", "-c", script, "setup"]).args(packages);
    Ok(command)
}

/// Those of `packages` that are installed. `dpkg-query` complains about unknown ones; its list is right all the same.
fn installed(packages: &[&str]) -> Result<BTreeSet<String>> {
    let format = ["--show", "--showformat=${Package} ${db:Status-Status}\\n"];
    let output = Command::new("dpkg-query").args(format).args(packages).output().context("start dpkg-query")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(text.lines().filter_map(|line| line.strip_suffix(" installed")).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_package_is_asked_for_twice() {
        let all: Vec<&str> = [BUILD, DESKTOP, PEERS].iter().flat_map(|need| need.packages).copied().collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    }
}
