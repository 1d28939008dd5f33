//! The token in a request's headers.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The token of `Authorization: Bearer <token>` or `GenieKey <token>`, or the password of `Authorization: Basic`, whatever the user name;
/// a user name without a password is taken for the token, as `http://<token>@host` sends it.
pub fn token(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = value.split_once(' ')?;
    let rest = rest.trim();
    if scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("geniekey") {
        return Some(rest.to_owned());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(rest).ok()?).ok()?;
    let (user, password) = pair.split_once(':')?;
    Some(if password.is_empty() { user } else { password }.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn bearer_and_basic() {
        for (sent, token_of) in [
            ("Bearer abc", Some("abc")),
            ("bearer  abc ", Some("abc")),
            ("GenieKey abc", Some("abc")),
            ("Basic bXVzdGVyOmFiYw==", Some("abc")),
            ("Basic YWJjOg==", Some("abc")),
            ("Basic ???", None),
            ("Basic bXVzdGVy", None),
            ("Digest abc", None),
            ("abc", None),
        ] {
            let headers = HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_static(sent))]);
            assert_eq!(token(&headers).as_deref(), token_of, "{sent}");
        }
        assert_eq!(token(&HeaderMap::new()), None);
    }
}
