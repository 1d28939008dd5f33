//! Whether the record in this folder is the one that was here last time. A copied, restored or replaced record gets a new
//! device id, so that two chains never carry one name, and what it still had to send waits for a person's yes.

use crate::folder::Rooms;
use crate::ports::Ports;
use crate::{faults, surroundings};
use api::ApiError;
use domain::DeviceId;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use store::{StoreError, Writer};

/// What was here last time, kept beside the record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Known {
    /// Stands for this folder on this machine.
    place: String,
    /// The device whose chain the record goes on with.
    device: DeviceId,
    /// Events in it when it was last closed; a record with fewer is an older one.
    seq: u64,
}

/// Compares the record with what was here last time, and makes it a new device's where it is another one.
/// Returns whether it was.
pub(crate) fn settle(rooms: &Rooms, writer: &mut Writer, ports: &Ports) -> Result<bool, ApiError> {
    let is_new = writer.seq() == 0;
    let is_same = read(rooms)
        .is_some_and(|known| known.place == place(&rooms.folder) && known.device == writer.device() && known.seq <= writer.seq());
    let came_from_elsewhere = !is_new && !is_same;
    if came_from_elsewhere {
        start_anew(writer, ports).map_err(|fault| faults::stored(&rooms.database(), fault))?;
        tracing::warn!("the record came from elsewhere: new device, what was pending is held");
    }
    remember(rooms, writer.device(), writer.seq());
    Ok(came_from_elsewhere)
}

fn start_anew(writer: &mut Writer, ports: &Ports) -> Result<(), StoreError> {
    let now = ports.clock.now();
    let mut batch = writer.batch()?;
    batch.rekey_device(ports.new_device(), now)?;
    batch.hold_effects(now)?;
    batch.commit()
}

/// Keeps what is here now. Where it cannot be kept, the record counts as another one next time, which is the safe side.
pub(crate) fn remember(rooms: &Rooms, device: DeviceId, seq: u64) {
    let known = Known { place: place(&rooms.folder), device, seq };
    let text = serde_json::to_vec(&known).unwrap_or_default();
    let path = file(rooms);
    let beside = path.with_extension("new");
    let kept = std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, &path));
    if let Err(fault) = kept {
        drop(std::fs::remove_file(&beside));
        tracing::warn!(%fault, "identity of the home");
    }
}

fn file(rooms: &Rooms) -> PathBuf {
    rooms.folder.join("home.id")
}

fn read(rooms: &Rooms) -> Option<Known> {
    serde_json::from_slice(&std::fs::read(file(rooms)).ok()?).ok()
}

/// Stands for a folder on a machine: a copy has another, a renamed folder the same.
pub(crate) fn place(folder: &Path) -> String {
    let text = format!("{}\n{}", surroundings::machine_id(), number(folder));
    blake3::hash(text.as_bytes()).to_hex()[..32].to_owned()
}

#[cfg(unix)]
fn number(folder: &Path) -> u128 {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(folder).map_or(0, |seen| u128::from(seen.ino()))
}

/// Where folders have no number that can be read: the instant they were made.
#[cfg(not(unix))]
fn number(folder: &Path) -> u128 {
    let made = std::fs::metadata(folder).and_then(|seen| seen.created()).ok();
    made.and_then(|made| made.duration_since(std::time::UNIX_EPOCH).ok()).map_or(0, |since| since.as_nanos())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renamed_folder_is_the_same_place_and_a_copy_is_not() {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let (here, moved, copy) = (temporary.path().join("a"), temporary.path().join("b"), temporary.path().join("c"));
        std::fs::create_dir(&here).expect("made");
        std::fs::create_dir(&copy).expect("made");
        let before = place(&here);
        std::fs::rename(&here, &moved).expect("moved");
        assert_eq!(place(&moved), before);
        assert_ne!(place(&copy), before);
    }
}
