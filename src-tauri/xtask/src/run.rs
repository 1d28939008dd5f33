//! `cargo xtask run`: builds Muster and opens it. Without a screen, on a virtual one of its own, and leaves a picture.

use crate::{setup, shell, ui};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;

/// What the person asked for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wish {
    home: Option<PathBuf>,
    demo: bool,
}

/// Sets up, builds, opens.
pub fn run(arguments: &[&str]) -> Result<()> {
    let mut wish = Wish::read(arguments)?;
    let screen = has_screen();
    // A picture of an empty home shows nothing.
    wish.demo |= !screen && wish.home.is_none();
    setup::to_run(!screen)?;
    ui::build()?;
    shell::run(&mut shell::cargo(&["build", "--locked", "--workspace", "--bins"]))?;
    if screen {
        println!("Muster is open. Closing its window keeps it in the tray; Quit there ends it.");
        shell::run(wish.tell(&mut Command::new(program("muster-desktop"))))
    } else {
        without_screen(&wish)
    }
}

#[cfg(target_os = "linux")]
fn without_screen(wish: &Wish) -> Result<()> {
    let picture = shell::target().join("muster.png");
    let log = shell::target().join("muster.log");
    crate::showing::show(wish.tell(&mut Command::new(program("muster-desktop"))), &picture, &log)?;
    println!("There is no screen here, so Muster ran on a virtual one and has ended again.");
    println!("The picture: {}", picture.display());
    println!("What it said: {}", log.display());
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn without_screen(_: &Wish) -> Result<()> {
    unreachable!("every other system has a screen")
}

impl Wish {
    fn read(arguments: &[&str]) -> Result<Self> {
        let mut wish = Self::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            match *argument {
                "--demo" => wish.demo = true,
                "--home" => {
                    let folder = rest.next().context("--home needs a folder")?;
                    wish.home = Some(std::env::current_dir()?.join(folder));
                }
                other => bail!("`cargo xtask run` knows --demo and --home DIR, not {other}"),
            }
        }
        if wish.demo && wish.home.is_some() {
            bail!("the demo is a home of its own: choose --demo or --home");
        }
        Ok(wish)
    }

    /// Tells the app what was asked for.
    fn tell<'c>(&self, app: &'c mut Command) -> &'c mut Command {
        if let Some(home) = &self.home {
            app.arg("--home").arg(home);
        }
        if self.demo {
            app.arg("--demo");
        }
        app
    }
}

fn program(name: &str) -> PathBuf {
    shell::target().join("debug").join(name).with_extension(std::env::consts::EXE_EXTENSION)
}

fn has_screen() -> bool {
    !cfg!(target_os = "linux") || shell::variable("DISPLAY").is_some() || shell::variable("WAYLAND_DISPLAY").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_are_read() {
        assert_eq!(Wish::read(&[]).unwrap(), Wish::default());
        assert!(Wish::read(&["--demo"]).unwrap().demo);
        assert_eq!(Wish::read(&["--home", "/tmp/h"]).unwrap().home, Some(PathBuf::from("/tmp/h")));
        for wrong in [&["--home"][..], &["--fast"], &["--demo", "--home", "/tmp/h"]] {
            assert!(Wish::read(wrong).is_err(), "{wrong:?}");
        }
    }
}
