//! How the forms that are made of lines differ: what is escaped, what is bold, how a list and a table look.

use super::{defuse, gsm};

/// The manner of one form.
pub trait Style {
    /// Words made harmless in this form.
    fn words(&self, raw: &str) -> String {
        raw.to_owned()
    }
    /// An address to go to.
    fn link(&self, url: &str) -> String {
        self.words(url)
    }
    /// The names of lines, and whatever is to be seen first; escaped already.
    fn strong(&self, words: &str) -> String {
        words.to_owned()
    }
    /// The line on top; escaped already.
    fn title(&self, words: &str) -> String {
        self.strong(words)
    }
    /// The name of a section; `None` where there is no room for one.
    fn section(&self, words: &str) -> Option<String> {
        Some(self.strong(words))
    }
    /// What stands between the parts of the line on top.
    fn joint(&self) -> &'static str {
        " · "
    }
    /// What stands before a line of a list.
    fn bullet(&self) -> &'static str {
        "- "
    }
    /// What ends a line that is followed by another of the same block.
    fn line_end(&self) -> &'static str {
        ""
    }
    /// Whether tables are drawn with bars.
    fn has_tables(&self) -> bool {
        false
    }
    /// Whether blocks are set apart by an empty line.
    fn is_airy(&self) -> bool {
        true
    }
}

/// Words as they are, where nothing can be marked up: the plain text of a mail, a subject.
pub struct Bare;
impl Style for Bare {}

/// Plain lines for any chat.
pub struct Plain;
impl Style for Plain {
    fn words(&self, raw: &str) -> String {
        defuse::mentions(raw)
    }
}

/// Slack's mrkdwn as a person pastes it: what is typed is not read as entities, so `&` stays as it is. What Muster sends
/// itself is escaped by the one who sends it.
pub struct Slack;
impl Style for Slack {
    fn words(&self, raw: &str) -> String {
        defuse::mentions(raw)
    }
    fn strong(&self, words: &str) -> String {
        format!("*{}*", words.replace('*', ""))
    }
    fn bullet(&self) -> &'static str {
        "• "
    }
}

/// The markdown that Teams reads in messages and cards: a line ends with two spaces.
pub struct Teams;
impl Style for Teams {
    fn words(&self, raw: &str) -> String {
        defuse::markdown(&defuse::mentions(raw))
    }
    fn strong(&self, words: &str) -> String {
        format!("**{}**", words.replace('*', ""))
    }
    fn line_end(&self) -> &'static str {
        "  "
    }
}

/// Markdown beside a wiki's HTML.
pub struct Markdown;
impl Style for Markdown {
    fn words(&self, raw: &str) -> String {
        defuse::markdown(&defuse::mentions(raw)).replace('|', "\\|")
    }
    fn strong(&self, words: &str) -> String {
        format!("**{}**", words.replace('*', ""))
    }
    fn title(&self, words: &str) -> String {
        format!("# {words}")
    }
    fn section(&self, words: &str) -> Option<String> {
        Some(format!("## {words}"))
    }
    fn line_end(&self) -> &'static str {
        "  "
    }
    fn has_tables(&self) -> bool {
        true
    }
}

/// Short messages: letters that phones send cheaply, no ornaments.
pub struct Short;
impl Style for Short {
    fn words(&self, raw: &str) -> String {
        gsm::plain(raw)
    }
    fn link(&self, url: &str) -> String {
        url.to_owned()
    }
    fn section(&self, _words: &str) -> Option<String> {
        None
    }
    fn joint(&self) -> &'static str {
        ", "
    }
    fn bullet(&self) -> &'static str {
        ""
    }
    fn is_airy(&self) -> bool {
        false
    }
}

/// HTML: nothing but text and links; the tags around it are the renderer's.
pub struct Html;
impl Style for Html {
    fn words(&self, raw: &str) -> String {
        defuse::html(raw)
    }
    fn link(&self, url: &str) -> String {
        let url = defuse::html(url);
        format!("<a href=\"{url}\">{url}</a>")
    }
}
