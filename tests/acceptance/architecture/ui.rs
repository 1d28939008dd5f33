//! The window's own walls: lib ← kit ← features ← app; ipc is for features and app; one file knows Tauri.

use super::{files_under, top};
use std::path::{Component, Path, PathBuf};

/// What each part of `ui/src` may import of it.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("lib", &["lib"]),
    ("kit", &["lib", "kit"]),
    ("ipc", &["lib", "ipc"]),
    ("features", &["lib", "kit", "ipc", "features"]),
    ("app", &["lib", "kit", "ipc", "features", "app"]),
];

/// The one file that may import Tauri.
const KNOWS_TAURI: &str = "ipc/tauri.ts";

#[test]
fn the_windows_parts_import_one_way() {
    let source = top().join("ui/src");
    let mut faults = vec![];
    for file in files_under(&source, &[".ts", ".svelte"]) {
        let own = file.strip_prefix(&source).expect("it lies there").to_path_buf();
        let text = std::fs::read_to_string(&file).expect("a source file is text");
        faults.extend(imports(&text).filter_map(|import| fault(&own, import)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What is wrong with an import, if anything.
fn fault(file: &Path, import: &str) -> Option<String> {
    let shown = file.display();
    if import.starts_with("@tauri-apps") {
        return (file != Path::new(KNOWS_TAURI)).then(|| format!("{shown} imports {import}; only {KNOWS_TAURI} may"));
    }
    if !import.starts_with('.') {
        return None;
    }
    let target = resolve(file, import);
    let (from, to) = (part(file)?, part(&target)?);
    let (_, allowed) = MAY_IMPORT.iter().find(|(name, _)| *name == from)?;
    if !allowed.contains(&to.as_str()) {
        return Some(format!("{shown} imports {import}: {from} may import {allowed:?} only"));
    }
    let stranger = from == "features" && to == "features" && feature(file) != feature(&target) && target.components().count() > 2;
    (stranger && !target.ends_with("index")).then(|| format!("{shown} reaches into another feature ({import}) past its index.ts"))
}

/// Everything that is imported, statically or when needed.
fn imports(text: &str) -> impl Iterator<Item = &str> {
    ["from '", "import('", "import '"]
        .into_iter()
        .flat_map(move |before| text.split(before).skip(1))
        .filter_map(|rest| rest.split('\'').next())
}

fn resolve(file: &Path, import: &str) -> PathBuf {
    let mut path = file.parent().unwrap_or(Path::new("")).to_path_buf();
    for step in Path::new(import).components() {
        match step {
            Component::ParentDir => {
                path.pop();
            }
            Component::Normal(name) => path.push(name),
            _ => {}
        }
    }
    path
}

/// First folder of a path in `ui/src`; none for the few files at its top.
fn part(path: &Path) -> Option<String> {
    let mut steps = path.components();
    let first = steps.next()?.as_os_str().to_string_lossy().into_owned();
    MAY_IMPORT.iter().any(|(name, _)| *name == first).then_some(first)
}

fn feature(path: &Path) -> Option<PathBuf> {
    path.components().nth(1).map(|step| PathBuf::from(step.as_os_str()))
}

#[test]
fn the_rule_itself_sees_what_is_wrong() {
    let at = |file: &str, import: &str| fault(Path::new(file), import).is_some();
    assert!(at("kit/Button.svelte", "../features/watch"));
    assert!(at("lib/time.ts", "../ipc"));
    assert!(at("features/watch/Watch.svelte", "../incident/room.svelte"));
    assert!(at("app/App.svelte", "@tauri-apps/api/core"));
    assert!(!at("features/watch/Watch.svelte", "../incident"));
    assert!(!at("features/incident/composer/parse.ts", "../words"));
    assert!(!at("app/App.svelte", "../features/watch"));
    assert!(!at("ipc/tauri.ts", "@tauri-apps/api/core"));
}
