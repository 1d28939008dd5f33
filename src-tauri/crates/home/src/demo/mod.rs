//! The demonstration: a home of its own beside the real one, so that a newcomer sees a living app. Removing it is
//! deleting its folder.

mod play;
mod story;

use crate::Machine;
use crate::Ports;
use crate::faults;
use crate::folder::private_folder;
use api::{ApiError, Code};
use engine::{Engine, Setup};
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
    fill(&making, &Ports::default()).await?;
    Machine::of(&making).mark_demo()?;
    std::fs::rename(&making, &folder).map_err(|fault| faults::folder(&folder, &fault))?;
    Ok(folder)
}

/// Plays the quarter into the empty home in `folder`, ending now.
async fn fill(folder: &Path, ports: &Ports) -> Result<(), ApiError> {
    let stories = story::read().map_err(|fault| ApiError::new(Code::Internal, format!("The demonstration cannot be read: {fault}")))?;
    let now = ports.clock.now();
    let opening = store::Opening { path: folder.join(crate::folder::DATABASE), device: ports.new_device(), now };
    let store = store::open(&opening).map_err(|fault| ApiError::new(Code::NotSaved, fault.to_string()))?;
    let clock = Arc::new(play::StageClock::default());
    let setup = Setup { store, clock: clock.clone(), entropy: ports.entropy.clone(), notifier: None, duties: false, backups: None };
    let engine = Engine::start(setup)?;
    let played = play::play(&engine, &clock, &stories, now).await;
    engine.stop().await;
    Ok(played?)
}
