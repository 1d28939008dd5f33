//! Rules as a file: `[[rule]]` in TOML, read with faults that name the rule and its line, and written so that people can go on
//! with it.

use crate::{ApiError, Code};
use domain::matching::{When, WhenFault};
use domain::rules::{self, Rule};
use domain::{AlertSeverity, Handle, Role, Severity};
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// Longest file in bytes (1 MiB): a thousand rules with room to explain each.
const TEXT_LIMIT: usize = 1024 * 1024;
/// What a file begins with, and all that it holds while there are no rules.
const HEAD: &str = "\
# Which alerts mean what. Every rule that fits applies, from top to bottom; of two that differ the later one holds.
#   when      name=value, name!=value, name~part*, severity>=error; all must hold
#   severity  critical, error, warning or info, whatever the tool says
#   group     the group it belongs to, as in \"{service} in {region}\"
#   person, role, playbook   who should look, and what helps
#   declare   sev1 to sev5: an incident is declared, once a group
#   quiet     it makes no noise; say why
";
const EXAMPLE: &str = "
# [[rule]]
# name = \"nightly batch\"
# when = \"service=batch severity<=warning\"
# quiet = \"it retries by itself\"
";

/// A rule as it stands in a file; a word that is not known is a slip.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    when: Spanned<String>,
    severity: Option<AlertSeverity>,
    group: Option<String>,
    person: Option<Handle>,
    role: Option<Role>,
    playbook: Option<String>,
    declare: Option<Severity>,
    quiet: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Spanned<Written>>,
}

/// Reads a file.
pub(super) fn read(text: &str) -> Result<Vec<Rule>, ApiError> {
    if text.len() > TEXT_LIMIT {
        return Err(refused(format!("The file has {} KiB; {} fit.", text.len() / 1024, TEXT_LIMIT / 1024)));
    }
    let file: File = toml::from_str(text).map_err(|fault| {
        let at = fault.span().map_or(0, |span| span.start);
        refused(format!("{}: {}.", place(text, at), fault.message().trim_end_matches('.')))
    })?;
    let mut read: Vec<(usize, Rule)> = Vec::with_capacity(file.rule.len());
    for written in file.rule {
        let at = written.span().start;
        read.push((at, rule(text, written.into_inner())?));
    }
    let rules: Vec<Rule> = read.iter().map(|(_, rule)| rule.clone()).collect();
    rules::check(&rules).map_err(|fault| {
        let sentence = fault.to_string();
        // The last of that name: of two alike the second one is too much.
        let named = read.iter().rev().find(|(_, rule)| sentence.contains(&format!("{:?}", rule.name)));
        let unnamed = || read.iter().find(|(_, rule)| rule.name.trim().is_empty());
        refused(named.or_else(unnamed).map_or(sentence.clone(), |(at, _)| format!("Line {}: {sentence}", line(text, *at))))
    })?;
    Ok(rules)
}

fn rule(text: &str, written: Written) -> Result<Rule, ApiError> {
    let at = written.when.span().start;
    let when = When::parse(written.when.get_ref())
        .map_err(|fault: WhenFault| refused(format!("Rule “{}”, line {}: {fault}", written.name, line(text, at))))?;
    Ok(Rule {
        name: written.name.trim().to_owned(),
        when,
        severity: written.severity,
        group: written.group,
        person: written.person.map(|person| Handle::parse(person.as_str()).unwrap_or(person)),
        role: written.role,
        playbook: written.playbook,
        declare: written.declare,
        quiet: written.quiet,
    })
}

/// The rule in which a fault lies, by the name before it, and its line.
fn place(text: &str, at: usize) -> String {
    let before = text.get(..at.max(text.find('\n').unwrap_or(0)).min(text.len())).unwrap_or(text);
    let begins = before.rfind("[[rule]]");
    let name = begins.and_then(|begins| {
        let lines = text[begins..].lines().skip(1).take_while(|line| !line.trim_start().starts_with("[["));
        lines
            .filter_map(|line| line.trim().strip_prefix("name")?.trim_start().strip_prefix('='))
            .next()
            .map(|name| name.trim().trim_matches(['"', '\'']))
    });
    match name {
        Some(name) => format!("Rule “{name}”, line {}", line(text, at)),
        None => format!("Line {}", line(text, at)),
    }
}

fn line(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

fn refused(sentence: String) -> ApiError {
    ApiError::new(Code::InvalidField, sentence).field("text")
}

/// Writes rules as a file.
pub(super) fn write(rules: &[Rule]) -> String {
    #[derive(Serialize)]
    struct One<'r> {
        rule: [&'r Rule; 1],
    }
    if rules.is_empty() {
        return format!("{HEAD}{EXAMPLE}");
    }
    let one = |rule| toml::to_string(&One { rule: [rule] }).unwrap_or_else(|fault| format!("# A rule cannot be written: {fault}\n"));
    rules.iter().fold(HEAD.to_owned(), |text, rule| format!("{text}\n{}", one(rule)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = "# mine\n[[rule]]\nname = \"batch\"\nwhen = \"service=batch\"\nquiet = \"retries\"\n\n\
                       [[rule]]\nname = \"shop\"\nwhen = 'title~\"disk *\"'\nseverity = \"critical\"\ndeclare = \"sev2\"\nperson = \"@dana\"\n";

    fn fault(text: &str) -> String {
        read(text).expect_err("refused").message
    }

    #[test]
    fn what_is_written_reads_back() {
        let rules = read(TWO).expect("reads");
        assert_eq!(rules.iter().map(|rule| rule.name.as_str()).collect::<Vec<_>>(), ["batch", "shop"]);
        assert_eq!(rules[1].person, Some(Handle("dana".into())));
        assert_eq!(read(&write(&rules)), Ok(rules));
        assert_eq!(read(&write(&[])), Ok(vec![]), "an empty list explains itself");
    }

    #[test]
    fn a_fault_names_the_rule_and_the_line() {
        assert_eq!(
            fault(&TWO.replace("severity = \"critical\"", "severity = \"bad\"")).split(": ").next(),
            Some("Rule “shop”, line 10"),
            "{}",
            fault(&TWO.replace("severity = \"critical\"", "severity = \"bad\""))
        );
        assert!(fault(&TWO.replace("quiet =", "hush =")).starts_with("Rule “batch”, line 5: unknown field"));
        assert!(fault(&TWO.replace("service=batch", "service")).starts_with("Rule “batch”, line 4: \"service\" is no condition"));
        assert!(fault(&TWO.replace("\"shop\"", "\"Batch\"")).starts_with("Line 7: Two rules are called"));
        assert!(fault(&TWO.replace("quiet = \"retries\"\n", "")).starts_with("Line 2: Rule \"batch\" does nothing"));
        assert!(fault("[[rule]\n").starts_with("Line 1: "));
    }

    #[test]
    fn a_file_has_a_limit() {
        assert!(fault(&" ".repeat(TEXT_LIMIT + 1)).contains("1024 fit"));
    }
}
