//! A notice in the words of the freedesktop specification: urgency, sound, buttons, and how long it stays.

use super::text;
use crate::shell::bus::Server;
use domain::notices::Notice;
use domain::{Loudness, Sound};
use notify_rust::{Notification, Timeout};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

/// The drill's button.
const HERE: &str = "I am here";

/// What all our notices have in common.
pub struct Face {
    /// A file with the app's icon, once there is one.
    pub icon: OnceLock<PathBuf>,
    /// The demonstration never looks like a real alarm.
    pub demo: bool,
}

impl Face {
    /// The notice, for this notification service.
    pub fn message(&self, notice: &Notice, server: &Server) -> Notification {
        let mut message = self.blank(notice.loudness, notice.sound);
        message.summary(&text::summary(&self.marked(&notice.summary)));
        message.body(&text::body(&notice.body, server.can("body-markup")));
        if server.can("actions") {
            message.action("default", "Open");
            for button in &notice.buttons {
                message.action(button.key(), button.label());
            }
        }
        message
    }

    /// The notice by which a person proves that they are reached, within this time.
    pub fn drill(&self, server: &Server, within: Duration) -> Notification {
        let mut message = self.blank(Loudness::Critical, Sound::Bell);
        message.summary(&self.marked("Drill: can Muster reach you?"));
        let seconds = within.as_secs();
        let says =
            format!("Nothing is broken. Click within {seconds} s: a SEV1 would look and sound like this, and stay until you act on it.");
        message.body(&text::body(&says, server.can("body-markup")));
        if server.can("actions") {
            message.action("default", HERE);
            message.action("here", HERE);
        }
        message
    }

    /// A word that asks for nothing.
    pub fn word(&self, summary: &str, body: &str, server: &Server) -> Notification {
        let mut message = self.blank(Loudness::Normal, Sound::None);
        message.summary(&text::summary(&self.marked(summary)));
        message.body(&text::body(body, server.can("body-markup")));
        message
    }

    fn marked(&self, summary: &str) -> String {
        if self.demo { format!("Demo: {summary}") } else { summary.to_owned() }
    }

    fn blank(&self, loudness: Loudness, sound: Sound) -> Notification {
        let mut message = Notification::new();
        message.appname("Muster");
        if let Some(icon) = self.icon.get().and_then(|icon| icon.to_str()) {
            message.icon(icon);
        }
        // Zero: until somebody acts on it.
        message.timeout(if loudness == Loudness::Critical { Timeout::Never } else { Timeout::Default });
        hint(&mut message, loudness, sound);
        message
    }
}

#[cfg(target_os = "linux")]
fn hint(message: &mut Notification, loudness: Loudness, sound: Sound) {
    use notify_rust::{Hint, Urgency};
    message.hint(Hint::DesktopEntry("org.muster.desktop".into()));
    message.urgency(match loudness {
        Loudness::Critical => Urgency::Critical,
        Loudness::Normal => Urgency::Normal,
        Loudness::Low | Loudness::None => Urgency::Low,
    });
    message.hint(match sound {
        Sound::Bell => Hint::SoundName("bell".into()),
        Sound::Chime => Hint::SoundName("message-new-instant".into()),
        Sound::None => Hint::SuppressSound(true),
    });
}

#[cfg(not(target_os = "linux"))]
fn hint(message: &mut Notification, _: Loudness, sound: Sound) {
    match sound {
        Sound::Bell | Sound::Chime => drop(message.sound_name("Default")),
        Sound::None => {}
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use domain::notices::{About, NoticeButton};
    use domain::{IncidentId, IncidentRef, Severity};
    use notify_rust::{Hint, Urgency};

    fn face(demo: bool) -> Face {
        Face { icon: OnceLock::new(), demo }
    }

    fn server(can: &[&str]) -> Server {
        Server { name: "test".into(), can: can.iter().map(|can| (*can).to_owned()).collect(), run: String::new() }
    }

    fn notice(loudness: Loudness, sound: Sound) -> Notice {
        Notice {
            about: About::Incident { id: IncidentId(uuid::Uuid::nil()), reference: IncidentRef("INC-7K3F".into()) },
            severity: Severity::Sev1,
            summary: "SEV1 <b>Checkout</b> & more".into(),
            body: "INC-7K3F, declared just now, <i>nobody</i> commands.".into(),
            loudness,
            sound,
            buttons: vec![NoticeButton::TakeCommand, NoticeButton::Open],
        }
    }

    #[test]
    fn critical_stays_and_rings_as_its_rule_says() {
        let message = face(false).message(&notice(Loudness::Critical, Sound::Bell), &server(&["actions"]));
        assert_eq!(message.timeout, Timeout::Never);
        assert!(message.hints.contains(&Hint::Urgency(Urgency::Critical)));
        assert!(message.hints.contains(&Hint::SoundName("bell".into())));
        assert_eq!(message.actions, ["default", "Open", "take_command", "Take command", "open", "Open"]);
    }

    #[test]
    fn a_quiet_rule_makes_no_sound_and_goes_by_itself() {
        let message = face(false).message(&notice(Loudness::Normal, Sound::None), &server(&["actions"]));
        assert_eq!(message.timeout, Timeout::Default);
        assert!(message.hints.contains(&Hint::Urgency(Urgency::Normal)));
        assert!(message.hints.contains(&Hint::SuppressSound(true)));
        assert!(face(false).message(&notice(Loudness::Low, Sound::None), &server(&[])).hints.contains(&Hint::Urgency(Urgency::Low)));
    }

    #[test]
    fn words_are_escaped_where_the_service_reads_markup() {
        let message = face(false).message(&notice(Loudness::Critical, Sound::Bell), &server(&["body-markup"]));
        assert_eq!(message.body, "INC-7K3F, declared just now, &lt;i&gt;nobody&lt;/i&gt; commands.");
        assert_eq!(message.summary, "SEV1 <b>Checkout</b> & more", "the first line is never markup");
        assert!(message.actions.is_empty(), "a service without buttons is given none");
    }

    #[test]
    fn the_demo_never_looks_like_a_real_alarm() {
        let message = face(true).message(&notice(Loudness::Critical, Sound::Bell), &server(&[]));
        assert!(message.summary.starts_with("Demo: "));
    }
    #[test]
    fn a_drill_is_marked_as_one_and_as_loud_as_a_sev1() {
        let message = face(false).drill(&server(&["actions"]), Duration::from_secs(60));
        assert!(message.summary.starts_with("Drill: ") && message.body.contains("Nothing is broken."), "{message:?}");
        assert!(message.hints.contains(&Hint::Urgency(Urgency::Critical)) && message.timeout == Timeout::Never);
        assert_eq!(message.actions, ["default", "I am here", "here", "I am here"], "a click anywhere counts");
        assert!(face(false).drill(&server(&[]), Duration::from_secs(60)).actions.is_empty());
    }
}
