//! Bodies that tools sent, as they are kept beside the tests.

use serde_json::Value;

/// The body of a captured request, or a payload as it is.
pub fn sample(path: &str) -> String {
    let file = format!("{}/../../../tests/fixtures/payloads/{path}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
    match serde_json::from_str::<Value>(&text) {
        Ok(captured) if captured.get("method").is_some() => captured["body"].to_string(),
        Ok(_) | Err(_) => text,
    }
}
