//! Roles and command.

use super::{Ask, Stop, confirm, read};
use crate::context::{Context, person};
use crate::out::{Out, cell};
use crate::words::time;
use api::dto::{AssignRole, IncidentView, OneIncident, ReleaseRole, Spoken};
use api::{ApiError, Request};
use clap::{Args, Subcommand};
use domain::{self, Handle, Role as Kind};
use serde_json::Value;

fn role(typed: &str) -> Result<Kind, String> {
    Kind::parse(typed).ok_or_else(|| {
        let known: Vec<&str> = Kind::ALL.iter().map(|role| role.wire()).collect();
        format!("one of {}", known.join(", "))
    })
}

/// Give roles to people, take them back, list them.
#[derive(Args, Debug)]
pub struct Role {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    #[command(subcommand)]
    act: RoleAct,
}

#[derive(Subcommand, Debug)]
enum RoleAct {
    /// Give a role to a person
    Assign {
        /// commander, deputy, operations, communications, scribe, customer-liaison, internal-liaison, expert, planning or observer
        #[arg(value_parser = role)]
        role: Kind,
        /// Who
        #[arg(value_parser = person)]
        name: Handle,
    },
    /// Take a role back; command needs a successor instead
    Release {
        /// The role
        #[arg(value_parser = role)]
        role: Kind,
        /// Who, where several hold it
        #[arg(value_parser = person)]
        name: Option<Handle>,
    },
    /// Who holds which role
    List,
}

impl Ask for Role {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let incident = self.incident.clone();
        Ok(match &self.act {
            RoleAct::Assign { role, name } => {
                Request::RoleAssign(AssignRole { incident, role: *role, name: name.clone(), spoken: Spoken::default() })
            }
            RoleAct::Release { role, name } => Request::RoleRelease(ReleaseRole { incident, role: *role, name: name.clone() }),
            RoleAct::List => Request::IncidentShow(OneIncident { incident }),
        })
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        match &self.act {
            RoleAct::Assign { role, name } => confirm(answer, out, &format!("@{name} is {}.", role.title())),
            RoleAct::Release { role, .. } => confirm(answer, out, &format!("{} is free.", role.title())),
            RoleAct::List => {
                let incident: IncidentView = read(answer)?;
                if incident.roles.is_empty() {
                    out.line("Nobody has a role yet.")?;
                }
                let row = |role: &api::dto::RoleView| {
                    vec![cell(&role.title), cell(format!("@{}", role.name)), cell(&role.state), cell(format!("since {}", time(role.since)))]
                };
                out.table(&incident.roles.iter().map(row).collect::<Vec<_>>())?;
                Ok(())
            }
        }
    }
}

/// Take command of an incident, or confirm its acting commander.
#[derive(Args, Debug)]
pub struct TakeOrConfirm {
    #[command(subcommand)]
    act: CommandAct,
}

#[derive(Subcommand, Debug)]
enum CommandAct {
    /// I command now (with --for: that person does)
    Take {
        /// The incident: reference, id, or unique prefix
        #[arg(value_name = "INC")]
        incident: String,
    },
    /// The acting commander is the commander
    Confirm {
        /// The incident: reference, id, or unique prefix
        #[arg(value_name = "INC")]
        incident: String,
    },
}

impl Ask for TakeOrConfirm {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        Ok(match &self.act {
            CommandAct::Take { incident } => Request::TakeCommand(OneIncident { incident: incident.clone() }),
            CommandAct::Confirm { incident } => Request::ConfirmCommand(OneIncident { incident: incident.clone() }),
        })
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        let sentence = match &self.act {
            CommandAct::Take { .. } => "Command taken.",
            CommandAct::Confirm { .. } => "Commander confirmed.",
        };
        confirm(answer, out, sentence)
    }
}
