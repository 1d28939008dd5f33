//! A process made to be killed: eight writers note into one incident as fast as the disk allows, and print a line only
//! after the ledger acknowledged. Whatever it printed must be there after any end.

use anyhow::{Context, Result};
use domain::incidents::IncidentCommand;
use domain::{DeviceId, Entry, Handle, IncidentId, Via};
use engine::ports::{Clock, Entropy};
use engine::{Act, Command, Declaration, Engine, Setup};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use store::{IncidentFilter, Opening};
use tests::system::{SystemClock, SystemEntropy};

/// Writers at once.
const WRITERS: usize = 8;

#[tokio::main]
async fn main() -> Result<()> {
    let mut args = std::env::args_os().skip(1);
    let path = PathBuf::from(args.next().context("usage: scribe DATABASE ROUND [NOTES]")?);
    let round = args.next().context("which round")?.into_string().map_err(|_| anyhow::anyhow!("a number"))?;
    let notes: usize = args.next().and_then(|typed| typed.into_string().ok()).map_or(Ok(usize::MAX), |typed| typed.parse())?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    let device = DeviceId(uuid::Uuid::from_bytes(entropy.bytes16()));
    let store = store::open(&Opening { path, device, now: clock.now() })?;
    let engine = Engine::start(Setup {
        store,
        clock,
        entropy,
        hands: engine::ports::Hands::default(),
        duties: false,
        network: None,
        backups: None,
    })?;
    let incident = the_incident(&engine).await?;
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..WRITERS {
        let (engine, round) = (engine.clone(), round.clone());
        writers.spawn(async move {
            for number in 0..notes {
                let text = format!("r{round}-w{writer}-n{number}");
                let act = Act::Incident(incident, IncidentCommand::Note { text: text.clone(), pin: false });
                engine.submit(command(act)).await?;
                let line = format!("ack {text}\n");
                std::io::stdout().write_all(line.as_bytes())?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = writers.join_next().await {
        done??;
    }
    engine.stop().await;
    Ok(())
}

fn command(act: Act) -> Command {
    Command { entry: Entry::by(Handle("scribe".into()), Via::Cli), occurred_at: None, once: None, act }
}

async fn the_incident(engine: &Engine) -> Result<IncidentId> {
    let filter = IncidentFilter { open_only: true, severity: None, service: None, since: None, limit: 1 };
    if let Some(known) = engine.read(move |reader| reader.incidents(&filter)).await?.first() {
        return Ok(known.id);
    }
    let declaration = Declaration { title: "The record under test".into(), ..Declaration::default() };
    engine.submit(command(Act::Declare(declaration))).await?.incident.context("a declaration names its incident")
}
