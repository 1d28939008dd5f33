//! Lines for Prometheus and Alertmanager, as they stand in their files. Names in them came from outside: they are quoted so
//! that they can neither end the text nor mean something else.

/// Lets a rule of Prometheus wait; in Grafana the same is called the pending period.
pub fn wait(alert: &str, minutes: i64) -> String {
    format!("- alert: {}\n  for: {minutes}m   # in Grafana: the rule's pending period\n", quoted(alert))
}

/// Sends what shares these labels as one notification.
pub fn group(labels: &[&str]) -> String {
    let labels: Vec<String> = labels.iter().map(|label| quoted(label)).collect();
    format!("route:\n  group_by: [{}]\n  group_wait: 30s\n", labels.join(", "))
}

/// Silences `alert` while `worse` fires about the same service.
pub fn inhibit(alert: &str, worse: &str) -> String {
    format!("inhibit_rules:\n  - source_matchers: [{}]\n    target_matchers: [{}]\n    equal: [service]\n", matcher(worse), matcher(alert))
}

/// Tells nobody of `alert`.
pub fn mute(alert: &str) -> String {
    format!("route:\n  routes:\n    - matchers: [{}]\n      receiver: nobody   # a receiver without integrations\n", matcher(alert))
}

/// A matcher of Alertmanager, as a string of YAML.
fn matcher(alert: &str) -> String {
    let value = alert.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("'alertname=\"{}\"'", value.replace('\'', "''"))
}

/// A string of YAML: plain where it can be nothing else.
fn quoted(text: &str) -> String {
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let is_word = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_ascii_lowercase().as_str());
    if is_plain && !is_word {
        return text.to_owned();
    }
    let escaped: String = text
        .chars()
        .map(|c| match c {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            c if c.is_control() => " ".to_owned(),
            c => c.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_outside_stays_a_name() {
        assert_eq!(wait("DiskFull", 5), "- alert: DiskFull\n  for: 5m   # in Grafana: the rule's pending period\n");
        assert!(wait("a: b # \"c\"\n", 1).starts_with("- alert: \"a: b # \\\"c\\\" \"\n"));
        assert!(wait("Off", 1).starts_with("- alert: \"Off\"\n"), "a word that YAML reads as something else");
        assert!(mute("it's \"so\"").contains(r#"'alertname="it''s \"so\""'"#));
    }
}
