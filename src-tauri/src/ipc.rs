//! The two commands a page may call: one operation of the table, or the pushes. What a window may do is in its capability
//! file; who calls is known here, by the window's label.

use crate::caller;
use crate::shell::{self, HomeDoor, Pushes, rescue};
use api::dto::Pushed;
use api::{ApiError, Code, Group, Request};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use tauri::ipc::{Channel, CommandScope};
use tauri::{Manager as _, State, WebviewWindow};

/// One line of a capability file: `{"group": "read"}`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// What the window may touch.
    pub group: Group,
}

/// Carries out one operation for the window that asks.
#[tauri::command]
pub async fn rpc(
    window: WebviewWindow,
    scope: CommandScope<Grant>,
    door: State<'_, Arc<HomeDoor>>,
    op: String,
    params: Value,
) -> Result<Value, ApiError> {
    let granted: Vec<Group> = scope.allows().iter().map(|grant| grant.group).collect();
    if let Some(way) = rescue::Way::named(&op) {
        allow(&granted, Group::Admin, &op)?;
        return rescue::carry_out(door.inner().clone(), way, params).await;
    }
    let request = read(&op, params)?;
    allow(&granted, request.operation().group, &op)?;
    let answer = door.call(caller::behind(window.label()), request).await;
    shell::settle(window.app_handle());
    answer
}

/// Sends the window every change after `since`. A window has one subscription: a later one ends the earlier.
#[tauri::command]
pub async fn subscribe(
    window: WebviewWindow,
    pushes: State<'_, Arc<Pushes>>,
    since: u64,
    channel: Channel<Pushed>,
) -> Result<(), ApiError> {
    pushes.follow(window.label(), since, channel);
    Ok(())
}

fn allow(granted: &[Group], group: Group, op: &str) -> Result<(), ApiError> {
    if granted.contains(&group) {
        return Ok(());
    }
    Err(ApiError::new(Code::Forbidden, format!("This window may not do {op}.")).hint("Do it in the main window."))
}

/// A request from its name and parameters.
fn read(op: &str, params: Value) -> Result<Request, ApiError> {
    let refusal = |message: String| ApiError::new(Code::InvalidRequest, message).hint("Reload the window; if it stays, copy the details.");
    if op == "refused" {
        let why = params.get("why").and_then(Value::as_str).unwrap_or("The window sent something that is no operation.");
        return Err(ApiError::new(Code::InvalidRequest, why).hint("Shorten the text, or reload the window."));
    }
    if !api::OPERATIONS.iter().any(|operation| operation.name == op) {
        return Err(refusal(format!("There is no operation {op:?}.")));
    }
    let request = Value::Object([("op".to_owned(), op.into()), ("params".to_owned(), params)].into_iter().collect());
    serde_json::from_value(request).map_err(|fault| refusal(format!("The request does not fit {op}: {fault}.")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::dto::OneIncident;
    use serde_json::json;

    #[test]
    fn a_request_is_read_from_its_name_and_parameters() {
        let request = read("incident.show", json!({"incident": "INC-7K3F"})).expect("understood");
        assert_eq!(request, Request::IncidentShow(OneIncident { incident: "INC-7K3F".into() }));
        assert_eq!(read("home", json!({})).expect("understood").operation().group, Group::Read);
    }

    #[test]
    fn what_is_no_request_is_refused_with_a_sentence() {
        for (op, params) in [("incident.show", json!({})), ("incident.show", json!([])), ("no.such", json!({})), ("", json!({}))] {
            let refusal = read(op, params).expect_err("refused");
            assert_eq!(refusal.code, Code::InvalidRequest, "{refusal}");
        }
        let long = read("refused", json!({"why": "The text is too long for one message."})).expect_err("refused");
        assert_eq!(long.message, "The text is too long for one message.");
    }

    #[test]
    fn a_window_does_what_it_was_granted_and_nothing_else() {
        let granted = [Group::Read, Group::Declare];
        allow(&granted, Group::Read, "home").expect("granted");
        let refusal = allow(&granted, Group::Admin, "rebuild").expect_err("not granted");
        assert_eq!((refusal.code, refusal.message.as_str()), (Code::Forbidden, "This window may not do rebuild."));
        assert_eq!(allow(&[], Group::Read, "home").expect_err("no grant at all").code, Code::Forbidden);
    }
}
