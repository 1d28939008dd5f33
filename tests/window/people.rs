//! The people book and the team's rules, by keys alone.

use anyhow::{Context, Result, ensure};
use tests::desktop::Rig;
use tests::wait;
use tests::window::{App, Which};

const CSV: &str = "\
handle,name,phone,mail,zone
ravi,Ravi Menon,+49 151 0000 0001,ravi@shop.example,Europe/Berlin
mei,Mei Tan,+65 8000 0002,mei@shop.example,Asia/Singapore
jo,Jo Alvarez,,jo@shop.example,America/New_York
";

/// A CSV is pasted, seen and taken; `P` shows the code to scan and the number beside it.
pub async fn the_book_is_filled_and_rung_by_keys(rig: &Rig) -> Result<()> {
    let app = App::start(rig, "people").await?;
    app.shows("Nothing here yet").await?;
    app.keys("g e").await?;
    app.find("main", "People").await?;
    app.shows("Nobody but you").await?;
    app.judge_both("empty").await?;
    app.keys("i").await?;
    app.find("dialog", "Import people").await?;
    rig.put_on_clipboard(CSV)?;
    app.tab_to("textbox", "Or paste its text").await?;
    app.keys("ctrl+v").await?;
    app.find("button", "Preview").await?;
    app.keys("ctrl+Return").await?;
    app.shows("3 new, 0 changed, 0 the same").await?;
    app.judge_both("import").await?;
    app.keys("ctrl+Return").await?;
    app.gone("dialog").await?;
    app.shows("+65 8000 0002").await?;
    app.judge_both("book").await?;
    let listed = app.home().muster(&["person", "list"])?;
    let ravi = listed.as_array().into_iter().flatten().find(|one| one["handle"] == "ravi").context("ravi is in the book")?;
    ensure!(ravi["phone"] == "+49 151 0000 0001" && ravi["zone"] == "Europe/Berlin", "{ravi:#}");

    app.keys("f").await?;
    app.focused("textbox", "Filter people").await?;
    app.types("ravi").await?;
    app.hides("+65 8000 0002").await?;
    app.keys("Down").await?;
    app.focused("button", "@ravi").await?;
    app.keys("p").await?;
    let code = app.find("img", "Code to scan: +49 151 0000 0001").await?;
    let size = code.rect().await?;
    ensure!(size.width > 150.0 && (size.width - size.height).abs() < 2.0, "large enough for a camera: {size:?}");
    app.shows("Scan to call.").await?;
    app.judge_both("code").await?;
    app.close().await?;
    Ok(())
}

/// A cell of the severity matrix is set by arrows and a digit, for the whole home, and back by `Z`.
pub async fn the_matrix_is_edited_by_keys(rig: &Rig) -> Result<()> {
    let app = App::start(rig, "matrix").await?;
    app.shows("Nothing here yet").await?;
    let built_in = app.home().muster(&["matrix", "show"])?;
    section(&app, "Severity matrix").await?;
    app.tab_to("gridcell", "SEV").await?;
    app.keys("Down Down Down Right Right 4").await?;
    app.shows("Cosmetic, a few: SEV4 now").await?;
    app.judge_both("matrix").await?;
    let matrix = app.home().muster(&["matrix", "show"])?;
    ensure!(matrix != built_in, "{matrix:#}");
    app.keys("z").await?;
    let back = async || Ok((app.home().muster(&["matrix", "show"])? == built_in).then_some(()));
    wait::until("the built-in matrix", wait::SOON, back).await?;
    app.close().await?;
    Ok(())
}

/// Another hotkey is recorded by pressing it: what types a character is refused in place, what is taken works at once.
pub async fn a_hotkey_is_recorded_by_pressing_it(rig: &Rig) -> Result<()> {
    let app = App::start(rig, "hotkey").await?;
    app.shows("Nothing here yet").await?;
    section(&app, "Keys").await?;
    app.push("Change the hotkey to note").await?;
    app.focused("textbox", "Press the new combination").await?;
    app.keys("ctrl+alt+j").await?;
    app.shows("Ctrl Alt is AltGr on many keyboards").await?;
    app.judge_both("refused").await?;
    app.keys("ctrl+alt+shift+j").await?;
    app.find("button", "now Ctrl+Alt+Shift+J").await?;
    app.call_up("ctrl+alt+shift+j", Which::Note).await?;
    rig.press("Escape")?;
    app.put_away(Which::Note).await?;
    rig.press("ctrl+alt+shift+n")?;
    let nothing = async || Ok(!rig.is_visible(Which::Note.title())?);
    wait::throughout("the old hotkey does nothing", std::time::Duration::from_millis(500), nothing).await?;
    app.turn_to(Which::Main).await?;
    app.close().await?;
    Ok(())
}

/// Opens a page of the settings.
async fn section(app: &App<'_>, title: &str) -> Result<()> {
    app.keys("g s").await?;
    app.find("navigation", "Settings").await?;
    app.push(title).await?;
    app.find("main", &format!("Settings, {title}")).await?;
    Ok(())
}
