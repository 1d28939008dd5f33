//! Journeys through the real window: what a commander does, with real keys, a real tray and real notices.
//!
//! All on one private desktop, one after the other: `cargo xtask test window [NAME]`. Pictures are kept in `target/window/`.

mod alerts;
mod clocks;
mod copy_out;
mod desk;
mod disk;
mod handoff;
mod inbox;
mod incident;
mod paste_in;
mod people;
mod pictures;
mod reach;
mod rig;
mod room;
mod said_so;
mod screens;
mod small_windows;
mod storm;
mod triage;

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
        triage::an_inbox_is_emptied_by_keys,
        triage::several_are_decided_on_at_once,
        triage::why_says_the_same_in_window_and_terminal,
        storm::a_storm_is_held_by_one_key_and_broken_by_what_is_new,
        reach::a_drill_is_green_once_it_is_clicked,
        said_so::what_others_do_is_recorded_as_heard,
        copy_out::the_board_leaves_in_every_form,
        copy_out::an_update_by_hand_keeps_the_promise,
        paste_in::a_chat_becomes_the_record_once,
        handoff::command_changes_hands_by_a_yes,
        small_windows::a_note_is_taken_over_a_full_screen_call,
        small_windows::a_scribe_writes_twenty_lines,
        clocks::a_promise_is_called_out_in_time,
        people::the_book_is_filled_and_rung_by_keys,
        people::the_matrix_is_edited_by_keys,
        people::a_hotkey_is_recorded_by_pressing_it,
        disk::a_full_disk_is_said_where_it_was_typed,
        desk::closing_keeps_the_tray_and_a_second_start_raises,
        desk::a_crashed_page_comes_back,
        desk::a_broken_database_opens_the_way_out,
        screens::of_the_first_run,
        screens::of_the_demo,
        screens::of_a_full_room,
        pictures::of_the_demo,
    ])
}
