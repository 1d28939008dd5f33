//! Lines to paste into the sender's configuration.

use domain::home::SourceKind;

/// What to add to the files of a tool of this kind, so that it sends to `url`, the source's own address with its token
/// in it. `name` is the source's name.
pub fn setup_text(kind: SourceKind, name: &str, url: &str, token: &str) -> String {
    match kind {
        SourceKind::Alertmanager => alertmanager(name, url, token),
        _ => format!("# Send to:\n{url}\n"),
    }
}

fn alertmanager(name: &str, url: &str, token: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    let target = rest.split_once('/').map_or(rest, |(target, _)| target);
    format!(
        "\
# alertmanager.yml: a receiver, and a route that leads to it.
receivers:
  - name: 'muster-{name}'
    webhook_configs:
      - url: '{url}'
        send_resolved: true

route:
  # Keep what stands here; put the route before your other ones.
  routes:
    - receiver: 'muster-{name}'
      continue: true

# Without an Alertmanager, prometheus.yml: Prometheus sends here itself.
alerting:
  alertmanagers:
    - api_version: v2
      scheme: {scheme}
      authorization:
        credentials: '{token}'
      static_configs:
        - targets: ['{target}']
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_name_the_address_and_the_token() {
        let text = setup_text(SourceKind::Alertmanager, "eu", "http://127.0.0.1:6878/hooks/alertmanager/abc", "abc");
        assert!(text.contains("url: 'http://127.0.0.1:6878/hooks/alertmanager/abc'"), "{text}");
        assert!(text.contains("targets: ['127.0.0.1:6878']") && text.contains("credentials: 'abc'"), "{text}");
    }
}
