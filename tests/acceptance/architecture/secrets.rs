//! Secrets: what proves who somebody is is compared in constant time, and in one place each. A clock cannot be asked on a
//! busy machine, so the sources are.

use super::{files_under, top};

/// Where a proof is compared, and how.
const COMPARED: [(&str, &str); 2] = [("formats/src/signature/scheme.rs", ".verify_slice("), ("intake/src/token.rs", ".ct_eq(")];
/// What would let a caller compare by itself, byte by byte until the first that differs.
const UNWANTED: [&str; 4] = [".finalize()", "token_hash ==", "== token_hash", "token_hash !="];

#[test]
fn what_proves_who_somebody_is_is_compared_in_constant_time() {
    let crates = top().join("src-tauri/crates");
    for (file, how) in COMPARED {
        let text = std::fs::read_to_string(crates.join(file)).expect("it is there, or this table is to be changed with it");
        assert!(text.contains(how), "{file} compares by {how}");
    }
    for name in ["formats", "intake", "api", "home"] {
        for file in files_under(&crates.join(name).join("src"), &[".rs"]) {
            let text = std::fs::read_to_string(&file).expect("a source file is text");
            for (number, line) in text.lines().enumerate() {
                let found = UNWANTED.iter().find(|unwanted| line.contains(**unwanted));
                assert!(found.is_none(), "{}:{}: compare by one of {COMPARED:?}: {line}", file.display(), number + 1);
            }
        }
    }
}
