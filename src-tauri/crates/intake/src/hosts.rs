//! Whom a request is meant for. A web page can make a browser send anything to this machine, under a name of its own
//! that it lets point here (DNS rebinding), or across origins; neither is answered.

use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri};
use std::net::IpAddr;

/// Names under which the listener answers, beside `localhost`, loopback addresses and the address it was reached at.
pub struct Hosts {
    allowed: Vec<String>,
}

/// Why a request is not for this listener.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Misdirected {
    /// `Host` is absent, doubled, or names somebody else.
    Host,
    /// A browser sent it on behalf of another site.
    Origin,
}

impl Hosts {
    /// Takes names and addresses as a person writes them; ports are ignored.
    pub fn new(allowed: &[String]) -> Self {
        Self {
            allowed: allowed
                .iter()
                .map(|name| plain(without_port(name.trim())).to_ascii_lowercase())
                .filter(|name| !name.is_empty())
                .collect(),
        }
    }

    /// Judges a request that reached this machine at `local`.
    pub fn judge(&self, uri: &Uri, headers: &HeaderMap, local: IpAddr) -> Result<(), Misdirected> {
        let mut named = headers.get_all(HOST).iter();
        let host = named.next().and_then(|host| host.to_str().ok()).ok_or(Misdirected::Host)?;
        let in_uri = uri.authority().map(Authority::as_str);
        if named.next().is_some() || !self.knows(host, local) || in_uri.is_some_and(|host| !self.knows(host, local)) {
            return Err(Misdirected::Host);
        }
        let mut origins = headers.get_all(ORIGIN).iter();
        if origins.all(|origin| origin.to_str().is_ok_and(|origin| is_own(origin, host))) { Ok(()) } else { Err(Misdirected::Origin) }
    }

    fn knows(&self, authority: &str, local: IpAddr) -> bool {
        let host = plain(without_port(authority));
        if let Ok(address) = host.parse::<IpAddr>() {
            let address = address.to_canonical();
            if address.is_loopback() || address == local.to_canonical() {
                return true;
            }
        }
        host.eq_ignore_ascii_case("localhost") || self.allowed.iter().any(|name| host.eq_ignore_ascii_case(name))
    }
}

/// A page that this listener itself served.
fn is_own(origin: &str, host: &str) -> bool {
    let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    authority.is_some_and(|authority| authority.eq_ignore_ascii_case(host))
}

fn without_port(authority: &str) -> &str {
    if authority.parse::<std::net::Ipv6Addr>().is_ok() {
        return authority;
    }
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => host,
        Some(_) | None => authority,
    }
}

/// Without the brackets of an IPv6 address and the dot that may end a name.
fn plain(host: &str) -> &str {
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host.strip_suffix('.').unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn judge(uri: &'static str, headers: &[(HeaderName, &'static str)], local: &str) -> Result<(), Misdirected> {
        let headers: HeaderMap = headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
        let allowed = ["Muster.Example:6878".to_owned(), "10.0.0.9".to_owned(), " ".to_owned()];
        Hosts::new(&allowed).judge(&Uri::from_static(uri), &headers, local.parse().expect("an address"))
    }

    #[test]
    fn names_that_are_answered() {
        for host in [
            "localhost",
            "LOCALHOST.:6878",
            "127.0.0.1:6878",
            "127.9.9.9",
            "[::1]:6878",
            "[::1]",
            "muster.example",
            "MUSTER.example:80",
            "10.0.0.9:1",
            "192.168.1.5",
            "[::ffff:127.0.0.1]",
        ] {
            assert_eq!(judge("/", &[(HOST, host)], "192.168.1.5"), Ok(()), "{host}");
        }
    }

    #[test]
    fn names_that_are_not() {
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "0.0.0.0:6878",
            "192.168.1.6",
            "127.1",
            "muster.example@evil",
            "[::2]",
            "localhost:x",
            ":6878",
        ] {
            assert_eq!(judge("/", &[(HOST, host)], "192.168.1.5"), Err(Misdirected::Host), "{host}");
        }
        assert_eq!(judge("/", &[], "127.0.0.1"), Err(Misdirected::Host), "no name at all");
        let both = judge("http://evil.example/x", &[(HOST, "localhost")], "127.0.0.1");
        assert_eq!(both, Err(Misdirected::Host), "the name in the request line counts too");
    }

    #[test]
    fn two_names_are_none() {
        let mut headers = HeaderMap::new();
        headers.append(HOST, HeaderValue::from_static("localhost"));
        headers.append(HOST, HeaderValue::from_static("localhost"));
        assert_eq!(Hosts::new(&[]).judge(&Uri::from_static("/"), &headers, IpAddr::from([127, 0, 0, 1])), Err(Misdirected::Host));
    }

    #[test]
    fn only_our_own_pages_may_send() {
        let from = |origin| judge("/", &[(HOST, "127.0.0.1:6878"), (ORIGIN, origin)], "127.0.0.1");
        assert_eq!(from("http://127.0.0.1:6878"), Ok(()));
        for origin in [
            "null",
            "http://evil.example",
            "http://127.0.0.1:3000",
            "http://localhost:6878",
            "http://127.0.0.1:6878.evil.example",
            "file://",
        ] {
            assert_eq!(from(origin), Err(Misdirected::Origin), "{origin}");
        }
    }
}
