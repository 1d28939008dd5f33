//! What the operating system says about this user and this machine. The only place that reads environment variables.

use std::path::PathBuf;

/// Longest path of a socket in bytes on every system that has them (Linux: 107 and a zero; macOS: 103 and a zero).
const SOCKET_PATH_LIMIT: usize = 103;
/// Characters of a socket's own file name.
const SOCKET_NAME: usize = "0123456789abcdef.front.sock".len();

#[expect(clippy::disallowed_methods, reason = "the one reader of the environment")]
fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// `$MUSTER_HOME`, where it is set.
pub(crate) fn chosen_home() -> Option<PathBuf> {
    variable("MUSTER_HOME")
}

/// The platform's folder for a user's data.
pub(crate) fn data_folder() -> Option<PathBuf> {
    directories::BaseDirs::new().map(|folders| folders.data_dir().to_path_buf())
}

/// The platform's folder for a user's settings on this machine.
pub(crate) fn config_folder() -> Option<PathBuf> {
    directories::BaseDirs::new().map(|folders| folders.config_local_dir().to_path_buf())
}

/// Where a user looks for what a program wrote for them.
pub(crate) fn documents_folder() -> Option<PathBuf> {
    let documents = directories::UserDirs::new().and_then(|folders| folders.document_dir().map(std::path::Path::to_path_buf));
    documents.filter(|folder| folder.is_dir()).or_else(|| directories::BaseDirs::new().map(|folders| folders.home_dir().to_path_buf()))
}

/// The time zone of this machine; UTC where the system does not say.
pub(crate) fn zone() -> chrono_tz::Tz {
    iana_time_zone::get_timezone().ok().and_then(|name| name.parse().ok()).unwrap_or(chrono_tz::UTC)
}

/// The user's name at the operating system.
pub(crate) fn user_name() -> Option<String> {
    let named = ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(variable);
    let named = named.or_else(|| directories::BaseDirs::new().map(|folders| folders.home_dir().to_path_buf()))?;
    named.file_name().map(|name| name.to_string_lossy().into_owned())
}

/// Whether a screen is there to open a window on.
pub fn has_display() -> bool {
    cfg!(any(windows, target_os = "macos")) || ["DISPLAY", "WAYLAND_DISPLAY"].into_iter().any(|name| variable(name).is_some())
}

/// The folder for this user's sockets: the runtime folder, else one of the user's own under the folder for temporary
/// files. It may not exist yet.
#[cfg(unix)]
pub(crate) fn socket_folder() -> PathBuf {
    let runtime = variable("XDG_RUNTIME_DIR").filter(|folder| folder.is_absolute() && folder.is_dir()).map(|folder| folder.join("muster"));
    let fits = |folder: &PathBuf| folder.as_os_str().len() + 1 + SOCKET_NAME <= SOCKET_PATH_LIMIT;
    runtime.filter(fits).unwrap_or_else(|| {
        let user = rustix::process::geteuid().as_raw();
        let temporary = std::env::temp_dir().join(format!("muster-{user}"));
        if fits(&temporary) { temporary } else { PathBuf::from(format!("/tmp/muster-{user}")) }
    })
}

/// Something that is another on another machine; empty where the system has nothing of the kind.
pub(crate) fn machine_id() -> String {
    let files = ["/etc/machine-id", "/var/lib/dbus/machine-id"];
    files.iter().find_map(|file| std::fs::read_to_string(file).ok()).map(|id| id.trim().to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_socket_always_fits() {
        let longest = socket_folder().as_os_str().len() + 1 + SOCKET_NAME;
        assert!(longest <= SOCKET_PATH_LIMIT, "{longest} bytes");
    }
}
