//! What the page says: short and calm, to somebody who knows nothing of Muster.

use crate::Standing;

pub const RECEIVED_TITLE: &str = "Received";
pub const NOT_TAKEN_TITLE: &str = "Not taken";
pub const UNKNOWN_TITLE: &str = "Not found";
pub const UNKNOWN: &str = "There is no report with this reference here. Look whether it is typed as it was shown.";
pub const NO_SUCH_PAGE: &str = "This link opens nothing any more. Ask whoever gave it to you for the present one.";
pub const BROKEN: &str = "What was sent did not arrive whole. Please send it again.";
pub const NOT_SAVED: &str = "Your report could not be saved just now. Please send it again in a minute, or call.";
pub const TOO_FAST: &str = "Many reports came in a short time. Please wait a few minutes; if it cannot wait, call.";
pub const PHOTO_TOO_LARGE: &str = "The photo is larger than 5 MB. Send a smaller one, or none.";
pub const NO_PHOTO: &str = "The photo is no JPEG, PNG or WebP picture. Send another one, or none.";

/// How far a report has come, and what that means for the person who made it.
pub const fn of(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Received => ("Received", "Your report is with the people on duty. Nobody has looked at it yet."),
        Standing::Looked => ("Somebody is looking", "Somebody on duty has seen your report and is looking at it."),
        Standing::InIncident => ("Being worked on", "Your report is part of a problem that people are working on now."),
        Standing::Over => ("Over", "The problem is over, as far as is known. If you still see it, please report it again."),
    }
}
