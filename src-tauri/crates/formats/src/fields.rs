//! What a request says in another way than JSON: a form, a multipart form, the query of its address.

use crate::json;
use crate::parsed::Unreadable;
use crate::sent::Sent;
use serde_json::Value;

/// Most fields read of a form: a form has a dozen, and each costs two texts.
const FIELDS_LIMIT: usize = 256;

/// The body as JSON; without JSON, the fields of a form or of the query as an object of texts. Where a form or a query
/// has a field named `holder`, that field is the JSON.
pub(crate) fn value(sent: &Sent<'_>, holder: Option<&str>) -> Result<Value, Unreadable> {
    let fields = match form(sent) {
        Some(fields) => fields,
        None if sent.body.trim_ascii().is_empty() && !sent.query.is_empty() => sent.query.to_vec(),
        None => return json::value(sent.body),
    };
    match holder.and_then(|holder| fields.iter().find(|(name, _)| name == holder)) {
        Some((_, held)) => json::value(held.as_bytes()),
        None => Ok(object(&fields)),
    }
}

/// The fields of a form, where the sender says that the body is one. A body that begins as JSON is none: `curl -d` calls
/// everything a form.
pub(crate) fn form(sent: &Sent<'_>) -> Option<Vec<(String, String)>> {
    let kind = sent.header("content-type")?;
    if is(kind, "application/x-www-form-urlencoded") && !looks_like_json(sent.body) {
        let pairs = form_urlencoded::parse(sent.body).take(FIELDS_LIMIT);
        return Some(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect());
    }
    is(kind, "multipart/form-data").then(|| boundary(kind).map(|boundary| multipart(sent.body, boundary)).unwrap_or_default())
}

/// Names and values as a JSON object; of a name that comes twice, the first counts.
pub(crate) fn object(fields: &[(String, String)]) -> Value {
    fields.iter().rev().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect::<serde_json::Map<_, _>>().into()
}

/// Whether a content type is this one, whatever its parameters.
pub(crate) fn is(content_type: &str, mime: &str) -> bool {
    content_type.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(mime))
}

/// Whether a body begins as an object or a list does.
pub(crate) fn looks_like_json(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    matches!(body.trim_ascii_start().first(), Some(b'{' | b'['))
}

fn boundary(content_type: &str) -> Option<&str> {
    let named = |parameter: &'_ str| parameter.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("boundary="));
    let found = content_type.split(';').map(str::trim).find(|parameter| named(parameter))?;
    Some(found[9..].trim_matches('"')).filter(|boundary| !boundary.is_empty())
}

/// RFC 7578, as far as fields of text need it.
fn multipart(body: &[u8], boundary: &str) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(body);
    let delimiter = format!("--{boundary}");
    text.split(delimiter.as_str()).skip(1).take(FIELDS_LIMIT).filter_map(part).collect()
}

fn part(part: &str) -> Option<(String, String)> {
    let part = part.strip_prefix("\r\n").or_else(|| part.strip_prefix('\n'))?;
    let (head, value) = part.split_once("\r\n\r\n").or_else(|| part.split_once("\n\n"))?;
    let disposition = head.lines().find(|line| line.get(..20).is_some_and(|start| start.eq_ignore_ascii_case("content-disposition:")))?;
    let name = disposition.split(';').find_map(|parameter| parameter.trim().strip_prefix("name="))?;
    let value = value.strip_suffix("\r\n").or_else(|| value.strip_suffix('\n')).unwrap_or(value);
    Some((name.trim_matches('"').to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headed(kind: &str) -> Vec<(String, String)> {
        vec![("Content-Type".to_owned(), kind.to_owned())]
    }

    #[test]
    fn a_form_is_an_object_of_texts() {
        let headers = headed("application/x-www-form-urlencoded; charset=utf-8");
        let sent = Sent { headers: &headers, body: b"title=Disk+full%21&n=3&title=again", ..Sent::default() };
        assert_eq!(value(&sent, None), Ok(serde_json::json!({"title": "Disk full!", "n": "3"})), "the first of a name counts");
    }

    #[test]
    fn a_field_may_hold_the_json() {
        let headers = headed("application/x-www-form-urlencoded");
        let sent = Sent { headers: &headers, body: b"payload=%7B%22a%22%3A1%7D", ..Sent::default() };
        assert_eq!(value(&sent, Some("payload")), Ok(serde_json::json!({"a": 1})));
        let query = [("payload".to_owned(), "{\"a\":2}".to_owned())];
        let sent = Sent { query: &query, ..Sent::default() };
        assert_eq!(value(&sent, Some("payload")), Ok(serde_json::json!({"a": 2})), "of a query too");
    }

    #[test]
    fn json_that_curl_calls_a_form_is_json() {
        let headers = headed("application/x-www-form-urlencoded");
        let sent = Sent { headers: &headers, body: b" {\"a\": 1}", ..Sent::default() };
        assert_eq!(value(&sent, None), Ok(serde_json::json!({"a": 1})));
    }

    #[test]
    fn a_multipart_form_is_read_by_its_names() {
        let body = "--xYz\r\nContent-Disposition: form-data; name=\"data\"\r\nContent-Type: text/plain\r\n\r\n{\"a\":\r\n1}\r\n\
                    --xYz\r\ncontent-disposition: form-data; filename=\"x\"; name=file\r\n\r\nGrüße\r\n--xYz--\r\n";
        let headers = headed("multipart/form-data; Boundary=\"xYz\"");
        let sent = Sent { headers: &headers, body: body.as_bytes(), ..Sent::default() };
        let read = form(&sent).expect("a form");
        assert_eq!(read, vec![("data".to_owned(), "{\"a\":\r\n1}".to_owned()), ("file".to_owned(), "Grüße".to_owned())]);
        assert_eq!(value(&sent, Some("data")), Ok(serde_json::json!({"a": 1})));
    }

    #[test]
    fn a_broken_multipart_form_has_no_fields() {
        for (kind, body) in [
            ("multipart/form-data", "--x\r\n\r\n"),
            ("multipart/form-data; boundary=", "----"),
            ("multipart/form-data; boundary=x", "--x--x\n--x\n\n"),
        ] {
            let headers = headed(kind);
            let sent = Sent { headers: &headers, body: body.as_bytes(), ..Sent::default() };
            assert_eq!(form(&sent), Some(vec![]), "{kind}: {body:?}");
        }
    }
}
