//! What concerns the window and the shell.

use super::{Ask, Stop};
use crate::args::Cli;
use crate::context::Context;
use crate::out::Out;
use api::dto::{OpenNote, OpenWindow};
use api::{ApiError, Request};
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;
use serde_json::Value;

/// Raise the window of the desktop app.
#[derive(Args, Debug)]
pub struct Open {
    /// The incident to show: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: Option<String>,
}

impl Ask for Open {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::WindowOpen(OpenWindow { incident: self.incident.clone() }))
    }

    fn show(&self, _: Value, _: &Context, _: &mut Out) -> Result<(), Stop> {
        Ok(())
    }
}

/// Open the note window over whatever is in front: for a key binding where the app cannot grab keys itself.
#[derive(Args, Debug)]
pub struct NoteWindow {
    /// The incident: reference, id, or unique prefix [default: the current one]
    #[arg(value_name = "INC")]
    incident: Option<String>,
}

impl Ask for NoteWindow {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::WindowNote(OpenNote { incident: self.incident.clone() }))
    }

    fn show(&self, _: Value, _: &Context, _: &mut Out) -> Result<(), Stop> {
        Ok(())
    }
}

/// Open the scribe strip, always on top; close it where it is open.
#[derive(Args, Debug)]
pub struct Strip {
    /// The incident: reference, id, or unique prefix [default: the current one]
    #[arg(value_name = "INC")]
    incident: Option<String>,
}

impl Ask for Strip {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(Request::WindowStrip(OpenNote { incident: self.incident.clone() }))
    }

    fn show(&self, _: Value, _: &Context, _: &mut Out) -> Result<(), Stop> {
        Ok(())
    }
}

/// Write completions for a shell, such as: muster completions bash > ~/.local/share/bash-completion/completions/muster
#[derive(Args, Debug)]
pub struct Completions {
    /// bash, elvish, fish, powershell or zsh
    shell: Shell,
}

impl Completions {
    /// Writes them.
    pub fn write(&self, out: &mut Out) -> Result<(), Stop> {
        let mut script = vec![];
        clap_complete::generate(self.shell, &mut Cli::command(), "muster", &mut script);
        Ok(out.script(&script)?)
    }
}
