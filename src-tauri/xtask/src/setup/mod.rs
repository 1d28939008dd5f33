//! Installs what is missing, says what and why, and leaves alone what is there. Must never replace anything of the machine's.

mod debian;
pub mod driver;
mod nagios;
pub mod npm;
mod python;

use anyhow::Result;

/// All that tests need.
pub fn everything() -> Result<()> {
    debian::install(&[debian::BUILD, debian::DESKTOP, debian::PEERS])?;
    nagios::install()?;
    python::install()?;
    driver::install()?;
    npm::install()
}

/// What building and opening the app needs; with `without_screen` also a desktop to open it on.
pub fn to_run(without_screen: bool) -> Result<()> {
    if without_screen {
        debian::install(&[debian::BUILD, debian::DESKTOP])?;
    } else {
        debian::install(&[debian::BUILD])?;
    }
    npm::install()
}
