//! Settings by hand and by command, and a file that is not understood.

use super::*;

fn machine(text: &str) -> (tempfile::TempDir, Machine) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("config.toml"), text).expect("written");
    let machine = Machine::of(folder.path());
    (folder, machine)
}

#[test]
fn a_change_keeps_what_it_does_not_name_and_what_is_not_known() {
    let (folder, machine) = machine("theme = \"dark\"\nfrom_the_future = [1, 2]\n[listener]\nbacklog = 5\n");
    let change = SetMachine { me: Some(Handle("@Dana".into())), listener_enabled: Some(true), ..SetMachine::default() };
    let settings = machine.change(&change).expect("saved");
    assert_eq!((settings.me.as_str(), settings.theme.as_str(), settings.listener_enabled), ("dana", "dark", true));
    let text = std::fs::read_to_string(folder.path().join("config.toml")).expect("there");
    for kept in ["from_the_future = [1, 2]", "backlog = 5", "me = \"dana\""] {
        assert!(text.contains(kept), "{kept} in {text}");
    }
}

#[test]
fn an_edit_by_hand_counts_at_once() {
    let (folder, machine) = machine("");
    assert_eq!(machine.settings().hotkey, file::HOTKEY);
    std::fs::write(folder.path().join("config.toml"), "hotkey = \"F9\"").expect("written");
    assert_eq!(machine.settings().hotkey, "F9");
}

#[test]
fn a_file_that_is_not_understood_is_never_overwritten() {
    let (folder, machine) = machine("theme = \"dark\"\nme = = 3\n");
    assert_eq!(machine.settings().theme, "system", "defaults meanwhile");
    let refusal = machine.set_hotkey(api::Hotkey::Declare, "F9").expect_err("not saved");
    assert_eq!(refusal.code, Code::NotSaved);
    assert!(refusal.message.contains("line 2"), "{refusal}");
    assert!(std::fs::read_to_string(folder.path().join("config.toml")).expect("there").contains("= = 3"), "as the person left it");
}

#[test]
fn bad_values_are_named() {
    let (_folder, machine) = machine("");
    let theme = SetMachine { theme: Some("pink".into()), ..SetMachine::default() };
    assert_eq!(machine.change(&theme).expect_err("no such theme").field.as_deref(), Some("theme"));
    let address = SetMachine { listener_address: Some("6878".into()), ..SetMachine::default() };
    assert_eq!(machine.change(&address).expect_err("no address").field.as_deref(), Some("listener_address"));
}
