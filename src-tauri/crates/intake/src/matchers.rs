//! Alertmanager's label matchers, as amtool asks by them: `name="value"` and `name!="value"`.

use std::collections::BTreeMap;

/// One condition on a label; an absent label counts as empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Matcher {
    name: String,
    value: String,
    equal: bool,
}

impl Matcher {
    /// Reads a matcher; `Err` says in words what it cannot be. Regular expressions are not offered.
    pub fn parse(text: &str) -> Result<Self, String> {
        let bad = || format!("bad matcher format: {text}");
        let text = text.trim();
        let at = text.find(['=', '!']).ok_or_else(bad)?;
        let (name, rest) = (text[..at].trim(), &text[at..]);
        if rest.starts_with("=~") || rest.starts_with("!~") {
            return Err(format!("regular expressions are not offered here, use {name}=\"…\" or {name}!=\"…\""));
        }
        let (equal, rest) = match rest.strip_prefix("!=") {
            Some(rest) => (false, rest),
            None => (true, rest.strip_prefix('=').ok_or_else(bad)?),
        };
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '.' | '-');
        if name.is_empty() || !name.chars().all(plain) {
            return Err(bad());
        }
        Ok(Self { name: name.to_owned(), value: unquoted(rest.trim()).ok_or_else(bad)?, equal })
    }

    /// Whether labels fulfil it.
    pub fn fits(&self, labels: &BTreeMap<String, String>) -> bool {
        let value = labels.get(&self.name).map_or("", String::as_str);
        (value == self.value) == self.equal
    }
}

/// A value with or without quotes; in quotes `\"`, `\\` and `\n` are escapes. `None` where a quote is missing.
fn unquoted(text: &str) -> Option<String> {
    let Some(inner) = text.strip_prefix('"') else { return (!text.contains('"')).then(|| text.to_owned()) };
    let mut value = String::with_capacity(inner.len());
    let mut rest = inner.chars();
    loop {
        match rest.next()? {
            '"' => return rest.as_str().is_empty().then_some(value),
            '\\' => match rest.next()? {
                'n' => value.push('\n'),
                escaped @ ('"' | '\\') => value.push(escaped),
                other => value.extend(['\\', other]),
            },
            other => value.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fits(matcher: &str) -> bool {
        let labels = BTreeMap::from([("alertname".to_owned(), "Disk \"full\"".to_owned()), ("env".to_owned(), "prod".to_owned())]);
        Matcher::parse(matcher).unwrap_or_else(|error| panic!("{matcher}: {error}")).fits(&labels)
    }

    #[test]
    fn matchers_as_amtool_sends_them() {
        for (matcher, expected) in [
            (r#"alertname="Disk \"full\"""#, true),
            ("env=prod", true),
            ("env = \"prod\"", true),
            ("env!=prod", false),
            ("env!=\"dev\"", true),
            ("absent=\"\"", true),
            ("absent!=\"\"", false),
        ] {
            assert_eq!(fits(matcher), expected, "{matcher}");
        }
    }

    #[test]
    fn what_is_no_matcher() {
        for bad in ["", "(((", "env", "=x", "e v=x", "env=\"x", "env=x\"", "env!x", "env=\"x\"y"] {
            assert_eq!(Matcher::parse(bad), Err(format!("bad matcher format: {bad}")), "as the real one answers");
        }
        assert!(Matcher::parse("env=~\"p.*\"").is_err_and(|reason| reason.contains("regular expressions")));
    }

    proptest! {
        #[test]
        fn any_text_reads_or_is_refused(text in any::<String>()) {
            drop(Matcher::parse(&text));
        }
    }
}
