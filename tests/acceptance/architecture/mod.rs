//! The house as the README draws it: who may know whom, checked on the manifests and on what they really pull in.

mod files;
mod secrets;

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a house crate may import of the house; the picture in the README is this table's twin.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("formats", &["domain"]),
    ("documents", &["domain"]),
    ("store", &["domain"]),
    ("engine", &["domain", "formats", "documents", "store"]),
    ("intake", &["domain", "formats", "documents", "store", "engine"]),
    ("outreach", &["domain", "formats", "documents", "store", "engine"]),
    ("api", &["domain", "formats", "documents", "store", "engine"]),
    ("home", &["domain", "formats", "documents", "store", "engine", "intake", "outreach", "api"]),
    ("cli", &["domain", "formats", "documents", "store", "engine", "intake", "outreach", "api", "home"]),
    ("muster-desktop", &["domain", "formats", "documents", "store", "engine", "intake", "outreach", "api", "home"]),
    ("testkit", &["domain", "formats", "documents", "store", "engine"]),
    ("xtask", &[]),
];

/// Crates that must not know of these, however far down.
const MUST_NOT_KNOW: &[(&[&str], &[&str])] = &[
    (&["domain", "formats", "documents"], &["rusqlite", "tokio", "axum"]),
    (
        &["domain", "formats", "documents", "store", "engine", "intake", "outreach", "api", "home", "cli", "testkit"],
        &["tauri", "wry", "gtk"],
    ),
    (&["xtask"], &["serde", "tokio", "clap"]),
];

#[test]
fn imports_go_one_way() {
    let house = imports();
    let rules: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    for (name, imports) in &house {
        if name == "tests" {
            continue;
        }
        let Some(allowed) = rules.get(name.as_str()) else { panic!("{name} is new: give it its place in this table and in the README") };
        for import in imports {
            assert!(allowed.contains(&import.as_str()), "{name} imports {import}; it may import {allowed:?} only");
        }
    }
}

#[test]
fn nothing_knows_what_it_must_not() {
    let house = imports();
    for (crates, unwanted) in MUST_NOT_KNOW {
        for name in crates.iter().filter(|name| house.contains_key(**name)) {
            let known = all_below(name);
            let found: Vec<_> = unwanted.iter().filter(|crate_name| known.contains(**crate_name)).collect();
            assert!(found.is_empty(), "{name} pulls in {found:?}; `cargo tree -p {name} -i {}` shows how", found[0]);
        }
    }
}

#[test]
fn the_top_level_holds_what_it_should() {
    let expected = ["Cargo.lock", "Cargo.toml", "LICENSE", "README.md", "deny.toml", "icons", "src-tauri", "tests", "ui"];
    // What is not kept (the target folder) is no part of the house.
    let output = Command::new("git").args(["ls-tree", "--name-only", "HEAD"]).current_dir(top()).output().expect("git lists the top");
    let listed = String::from_utf8(output.stdout).expect("names are text");
    let visible: Vec<&str> = listed.lines().filter(|name| !name.starts_with('.') && *name != "rustfmt.toml").collect();
    let strangers: Vec<_> = visible.iter().filter(|name| !expected.contains(name)).collect();
    assert!(strangers.is_empty(), "the top level holds {strangers:?}, which the house has no place for");
}

/// Each crate of the workspace with those of the workspace that it imports, tests apart.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let metadata: Value = serde_json::from_slice(&cargo(&["metadata", "--no-deps", "--format-version", "1"])).expect("cargo speaks JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let names: BTreeSet<String> = packages.iter().map(|package| text(&package["name"])).collect();
    let imports_of = |package: &Value| {
        let dependencies = package["dependencies"].as_array().expect("dependencies").iter();
        dependencies.filter(|one| one["kind"] != "dev").map(|one| text(&one["name"])).filter(|name| names.contains(name)).collect()
    };
    packages.iter().map(|package| (text(&package["name"]), imports_of(package))).collect()
}

/// Names of everything that a crate pulls in on this platform, tests apart.
fn all_below(name: &str) -> BTreeSet<String> {
    let tree = cargo(&["tree", "--offline", "--package", name, "--edges", "normal,build", "--prefix", "none", "--format", "{p}"]);
    let tree = String::from_utf8(tree).expect("names are text");
    tree.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

fn cargo(arguments: &[&str]) -> Vec<u8> {
    #[expect(clippy::disallowed_methods, reason = "cargo tells a test which cargo runs it")]
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo).args(arguments).current_dir(top()).output().expect("cargo starts");
    assert!(output.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn text(value: &Value) -> String {
    value.as_str().expect("a name").to_owned()
}

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the repository").to_path_buf()
}

/// All files under `folder` with one of these endings.
fn files_under(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = vec![];
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() && !["node_modules", "target", "gen", "dist"].contains(&name.as_str()) {
            found.extend(files_under(&path, endings));
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
    found.sort();
    found
}
