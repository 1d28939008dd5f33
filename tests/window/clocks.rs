//! Clocks that are heard: a promise is called out before it is broken, by the real notification daemon.

use crate::room::Room;
use anyhow::{Context, Result, ensure};
use domain::Timestamp;
use engine::ports::Clock as _;
use tests::desktop::Rig;
use tests::system::SystemClock;

/// Time until the promised update, in seconds: four fifths of it pass in silence.
const AHEAD: i64 = 10;

/// The header counts down, the notice comes while there is time left, and what is overdue says so.
pub async fn a_promise_is_called_out_in_time(rig: &Rig) -> Result<()> {
    let dunst = rig.real_daemon().await?;
    let room = Room::open(rig, "promise", "Checkout returns 502 in Europe", &["--severity", "sev2"]).await?;
    let app = &room.app;
    let now: Timestamp = SystemClock.now();
    room.muster("update", &["promise", &now.plus_secs(AHEAD).to_string()])?;
    app.shows("due in 0:0").await?;
    app.picture("due")?;
    rig.tray_menu("update due in").await.with_context(|| format!("{:#?}", app.home().muster(&["list"])))?;
    let notice = dunst.wait(&["SEV2 Update due in", room.incident.as_str()]).await?;
    ensure!(!notice.contains("urgency: CRITICAL"), "nothing is called critical that is only running out: {notice}");
    app.picture("rung")?;
    app.shows("overdue").await?;
    app.judge_both("overdue").await?;
    let menu = rig.tray_menu("overdue").await.context("the tray says so as well")?;
    ensure!(menu.find("Declare")?.enabled && menu.find("Quit")?.enabled, "and goes on: {:?}", menu.labels());
    room.close().await?;
    dunst.end().await
}
