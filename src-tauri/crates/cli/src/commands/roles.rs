//! Roles and command.

use super::room::knows;
use super::{Ask, Stop, confirm, read};
use crate::context::{Context, person};
use crate::out::{Out, cell};
use crate::words::{names, time};
use api::dto::{AssignRole, ChecklistItem, IncidentView, OneIncident, ReleaseRole, RoleCardView, Spoken, TickItem};
use api::{ApiError, Request};
use clap::{Args, Subcommand};
use domain::{self, Handle, Role as Kind};
use serde_json::Value;

/// Reads a role as people type it.
pub fn role(typed: &str) -> Result<Kind, String> {
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
        /// When that was
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        at: Option<String>,
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
    /// Who holds which role, and how they know
    List,
    /// What each role is for, and how far its checklist is
    Cards,
    /// Tick an item of a role's checklist
    Tick {
        /// The role
        #[arg(value_parser = role)]
        role: Kind,
        /// Its number in `role INC cards`, counted from 1
        #[arg(value_parser = clap::value_parser!(u8).range(1..))]
        item: u8,
        /// Take the tick away
        #[arg(long)]
        undo: bool,
    },
}

impl Ask for Role {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let incident = self.incident.clone();
        Ok(match &self.act {
            RoleAct::Assign { role, name, at } => {
                let at = context.time("at", at.as_ref())?;
                Request::RoleAssign(AssignRole { incident, role: *role, name: name.clone(), at, spoken: Spoken::default() })
            }
            RoleAct::Release { role, name } => Request::RoleRelease(ReleaseRole { incident, role: *role, name: name.clone() }),
            RoleAct::List => Request::IncidentShow(OneIncident { incident }),
            RoleAct::Cards => Request::RoleCards(OneIncident { incident }),
            RoleAct::Tick { role, item, undo } => Request::RoleTick(TickItem { incident, role: *role, item: item - 1, done: !undo }),
        })
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        match &self.act {
            RoleAct::Assign { role, name, .. } => confirm(answer, out, &format!("@{name} is {}.", role.title())),
            RoleAct::Release { role, .. } => confirm(answer, out, &format!("{} is free.", role.title())),
            RoleAct::List => {
                let incident: IncidentView = read(answer)?;
                if incident.roles.is_empty() {
                    out.line("Nobody has a role yet.")?;
                }
                let row = |role: &api::dto::RoleView| {
                    let since = cell(format!("since {}", time(role.since)));
                    vec![cell(&role.title), cell(format!("@{}", role.name)), cell(&role.state), since, knows(&role.knows)]
                };
                out.table(&incident.roles.iter().map(row).collect::<Vec<_>>())?;
                Ok(())
            }
            RoleAct::Cards => show_cards(&read::<Vec<RoleCardView>>(answer)?, out),
            RoleAct::Tick { role, undo, .. } => {
                confirm(answer, out, &format!("{}: {}.", role.title(), if *undo { "tick taken away" } else { "ticked" }))
            }
        }
    }
}

fn show_cards(cards: &[RoleCardView], out: &mut Out) -> Result<(), Stop> {
    for (place, card) in cards.iter().enumerate() {
        out.heading(place == 0, &format!("{}  {}", card.title, names('@', &card.holders)))?;
        out.line(&card.sentence)?;
        let row = |(place, item): (usize, &ChecklistItem)| {
            vec![cell(format!("{:>2}", place + 1)), cell(if item.done { "[x]" } else { "[ ]" }), cell(&item.text)]
        };
        out.table(&card.checklist.iter().enumerate().map(row).collect::<Vec<_>>())?;
    }
    Ok(())
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
