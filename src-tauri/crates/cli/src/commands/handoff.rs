//! Handing over command: offered, briefed, accepted or declined. Until somebody accepts, the outgoing one commands.

use super::briefs::{form_of, show_brief};
use super::room::knows;
use super::{Ask, Stop, confirm, confirm_many, part, read, whole_of};
use crate::context::Context;
use crate::flags::{For, form};
use crate::out::{Out, Paint, cell, painted};
use crate::words::{count, time};
use api::dto::{AnswerHandoff, AskBrief, HandoffView, IncidentView, OfferAll, OfferHandoff, OneIncident, Spoken};
use api::{ApiError, Code, Request};
use clap::{Args, Subcommand};
use serde_json::Value;

/// Hand over command. Another's answer needs --for NAME, and --by where it was not by voice.
#[derive(Args, Debug)]
#[command(override_usage = "muster handoff INC <COMMAND>\n       muster handoff --all NAME [--next TEXT] [--only INC]...")]
pub struct Handoff {
    /// The incident: reference, id, or unique prefix
    #[arg(value_name = "INC", required_unless_present = "all")]
    incident: Option<String>,
    /// Offer every open incident that you command, at shift's end
    #[arg(long, value_name = "NAME", conflicts_with = "incident")]
    all: Option<String>,
    /// What you would do next, in one line, with --all
    #[arg(long, value_name = "TEXT", requires = "all")]
    next: Option<String>,
    /// Only these of them, with --all; may be repeated
    #[arg(long, value_name = "INC", requires = "all")]
    only: Vec<String>,
    #[command(subcommand)]
    act: Option<HandoffAct>,
}

#[derive(Subcommand, Debug)]
enum HandoffAct {
    /// Offer command to a person
    Offer {
        /// Who
        name: String,
        /// What you would do next, in one line
        #[arg(long, value_name = "TEXT")]
        next: Option<String>,
    },
    /// The brief for the successor
    Brief {
        /// Its form [default: chat]
        #[arg(long = "for", value_name = "FORM", value_parser = form())]
        for_name: Option<For>,
    },
    /// The successor has the brief
    Briefed,
    /// They command now
    Accept {
        /// When they said so
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        at: Option<String>,
    },
    /// They do not
    Decline {
        /// Why
        reason: Vec<String>,
        /// When they said so
        #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
        at: Option<String>,
    },
    /// It is offered no longer
    Withdraw {
        /// Why
        reason: Vec<String>,
    },
    /// The offer that stands
    Show,
}

impl Handoff {
    fn answered(&self, context: &Context, reason: &[String], at: Option<&String>) -> Result<AnswerHandoff, ApiError> {
        let reason = if reason.is_empty() { None } else { Some(context.text(reason)?) };
        let incident = self.incident.clone().unwrap_or_default();
        Ok(AnswerHandoff { incident, reason, at: context.time("at", at)?, spoken: Spoken::default() })
    }
}

impl Ask for Handoff {
    fn request(&self, context: &Context, _: Option<Value>) -> Result<Request, ApiError> {
        let incident = self.incident.clone().unwrap_or_default();
        Ok(match (&self.all, &self.act) {
            (Some(_), Some(_)) => {
                let refusal = ApiError::new(Code::InvalidRequest, "All incidents are offered at once, or something is done with one.");
                return Err(refusal.hint("Write muster handoff --all NAME, or muster handoff INC offer NAME."));
            }
            (Some(to), None) => Request::HandoffAll(OfferAll { to: to.clone(), next: self.next.clone(), incidents: self.only.clone() }),
            (None, None | Some(HandoffAct::Show)) => whole_of(&incident),
            (None, Some(HandoffAct::Offer { name, next })) => {
                Request::HandoffOffer(OfferHandoff { incident, to: name.clone(), next: next.clone(), spoken: Spoken::default() })
            }
            (None, Some(HandoffAct::Brief { for_name })) => {
                let (piece, form) = ("handoff".to_owned(), form_of(for_name.as_ref())?);
                Request::Brief(AskBrief { incident, piece, form, ..AskBrief::default() })
            }
            (None, Some(HandoffAct::Briefed)) => Request::HandoffBriefed(OneIncident { incident }),
            (None, Some(HandoffAct::Accept { at })) => Request::HandoffAccept(self.answered(context, &[], at.as_ref())?),
            (None, Some(HandoffAct::Decline { reason, at })) => Request::HandoffDecline(self.answered(context, reason, at.as_ref())?),
            (None, Some(HandoffAct::Withdraw { reason })) => Request::HandoffWithdraw(self.answered(context, reason, None)?),
        })
    }

    fn json(&self, answer: Value) -> Result<Value, ApiError> {
        match (&self.all, &self.act) {
            (None, None | Some(HandoffAct::Show)) => part(answer, "handoff"),
            _ => Ok(answer),
        }
    }

    fn show(&self, answer: Value, _: &Context, out: &mut Out) -> Result<(), Stop> {
        if let Some(to) = &self.all {
            let to = to.trim_start_matches('@');
            return confirm_many(answer, out, |changed| match changed {
                0 => "You command no open incident.".to_owned(),
                _ => format!("{} offered to @{to}. You command until they accept.", count(u64::from(changed), "incident", "incidents")),
            });
        }
        match &self.act {
            None | Some(HandoffAct::Show) => show_offer(read::<IncidentView>(answer)?.handoff.as_ref(), out),
            Some(HandoffAct::Offer { name, .. }) => {
                let name = name.trim_start_matches('@');
                confirm(answer, out, &format!("Command is offered to @{name}. Until they accept, nothing changes."))
            }
            Some(HandoffAct::Brief { .. }) => show_brief(&read(answer)?, out),
            Some(HandoffAct::Briefed) => confirm(answer, out, "The successor has the brief."),
            Some(HandoffAct::Accept { .. }) => confirm(answer, out, "Command is handed over."),
            Some(HandoffAct::Decline { .. }) => confirm(answer, out, "Declined; command stays where it is."),
            Some(HandoffAct::Withdraw { .. }) => confirm(answer, out, "The offer is withdrawn."),
        }
    }
}

fn show_offer(offer: Option<&HandoffView>, out: &mut Out) -> Result<(), Stop> {
    let Some(offer) = offer else { return Ok(out.line("No handoff is offered.")?) };
    let fact = |name: &str, text: crate::out::Cell| vec![painted(Paint::Faint, name), text];
    let from = offer.from.as_ref().map_or_else(|| "nobody".to_owned(), |from| format!("@{from}"));
    let mut rows = vec![
        fact("Offered", cell(format!("{} by {from} to @{}", time(offer.at), offer.to))),
        fact("They know", knows(&offer.knows)),
        fact("Brief", cell(offer.briefed_at.map_or_else(|| "not given yet".to_owned(), |at| format!("given {}", time(at))))),
    ];
    rows.extend(offer.next.iter().map(|next| fact("Would do next", cell(next))));
    Ok(out.table(&rows)?)
}
