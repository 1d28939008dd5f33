//! Journeys through the real window: what a commander does, with real keys, a real tray and real notices.
//!
//! All on one private desktop, one after the other: `cargo xtask test window [NAME]`. Pictures are kept in `target/window/`.

mod alerts;
mod desk;
mod incident;
mod pictures;
mod rig;
mod screens;

use std::process::ExitCode;
use tests::journeys;

fn main() -> ExitCode {
    tests::journeys::run(journeys![
        rig::keys_reach_programs,
        rig::notices_are_heard_and_answered,
        rig::the_tray_has_a_host,
        incident::from_the_hotkey_to_resolved,
        incident::a_notice_that_a_stranger_draws_is_acknowledged,
        incident::a_duplicate_is_joined_instead,
        alerts::a_real_alert_is_declared_from_the_inbox,
        desk::closing_keeps_the_tray_and_a_second_start_raises,
        desk::a_crashed_page_comes_back,
        desk::a_broken_database_opens_the_way_out,
        screens::nothing_serious_in_the_dark,
        screens::nothing_serious_in_the_light,
        pictures::of_the_demo,
    ])
}
