//! What is left out of a paste, in sentences for the person who pasted it.

use super::LINES_LIMIT;
use domain::incidents::TEXT_LIMIT;

/// Stands where a message was cut.
pub const CUT_MARK: &str = " … [cut here: an entry holds 64 KB]";
const _: () = assert!(TEXT_LIMIT == 64 * 1024, "the mark names the limit");

/// What was left out.
pub struct LeftOut {
    /// Lines of the tool's own.
    pub furniture: usize,
    /// Messages that were cut.
    pub cut: usize,
    /// Messages after the last that fits.
    pub beyond: usize,
    /// No message is left.
    pub all: bool,
}

/// A sentence for each kind.
pub fn left_out(what: &LeftOut) -> Vec<String> {
    let mut notes = vec![];
    match what.furniture {
        0 => {}
        1 => notes.push("One line of the tool's own, such as a reaction or a count of replies, was left out.".to_owned()),
        many => notes.push(format!("{many} lines of the tool's own, such as reactions and counts of replies, were left out.")),
    }
    let size = TEXT_LIMIT / 1024;
    match what.cut {
        0 => {}
        1 => notes.push(format!("One message was cut at {size} KB, and says so at its end. Attach the whole as a file.")),
        many => notes.push(format!("{many} messages were cut at {size} KB, and say so at their ends. Attach the whole as a file.")),
    }
    if what.beyond > 0 {
        let rest = what.beyond;
        notes.push(format!(
            "Only the first {LINES_LIMIT} messages were read, {rest} were not. Paste the rest next; what overlaps is added once."
        ));
    }
    if what.all {
        notes
            .push("No message was found in this text. Paste the messages themselves, with names and times where there are any.".to_owned());
    }
    notes
}
