//! Proof of what an incident does, told as histories: given these events, when this is commanded, then that happens.

mod actions;
mod asks;
mod board;
mod clocks;
mod command;
mod comms;
mod conflicts;
mod corrections;
mod declaring;
mod entries;
mod fields;
mod handoff;
mod hints;
mod impact;
mod machines;
mod milestones;
mod next;
mod properties;
mod queue;
mod reactions;
mod redactions;
mod roles;
mod status;
mod tasks;
mod thoughts;
mod ties;
mod true_clocks;
mod words;

use super::*;
use crate::test_support::*;
use crate::{Entry, Handle, Status};
