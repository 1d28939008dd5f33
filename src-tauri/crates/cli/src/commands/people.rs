//! People.

use super::{Ask, Stop, confirm, read};
use crate::context::{Context, person};
use crate::out::{Out, Paint, cell, painted};
use crate::words::time;
use api::dto::{AddPerson, Nothing, PersonView};
use api::{ApiError, Request};
use clap::{Args, Subcommand};
use domain::Handle;
use serde_json::Value;

/// People. Whoever is named in a command is added by that; names in full come from here.
#[derive(Args, Debug)]
pub struct Person {
    #[command(subcommand)]
    act: PersonAct,
}

#[derive(Subcommand, Debug)]
enum PersonAct {
    /// Add a person, or give one a name in full
    Add {
        /// Short name, as in @dana
        #[arg(value_parser = person)]
        handle: Handle,
        /// Name in full
        #[arg(long)]
        name: Option<String>,
    },
    /// Everybody known
    List,
}

impl Ask for Person {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(match &self.act {
            PersonAct::Add { handle, name } => Request::PersonAdd(AddPerson { handle: handle.clone(), name: name.clone() }),
            PersonAct::List => Request::PersonList(Nothing {}),
        })
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        match &self.act {
            PersonAct::Add { handle, .. } => confirm(answer, out, &format!("@{handle} is known.")),
            PersonAct::List => {
                let people: Vec<PersonView> = read(answer)?;
                if people.is_empty() {
                    out.line("Nobody yet: muster person add NAME")?;
                }
                let row = |person: &PersonView| {
                    let since = painted(Paint::Faint, format!("since {}", time(person.added_at)));
                    vec![cell(format!("@{}", person.handle)), cell(person.name.as_deref().unwrap_or_default()), since]
                };
                Ok(out.table(&people.iter().map(row).collect::<Vec<_>>())?)
            }
        }
    }
}
