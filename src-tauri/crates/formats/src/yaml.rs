//! YAML as far as a list of services needs it: text, lists and maps. Bounded in size, depth and number; aliases are not
//! followed, so that nothing small can become large.

use crate::Unreadable;
use saphyr_parser::{Event, Parser};

/// Longest text that is read in bytes (1 MiB): some ten thousand services.
pub const SIZE_LIMIT: usize = 1024 * 1024;
/// Deepest nesting: catalogues have four levels.
const DEPTH_LIMIT: usize = 32;
/// Most texts, lists and maps in one file: more than any catalogue within [`SIZE_LIMIT`] that is written by hand.
const NODES_LIMIT: usize = 200_000;

/// One thing in a file, and the line on which it begins, from 1.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    pub line: usize,
    pub what: What,
}

/// What it is.
#[derive(Clone, PartialEq, Debug)]
pub enum What {
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Node {
    /// The value of a key; nothing where it is no map, or the value is empty.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match &self.what {
            What::Map(pairs) => pairs.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value).filter(|value| !value.is_empty()),
            What::Text(_) | What::List(_) => None,
        }
    }

    /// Its text, trimmed.
    pub fn text(&self) -> Option<&str> {
        match &self.what {
            What::Text(text) => Some(text.trim()),
            What::List(_) | What::Map(_) => None,
        }
    }

    /// Its items; a text alone is a list of one.
    pub fn items(&self) -> &[Self] {
        match &self.what {
            What::List(items) => items,
            What::Text(_) => std::slice::from_ref(self),
            What::Map(_) => &[],
        }
    }

    /// Its keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let pairs: &[(String, Self)] = match &self.what {
            What::Map(pairs) => pairs,
            What::Text(_) | What::List(_) => &[],
        };
        pairs.iter().map(|(name, _)| name.as_str())
    }

    fn is_empty(&self) -> bool {
        matches!(&self.what, What::Text(text) if text.trim().is_empty() || text.trim() == "~" || text.trim() == "null")
    }
}

/// Reads the documents of a text, empty ones left out.
pub fn documents(text: &str) -> Result<Vec<Node>, Unreadable> {
    if text.len() > SIZE_LIMIT {
        return Err(Unreadable::new(format!("The file has more than {} KiB. Import it in parts.", SIZE_LIMIT / 1024)));
    }
    let mut reading = Reading { documents: vec![], open: vec![], nodes: 0 };
    for event in Parser::new_from_str(text.strip_prefix('\u{FEFF}').unwrap_or(text)) {
        // After its first fault the parser tells the same one for ever.
        let (event, span) = event.map_err(|fault| at(fault.marker().line(), &format!("This is no YAML: {}.", fault.info())))?;
        reading.follow(event, span.start.line())?;
    }
    Ok(reading.documents)
}

/// A list or map that is not closed yet.
struct Open {
    node: Node,
    /// The key whose value comes next.
    key: Option<String>,
}

struct Reading {
    documents: Vec<Node>,
    open: Vec<Open>,
    nodes: usize,
}

impl Reading {
    fn follow(&mut self, event: Event<'_>, line: usize) -> Result<(), Unreadable> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => Ok(()),
            Event::Alias(_) => Err(at(line, "An alias (*name) is not followed here. Write it out.")),
            Event::Scalar(text, ..) => self.put(Node { line, what: What::Text(text.into_owned()) }),
            Event::SequenceStart(..) => self.begin(Node { line, what: What::List(vec![]) }),
            Event::MappingStart(..) => self.begin(Node { line, what: What::Map(vec![]) }),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(done) => self.put(done.node),
                None => Ok(()),
            },
        }
    }

    fn begin(&mut self, node: Node) -> Result<(), Unreadable> {
        if self.open.len() >= DEPTH_LIMIT {
            return Err(at(node.line, "It is nested too deeply."));
        }
        self.open.push(Open { node, key: None });
        Ok(())
    }

    fn put(&mut self, node: Node) -> Result<(), Unreadable> {
        self.nodes += 1;
        if self.nodes > NODES_LIMIT {
            return Err(at(node.line, "The file holds too much. Import it in parts."));
        }
        let Some(open) = self.open.last_mut() else {
            self.documents.extend((!node.is_empty()).then_some(node));
            return Ok(());
        };
        match (&mut open.node.what, open.key.take()) {
            (What::List(items), _) => items.push(node),
            (What::Map(pairs), Some(key)) => pairs.push((key, node)),
            (What::Map(_), None) => match node.what {
                What::Text(key) => open.key = Some(key),
                What::List(_) | What::Map(_) => return Err(at(node.line, "A key is a word.")),
            },
            (What::Text(_), _) => {}
        }
        Ok(())
    }
}

fn at(line: usize, sentence: &str) -> Unreadable {
    Unreadable::new(format!("Line {line}: {sentence}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        documents(text).expect_err("refused").reason
    }

    #[test]
    fn documents_read_as_text_lists_and_maps() {
        let read = documents("a: [1, {b: c}]\n---\n# nothing\n---\nd: |\n  two\n  lines\ne: ~\n").expect("reads");
        assert_eq!(read.len(), 2, "an empty document is none");
        let items = read[0].get("a").expect("a").items();
        assert_eq!((items[0].text(), items[1].get("b").and_then(Node::text)), (Some("1"), Some("c")));
        assert_eq!(read[1].get("d").and_then(Node::text), Some("two\nlines"));
        assert_eq!(read[1].get("e"), None, "nothing is said of it");
        assert_eq!(read[1].line, 5);
    }

    #[test]
    fn nothing_small_becomes_large() {
        assert_eq!(refusal("a: &x [1]\nb: *x\n"), "Line 2: An alias (*name) is not followed here. Write it out.");
        assert_eq!(refusal(&"- ".repeat(DEPTH_LIMIT + 1)), "Line 1: It is nested too deeply.");
        assert!(refusal(&"[".repeat(100_000)).starts_with("Line 1: "), "whoever stops it first");
        assert!(refusal(&"- a\n".repeat(NODES_LIMIT + 1)).ends_with("The file holds too much. Import it in parts."));
        assert!(refusal(&" ".repeat(SIZE_LIMIT + 1)).contains("1024 KiB"));
    }

    #[test]
    fn what_is_no_yaml_says_where() {
        assert!(refusal("a: b\n\tc: [").starts_with("Line "), "{}", refusal("a: b\n\tc: ["));
        assert_eq!(refusal("? [a]\n: b\n"), "Line 1: A key is a word.");
    }
}
