//! Names and values, in whichever shape they were sent; only names that mean something here are kept.

use super::names::{Field, is_name, is_prefixed, known};
use crate::loose::Loose;
use crate::{Sent, Unreadable, bounds, json};
use domain::alerts::VALUE_LIMIT;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// Most fields looked at: Nagios has some 200 macros.
const FIELDS_LIMIT: usize = 1_000;

/// What was sent.
#[derive(Default)]
pub struct Fields([Option<String>; Field::COUNT]);

impl Fields {
    /// The first of these that says something.
    pub fn get(&self, fields: &[Field]) -> Option<&str> {
        fields.iter().find_map(|field| self.0[*field as usize].as_deref())
    }

    /// Keeps a value. Blank ones, and macros that Nagios left as they were (`$SERVICEDESC$`), say nothing.
    fn add(&mut self, name: &str, value: &str) {
        let value = value.trim();
        let unfilled = value.len() > 1 && value.starts_with('$') && value.ends_with('$') && !value.contains(' ');
        if let Some(field) = known(name).filter(|_| !value.is_empty() && !unfilled) {
            let kept = &mut self.0[field as usize];
            // A whole environment holds the HOSTNAME of the machine that notifies, too.
            if kept.is_none() || is_prefixed(name) {
                *kept = Some(bounds::value(Cow::Borrowed(value)));
            }
        }
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Fields;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of names and values")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fields, M::Error> {
                let mut fields = Fields::default();
                while let Some((name, value)) = map.next_entry::<Loose<'de>, Loose<'de>>()? {
                    fields.add(name.said().unwrap_or_default(), value.said().unwrap_or_default());
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

/// Reads a body, and after it the query.
pub fn read(sent: &Sent<'_>) -> Result<Fields, Unreadable> {
    let mut fields = Fields::default();
    if json::is_object(sent.body) {
        let read = serde_json::from_str(&json::text_of(sent.body));
        fields = read.map_err(|error| Unreadable::new(format!("The body is not JSON: {error}.")))?;
    } else if is_form(sent) {
        form_urlencoded::parse(sent.body).take(FIELDS_LIMIT).for_each(|(name, value)| fields.add(&name, &value));
    } else {
        lines(&json::text_of(sent.body), &mut fields);
    }
    sent.query.iter().take(FIELDS_LIMIT).for_each(|(name, value)| fields.add(name, value));
    Ok(fields)
}

/// A form is one line. curl calls whatever it sends a form, so its word counts only where nothing else does.
fn is_form(sent: &Sent<'_>) -> bool {
    let body = sent.body.trim_ascii();
    let said = sent.header("content-type").is_some_and(|kind| kind.trim_start().starts_with("application/x-www-form-urlencoded"));
    !body.contains(&b'\n') && (said || body.contains(&b'&'))
}

/// `NAME=value` lines; a line that names nothing goes on with the value before it.
fn lines(text: &str, fields: &mut Fields) {
    let mut current: Option<(&str, String)> = None;
    for line in text.lines().take(FIELDS_LIMIT) {
        match line.split_once('=').filter(|(name, _)| is_name(name)) {
            Some((name, value)) => {
                if let Some((name, value)) = current.replace((name, value.to_owned())) {
                    fields.add(name, &value);
                }
            }
            None => {
                if let Some((_, value)) = current.as_mut().filter(|(_, value)| value.len() < VALUE_LIMIT) {
                    value.push('\n');
                    value.push_str(line);
                }
            }
        }
    }
    if let Some((name, value)) = current {
        fields.add(name, &value);
    }
}

/// The value as people read it: Nagios writes the ends of lines as `\n`.
pub fn unescaped(value: &str) -> String {
    value.replace("\\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> Fields {
        read(&Sent::body(text.as_bytes())).unwrap_or_default()
    }

    #[test]
    fn what_says_nothing_is_left_out() {
        assert_eq!(body("SERVICEDESC=$SERVICEDESC$").get(&[Field::ServiceDesc]), None, "a macro left as it was says nothing");
        assert_eq!(body("SERVICEDESC=\nHOSTNAME=web1").get(&[Field::ServiceDesc]), None, "nor does a blank");
        for text in ["HOSTNAME=nagios-vm\nNAGIOS_HOSTNAME=web1", "NAGIOS_HOSTNAME=web1\nHOSTNAME=nagios-vm"] {
            assert_eq!(body(text).get(&[Field::HostName]), Some("web1"), "not the machine that notifies");
        }
    }

    #[test]
    fn shapes_are_told_apart() {
        for text in [
            "host=web1&output=a%26b%3Dc&state=DOWN",
            "host=web1\noutput=a&b=c\nstate=DOWN",
            r#"{"host": "web1", "output": "a&b=c", "state": "DOWN", "attempt": 3}"#,
        ] {
            let fields = body(text);
            assert_eq!((fields.get(&[Field::HostName]), fields.get(&[Field::Output])), (Some("web1"), Some("a&b=c")), "{text}");
        }
        let sent = [("Content-Type".to_owned(), "application/x-www-form-urlencoded".to_owned())];
        let fields = read(&Sent { headers: &sent, ..Sent::body(b"output=a+b") }).unwrap_or_default();
        assert_eq!(fields.get(&[Field::Output]), Some("a b"), "a form of one field is one where it says so");
    }

    #[test]
    fn output_of_several_lines_is_one_value() {
        let fields = body("output=first\nload average=3.2\n\nTERM=xterm\nstate=DOWN");
        assert_eq!(fields.get(&[Field::Output]), Some("first\nload average=3.2"), "until another name begins");
        assert_eq!(fields.get(&[Field::State]), Some("DOWN"));
    }
}
