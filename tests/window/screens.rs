//! Every screen in both themes, judged by axe, from the smallest window to the largest.

use anyhow::Result;
use tests::app::Home;
use tests::desktop::Rig;
use tests::window::App;

/// Pages of the settings, by the names in their list.
const SETTINGS: [&str; 9] = [
    "Overview",
    "Can I be reached?",
    "Appearance",
    "Keys",
    "Data and backups",
    "Notifications",
    "Severity matrix",
    "Alert sources",
    "People",
];

pub async fn nothing_serious_in_the_dark(rig: &Rig) -> Result<()> {
    all(rig, "dark").await
}

pub async fn nothing_serious_in_the_light(rig: &Rig) -> Result<()> {
    all(rig, "light").await
}

async fn all(rig: &Rig, theme: &str) -> Result<()> {
    let name = format!("screens-{theme}");
    first_run(rig, &name, theme).await?;
    let app = App::start_on(rig, &name, Home::create()?, &["--demo"]).await?;
    app.shows("This is the demo").await?;
    app.wear(theme).await?;
    for (width, height) in [(1280, 800), (960, 640), (1920, 1080)] {
        app.resize(width, height).await?;
        look(&app, &format!("watch-{width}")).await?;
    }
    app.resize(1280, 800).await?;
    app.press("button", "Incidents").await?;
    app.find("heading", "Incidents").await?;
    look(&app, "incidents").await?;
    app.press("button", "Watch").await?;
    app.press("button", "INC-").await?;
    app.find("tab", "Key moments").await?;
    for (width, height) in [(960, 640), (1920, 1080), (1280, 800)] {
        app.resize(width, height).await?;
        look(&app, &format!("incident-{width}")).await?;
    }
    app.press("button", "Settings").await?;
    for section in SETTINGS {
        app.press("button", section).await?;
        app.find("main", &format!("Settings, {section}")).await?;
        look(&app, &format!("settings-{}", section.to_lowercase().replace([' ', '?'], "-"))).await?;
    }
    app.press("button", "Watch").await?;
    for (keys, screen) in [("ctrl+k", "palette"), ("question", "keys"), ("ctrl+d", "declare-dialog")] {
        app.keys(keys).await?;
        app.find_any("dialog").await?;
        look(&app, screen).await?;
        app.keys("Escape").await?;
        app.gone("dialog").await?;
    }
    app.close().await?;
    Ok(())
}

/// A home with nothing in it, and the declare window over it: the demo leaves the hotkey to it.
async fn first_run(rig: &Rig, name: &str, theme: &str) -> Result<()> {
    let app = App::start(rig, name).await?;
    app.shows("Nothing here yet").await?;
    app.wear(theme).await?;
    look(&app, "first-run").await?;
    app.hotkey().await?;
    rig.write("sev2 checkout slow @kofi #payments")?;
    app.find("button", "Declare SEV2").await?;
    look(&app, "declare-window").await?;
    app.close().await?;
    Ok(())
}

async fn look(app: &App<'_>, screen: &str) -> Result<()> {
    app.portrait(screen).await?;
    app.judge(screen).await
}
