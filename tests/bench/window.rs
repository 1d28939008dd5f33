//! The real window beside a bare one: a Tauri window with one static page and the same `rpc`, on the same desktop, in turns.
//! Pages say when something was on screen by a user-timing mark; the moment a process began is the system's own word.

use crate::measure::{Aim, Row, Samples};
use crate::{declare, seed};
use anyhow::{Context, Result, bail};
use domain::IncidentId;
use domain::incidents::IncidentCommand;
use engine::Act;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tests::app::Home;
use tests::desktop::Rig;
use tests::{peers, wait};
use thirtyfour::prelude::*;

/// Starts measured of each program; the middle one counts.
const STARTS: usize = 7;
/// Times the hotkey is pressed, and each incident opened.
const TIMES: usize = 15;
/// Longest wait for a mark.
const MARK: Duration = Duration::from_secs(60);
/// Incidents and events of a home after some years.
const INCIDENTS: usize = 1_000;
const NOTES: usize = 200;

/// A program with a page, seen through WebDriver.
struct Page {
    driver: WebDriver,
    relay: Child,
    home: Home,
}

impl Page {
    async fn open(rig: &Rig, program: &Path, home: Home, environment: &[(&str, &str)]) -> Result<Self> {
        let (port, native) = (peers::free_port()?, peers::free_port()?);
        let mut command = rig.desktop().command("tauri-driver");
        home.adopt(&mut command);
        command.args(["--port", &port.to_string(), "--native-port", &native.to_string()]);
        command.envs(environment.iter().copied()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let relay = command.spawn().context("start tauri-driver")?;
        wait::until("tauri-driver listens", wait::SOON, async || Ok(tokio::net::TcpStream::connect(("127.0.0.1", port)).await.ok()))
            .await?;
        let mut capabilities = Capabilities::new();
        capabilities.set("tauri:options", json!({"application": program}))?;
        outreach::provide_tls();
        let driver = WebDriver::builder(format!("http://127.0.0.1:{port}"), capabilities).request_timeout(MARK).await?;
        Ok(Self { driver, relay, home })
    }

    /// Waits for the last mark of this name that is later than `after`; milliseconds since 1970.
    async fn mark(&self, name: &str, after: f64) -> Result<f64> {
        let script = "const found = performance.getEntriesByName(arguments[0]).at(-1); return found ? performance.timeOrigin + found.startTime : null;";
        wait::until(&format!("the mark {name}"), MARK, async || {
            let answer = self.driver.execute(script, vec![name.into()]).await?.json().as_f64();
            Ok(answer.filter(|at| *at > after))
        })
        .await
    }

    async fn script(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.driver.execute(script, arguments).await?.json().clone())
    }

    async fn turn_to(&self, part: &str) -> Result<()> {
        wait::until(&format!("a window with {part}"), wait::SOON, async || {
            for window in self.driver.windows().await? {
                self.driver.switch_to_window(window).await?;
                let title = self
                    .driver
                    .execute("return (location.href.includes('declare.html') ? 'declare.html ' : 'index.html ') + innerWidth", vec![])
                    .await?
                    .json()
                    .to_string();
                if title.contains(part) {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await
    }

    /// The processes of the program itself: not those of the measuring.
    fn own(&self) -> Vec<u32> {
        let own =
            |name: &str| name.starts_with("WebKit") && !name.starts_with("WebKitWebDriver") || name == "muster-desktop" || name == "bare";
        self.home.processes().into_iter().filter(|(_, name)| own(name)).map(|(id, _)| id).collect()
    }

    fn began(&self, name: &str) -> Result<f64> {
        let processes = self.home.processes();
        let (id, _) = processes.iter().find(|(_, known)| known == name).context("the program runs")?;
        began(*id)
    }

    /// Proportional memory of all its processes, in megabytes.
    fn memory(&self) -> f64 {
        let pss = |id: u32| {
            let text = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
            let line = text.lines().find_map(|line| line.strip_prefix("Pss:")).unwrap_or("0 kB");
            line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0)
        };
        self.own().into_iter().map(pss).sum::<f64>() / 1024.0
    }

    async fn close(mut self) -> Result<()> {
        self.driver.quit().await?;
        self.home.end_all();
        self.relay.wait()?;
        Ok(())
    }
}

/// When a process began, in milliseconds since 1970, to the kernel's 10 ms.
fn began(process: u32) -> Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let after_name = stat.rsplit_once(") ").context("stat has a name")?.1;
    let ticks: f64 = after_name.split(' ').nth(19).context("stat has a start")?.parse()?;
    let uptime = std::fs::read_to_string("/proc/uptime")?;
    let up: f64 = uptime.split(' ').next().context("uptime")?.parse()?;
    Ok(now() - (up - ticks / 100.0) * 1e3)
}

fn now() -> f64 {
    #[expect(clippy::disallowed_methods, reason = "the bench measures real time")]
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64() * 1e3)
}

fn middle(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

fn program(name: &str) -> Result<PathBuf> {
    let folder = std::env::current_exe()?.parent().context("a program lies in a folder")?.to_owned();
    let program = if name == "bare" { folder.join("examples/bare") } else { folder.join(name) };
    if program.is_file() { Ok(program) } else { bail!("{} is not built", program.display()) }
}

/// Measures start, memory, hotkey and opening.
pub async fn rows(folder: &Path) -> Result<Vec<Row>> {
    let rig = Rig::start().await?;
    let kept = folder.join("window");
    std::fs::create_dir_all(&kept)?;
    let (long, longer) = fill(&kept).await?;
    let mut rows = start(&rig, &kept).await?;
    rows.push(hotkey(&rig, &kept).await?);
    rows.extend(open(&rig, &kept, long, longer).await?);
    Ok(rows)
}

/// A home after some years, with two incidents of 10,000 and 100,000 entries.
async fn fill(folder: &Path) -> Result<(IncidentId, IncidentId)> {
    let database = folder.join("muster.db");
    let engine = declare::open(&database)?;
    let ids = seed::fill(&engine, INCIDENTS, NOTES - 2).await?;
    for id in ids.iter().skip(6) {
        engine.submit(seed::command(Act::Incident(*id, IncidentCommand::SetStatus(domain::Status::Closed)))).await?;
    }
    let long = seed::fill(&engine, 1, 10_000).await?[0];
    let longer = seed::fill(&engine, 1, 100_000).await?[0];
    engine.stop().await;
    Ok((long, longer))
}

fn home_with(kept: &Path) -> Result<Home> {
    let home = Home::create()?;
    std::fs::create_dir_all(home.path())?;
    std::fs::copy(kept.join("muster.db"), home.path().join("muster.db"))?;
    Ok(home)
}

async fn start(rig: &Rig, kept: &Path) -> Result<Vec<Row>> {
    let (muster, bare) = (program("muster-desktop")?, program("bare")?);
    let (mut times, mut bare_times, mut memory, mut bare_memory) = (vec![], vec![], vec![], vec![]);
    for _ in 0..STARTS {
        let page = Page::open(rig, &bare, Home::create()?, &[]).await?;
        bare_times.push(page.mark("usable", 0.0).await? - page.began("bare")?);
        bare_memory.push(page.memory());
        page.close().await?;
        let page = Page::open(rig, &muster, home_with(kept)?, &[]).await?;
        page.turn_to("index.html").await?;
        times.push(page.mark("watch-shown", 0.0).await? - page.began("muster-desktop")?);
        page.turn_to("declare.html").await?;
        memory.push(page.memory());
        page.close().await?;
    }
    Ok(vec![
        Row::new(
            "start to usable Watch, 1,000 incidents, 300,000 events",
            "a bare Tauri window",
            (middle(times), middle(bare_times)),
            "ms",
            Aim::AtMost(1.4),
        ),
        Row::new(
            "memory (PSS of all processes, warm declare window)",
            "a bare Tauri window",
            (middle(memory), middle(bare_memory)),
            "MB",
            Aim::AtMost(1.45),
        ),
    ])
}

async fn hotkey(rig: &Rig, kept: &Path) -> Result<Row> {
    let mut middles = vec![];
    for (name, part, environment) in [("muster-desktop", "declare.html", vec![]), ("bare", " 660", vec![("BARE_HOTKEY", "1")])] {
        let page = Page::open(rig, &program(name)?, home_with(kept)?, &environment).await?;
        page.turn_to(part).await.with_context(|| format!("the declare window of {name}"))?;
        let mut samples = Samples::default();
        for _ in 0..TIMES {
            let pressed = now();
            rig.press("ctrl+alt+shift+m")?;
            let focused = page.mark("declare-focused", pressed).await?;
            samples.push(Duration::from_secs_f64((focused - pressed).max(0.0) / 1e3));
            hide(rig, &page, name).await?;
        }
        middles.push(samples.quantile(0.5));
        page.close().await?;
    }
    Ok(Row::new(
        "hotkey pressed to declare field focused, p50",
        "the same window, no app around it",
        (middles[0], middles[1]),
        "ms",
        Aim::AtMost(1.3),
    ))
}

/// Takes the declare window away again: ours by Escape, the bare one by the window manager.
async fn hide(rig: &Rig, page: &Page, name: &str) -> Result<()> {
    if name == "bare" {
        rig.desktop().ask("xdotool", &["search", "--onlyvisible", "--name", "^Bare declare$", "windowunmap", "--sync"])?;
    } else {
        rig.press("Escape")?;
    }
    wait::until("the declare window hidden", wait::SOON, async || {
        Ok(page.script("return document.hasFocus()", vec![]).await?.as_bool().filter(|has| !has))
    })
    .await
    .map(drop)
}

async fn open(rig: &Rig, kept: &Path, long: IncidentId, longer: IncidentId) -> Result<Vec<Row>> {
    let page = Page::open(rig, &program("muster-desktop")?, home_with(kept)?, &[]).await?;
    page.turn_to("index.html").await?;
    page.mark("watch-shown", 0.0).await?;
    let answer = kept.join("answer.json");
    let first = json!({"op": "incident.timeline", "params": {"incident": long.to_string()}});
    let ask = "const done = arguments[1]; globalThis.__TAURI_INTERNALS__.invoke('rpc', arguments[0]).then(done, done)";
    let first = page.driver.execute_async(ask, vec![first]).await?.json().clone();
    std::fs::write(&answer, serde_json::to_vec(&first)?)?;
    let (mut in_long, mut in_longer) = (Samples::default(), Samples::default());
    for _ in 0..TIMES {
        for (id, samples) in [(long, &mut in_long), (longer, &mut in_longer)] {
            let row = format!("row-{id}");
            wait::until("the incident in the list", wait::SOON, async || {
                Ok(page
                    .script("return document.getElementById(arguments[0]) !== null", vec![row.clone().into()])
                    .await?
                    .as_bool()
                    .filter(|is| *is))
            })
            .await?;
            let click =
                "const begun = performance.timeOrigin + performance.now(); document.getElementById(arguments[0]).click(); return begun";
            let begun = page.script(click, vec![row.into()]).await?;
            let begun = begun.as_f64().context("a time")?;
            let shown = page.mark("room-shown", begun).await?;
            samples.push(Duration::from_secs_f64((shown - begun).max(0.0) / 1e3));
            let back = "[...document.querySelectorAll('nav button, nav a')].find((way) => way.textContent.includes('Watch')).click()";
            page.script(back, vec![]).await?;
            page.mark("watch-shown", shown).await?;
        }
    }
    page.close().await?;
    let answer = answer.to_string_lossy().into_owned();
    let bare = Page::open(rig, &program("bare")?, Home::create()?, &[("BARE_ANSWER", &answer)]).await?;
    bare.mark("usable", 0.0).await?;
    let mut in_bare = Samples::default();
    for _ in 0..TIMES {
        let script = "const begun = performance.timeOrigin + performance.now(); globalThis.showAnswer('incident.timeline', {incident: 'INC-0000'}); return begun";
        let begun = bare.script(script, vec![]).await?.as_f64().context("a time")?;
        let shown = bare.mark("answer-shown", begun).await?;
        in_bare.push(Duration::from_secs_f64((shown - begun).max(0.0) / 1e3));
    }
    bare.close().await?;
    let (ten, hundred, floor) = (in_long.quantile(0.5), in_longer.quantile(0.5), in_bare.quantile(0.5));
    Ok(vec![
        Row::new(
            "open an incident with 10,000 entries, first screen, p50",
            "a page and its JSON by rpc",
            (ten, floor),
            "ms",
            Aim::AtMost(3.0),
        ),
        Row::new("open an incident with 100,000 entries, first screen, p50", "itself with 10,000", (hundred, ten), "ms", Aim::AtMost(1.3)),
    ])
}
