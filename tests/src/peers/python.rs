//! Clients of other tools written in Python, as `cargo xtask setup` installed them, told by lines of Python.

use crate::app::Home;
use crate::programs;
use anyhow::{Context, Result, bail};
use std::process::{Command, Stdio};

/// Runs lines beside a home, with these variables of the environment; answers what they print.
pub fn python(home: &Home, lines: &str, variables: &[(&str, &str)]) -> Result<String> {
    let mut command = Command::new(programs::tool("python/bin/python")?);
    home.adopt(&mut command);
    // Whatever this machine trusts and whomever it asks first, the client must find its own way.
    for name in
        ["SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"]
    {
        command.env_remove(name);
    }
    command.args(["-I", "-c", lines]).envs(variables.iter().copied()).stdin(Stdio::null());
    let output = command.output().context("start Python")?;
    if !output.status.success() {
        bail!("Python ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
