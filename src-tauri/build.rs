//! Names the two commands a page may call, and sees that the pages are there: they become part of the program.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=capabilities");
    println!("cargo::rerun-if-changed=../ui/dist");
    println!("cargo::rerun-if-changed=../ui/isolation");
    println!("cargo::rerun-if-changed=../icons");
    if !Path::new("../ui/dist/index.html").exists() || !Path::new("../ui/dist/declare.html").exists() {
        println!("cargo::error=The window's pages are not built. Run `cargo xtask ui`, then build again.");
        return;
    }
    let commands = tauri_build::AppManifest::new().commands(&["rpc", "subscribe"]);
    let attributes = tauri_build::Attributes::new().app_manifest(commands);
    if let Err(fault) = tauri_build::try_build(attributes) {
        println!("cargo::error={}", format!("{fault:#}").replace('\n', " "));
    }
}
