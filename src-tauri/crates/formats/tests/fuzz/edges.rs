//! Words, numbers and bytes at which something may break.

use crate::dice::Dice;

/// Numbers at the ends of what fits.
pub const NUMBERS: [&str; 22] = [
    "0",
    "-0",
    "-1",
    "00",
    "1e308",
    "-1e999",
    "1e-400",
    "2147483648",
    "4294967296",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551616",
    "1795423000.000000001",
    "1795423000000000000",
    "253402300800",
    "8210266876800000",
    "-8334601228801",
    "86400",
    "1e5",
    "99999999999999999999999999999999999999999999",
];
/// Times that are none, or hardly.
pub const TIMES: [&str; 14] = [
    "0001-01-01T00:00:00Z",
    "0000-00-00T00:00:00Z",
    "9999-12-31T23:59:60Z",
    "-262143-01-01T00:00:00Z",
    "+262142-12-31T23:59:59.999999999Z",
    "2026-02-30T25:61:61+99:99",
    "2026-11-23T08:34:58.5+23:59",
    "Mon, 99 Xyz 99999 99:99:99 +9999",
    "12:60 PM",
    "24:00",
    "99:59:59,999 --> 00:00:00.000",
    "00:00:00.000 --> 99999999:00:00.000",
    "31 September",
    "gestern 0:00",
];
/// Words that mean something to some format.
pub const WORDS: [&str; 36] = [
    "\"",
    "{",
    "[",
    "]}",
    "null",
    "\\ud800",
    "\\u0000",
    "\u{202e}",
    "\u{feff}",
    "\u{2028}",
    "\u{0}",
    "resolved",
    "acknowledge",
    "&payload=",
    "%00",
    "%ff",
    "\r\n\r\n",
    "\n.\n",
    "=?utf-8?B?////?=",
    "=?x?Q?=",
    "--b",
    "boundary=",
    "charset=utf-7",
    "charset=x-none",
    "message/rfc822",
    "<a href=\"",
    "<!--",
    "&#x110000;",
    "{/a/b|/c}",
    "[[severity]]\n",
    "&a [*a,*a]",
    "<<: *shop\n",
    "!!binary ",
    "\t- ",
    "BEGIN:VCARD\n",
    ",\"\"\",",
];
/// What is no UTF-8, or only looks like it.
pub const BROKEN: [&[u8]; 9] =
    [b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x28", b"\xf0\x9f\x98", b"\xfe\xff", b"\x80", b"\x00"];
/// What giant strings are made of: one byte and several a letter, what joins with its neighbour, what is cut out.
const UNITS: [&str; 10] = ["a", "ü", "\u{301}", "👩\u{200d}", "\u{200b}", "\\u00e9", " ", "\n", "<a", "%25"];

/// A string of up to `limit` bytes, and more often a short one.
pub fn giant(limit: usize, dice: &mut Dice) -> String {
    let unit = dice.pick(&UNITS);
    let length = limit >> dice.roll(12);
    unit.repeat(length / unit.len())
}
