//! What the colour of an attachment says.

/// A colour's meaning.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Colour {
    /// `danger`, or a red.
    Danger,
    /// `warning`, or a yellow or orange.
    Warning,
    /// `good`, or a green.
    Good,
}

/// Reads Slack's three words, or `#rrggbb` by its hue; greys, blues and anything else mean nothing.
pub fn read(colour: &str) -> Option<Colour> {
    match colour.trim() {
        "danger" => Some(Colour::Danger),
        "warning" => Some(Colour::Warning),
        "good" => Some(Colour::Good),
        other => hue(other.strip_prefix('#').unwrap_or(other)),
    }
}

/// A hue counts where the strongest part stands out: by a fifth of the range from the weakest.
fn hue(digits: &str) -> Option<Colour> {
    let part = |at: usize| digits.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok()).map(i32::from);
    let (red, green, blue) = (part(0)?, part(2)?, part(4)?);
    if digits.len() != 6 || red.max(green).max(blue) - red.min(green).min(blue) < 51 || blue >= red.max(green) {
        return None;
    }
    // A red holds little green, a yellow much of both.
    match (red, green) {
        (red, green) if red > green && green * 2 <= red => Some(Colour::Danger),
        (red, green) if red * 10 >= green * 9 => Some(Colour::Warning),
        _ => Some(Colour::Good),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_that_tools_use() {
        for (written, meant) in [
            ("danger", Some(Colour::Danger)),
            ("warning", Some(Colour::Warning)),
            ("good", Some(Colour::Good)),
            ("#D63232", Some(Colour::Danger)),  // Grafana, firing
            ("#36a64f", Some(Colour::Good)),    // Grafana, ended
            ("#e01e5a", Some(Colour::Danger)),  // Uptime Kuma, down
            ("#2eb886", Some(Colour::Good)),    // Uptime Kuma, up
            ("a30200", Some(Colour::Danger)),   // Slack's own `danger`
            ("#daa038", Some(Colour::Warning)), // Slack's own `warning`
            ("#2eb67d", Some(Colour::Good)),
            ("#ffcc00", Some(Colour::Warning)),
            ("#ff9900", Some(Colour::Warning)),
            ("#439FE0", None),
            ("#808080", None),
            ("#fff", None),
            ("#12345é", None),
            ("purple", None),
            ("", None),
        ] {
            assert_eq!(read(written), meant, "{written:?}");
        }
    }
}
