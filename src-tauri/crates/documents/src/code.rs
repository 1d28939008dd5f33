//! QR codes as rows of light and dark modules: how they are painted is the reader's business.

use qrcode::{Color, EcLevel, QrCode};

/// Longest text in bytes: more makes modules too small for a phone held before a screen.
pub const LIMIT: usize = 1_200;
/// Light modules around a code (ISO/IEC 18004 asks for four).
pub const QUIET: usize = 4;

/// The code of `text`, one string of `0` (light) and `1` (dark) a row, with its quiet zone; error correction M, about 15 %.
/// `None` where the text is longer than [`LIMIT`].
pub fn rows(text: &str) -> Option<Vec<String>> {
    if text.len() > LIMIT {
        return None;
    }
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let modules: Vec<char> = code.to_colors().into_iter().map(|color| if color == Color::Dark { '1' } else { '0' }).collect();
    let side = "0".repeat(QUIET);
    let blank = std::iter::repeat_n("0".repeat(width + 2 * QUIET), QUIET);
    let lines = modules.chunks(width).map(|row| format!("{side}{}{side}", row.iter().collect::<String>()));
    Some(blank.clone().chain(lines).chain(blank).collect())
}
