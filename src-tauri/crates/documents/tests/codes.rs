//! QR codes are read back by a reader that is not ours.

use documents::code::{LIMIT, QUIET, rows};

/// Reads a code the way a phone does: from pixels, four a module.
fn read(rows: &[String]) -> String {
    let side = rows.len() * 4;
    let dark = |x: usize, y: usize| rows[y / 4].as_bytes()[x / 4] == b'1';
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| if dark(x, y) { 0 } else { 255 });
    let grids = picture.detect_grids();
    let (_, text) = grids.first().expect("a code is found").decode().expect("it can be read");
    text
}

#[test]
fn a_code_gives_its_text_back() {
    let card = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Jo Ruiz é\r\nTEL:+49 151 234\r\nEND:VCARD\r\n";
    for text in ["tel:+49151234", "https://meet.example.org/Muster-INC-7K3F-cqwpvcsx", card, &"long text ".repeat(40)] {
        assert_eq!(read(&rows(text).expect("it fits")), text);
    }
}

#[test]
fn a_code_is_square_and_has_its_quiet_zone() {
    let rows = rows("tel:112").expect("it fits");
    assert!(rows.iter().all(|row| row.len() == rows.len() && row.bytes().all(|module| matches!(module, b'0' | b'1'))));
    let light = |row: &String| row.bytes().all(|module| module == b'0');
    assert!(rows[..QUIET].iter().all(light) && rows[rows.len() - QUIET..].iter().all(light));
    assert!(rows.iter().all(|row| row.starts_with("0000") && row.ends_with("0000")));
    assert_eq!(&rows[QUIET][QUIET..QUIET + 8], "11111110", "the finder pattern begins after it");
}

#[test]
fn a_text_that_is_too_long_has_no_code() {
    assert!(rows(&"x".repeat(LIMIT)).is_some());
    assert_eq!(rows(&"x".repeat(LIMIT + 1)), None);
}
