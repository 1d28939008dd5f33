//! "I know", said by a key from anywhere: the storm that goes on is held and counted. It answers with a notice, for there is no
//! window in front, and never pretends: what was refused is said too.

use super::notices::Notices;
use super::{HomeDoor, windows};
use crate::caller;
use api::dto::{InboxView, Nothing, SetStorm};
use api::{ApiError, Code, Request};
use domain::{Timestamp, Via};
use engine::ports::Clock as _;
use home::SystemClock;
use std::sync::Arc;
use tauri::{AppHandle, Manager as _};

/// What breaks through, in the words of the window.
const BREAKS_THROUGH: &str = "A new service, a worse alert or an end still sounds.";

/// Says it to the storm that goes on.
pub fn know(app: &AppHandle) {
    let (app, door) = (app.clone(), app.state::<Arc<HomeDoor>>().inner().clone());
    tauri::async_runtime::spawn(async move {
        let (summary, body) = match hold(&door).await {
            Ok(inbox) => held(&inbox, SystemClock.now()),
            Err(refusal) => refused(&refusal),
        };
        if let Err(why) = app.state::<Arc<Notices>>().say(&summary, &body).await {
            tracing::warn!(why, "answer to the storm key not shown");
            windows::show_main(&app);
        }
    });
}

async fn hold(door: &HomeDoor) -> Result<InboxView, ApiError> {
    let by_key = || caller::me(Via::Hotkey);
    door.call(by_key(), Request::StormSet(SetStorm { on: true, minutes: None })).await?;
    let inbox = door.call(by_key(), Request::InboxOp(Nothing {})).await?;
    serde_json::from_value(inbox).map_err(|fault| ApiError::new(Code::Internal, fault.to_string()))
}

fn held(inbox: &InboxView, now: Timestamp) -> (String, String) {
    const MINUTE_MS: i64 = 60_000;
    let minutes = inbox.storm_until.map_or(0, |until| (until.since(now) + MINUTE_MS - 1) / MINUTE_MS);
    let alerts = if inbox.storm_held == 1 { "One alert is".to_owned() } else { format!("{} alerts are", inbox.storm_held) };
    (format!("The storm is held for {minutes} min"), format!("{alerts} counted, none lost. {BREAKS_THROUGH}"))
}

fn refused(refusal: &ApiError) -> (String, String) {
    let body = format!("{} {}", refusal.message, refusal.hint.as_deref().unwrap_or_default());
    let summary = if refusal.code == Code::Refused { "No storm to hold" } else { "The storm is not held" };
    (summary.to_owned(), body.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_storm_is_said_calmly_and_a_fault_as_one() {
        let none = ApiError::new(Code::Refused, "Nothing fires, so there is no storm.");
        assert_eq!(refused(&none), ("No storm to hold".into(), "Nothing fires, so there is no storm.".into()));
        let full = ApiError::new(Code::NotSaved, "The disk is full.").hint("Make room.");
        assert_eq!(refused(&full), ("The storm is not held".into(), "The disk is full. Make room.".into()));
    }
}
