//! Operations against a home in a folder of its own, with a machine that only remembers.

mod craft;
mod inbox;
mod ingest;
mod noise;
mod quiets;
mod reports;
mod rules;
mod services;
mod sources;
mod why;

use craft::{Rig, group, rig, signal};
