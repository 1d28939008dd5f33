//! The stories as scenes in the order of time, so that whatever was recorded was recorded when it happened. Pure.

use super::chat;
use super::house::{Done, Kept};
use super::lines::{Note, Part, Turn};
use super::props::{Firing, chance};
use super::story::{Open, Past, Stories, Told, Waiting};
use super::verbs::Said;
use domain::alerts::{Change, SignalState};
use domain::home::HomeEvent;
use domain::incidents::{ImpactDetail, IncidentCommand as C};
use domain::{Actor, AlertSeverity, Entry, Handle, Means, Severity, Status, Timestamp, Via};
use engine::{Declaration, PastedLine};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// When something happens, who does it, and what.
pub struct Scene {
    /// When it happens.
    pub at: Timestamp,
    /// When it is entered: later only where it is entered late.
    pub entered_at: Timestamp,
    /// Who enters it, and for whom.
    pub entry: Entry,
    /// What is done.
    pub deed: Deed,
}

/// What is done. Incidents are named by their number in the stories.
pub enum Deed {
    /// A source sends alerts, firing or over.
    Alerts(Firing, SignalState),
    /// A source tells what was done to a system.
    Changed(Change),
    /// Somebody sets something of the home.
    Set(HomeEvent),
    /// An incident is declared, from the group of this name where there is one.
    Declare(usize, Declaration, Option<String>),
    /// Somebody does something in an incident.
    Say(usize, Said),
    /// The same, and it is a key moment.
    SayAndPin(usize, Said),
    /// Lines of a channel are pasted in.
    Paste(usize, Vec<PastedLine>),
    /// The note of this number should have said something else.
    Correct(usize, usize, String),
    /// The words of the note of this number go: why, and what stands in their place.
    Redact(usize, usize, String, String),
}

/// The scenes of all stories, the last one before `now`.
pub fn scenes(stories: &Stories, now: Timestamp) -> Vec<Scene> {
    let mut scenes = vec![];
    for (number, past) in stories.incident.iter().enumerate() {
        scenes.extend(of_past(number, past, stories, now));
    }
    for (number, open) in stories.open.iter().enumerate() {
        scenes.extend(of_open(stories.incident.len() + number, open, stories, now));
    }
    scenes.extend(stories.triage.iter().map(|waiting| of_waiting(waiting, now)));
    scenes.extend(stories.change.iter().map(|done| of_change(done, now)));
    scenes.extend(stories.quiet.iter().map(|kept| of_quiet(kept, now)));
    scenes.push(of_rules(stories, now));
    scenes.sort_by_key(|scene| scene.entered_at);
    scenes
}

/// One incident being written down: its number, its beginning, and its scenes so far.
struct Draft<'s> {
    number: usize,
    stories: &'s Stories,
    told: &'s Told,
    declared: Timestamp,
    scenes: Vec<Scene>,
}

impl Draft<'_> {
    /// The instant of minute `minute`: within it, people are not clocks.
    fn at(&self, minute: i64) -> Timestamp {
        let in_this_minute = self.scenes.iter().filter(|scene| scene.at.since(self.declared).div_euclid(MINUTE) == minute).count() as i64;
        let seconds = chance(&format!("{}/{minute}", self.told.title), 25) + in_this_minute * 7;
        self.declared.plus_millis(minute * MINUTE).plus_secs(seconds)
    }

    fn push(&mut self, at: Timestamp, entry: Entry, deed: Deed) {
        self.scenes.push(Scene { at, entered_at: at, entry, deed });
    }

    fn command(&mut self, minute: i64, who: &Handle, command: C) {
        self.say(minute, who, None, Said::plain(command));
    }

    fn say(&mut self, minute: i64, who: &Handle, heard: Option<Means>, said: Said) {
        self.push(self.at(minute), self.by(who, heard), Deed::Say(self.number, said));
    }

    /// The entry of a person's own act, or of what was heard of them and typed by another.
    fn by(&self, who: &Handle, heard: Option<Means>) -> Entry {
        let Some(means) = heard else { return Entry::by(who.clone(), Via::Demo) };
        let typist = if *who == self.told.typist { self.told.commander() } else { &self.told.typist };
        Entry { actor: Actor::Person(typist.clone()), on_behalf_of: Some(who.clone()), means, via: Via::Demo }
    }

    /// Alerts, declaration, impact, roles, notes and turns: what past and open incidents have alike.
    fn begin(&mut self) {
        let told = self.told;
        if let Some(firing) = firing(told, self.declared) {
            self.push(firing.started, self.by(&told.by, None), Deed::Alerts(firing, SignalState::Firing { lapses_at: None }));
        }
        let declaration = Declaration {
            title: told.title.clone(),
            severity: Some(told.severity),
            services: told.services.clone(),
            commander: Some(told.commander().clone()),
            ..Declaration::default()
        };
        let group = told.alerts.as_ref().map(|(name, ..)| name.clone());
        self.push(self.declared, self.by(&told.by, None), Deed::Declare(self.number, declaration, group));
        if let Some(share) = told.share {
            self.affect(share);
        }
        for (number, Part { role, who, heard }) in told.roles.iter().enumerate() {
            let taken = C::AssignRole { role: *role, person: who.clone() };
            self.say(2 + number as i64, who, *heard, Said::Plain(Some(role.wire().to_owned()), Box::new(taken)));
        }
        for Note { minute, pinned, who, heard, text } in &told.notes {
            self.say(*minute, who, *heard, Said::plain(C::Note { text: text.clone(), pin: *pinned }));
        }
        for Turn { minute, pinned, who, heard, said, .. } in &told.turns {
            let (said, number) = (said.clone(), self.number);
            let deed = if *pinned { Deed::SayAndPin(number, said) } else { Deed::Say(number, said) };
            self.push(self.at(*minute), self.by(who, *heard), deed);
        }
        if let Some(paste) = &told.paste {
            let lines = chat::pasted(&paste.lines, &self.stories.people, self.declared);
            self.push(self.at(paste.minute), self.by(&paste.by, None), Deed::Paste(self.number, lines));
        }
    }

    /// Impact began with the alerts, or a little before somebody told us; it is entered, back-dated, with the declaration.
    fn affect(&mut self, share: f64) {
        let began = self.told.alerts.as_ref().map_or(4, |(.., before)| *before);
        let detail = ImpactDetail { share: Some(share), services: self.told.services.clone(), text: None };
        self.scenes.push(Scene {
            at: self.declared.plus_millis(-began * MINUTE),
            entered_at: self.declared.plus_secs(20),
            entry: self.by(self.told.commander(), None),
            deed: Deed::Say(self.number, Said::plain(C::StartImpact(detail))),
        });
    }

    fn move_to(&mut self, minute: i64, status: Status) {
        if minute > 0 {
            self.command(minute, self.told.commander_at(minute), C::SetStatus(status));
        }
    }

    /// What was corrected and what was taken out; the notes it is about lie before.
    fn mend(&mut self) {
        if let Some((minute, note, text)) = &self.told.correct {
            let editor = self.by(self.told.commander_at(*minute), None);
            self.push(self.at(*minute), editor, Deed::Correct(self.number, *note, text.clone()));
        }
        if let Some((minute, note, reason, masked)) = &self.told.redact {
            let editor = self.by(self.told.commander_at(*minute), None);
            self.push(self.at(*minute), editor, Deed::Redact(self.number, *note, reason.clone(), masked.clone()));
        }
    }
}

fn of_past(number: usize, past: &Past, stories: &Stories, now: Timestamp) -> Vec<Scene> {
    let told = &past.told;
    let day = now.plus_millis(-past.days * DAY).millis();
    let declared = Timestamp(day - day.rem_euclid(DAY) + past.at * MINUTE).plus_secs(chance(&told.title, 60));
    let mut draft = Draft { number, stories, told, declared, scenes: vec![] };
    draft.begin();
    let [confirmed, identified, mitigated, monitoring, resolved, closed] = past.steps;
    draft.command(confirmed, told.commander(), C::ConfirmCommand);
    draft.move_to(identified, Status::Identified);
    draft.move_to(mitigated, Status::Mitigated);
    if told.share.is_some() && mitigated > 0 {
        draft.command(mitigated, told.commander_at(mitigated), C::EndImpact);
    }
    draft.move_to(monitoring, Status::Monitoring);
    draft.move_to(resolved, if past.cancelled { Status::Cancelled } else { Status::Resolved });
    draft.move_to(closed, Status::Closed);
    draft.mend();
    if let Some(firing) = firing(told, declared) {
        let over = if mitigated > 0 { mitigated } else { resolved };
        let ended_at = declared.plus_millis(over * MINUTE).plus_secs(50);
        draft.push(ended_at, draft.by(&told.by, None), Deed::Alerts(firing, SignalState::Resolved { ended_at }));
    }
    draft.scenes
}

fn of_open(number: usize, open: &Open, stories: &Stories, now: Timestamp) -> Vec<Scene> {
    let declared = now.plus_millis(-open.ago * MINUTE);
    let mut draft = Draft { number, stories, told: &open.told, declared, scenes: vec![] };
    draft.begin();
    draft.mend();
    draft.scenes
}

fn of_waiting(waiting: &Waiting, now: Timestamp) -> Scene {
    let Waiting { name, title, service, severity, alerts, ago } = waiting;
    let started = now.plus_millis(-ago * MINUTE);
    let firing =
        Firing { name: name.clone(), title: title.clone(), service: service.clone(), severity: *severity, count: *alerts, started };
    let deed = Deed::Alerts(firing, SignalState::Firing { lapses_at: None });
    Scene { at: started, entered_at: started, entry: Entry::machine("alertmanager", Via::Alertmanager), deed }
}

fn of_change(done: &Done, now: Timestamp) -> Scene {
    let at = now.plus_millis(-done.ago * MINUTE);
    Scene { at, entered_at: at, entry: Entry::machine("alertmanager", Via::Alertmanager), deed: Deed::Changed(done.change(at)) }
}

/// Said anew three weeks ago, so that what they keep quiet is quiet still.
fn of_rules(stories: &Stories, now: Timestamp) -> Scene {
    let at = now.plus_millis(-21 * DAY);
    let entry = Entry::by(Handle("sam-platform".into()), Via::Demo);
    Scene { at, entered_at: at, entry, deed: Deed::Set(HomeEvent::RulesSet { rules: stories.rule.clone() }) }
}

fn of_quiet(kept: &Kept, now: Timestamp) -> Scene {
    let at = now.plus_millis(-kept.ago * MINUTE);
    Scene { at, entered_at: at, entry: Entry::by(kept.by.clone(), Via::Demo), deed: Deed::Set(kept.order(at)) }
}

fn firing(told: &Told, declared: Timestamp) -> Option<Firing> {
    let (name, service, count, before) = told.alerts.as_ref()?;
    Some(Firing {
        name: name.clone(),
        title: name.clone(),
        service: service.clone(),
        severity: severity_of(told.severity),
        count: *count,
        started: declared.plus_millis(-before * MINUTE),
    })
}

/// What the tool called it, where people later called it so.
const fn severity_of(severity: Severity) -> AlertSeverity {
    match severity {
        Severity::Sev1 | Severity::Sev2 => AlertSeverity::Critical,
        Severity::Sev3 => AlertSeverity::Error,
        Severity::Sev4 | Severity::Sev5 => AlertSeverity::Warning,
    }
}
