//! A home folder that belongs to nobody: `HOME` and the XDG folders under one short-lived folder.
//!
//! The path stays short: a socket in the runtime folder may have 107 bytes.

use anyhow::{Context, Result};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// The panel: windows, tray, clock; as on a real desktop, without the first-run parts.
const PANEL: &str = include_str!("panel.xml");
/// The window manager's settings.
const OPENBOX: &str = include_str!("openbox.xml");

/// Folders for one desktop or one program; removed with the value.
#[derive(Debug)]
pub struct Folders {
    root: PathBuf,
}

impl Folders {
    /// Makes them.
    pub fn create() -> Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let root = loop {
            let number = COUNT.fetch_add(1, Ordering::Relaxed);
            let root = std::env::temp_dir().join(format!("muster-{}-{number}", std::process::id()));
            match std::fs::DirBuilder::new().mode(0o700).create(&root) {
                Ok(()) => break root,
                Err(taken) if taken.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(fault) => return Err(fault).with_context(|| format!("make {}", root.display())),
            }
        };
        let folders = Self { root };
        for name in ["home", "config", "data", "cache", "state", "run"] {
            std::fs::create_dir_all(folders.path(name))?;
        }
        std::fs::set_permissions(folders.path("run"), std::fs::Permissions::from_mode(0o700))?;
        let panel = folders.path("config").join("xfce4/xfconf/xfce-perchannel-xml");
        std::fs::create_dir_all(&panel)?;
        std::fs::write(panel.join("xfce4-panel.xml"), PANEL)?;
        std::fs::write(folders.openbox(), OPENBOX)?;
        Ok(folders)
    }

    /// The window manager's settings.
    pub(super) fn openbox(&self) -> PathBuf {
        self.path("config").join("openbox.xml")
    }

    /// A folder under the root.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The root.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What a program must be told to use them.
    pub fn environment(&self) -> Vec<(String, String)> {
        let named = [
            ("HOME", "home"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_RUNTIME_DIR", "run"),
        ];
        named.map(|(name, folder)| (name.to_owned(), self.path(folder).display().to_string())).to_vec()
    }
}

impl Drop for Folders {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.root);
    }
}
