//! Through which door somebody calls. Filled in here, by what was pressed; a page cannot say it of itself.

use api::dto::Caller;
use domain::Via;

/// Label of the main window.
pub const MAIN: &str = "main";
/// Label of the small declare window.
pub const DECLARE: &str = "declare";
/// Label of the small note window.
pub const NOTE: &str = "note";
/// Label of the scribe strip.
pub const STRIP: &str = "strip";

/// The home's own person, through this door.
pub const fn me(via: Via) -> Caller {
    Caller { as_name: None, for_name: None, by: None, via }
}

/// The caller behind a window.
pub fn behind(label: &str) -> Caller {
    me(if matches!(label, DECLARE | NOTE) { Via::Hotkey } else { Via::Window })
}
