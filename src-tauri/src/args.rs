//! What the desktop can be told when it is started.

use clap::Parser;
use std::path::PathBuf;

/// Muster, the desktop console for incident commanders.
#[derive(Clone, PartialEq, Eq, Debug, Default, Parser)]
#[command(name = "muster-desktop", version)]
pub struct Args {
    /// The home to open; else $MUSTER_HOME, else the one in the user's data folder.
    #[arg(long, value_name = "DIR", conflicts_with = "demo")]
    pub home: Option<PathBuf>,
    /// Start in the tray, without the main window.
    #[arg(long)]
    pub hidden: bool,
    /// Open the declare window at once.
    #[arg(long)]
    pub declare: bool,
    /// Open the demonstration, a home of its own.
    #[arg(long)]
    pub demo: bool,
}

/// Reads the command line. Ends the process where it cannot be understood, and after `--help`.
pub fn read() -> Args {
    Args::parse()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        Args::command().debug_assert();
    }

    #[test]
    fn the_demo_is_a_home_of_its_own() {
        assert!(Args::try_parse_from(["muster-desktop", "--demo", "--home", "/x"]).is_err());
        let args = Args::try_parse_from(["muster-desktop", "--home", "/x", "--hidden"]).expect("understood");
        assert_eq!(args, Args { home: Some("/x".into()), hidden: true, ..Args::default() });
    }
}
