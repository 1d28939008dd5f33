//! One renderer a form. Each takes any document; none knows what a document is about.

mod defuse;
mod gsm;
mod html;
mod inline;
mod lines;
mod say;
mod sms;
mod speech;
mod spoken;
mod style;

use crate::document::Document;
use crate::{Facts, Form, Text};

/// The line over every text of an exercise.
const DRILL: &str = "DRILL: this is an exercise.";
/// The line over every text of a private incident.
const PRIVATE: &str = "Private: share only with those who work on it.";

/// `document` in its form.
pub fn render(facts: &Facts, document: &Document, form: Form) -> Text {
    let text = match form {
        Form::Chat => lines::render(facts, document, &style::Plain),
        Form::Mail => lines::render(facts, document, &style::Bare),
        Form::Slack => lines::render(facts, document, &style::Slack),
        Form::Teams => lines::render(facts, document, &style::Teams),
        Form::Wiki => lines::render(facts, document, &style::Markdown),
        Form::Speech => speech::render(facts, document),
        Form::Sms => return short(facts, document).0,
    };
    let html = matches!(form, Form::Mail | Form::Wiki).then(|| html::render(facts, document));
    finish(facts, document, text, html, 0)
}

/// `document` as a short message, and whether something had to be cut off.
pub fn short(facts: &Facts, document: &Document) -> (Text, bool) {
    let (text, cut) = sms::render(facts, document);
    let messages = gsm::parts(&text) as u32;
    (finish(facts, document, text, None, messages), cut)
}

/// Words of a text or of its HTML, whichever has more.
pub fn longest(text: &Text) -> u32 {
    let html = text.html.as_deref().map_or(0, |html| {
        // Everything recorded is escaped: what stands between `<` and `>` is a tag.
        let words = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words));
        words.map(|words| words.split_whitespace().count()).sum()
    });
    text.words.max(u32::try_from(html).unwrap_or(u32::MAX))
}

fn finish(facts: &Facts, document: &Document, text: String, html: Option<String>, messages: u32) -> Text {
    let words = u32::try_from(text.split_whitespace().count()).unwrap_or(u32::MAX);
    let subject = inline::phrase(facts, &document.subject, &style::Bare);
    Text { text, html, subject, messages, words }
}
