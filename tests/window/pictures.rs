//! The pictures of the README, from the real app on the demo home. `cargo xtask pictures` keeps them.

use anyhow::Result;
use tests::app::Home;
use tests::desktop::Rig;
use tests::window::App;

/// Watch in both themes, the room of an incident, and the declare window.
pub async fn of_the_demo(rig: &Rig) -> Result<()> {
    let app = App::start_on(rig, "pictures", Home::create()?, &["--demo"]).await?;
    app.shows("Active incidents").await?;
    app.resize(1280, 800).await?;
    for theme in ["light", "dark"] {
        app.wear(theme).await?;
        app.portrait(&format!("watch-{theme}")).await?;
    }
    app.press("button", "INC-").await?;
    app.find("tab", "Key moments").await?;
    app.portrait("incident-dark").await?;
    app.close().await?;
    // The demo leaves the hotkey to one's own home.
    let app = App::start(rig, "pictures").await?;
    app.shows("Nothing here yet").await?;
    app.hotkey().await?;
    rig.write("sev1 checkout 502s for EU @dana #payments")?;
    app.find("button", "Declare SEV1").await?;
    app.portrait("declare-dark").await?;
    app.close().await?;
    Ok(())
}
