//! A desktop of its own without a screen: virtual display, message bus, window manager, panel with a tray.
//!
//! Nothing of the person's own session is touched: home, settings, bus and display are private, and all that was
//! started here, or by anything started here, ends with the value. Linux only, as the programs it starts are.

mod family;
mod folders;

pub use family::Family;
pub use folders::Folders;

use crate::wait;
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// How long each part may take to come up; a loaded machine with two cores needs a second or two.
const READY: Duration = Duration::from_secs(20);

/// Fewer colours than this is a window that has not painted yet.
const PAINTED: usize = 64;

/// A running private desktop; dropping it ends everything in it.
#[derive(Debug)]
pub struct Desktop {
    display: String,
    bus: String,
    panel: Family,
    // Before the folders: nobody may still write there when they go.
    family: Family,
    folders: Folders,
}

impl Desktop {
    /// Starts a desktop of `width` × `height` pixels, with a window manager and a panel that shows tray icons.
    /// No notification daemon yet: whoever wants one starts it, or plays it.
    pub fn start(width: u32, height: u32) -> Result<Self> {
        let folders = Folders::create()?;
        let family = Family::new();
        let mut desktop = Self { display: String::new(), bus: String::new(), panel: Family::new(), family, folders };
        let screen = format!("{width}x{height}x24");
        let server = ["-displayfd", "1", "-screen", "0", &screen, "-nolisten", "tcp", "-noreset", "-dpi", "96"];
        let mut display = desktop.command("Xvfb");
        display.args(server);
        desktop.display = format!(":{}", first_line(display, "Xvfb")?);
        let mut bus = desktop.command("dbus-daemon");
        bus.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
        desktop.bus = first_line(bus, "dbus-daemon")?;
        desktop.start_shell()?;
        Ok(desktop)
    }

    /// A program that will live on this desktop, in its folders, and end with it.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = self.family.command(program);
        for (name, value) in self.environment() {
            command.env(name, value);
        }
        for name in ["WAYLAND_DISPLAY", "MUSTER_HOME", "SESSION_MANAGER", "DESKTOP_SESSION"] {
            command.env_remove(name);
        }
        command
    }

    /// What a program must be told to live on this desktop; the folders can be replaced by a test's own.
    pub fn environment(&self) -> Vec<(String, String)> {
        let mut environment = self.folders.environment();
        environment.extend(
            [
                ("DISPLAY", self.display.as_str()),
                ("DBUS_SESSION_BUS_ADDRESS", self.bus.as_str()),
                ("GDK_BACKEND", "x11"),
                ("XDG_CURRENT_DESKTOP", "XFCE"),
                ("XDG_SESSION_TYPE", "x11"),
                ("LANG", "C.UTF-8"),
                ("TZ", "UTC"),
                ("NO_AT_BRIDGE", "1"),
                ("LIBGL_ALWAYS_SOFTWARE", "1"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned())),
        );
        environment
    }

    /// The X display, such as `:77`.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// Address of the private session bus.
    pub fn bus(&self) -> &str {
        &self.bus
    }

    /// Folders of this desktop: home, settings, runtime.
    pub fn folders(&self) -> &Folders {
        &self.folders
    }

    /// Writes what a person would see to `file` as PNG.
    pub fn picture(&self, file: &Path) -> Result<()> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut import = self.command("import");
        import.args(["-silent", "-window", "root"]).arg(file);
        let done = import.status().context("start import (Debian package imagemagick)")?;
        if !done.success() {
            bail!("import could not write {}", file.display());
        }
        Ok(())
    }

    /// Id of the visible window whose title ends with these words; none where there is none.
    pub fn window(&self, title: &str) -> Result<Option<String>> {
        let (_, found) = self.ask("xdotool", &["search", "--onlyvisible", "--name", &format!("{title}$")])?;
        Ok(found.lines().next().map(str::to_owned))
    }

    /// Waits until the window whose title ends with these words shows something, and the same for two looks.
    pub fn painted(&self, title: &str, limit: Duration) -> Result<()> {
        let mut before = 0;
        wait::until(&format!("the first picture of \"{title}\""), limit, || {
            let now = self.window(title)?.map_or(Ok(0), |window| self.colours(&window))?;
            let still = now >= PAINTED && now.abs_diff(before) * 20 <= now;
            before = now;
            Ok(still.then_some(()))
        })
    }

    /// How many colours the window shows.
    fn colours(&self, window: &str) -> Result<usize> {
        let file = self.folders.path("cache").join("look.png").display().to_string();
        if !self.ask("import", &["-silent", "-window", window, &file])?.0 {
            return Ok(0);
        }
        Ok(self.ask("identify", &["-format", "%k", &file])?.1.trim().parse().unwrap_or(0))
    }

    /// Answers a command's standard output, and whether it went well.
    pub fn ask(&self, program: &str, arguments: &[&str]) -> Result<(bool, String)> {
        let output = self.command(program).args(arguments).stdin(Stdio::null()).output().with_context(|| format!("start {program}"))?;
        Ok((output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned()))
    }

    /// Whether somebody on the bus owns `name`.
    pub fn bus_has(&self, name: &str) -> Result<bool> {
        let query = format!("string:{name}");
        let call = ["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner", &query];
        Ok(self.ask("dbus-send", &call)?.1.contains("boolean true"))
    }

    /// Sees that the tray has a host. Debian 12's systray plugin of xfce4-panel falls over in libdbusmenu when items come
    /// and go quickly; its panel starts it again only after a minute, or asks (where nobody sees it), so a new panel takes its
    /// place here.
    pub fn see_to_tray(&self) -> Result<()> {
        if self.bus_has("org.kde.StatusNotifierWatcher")? {
            return Ok(());
        }
        self.panel.end();
        self.start_panel()
    }

    fn start_shell(&self) -> Result<()> {
        quiet(self.command("openbox").arg("--sm-disable").arg("--config-file").arg(self.folders.openbox())).context("start openbox")?;
        wait::until("the window manager's start", READY, || {
            let (_, answer) = self.ask("xprop", &["-root", "_NET_SUPPORTING_WM_CHECK"])?;
            Ok(answer.contains("window id").then_some(()))
        })?;
        self.start_panel()
    }

    fn start_panel(&self) -> Result<()> {
        let mut panel = self.command("xfce4-panel");
        self.panel.adopt(&mut panel);
        quiet(panel.arg("--disable-wm-check")).context("start xfce4-panel")?;
        wait::until("the panel's start", READY, || Ok(self.bus_has("org.kde.StatusNotifierWatcher")?.then_some(())))
    }
}

/// Starts a program whose talk interests nobody.
fn quiet(command: &mut Command) -> Result<Child> {
    Ok(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?)
}

/// Starts a program that says one line when it is ready, and answers that line.
fn first_line(mut command: Command, name: &str) -> Result<String> {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().with_context(|| format!("start {name}"))?;
    let output = child.stdout.take().context("its output is piped")?;
    let (say, hear) = mpsc::channel();
    std::thread::spawn(move || {
        let mut lines = BufReader::new(output).lines();
        let _ = say.send(lines.next());
        // Read on, so that the program never blocks on a full pipe.
        lines.for_each(drop);
    });
    match hear.recv_timeout(READY) {
        Ok(Some(Ok(line))) if !line.trim().is_empty() => Ok(line.trim().to_owned()),
        Ok(_) => bail!("{name} ended before it was ready"),
        Err(_) => bail!("{name} was not ready within {} s", READY.as_secs()),
    }
}
