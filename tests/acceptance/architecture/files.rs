//! Files: each says what it is, and none grows into a heap.

use super::{files_under, top};
use std::path::PathBuf;

/// A file is one idea; what is longer holds two.
const LONG: usize = 200;
/// Beyond this a file must be cut.
const TOO_LONG: usize = 500;

#[test]
fn each_file_says_what_it_is() {
    let silent: Vec<PathBuf> = sources().into_iter().filter(|file| !read(file).trim_start().starts_with("//! ")).collect();
    assert!(silent.is_empty(), "these files have no head that says what they are and must never do: {silent:#?}");
}

#[test]
fn no_file_is_a_heap() {
    let mut lengths: Vec<(usize, PathBuf)> = sources().into_iter().map(|file| (read(&file).lines().count(), file)).collect();
    lengths.sort_by(|one, other| other.cmp(one));
    for (lines, file) in lengths.iter().filter(|(lines, _)| *lines > LONG) {
        println!("{lines:4} {}", file.strip_prefix(top()).unwrap_or(file).display());
    }
    let heaps: Vec<_> = lengths.iter().filter(|(lines, _)| *lines > TOO_LONG).collect();
    assert!(heaps.is_empty(), "cut these: {heaps:#?}");
}

fn sources() -> Vec<PathBuf> {
    ["src-tauri", "tests"].iter().flat_map(|folder| files_under(&top().join(folder), &[".rs"])).collect()
}

fn read(file: &PathBuf) -> String {
    std::fs::read_to_string(file).expect("a source file is text")
}
