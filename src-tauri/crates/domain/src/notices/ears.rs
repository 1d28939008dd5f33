//! What the notice about hearing says: this machine is cut off, a source is silent, or what was muted has ended. One
//! notice; what can be said in one line is not said in nine.

use super::{About, Notice, NoticeButton};
use crate::home::Home;
use crate::quiet::Quiet;
use crate::{Loudness, Severity, Sound, Timestamp};

/// Composes it from how the home hears now, or `None` where it hears all it should.
pub fn compose_ears(home: &Home, now: Timestamp) -> Option<Notice> {
    if let Some(since) = home.cut_off {
        let summary = format!("This machine is cut off since {}", since.time_of_day());
        return Some(about_hearing(summary, "Nothing can be heard or sent. What is here works on.".into(), Severity::UNSURE, home));
    }
    let (name, since) = home.silent.iter().min_by_key(|(_, since)| **since)?;
    let minutes = now.since(*since).max(0) / 60_000;
    let summary = format!("{name} was last heard {minutes} min ago");
    let body = match home.silent.len() - 1 {
        0 => "It should have spoken since. Nothing it watches is known.".to_owned(),
        1 => "1 more source is silent. Nothing they watch is known.".to_owned(),
        more => format!("{more} more sources are silent. Nothing they watch is known."),
    };
    Some(about_hearing(summary, body, Severity::Sev3, home))
}

/// Composes the word that what somebody muted, or the storm somebody knew of, has ended.
pub fn compose_ended(quiet: &Quiet) -> Notice {
    Notice {
        about: About::Ears,
        severity: Severity::Sev3,
        summary: format!("Ended: {}", quiet.order.title),
        body: "It was kept quiet until now, and fires no more.".into(),
        loudness: Loudness::Normal,
        sound: Sound::None,
        buttons: vec![NoticeButton::Open],
    }
}

fn about_hearing(summary: String, body: String, severity: Severity, home: &Home) -> Notice {
    let rule = home.rule(severity);
    Notice { about: About::Ears, severity, summary, body, loudness: rule.loudness, sound: rule.sound, buttons: vec![NoticeButton::Open] }
}
