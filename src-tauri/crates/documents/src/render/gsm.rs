//! The alphabet of short messages (3GPP TS 23.038) and how many messages a text takes. One letter outside of the alphabet
//! turns the whole text into UCS-2, of which less than half fits.

/// Most parts of one text: what phones of every network put together again in order.
pub const PARTS: usize = 3;

const BASIC: &str =
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Letters that take two places.
const EXTENDED: &str = "^{}\\[~]|€";

/// Letters that look alike in the alphabet, where there is one.
const ALIKE: &[(&str, &str)] = &[
    ("“”„«»″", "\""),
    ("‘’‚‹›′`´", "'"),
    ("–—−‐‑‒", "-"),
    ("…", "..."),
    ("·•", "-"),
    ("→", "->"),
    ("←", "<-"),
    ("×", "x"),
    ("≥", ">="),
    ("≤", "<="),
    ("≈", "~"),
    ("\u{a0}\u{2007}\u{2009}\u{202f}\t", " "),
    ("áâãāăą", "a"),
    ("ÁÀÂÃĀĂĄ", "A"),
    ("çćč", "c"),
    ("ĆČ", "C"),
    ("ďđ", "d"),
    ("ĎĐ", "D"),
    ("êëēėęě", "e"),
    ("ÈÊËĒĖĘĚ", "E"),
    ("ğ", "g"),
    ("Ğ", "G"),
    ("íîïīįı", "i"),
    ("ÍÌÎÏĪĮİ", "I"),
    ("łļľ", "l"),
    ("ŁĻĽ", "L"),
    ("ńňņ", "n"),
    ("ŃŇŅ", "N"),
    ("óôõōő", "o"),
    ("ÓÒÔÕŌŐ", "O"),
    ("řŕ", "r"),
    ("ŘŔ", "R"),
    ("śšşș", "s"),
    ("ŚŠŞȘ", "S"),
    ("ťţț", "t"),
    ("ŤŢȚ", "T"),
    ("úûūůűų", "u"),
    ("ÚÙÛŪŮŰŲ", "U"),
    ("ýÿ", "y"),
    ("ÝŸ", "Y"),
    ("źżž", "z"),
    ("ŹŻŽ", "Z"),
];

/// `text` with every letter in the alphabet that has one alike there.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match ALIKE.iter().find(|(letters, _)| letters.contains(c)) {
            Some((_, alike)) => out.push_str(alike),
            None => out.push(c),
        }
    }
    out
}

/// How many messages `text` takes.
pub fn parts(text: &str) -> usize {
    let septets: Option<Vec<usize>> = text.chars().map(septets).collect();
    match septets {
        Some(places) => packed(&places, 160, 153),
        None => packed(&text.chars().map(char::len_utf16).collect::<Vec<_>>(), 70, 67),
    }
}

fn septets(c: char) -> Option<usize> {
    if BASIC.contains(c) {
        Some(1)
    } else if EXTENDED.contains(c) {
        Some(2)
    } else {
        None
    }
}

/// Messages that letters of these widths fill: one, else parts, over whose ends no letter is broken.
fn packed(widths: &[usize], alone: usize, part: usize) -> usize {
    if widths.iter().sum::<usize>() <= alone {
        return 1;
    }
    let (mut parts, mut used) = (1, 0);
    for width in widths {
        if used + width > part {
            (parts, used) = (parts + 1, 0);
        }
        used += width;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_as_networks_count_them() {
        let cases = [
            ("a".repeat(160), 1),
            ("a".repeat(161), 2),
            ("a".repeat(306), 2),
            ("a".repeat(307), 3),
            ("€".repeat(80), 1),
            ("€".repeat(81), 2),
            // 153 is odd: a letter of two places does not begin in the last one.
            ("€".repeat(153), 3),
            ("я".repeat(70), 1),
            ("я".repeat(71), 2),
            ("я".repeat(134), 2),
            ("😀".repeat(35), 1),
            ("😀".repeat(67), 3),
        ];
        for (text, expected) in cases {
            assert_eq!(parts(&text), expected, "{} × {:?}", text.chars().count(), text.chars().next());
        }
    }

    #[test]
    fn letters_become_those_that_phones_send_cheaply() {
        assert_eq!(plain("“Łódź” – ça va…"), "\"Lodz\" - ca va...");
        assert_eq!(plain("größe"), "größe", "what the alphabet has stays");
        assert!(ALIKE.iter().all(|(_, alike)| alike.chars().all(|c| septets(c).is_some())), "each stands for letters of the alphabet");
    }
}
