//! In and out of the demonstration. It is a home of its own in a process of its own: the alarms of the real one go on.

use api::{ApiError, Code};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Opens the demonstration of the home in `folder`, making it first where it does not exist.
pub async fn open_beside(folder: &Path) -> Result<(), ApiError> {
    let demo = home::demo::ensure(folder).await?;
    start(&demo)
}

/// Opens the home whose demonstration lies in `demo`, or brings it to the front.
pub fn open_own(demo: &Path) -> Result<(), ApiError> {
    let own = match own_of(demo) {
        Some(own) => own,
        None => home::folder(None)?,
    };
    start(&own)
}

/// The home beside which the demonstration was made.
fn own_of(demo: &Path) -> Option<PathBuf> {
    let own = demo.with_file_name(demo.file_name()?.to_str()?.strip_suffix("-demo")?);
    (home::demo::folder(&own) == demo).then_some(own)
}

/// Another Muster; where one runs for this home already, it comes to the front instead.
fn start(folder: &Path) -> Result<(), ApiError> {
    let failed = |fault: std::io::Error| ApiError::new(Code::Internal, format!("The other window could not be opened: {fault}."));
    let program = std::env::current_exe().map_err(failed)?;
    let mut command = Command::new(program);
    command.arg("--home").arg(folder).stdin(Stdio::null());
    let mut child = command.spawn().map_err(failed)?;
    // Ends with the other window; until then nobody else would notice that it ended.
    std::thread::spawn(move || child.wait());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_leads_to_the_home_it_came_from() {
        let own = Path::new("/data/payments");
        assert_eq!(own_of(&home::demo::folder(own)).as_deref(), Some(own));
        assert_eq!(own_of(Path::new("/data/elsewhere")), None);
    }
}
