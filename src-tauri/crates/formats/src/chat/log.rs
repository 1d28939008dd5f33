//! Lines of a program's log. Nobody said them; a level stays in the text, and a stack trace with the line before it.

use super::lines::lines;
use super::sheet::Sheet;
use super::stamp;

/// Reads a log.
pub fn read(text: &str, sheet: &mut Sheet) {
    for line in lines(text) {
        match stamp::read(line.trim_start()) {
            Some(stamped) => {
                sheet.begin(None, stamped.said, stamped.hint);
                sheet.add(stamped.rest.trim_start_matches([' ', '\t', ':', '-', '|']).trim_end());
            }
            None if line.trim().is_empty() => {}
            None => sheet.add(line.trim_end()),
        }
    }
}
