//! The room at the keyboard: what a key and a command take in a room of 10,000 entries, against the same in an empty room of
//! the same home, in turns. Keys are real ones of the desktop; time is the page's own, from the key's event to the frame.

mod commands;
mod keys;

use crate::measure::{Row, Samples, Table};
use crate::window::page::{Page, home_with, program};
use crate::{declare, seed};
use anyhow::{Context, Result, ensure};
use domain::{IncidentId, Severity};
use std::path::Path;
use tests::desktop::Rig;
use tests::wait;

/// Entries of the long room.
const ENTRIES: usize = 10_000;
/// Takes the caret into the line; answers what is in it.
const INTO_THE_LINE: &str = "const line = document.querySelector('textarea[aria-label=\"Write to the timeline\"]'); line?.focus(); \
                             return line && document.hasFocus() ? line.value : null";
/// What the page says to a person who looks for the reason.
const SAID: &str = "return [...document.querySelectorAll('[role=alert]')].map((one) => one.textContent.trim()).join(' ')";

/// The window with both rooms.
struct Desk<'r> {
    rig: &'r Rig,
    page: Page,
    long: IncidentId,
    empty: IncidentId,
}

/// Samples of both rooms.
#[derive(Default)]
struct Pair {
    long: Samples,
    empty: Samples,
}

impl Pair {
    fn medians(&self) -> (f64, f64) {
        (self.long.quantile(0.5), self.empty.quantile(0.5))
    }
}

/// Measures keys and commands; each is told as soon as it is known.
pub async fn rows(folder: &Path, table: &mut Table) -> Result<Vec<Row>> {
    let rig = Rig::start().await?;
    let kept = folder.join("room");
    std::fs::create_dir_all(&kept)?;
    let [long, empty] = fill(&kept).await?;
    let page = Page::open(&rig, &program("muster-desktop")?, home_with(&kept)?, &[]).await?;
    page.turn_to("main").await?;
    page.mark("watch-shown", 0.0).await?;
    let desk = Desk { rig: &rig, page, long, empty };
    table.take("keystroke to echo in the composer", keys::rows(&desk).await)?;
    for kind in commands::KINDS {
        table.take(&format!("{} from Enter to the painted entry", kind.name), commands::rows(&desk, kind).await)?;
    }
    desk.page.close().await?;
    Ok(vec![])
}

async fn fill(folder: &Path) -> Result<[IncidentId; 2]> {
    let engine = declare::open(&folder.join("muster.db"))?;
    let long = seed::declare_as(&engine, 1, Some(Severity::Sev4)).await?;
    seed::write(&engine, &[long], ENTRIES).await?;
    let empty = seed::declare_as(&engine, 2, Some(Severity::Sev4)).await?;
    seed::settle(&engine).await?;
    engine.stop().await;
    Ok([long, empty])
}

impl Desk<'_> {
    /// Goes into both rooms, in the order that this round has.
    fn in_turns(&self, round: usize) -> [(bool, IncidentId); 2] {
        let rooms = [(true, self.long), (false, self.empty)];
        if round.is_multiple_of(2) { rooms } else { [rooms[1], rooms[0]] }
    }

    /// Opens a room, and the caret stands in its empty line.
    async fn sit_down(&self, incident: IncidentId) -> Result<()> {
        crate::window::enter(&self.page, incident).await?;
        self.rig.raise("Muster")?;
        self.await_line("the caret in an empty line").await
    }

    async fn await_line(&self, what: &str) -> Result<()> {
        let empty = async || Ok((self.page.script(INTO_THE_LINE, vec![]).await? == "").then_some(()));
        let waited = wait::until(what, wait::SOON, empty).await;
        if waited.is_ok() {
            return Ok(());
        }
        let said = self.page.script(SAID, vec![]).await?;
        waited.with_context(|| format!("the window says {said}"))
    }

    /// Types as a person does, with this many milliseconds between two letters.
    fn write(&self, text: &str, pause: u32) -> Result<()> {
        let (done, said) = self.rig.desktop().ask("xdotool", &["type", "--clearmodifiers", "--delay", &pause.to_string(), text])?;
        ensure!(done, "xdotool type failed: {said}");
        Ok(())
    }
}
