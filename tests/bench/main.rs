//! Measures Muster beside its peers and beside bare limits, in one run, as ratios. `cargo xtask bench [PART]…` builds
//! everything as it ships and runs it; `MUSTER_BENCH_JSON` names the file for the same table as JSON.

mod clocks;
mod declare;
mod ingest;
mod load;
mod measure;
mod paste;
mod peers;
mod reading;
mod room;
mod rules;
mod seed;
mod storm;
mod window;

use anyhow::{Context, Result, bail};
use measure::{Row, Table};
use std::path::Path;

/// Parts, in the order they run.
const PARTS: [&str; 10] = ["declare", "ingest", "storm", "rules", "formats", "ledger", "paste", "clocks", "room", "window"];

#[tokio::main]
#[expect(clippy::disallowed_methods, reason = "the bench is told by the environment where its table goes")]
async fn main() -> Result<()> {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    if let Some(unknown) = asked.iter().find(|name| !PARTS.contains(&name.as_str())) {
        bail!("no part called {unknown}; there are {}", PARTS.join(", "));
    }
    let wanted = |part: &str| asked.is_empty() || asked.iter().any(|name| name == part);
    let folder = tempfile::Builder::new().prefix("bench").tempdir_in(beside_the_programs()?)?;
    let mut table = Table::new(std::env::var_os("MUSTER_BENCH_JSON").map(Into::into));
    for part in PARTS.into_iter().filter(|part| wanted(part)) {
        eprintln!("measuring {part} …");
        measure(part, folder.path(), &mut table).await?;
    }
    table.finish()
}

async fn measure(part: &str, folder: &Path, table: &mut Table) -> Result<()> {
    let rows = match part {
        "declare" => declare::against_sqlite(folder).await,
        "ingest" => peers::ingest(folder).await,
        "storm" => storm::rows().await,
        "rules" => rules::rows(folder).await,
        "formats" => reading::rows(),
        "ledger" => ledger(folder).await,
        "paste" => paste::rows(folder).await,
        "clocks" => clocks::rows(folder).await,
        "room" => room::rows(folder, table).await,
        _ => window::rows(folder, table).await,
    };
    table.take(part, rows)
}

/// The disk that builds use, which is the disk that homes use; the temp folder may be memory.
fn beside_the_programs() -> Result<std::path::PathBuf> {
    let program = std::env::current_exe()?;
    Ok(program.parent().context("a program lies in a folder")?.to_owned())
}

async fn ledger(folder: &Path) -> Result<Vec<Row>> {
    let small = declare::open(&folder.join("small.db"))?;
    seed::fill(&small, 5, 200).await?;
    let large = declare::open(&folder.join("large.db"))?;
    seed::fill(&large, 1_000, 1_000).await?;
    let row = declare::small_and_large(&small, &large).await?;
    small.stop().await;
    large.stop().await;
    Ok(vec![row])
}
