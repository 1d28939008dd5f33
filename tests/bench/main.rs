//! Measures Muster beside its peers and beside bare limits, in one run, as ratios. `cargo xtask bench [PART]…` builds
//! everything as it ships and runs it; `MUSTER_BENCH_JSON` names the file for the same table as JSON.

mod declare;
mod ingest;
mod load;
mod measure;
mod peers;
mod seed;
mod window;

use anyhow::{Context, Result};
use measure::Row;

/// Parts, in the order they run.
const PARTS: [&str; 4] = ["declare", "ingest", "ledger", "window"];

#[tokio::main]
#[expect(clippy::disallowed_methods, reason = "the bench is told by the environment where its table goes")]
async fn main() -> Result<()> {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let wanted = |part: &str| asked.is_empty() || asked.iter().any(|name| name == part);
    let folder = tempfile::Builder::new().prefix("bench").tempdir_in(beside_the_programs()?)?;
    let mut rows: Vec<Row> = vec![];
    for part in PARTS.into_iter().filter(|part| wanted(part)) {
        eprintln!("measuring {part} …");
        rows.extend(match part {
            "declare" => declare::against_sqlite(folder.path()).await?,
            "ingest" => peers::ingest(folder.path()).await?,
            "ledger" => ledger(folder.path()).await?,
            _ => window::rows(folder.path()).await?,
        });
    }
    measure::print(&rows);
    if let Some(file) = std::env::var_os("MUSTER_BENCH_JSON") {
        std::fs::write(file, serde_json::to_vec_pretty(&rows)?)?;
    }
    Ok(())
}

/// The disk that builds use, which is the disk that homes use; the temp folder may be memory.
fn beside_the_programs() -> Result<std::path::PathBuf> {
    let program = std::env::current_exe()?;
    Ok(program.parent().context("a program lies in a folder")?.to_owned())
}

async fn ledger(folder: &std::path::Path) -> Result<Vec<Row>> {
    let small = declare::open(&folder.join("small.db"))?;
    seed::fill(&small, 5, 200).await?;
    let large = declare::open(&folder.join("large.db"))?;
    seed::fill(&large, 1_000, 1_000).await?;
    let row = declare::small_and_large(&small, &large).await?;
    small.stop().await;
    large.stop().await;
    Ok(vec![row])
}
