//! Files that came with reports, each under the SHA-256 of its bytes: the same file twice is one, and a hash in the record
//! proves which one was meant. None is ever opened here.

use crate::folder::private_folder;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

/// Keeps a file in `folder`, and answers its name there. On disk when this returns.
pub(crate) fn keep(folder: &Path, bytes: &[u8]) -> io::Result<String> {
    let name: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let place = folder.join(&name);
    if place.exists() {
        return Ok(name);
    }
    private_folder(folder)?;
    let beside = folder.join(format!("{name}.new"));
    let mut file = File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, &place)?;
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_file_is_kept_once_under_its_hash() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = place.path().join("attachments");
        let name = keep(&folder, b"abc").expect("it is kept");
        assert_eq!(name, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "FIPS 180-2, appendix B.1");
        assert_eq!(keep(&folder, b"abc").expect("again"), name);
        assert_eq!(std::fs::read(folder.join(&name)).expect("it is there"), b"abc");
        assert_eq!(std::fs::read_dir(&folder).expect("a folder").count(), 1, "nothing beside it is left");
    }
}
