//! Journeys through the real window: what a commander does, with real keys, a real tray and real notices.
//!
//! All on one private desktop, one after the other: `cargo xtask test window [NAME]`. Pictures are kept in `target/window/`.

mod rig;

use std::process::ExitCode;
use tests::journeys;

fn main() -> ExitCode {
    tests::journeys::run(journeys![rig::keys_reach_programs, rig::notices_are_heard_and_answered, rig::the_tray_has_a_host])
}
