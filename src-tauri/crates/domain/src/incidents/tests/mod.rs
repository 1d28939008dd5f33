//! Proof of what an incident does, told as histories: given these events, when this is commanded, then that happens.

mod actions;
mod command;
mod conflicts;
mod corrections;
mod declaring;
mod entries;
mod fields;
mod impact;
mod machines;
mod milestones;
mod properties;
mod reactions;
mod redactions;
mod roles;
mod status;
mod words;

use super::*;
use crate::test_support::*;
use crate::{Entry, Handle, Status};
