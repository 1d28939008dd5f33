//! Licences of everything the programs contain, against the list in `deny.toml`. The list is `cargo deny`'s own, for those
//! who have it; building that tool takes longer than all our checks, so the list is read here as well.

use crate::shell;
use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;

/// Checks every crate that this platform builds, and every package of the window.
pub fn check() -> Result<()> {
    let allowed = allowed(&std::fs::read_to_string(shell::top().join("deny.toml")).context("read deny.toml")?)?;
    let tree = ["tree", "--locked", "--workspace", "--edges", "normal,build", "--prefix", "none", "--format", "{p}\t{l}"];
    let crates = shell::ask(&mut shell::cargo(&tree))?;
    let npm = std::fs::read_to_string(shell::top().join("ui/package-lock.json")).context("read ui/package-lock.json")?;
    let found: BTreeSet<(String, String)> = crates.lines().filter_map(crate_line).chain(npm_packages(&npm)).collect();
    let refused: Vec<String> = found
        .iter()
        .filter(|(_, licence)| !satisfied(licence, &|name| allowed.contains(name)))
        .map(|(name, licence)| format!("{name}: {}", if licence.is_empty() { "no licence named" } else { licence }))
        .collect();
    if !refused.is_empty() {
        bail!("licences that deny.toml does not allow:\n  {}", refused.join("\n  "));
    }
    println!("{} packages, all under licences on the list", found.len());
    Ok(())
}

/// The list `allow` of the section `[licenses]`.
fn allowed(deny: &str) -> Result<BTreeSet<String>> {
    let section = deny.split("[licenses]").nth(1).context("deny.toml has no [licenses]")?;
    let list = section.split("allow = [").nth(1).and_then(|rest| rest.split(']').next()).context("deny.toml has no list `allow`")?;
    Ok(list.split('"').skip(1).step_by(2).map(str::to_owned).collect())
}

/// `name v1.2.3 (proc-macro)\tMIT OR Apache-2.0` as name and licence.
fn crate_line(line: &str) -> Option<(String, String)> {
    let (package, licence) = line.split_once('\t')?;
    let name: Vec<&str> = package.split(' ').take(2).collect();
    Some((name.join(" "), licence.trim_end_matches(" (*)").trim().to_owned()))
}

/// Name and licence of each package in npm's lock file, which writes one field a line.
fn npm_packages(lock: &str) -> Vec<(String, String)> {
    let mut packages = vec![];
    let mut name = String::new();
    for line in lock.lines().map(str::trim) {
        if let Some(path) = line.strip_prefix("\"node_modules/").and_then(|rest| rest.strip_suffix("\": {")) {
            name = path.to_owned();
        } else if let Some(licence) = line.strip_prefix("\"license\": \"")
            && !name.is_empty()
        {
            packages.push((std::mem::take(&mut name), licence.trim_end_matches(',').trim_end_matches('"').to_owned()));
        }
    }
    packages
}

/// Whether one may choose only allowed licences under an SPDX expression. `/` is the old way to write OR.
fn satisfied(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    !tokens.is_empty() && any(&tokens, &mut at, allowed) && at == tokens.len()
}

fn any(tokens: &[&str], at: &mut usize, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut good = all(tokens, at, allowed);
    while tokens.get(*at) == Some(&"OR") {
        *at += 1;
        good |= all(tokens, at, allowed);
    }
    good
}

fn all(tokens: &[&str], at: &mut usize, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut good = one(tokens, at, allowed);
    while tokens.get(*at) == Some(&"AND") {
        *at += 1;
        good &= one(tokens, at, allowed);
    }
    good
}

fn one(tokens: &[&str], at: &mut usize, allowed: &dyn Fn(&str) -> bool) -> bool {
    let Some(token) = tokens.get(*at) else { return false };
    *at += 1;
    if *token == "(" {
        let good = any(tokens, at, allowed);
        *at += 1;
        return good;
    }
    if tokens.get(*at) == Some(&"WITH") {
        *at += 2;
    }
    // An exception only ever adds permissions.
    allowed(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(expression: &str) -> bool {
        satisfied(expression, &|name| ["MIT", "Apache-2.0", "Unicode-3.0"].contains(&name))
    }

    #[test]
    fn expressions_are_read_as_spdx_means_them() {
        assert!(judge("MIT"));
        assert!(judge("GPL-3.0 OR MIT"));
        assert!(judge("MIT/GPL-3.0"));
        assert!(judge("(MIT OR GPL-3.0) AND Unicode-3.0"));
        assert!(judge("Apache-2.0 WITH LLVM-exception"));
        assert!(!judge("MIT AND GPL-3.0"));
        assert!(!judge("GPL-3.0"));
        assert!(!judge(""), "no licence is no permission");
    }

    #[test]
    fn lists_are_read() {
        let deny = "[advisories]\n[licenses]\nallow = [\n  \"MIT\", # short\n  \"ISC\",\n]\n[bans]\n";
        assert_eq!(allowed(deny).unwrap().into_iter().collect::<Vec<_>>(), ["ISC", "MIT"]);
        assert_eq!(crate_line("serde v1.0.1 (proc-macro)\tMIT OR Apache-2.0"), Some(("serde v1.0.1".into(), "MIT OR Apache-2.0".into())));
        let npm = "    \"node_modules/svelte\": {\n      \"version\": \"5.0.0\",\n      \"license\": \"MIT\",\n";
        assert_eq!(npm_packages(npm), [("svelte".to_owned(), "MIT".to_owned())]);
    }
}
