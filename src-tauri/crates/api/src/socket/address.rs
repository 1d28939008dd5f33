//! Where the socket of a home lies, and who may sit at either end of it.

use interprocess::local_socket::{GenericFilePath, Name, ToFsName};
use std::io;
use std::path::{Path, PathBuf};

/// The place of a home's socket: a path on Unix (at most 107 bytes), a pipe's name on Windows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address(PathBuf);

impl Address {
    /// The socket at `path`. Whoever makes the path sees to it that only this user can reach into its folder.
    pub const fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// The path, as shown to people.
    pub fn path(&self) -> &Path {
        &self.0
    }

    pub(super) fn name(&self) -> io::Result<Name<'_>> {
        self.0.as_path().to_fs_name::<GenericFilePath>()
    }
}

/// Whether the other end belongs to the user of this process.
#[cfg(unix)]
pub(super) fn is_same_user(stream: &interprocess::local_socket::tokio::Stream) -> bool {
    use interprocess::local_socket::traits::StreamCommon as _;
    let own = rustix::process::geteuid().as_raw();
    stream.peer_creds().is_ok_and(|peer| peer.euid() == Some(own))
}

/// Windows' own default keeps other users from a pipe.
#[cfg(not(unix))]
pub(super) const fn is_same_user(_stream: &interprocess::local_socket::tokio::Stream) -> bool {
    true
}
