//! Accessibility, judged by axe-core inside the real window, under the app's own policy.

use super::App;
use crate::programs;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

/// Impacts that fail a journey.
const SERIOUS: [&str; 2] = ["serious", "critical"];

const JUDGE: &str = "\
const done = arguments[arguments.length - 1];
const only = arguments[0] ? { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } } : {};
axe.run(document, { resultTypes: ['violations'], ...only }).then(
  (result) => done({ violations: result.violations.map(({ id, impact, help, nodes }) =>
    ({ id, impact, help, where: nodes.map((node) => `${node.html}\\n      ${node.any.map((check) => check.message).join('; ')}`) })) }),
  (fault) => done({ fault: String(fault) }),
);";

impl App<'_> {
    /// Fails if axe finds anything serious on the page as it stands.
    pub async fn judge(&self, screen: &str) -> Result<()> {
        self.judge_by(screen, false).await
    }

    /// The same by the rules about colours alone.
    pub(super) async fn judge_colours(&self, screen: &str) -> Result<()> {
        self.judge_by(screen, true).await
    }

    async fn judge_by(&self, screen: &str, colours: bool) -> Result<()> {
        let there = self.script("return typeof axe", vec![]).await?;
        if there != json!("object") {
            let file = programs::top().join("ui/node_modules/axe-core/axe.min.js");
            let source = std::fs::read_to_string(&file).with_context(|| format!("read {}", file.display()))?;
            self.script(&source, vec![]).await.context("put axe into the page")?;
        }
        self.settled().await?;
        let judged = self.page()?.execute_async(JUDGE, vec![json!(colours)]).await?.json().clone();
        let Some(found) = judged["violations"].as_array() else { bail!("axe could not judge {screen}: {judged}") };
        let serious: Vec<String> = found.iter().filter(|one| is_serious(one)).map(describe).collect();
        if !serious.is_empty() {
            let _ = self.picture(&format!("axe-{screen}"));
            bail!("axe on {screen}:\n{}", serious.join("\n"));
        }
        Ok(())
    }
}

fn is_serious(violation: &Value) -> bool {
    SERIOUS.iter().any(|impact| violation["impact"] == *impact)
}

fn describe(violation: &Value) -> String {
    let places = violation["where"].as_array().map(Vec::as_slice).unwrap_or_default();
    let places: Vec<&str> = places.iter().filter_map(Value::as_str).take(4).collect();
    let text = |name: &str| violation[name].as_str().unwrap_or_default();
    format!("  {} ({}): {}\n    {}", text("id"), text("impact"), text("help"), places.join("\n    "))
}
