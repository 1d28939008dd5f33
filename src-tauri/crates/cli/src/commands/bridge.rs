//! Where people of an incident meet: one incident's place, and the home's rule.

use super::{Ask, Stop, confirm, part, read, whole_of};
use crate::context::Context;
use crate::out::Out;
use api::dto::{IncidentView, Nothing, SetBridge, SetBridgeRule, SettingsView};
use api::{ApiError, Request};
use clap::{Args, Subcommand};
use domain::home::BridgeRule as Place;
use serde_json::{Value, json};

/// Where people of this incident meet. Without an address: show it.
#[derive(Args, Debug)]
pub struct Bridge {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC")]
    incident: String,
    /// The address of the call
    url: Option<String>,
    /// Meet where the home's rule says
    #[arg(long, conflicts_with = "url")]
    clear: bool,
}

impl Bridge {
    fn only_looks(&self) -> bool {
        self.url.is_none() && !self.clear
    }
}

impl Ask for Bridge {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        if self.only_looks() {
            return Ok(whole_of(&self.incident));
        }
        Ok(Request::BridgeSet(SetBridge { incident: self.incident.clone(), url: self.url.clone() }))
    }

    fn json(&self, answer: Value) -> Result<Value, ApiError> {
        if self.only_looks() { Ok(json!({ "bridge": part(answer, "bridge")? })) } else { Ok(answer) }
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        if self.only_looks() {
            let incident: IncidentView = read(answer)?;
            return Ok(out.line(incident.bridge.as_deref().unwrap_or("No place to meet is set."))?);
        }
        confirm(answer, out, if self.clear { "People meet where the home's rule says." } else { "People meet there." })
    }
}

/// Where people of every incident meet, unless the incident says otherwise.
#[derive(Args, Debug)]
pub struct BridgeRule {
    #[command(subcommand)]
    act: RuleAct,
}

#[derive(Subcommand, Debug)]
enum RuleAct {
    /// The rule
    Show,
    /// Always the same room
    Fixed {
        /// Its address
        url: String,
    },
    /// A room of its own for each incident on a Jitsi server
    Jitsi {
        /// The server, such as https://meet.jit.si
        server: String,
    },
    /// Nowhere, unless an incident says so
    None,
}

impl Ask for BridgeRule {
    fn request(&self, _: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let rule = match &self.act {
            RuleAct::Show => return Ok(Request::Settings(Nothing {})),
            RuleAct::Fixed { url } => Place::Fixed { url: url.clone() },
            RuleAct::Jitsi { server } => Place::Jitsi { server: server.clone() },
            RuleAct::None => Place::None,
        };
        Ok(Request::BridgeRuleSet(SetBridgeRule { rule }))
    }

    fn json(&self, answer: Value) -> Result<Value, ApiError> {
        match &self.act {
            RuleAct::Show => Ok(json!({ "bridge": part(answer, "bridge")? })),
            RuleAct::Fixed { .. } | RuleAct::Jitsi { .. } | RuleAct::None => Ok(answer),
        }
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        match &self.act {
            RuleAct::Show => Ok(out.line(rule(&read::<SettingsView>(answer)?.bridge))?),
            RuleAct::Fixed { .. } | RuleAct::Jitsi { .. } => confirm(answer, out, "New incidents meet there."),
            RuleAct::None => confirm(answer, out, "Incidents meet nowhere unless they say so."),
        }
    }
}

/// The rule in words.
pub fn rule(rule: &Place) -> String {
    match rule {
        Place::None => "nowhere, unless an incident says so".to_owned(),
        Place::Fixed { url } => format!("always in {url}"),
        Place::Jitsi { server } => format!("in a room of its own on {server}"),
    }
}
