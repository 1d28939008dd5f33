//! Holds the capability files to the recipe: a file a window, single permissions, groups that exist. Tests only.

use crate::caller::{DECLARE, MAIN, NOTE, STRIP};
use crate::ipc::Grant;
use api::Group;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Every capability file, by name.
fn files() -> BTreeMap<String, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("capabilities");
    let read = |entry: std::io::Result<std::fs::DirEntry>| {
        let entry = entry.expect("listed");
        let text = std::fs::read_to_string(entry.path()).expect("read");
        (entry.file_name().to_string_lossy().into_owned(), serde_json::from_str(&text).expect("JSON"))
    };
    std::fs::read_dir(folder).expect("the folder").map(read).collect()
}

fn permissions(file: &Value) -> Vec<(String, Vec<Grant>)> {
    let one = |permission: &Value| match permission {
        Value::String(name) => (name.clone(), vec![]),
        other => {
            let name = other["identifier"].as_str().expect("an identifier").to_owned();
            assert_eq!(other.get("deny"), None, "{name}: what is not granted needs no denial");
            (name, serde_json::from_value(other["allow"].clone()).expect("groups of the table"))
        }
    };
    file["permissions"].as_array().expect("a list").iter().map(one).collect()
}

fn groups(name: &str) -> Vec<Group> {
    let files = files();
    let all = permissions(&files[name]).into_iter().filter(|(name, _)| name == "allow-rpc").flat_map(|(_, grants)| grants);
    all.map(|grant| grant.group).collect()
}

#[test]
fn each_file_names_one_window_by_its_label() {
    for (name, file) in files() {
        let windows = file["windows"].as_array().unwrap_or_else(|| panic!("{name} names no window"));
        let labels: Vec<&str> = windows.iter().filter_map(Value::as_str).collect();
        assert!([[MAIN], [DECLARE], [NOTE], [STRIP]].iter().any(|one| labels == *one), "{name} is for {labels:?}");
        assert_eq!(file["identifier"].as_str().map(|identifier| format!("{identifier}.json")).as_deref(), Some(name.as_str()));
        for absent in ["remote", "webviews", "local"] {
            assert_eq!(file.get(absent), None, "{name} has {absent}");
        }
    }
}

#[test]
fn no_file_grants_a_set_or_a_pattern() {
    const KNOWN: [&str; 4] = ["allow-rpc", "allow-subscribe", "core:webview:allow-set-webview-zoom", "core:window:allow-start-dragging"];
    for (name, file) in files() {
        assert!(!file.to_string().contains('*'), "{name} holds a pattern");
        for (permission, _) in permissions(&file) {
            assert!(!permission.ends_with("default"), "{name} grants the set {permission}");
            assert!(KNOWN.contains(&permission.as_str()), "{name} grants {permission}, which nothing here needs");
        }
    }
}

#[test]
fn the_commands_have_groups_and_only_rpc_has() {
    for (name, file) in files() {
        for (permission, grants) in permissions(&file) {
            assert_eq!(permission == "allow-rpc", !grants.is_empty(), "{name}: {permission}");
        }
    }
}

#[test]
fn the_declare_window_may_neither_triage_nor_change_settings_nor_touch_data() {
    assert_eq!(groups("declare.json"), [Group::Read, Group::Declare, Group::Command, Group::Desktop]);
}

#[test]
fn the_note_window_and_the_strip_may_only_read_and_write_into_incidents() {
    for name in ["note.json", "strip.json"] {
        assert_eq!(groups(name), [Group::Read, Group::Command, Group::Desktop], "{name}");
    }
}

#[test]
fn the_main_window_may_do_every_operation() {
    let granted = groups("main.json");
    for operation in api::OPERATIONS {
        assert!(granted.contains(&operation.group), "{} is out of reach", operation.name);
    }
}

#[test]
fn the_configuration_keeps_to_the_recipe() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tauri.conf.json")).expect("read");
    let file: Value = serde_json::from_str(&text).expect("JSON");
    let security = &file["app"]["security"];
    assert_eq!(file["app"]["withGlobalTauri"], false);
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(security["pattern"]["use"], "isolation");
    let policy = security["csp"].as_object().expect("as a map");
    assert_eq!(policy["default-src"], "'none'");
    assert!(!policy.contains_key("frame-src"), "it would block the isolation frame, and every call would hang");
    assert!(!text.contains("unsafe-"), "no unsafe source");
}
