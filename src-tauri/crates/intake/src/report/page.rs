//! The page itself: HTML without script, every word of a sender escaped.

use super::form::{BAIT, Form};
use super::words;
use crate::Standing;
use crate::answer::with_body;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use std::fmt::Write;

const STYLE: &str = include_str!("style.css");

/// Nothing but the page's own style, and a form that leads nowhere else.
const POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");

/// How long ago it may have begun, in minutes.
const AGES: [(&str, &str); 7] = [
    ("0", "Just now"),
    ("5", "5 minutes ago"),
    ("15", "15 minutes ago"),
    ("30", "Half an hour ago"),
    ("60", "1 hour ago"),
    ("240", "4 hours ago"),
    ("1440", "A day ago or longer"),
];

/// What is shown.
pub enum Page<'p> {
    /// The form, empty or once more.
    Form { token: &'p str, fault: Option<&'p str>, kept: &'p Form },
    /// How far a report has come.
    Standing { token: &'p str, reference: &'p str, standing: Standing },
    /// A sentence.
    Notice { title: &'p str, text: &'p str },
}

/// A page as an answer.
pub fn shown(status: StatusCode, page: &Page<'_>) -> Response {
    let (title, body) = match page {
        Page::Form { token, fault, kept } => ("Report a problem", form(token, *fault, kept)),
        Page::Standing { token, reference, standing } => (words::of(*standing).0, standing_of(token, reference, *standing)),
        Page::Notice { title, text } => (*title, format!("<h1>{}</h1>\n<p>{}</p>\n", escaped(title), escaped(text))),
    };
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <title>{}</title>\n<link rel=\"stylesheet\" href=\"/report/style.css\">\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        escaped(title)
    );
    guarded(with_body(status, HeaderValue::from_static("text/html; charset=utf-8"), html))
}

/// The style.
pub fn style() -> Response {
    guarded(with_body(StatusCode::OK, HeaderValue::from_static("text/css; charset=utf-8"), STYLE))
}

fn guarded(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // With no referrer at all, browsers send the form from the origin `null`, which is refused as a foreign one.
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    response
}

fn form(token: &str, fault: Option<&str>, kept: &Form) -> String {
    let mut out = String::from("<h1>Report a problem</h1>\n<p class=\"quiet\">It goes to the people on duty.</p>\n");
    let mut put = |text: std::fmt::Arguments<'_>| out.write_fmt(text).expect("a String takes whatever is written to it");
    if let Some(fault) = fault {
        put(format_args!("<p class=\"fault\" id=\"fault\" role=\"alert\">{}</p>\n", escaped(fault)));
    }
    let described = if fault.is_some() { " aria-describedby=\"fault\"" } else { "" };
    put(format_args!("<form method=\"post\" action=\"/report/{}\" enctype=\"multipart/form-data\">\n", escaped(token)));
    put(format_args!(
        "<label for=\"what\">What is wrong?</label>\n<textarea id=\"what\" name=\"what\" required maxlength=\"4000\"{described}>\n{}</textarea>\n",
        escaped(kept.value("what"))
    ));
    put(format_args!(
        "<label for=\"service\">Where? <span class=\"quiet\">(app, page or service, if you know)</span></label>\n{}\n",
        input("service", "off", kept)
    ));
    put(format_args!("<label for=\"minutes\">Since when?</label>\n<select id=\"minutes\" name=\"minutes\">\n"));
    for (minutes, words) in AGES {
        let selected = if kept.value("minutes") == minutes { " selected" } else { "" };
        put(format_args!("<option value=\"{minutes}\"{selected}>{words}</option>\n"));
    }
    put(format_args!(
        "</select>\n<label for=\"name\">Your name <span class=\"quiet\">(optional)</span></label>\n{}\n\
         <label for=\"contact\">How can you be reached? <span class=\"quiet\">(optional)</span></label>\n{}\n\
         <label for=\"photo\">Photo <span class=\"quiet\">(optional, up to 5 MB)</span></label>\n\
         <input id=\"photo\" name=\"photo\" type=\"file\" accept=\"image/jpeg,image/png,image/webp\">\n\
         <div class=\"bait\" aria-hidden=\"true\"><label for=\"{BAIT}\">Leave this empty</label>\
         <input id=\"{BAIT}\" name=\"{BAIT}\" tabindex=\"-1\" autocomplete=\"off\"></div>\n\
         <button type=\"submit\">Send report</button>\n</form>\n",
        input("name", "name", kept),
        input("contact", "tel", kept)
    ));
    out
}

fn input(name: &str, fills: &str, kept: &Form) -> String {
    format!("<input id=\"{name}\" name=\"{name}\" autocomplete=\"{fills}\" maxlength=\"200\" value=\"{}\">", escaped(kept.value(name)))
}

fn standing_of(token: &str, reference: &str, standing: Standing) -> String {
    let (title, text) = words::of(standing);
    format!(
        "<h1>{title}</h1>\n<p>{text}</p>\n<p class=\"quiet\">Your reference</p>\n<p class=\"reference\">{}</p>\n\
         <p class=\"quiet\">Keep this page open or save its address: load it again to see how far it has come.</p>\n\
         <p><a href=\"/report/{}\">Report something else</a></p>\n",
        escaped(reference),
        escaped(token)
    )
}

/// Text that stays text, in an element or in quotes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_stays_text() {
        let kept =
            Form { fields: vec![("what".into(), "</textarea><script>x</script>".into()), ("name".into(), "\" on='".into())], photo: None };
        let html = form("t", Some("<b>"), &kept);
        assert!(!html.contains("<script>") && !html.contains("<b>"), "{html}");
        assert!(html.contains("&lt;/textarea&gt;") && html.contains("value=\"&quot; on=&#39;\""), "{html}");
    }

    #[test]
    fn every_field_has_a_label() {
        let html = form("t", None, &Form::default());
        for name in ["what", "service", "minutes", "name", "contact", "photo", BAIT] {
            assert!(html.contains(&format!("<label for=\"{name}\"")) && html.contains(&format!("id=\"{name}\"")), "{name}");
        }
    }
}
