//! The demonstration: a home of its own beside the real one, so that a newcomer sees a living app. Removing it is
//! deleting its folder.

use crate::Machine;
use crate::faults;
use crate::folder::private_folder;
use api::ApiError;
use std::path::{Path, PathBuf};

/// Where the demonstration of the home in `folder` lies: beside it, with `-demo` after its name.
pub fn folder(folder: &Path) -> PathBuf {
    let name = folder.file_name().map_or_else(|| "muster".into(), |name| name.to_os_string());
    let mut beside = name;
    beside.push("-demo");
    folder.with_file_name(beside)
}

/// Sees that the demonstration of the home in `main` exists, and answers with its folder. A half-made one, left by a
/// crash, is made anew.
pub async fn ensure(main: &Path) -> Result<PathBuf, ApiError> {
    let folder = folder(main);
    if Machine::of(&folder).is_demo() {
        return Ok(folder);
    }
    let making = folder.with_extension("making");
    if making.exists() {
        std::fs::remove_dir_all(&making).map_err(|fault| faults::folder(&making, &fault))?;
    }
    private_folder(&making).map_err(|fault| faults::folder(&making, &fault))?;
    Machine::of(&making).mark_demo()?;
    std::fs::rename(&making, &folder).map_err(|fault| faults::folder(&folder, &fault))?;
    Ok(folder)
}
