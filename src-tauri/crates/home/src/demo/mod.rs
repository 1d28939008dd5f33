//! The demonstration: a home of its own beside the real one, so that a newcomer sees a living app. Removing it is
//! deleting its folder.
//!
//! What is told lies in `stories.toml`; [`story`] reads it line by line ([`lines`], [`verbs`], [`book`], [`chat`]), [`script`]
//! turns it into scenes in the order of time, and [`play`] performs them through the engine's own commands. The same story
//! told at the same instant makes the same record.

mod book;
mod chat;
mod house;
mod lines;
mod play;
mod props;
mod script;
mod story;
#[cfg(test)]
mod tests;
mod verbs;

use crate::folder::Rooms;
use crate::lock::{self, Lock, Reached};
use crate::{Machine, Ports, faults};
use api::dto::SetMachine;
use api::{ApiError, Code};
use domain::{Handle, Timestamp};
use engine::{Engine, Setup};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Whose part the newcomer plays.
const YOU: &str = "dana";
/// Time that another process gets to finish making the same demonstration: it takes a second or two.
const PATIENCE: Duration = Duration::from_secs(60);
/// Pause between two looks at whether it has.
const LOOK: Duration = Duration::from_millis(50);

/// Where the demonstration of the home in `folder` lies: beside it, with `-demo` after its name.
pub fn folder(folder: &Path) -> PathBuf {
    beside(folder, "-demo")
}

/// The folder of the same name with `end` after it.
fn beside(folder: &Path, end: &str) -> PathBuf {
    let mut name = folder.file_name().map_or_else(|| "muster".into(), |name| name.to_os_string());
    name.push(end);
    folder.with_file_name(name)
}

/// Sees that the demonstration of the home in `main` exists, and answers with its folder. A half-made one, left by a
/// crash, is made anew.
pub async fn ensure(main: &Path) -> Result<PathBuf, ApiError> {
    let folder = folder(main);
    let begun = Instant::now();
    while !Machine::of(&folder).is_demo() {
        match half_made(&folder)? {
            // Finished by another process between the two looks.
            Some((rooms, lock)) if Machine::of(&folder).is_demo() => {
                std::fs::remove_dir_all(&rooms.folder).map_err(|fault| faults::folder(&rooms.folder, &fault))?;
                drop(lock);
            }
            Some((rooms, lock)) => {
                make(&rooms, Ports::default().clock.now()).await?;
                std::fs::rename(&rooms.folder, &folder).map_err(|fault| faults::folder(&folder, &fault))?;
                drop(lock);
            }
            None if begun.elapsed() < PATIENCE => tokio::time::sleep(LOOK).await,
            None => {
                return Err(ApiError::new(Code::HomeBusy, "Another process has been making the demonstration for a minute.")
                    .hint("Wait until it is done, or quit it; then try again."));
            }
        }
    }
    Ok(folder)
}

/// An empty place to make it in, locked; `None` while another process makes it there.
fn half_made(folder: &Path) -> Result<Option<(Rooms, Lock)>, ApiError> {
    let rooms = Rooms::make(&beside(folder, ".making"))?;
    let Reached::Mine(lock) = lock::reach(&rooms)? else { return Ok(None) };
    let emptied = std::fs::read_dir(&rooms.folder).and_then(|entries| {
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                std::fs::remove_dir_all(path)?;
            } else if path != rooms.lock() {
                std::fs::remove_file(path)?;
            }
        }
        Ok(())
    });
    emptied.map_err(|fault| faults::folder(&rooms.folder, &fault))?;
    Ok(Some((rooms, lock)))
}

/// Makes the demonstration in an empty home, ending at `now`.
async fn make(rooms: &Rooms, now: Timestamp) -> Result<(), ApiError> {
    let stories = story::read().map_err(|fault| ApiError::new(Code::Internal, format!("The demonstration cannot be read: {fault}")))?;
    let (clock, dice) = (Arc::new(props::StageClock::at(now)), Arc::new(props::Dice::default()));
    let opening = store::Opening { path: rooms.database(), device: dice.device(now), now };
    let mut store = store::open(&opening).map_err(|fault| faults::ledger(rooms, &fault))?;
    // Half of it is worth nothing, so that only the whole must reach the disk.
    store.0.write_unflushed().map_err(|fault| faults::stored(&rooms.folder, fault))?;
    let setup = Setup {
        store,
        clock: clock.clone(),
        entropy: dice,
        hands: engine::ports::Hands::default(),
        duties: false,
        network: None,
        backups: None,
    };
    let engine = Engine::start(setup)?;
    let played = play::play(&engine, &clock, &stories, now).await;
    engine.stop().await;
    played?;
    flush(&rooms.folder).map_err(|fault| faults::folder(&rooms.folder, &fault))?;
    let machine = Machine::of(&rooms.folder);
    machine.change(&SetMachine { me: Some(Handle(YOU.into())), ..SetMachine::default() })?;
    machine.mark_demo()
}

/// Waits until all files of `folder` are on disk.
fn flush(folder: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            std::fs::OpenOptions::new().append(true).open(entry.path())?.sync_all()?;
        }
    }
    Ok(())
}
