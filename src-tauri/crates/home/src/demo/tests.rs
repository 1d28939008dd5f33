//! The demonstration is what it claims: a whole quarter, told without a slip, the same in every performance.

mod book;
mod craft;

use super::*;
use domain::home::Home;
use domain::incidents::Incident;
use domain::{Event, Means, Severity, Status, Via};
use std::collections::BTreeSet;
use store::{GroupFilter, GroupState, IncidentFilter, ReaderGuard, TimelineKinds, TimelineQuery, TimelineRow};
use tempfile::TempDir;

/// 09:20 on a Tuesday, UTC: early in the day, so that "two days ago" still fits before it.
const NOW: Timestamp = Timestamp(1_773_134_400_000);

struct Stage {
    reader: ReaderGuard,
    home: Home,
    _folder: TempDir,
}

async fn performed(now: Timestamp) -> Stage {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let rooms = Rooms::make(temporary.path()).expect("made");
    make(&rooms, now).await.expect("the story plays to its end");
    assert!(Machine::of(&rooms.folder).is_demo(), "it is marked as the demonstration");
    let opening = store::Opening { path: rooms.database(), device: props::Dice::default().device(now), now };
    let (mut writer, readers) = store::open(&opening).expect("it opens again");
    Stage { reader: readers.get().expect("reads"), home: writer.home().expect("the home"), _folder: temporary }
}

impl Stage {
    fn incidents(&self) -> Vec<Incident> {
        let all = IncidentFilter { open_only: false, severity: None, service: None, since: None, limit: 100 };
        self.reader.incidents(&all).expect("incidents")
    }

    fn timeline(&self, incident: &Incident) -> Vec<TimelineRow> {
        let query = TimelineQuery { incident: incident.id, before: None, limit: 500, kinds: TimelineKinds::All, as_of: None };
        self.reader.timeline(&query).expect("timeline")
    }
}

#[test]
fn everybody_has_a_name_and_every_line_its_place() {
    let stories = story::read().expect("the data parses");
    assert_eq!((stories.incident.len(), stories.open.len(), stories.triage.len()), (30, 2, 6));
    let told = stories.incident.iter().map(|past| &past.told).chain(stories.open.iter().map(|open| &open.told));
    for told in told {
        let notes = told.notes.iter().map(|note| &note.who);
        let people = notes.chain(told.roles.iter().map(|part| &part.who)).chain(told.turns.iter().map(|turn| &turn.who));
        let pasted = told.paste.iter().flat_map(|paste| paste.lines.iter().map(|line| &line.who).chain([&paste.by]));
        for who in people.chain(pasted).chain([&told.by, &told.typist, told.commander()]) {
            assert!(stories.people.contains_key(who), "@{who} of {:?} has a name", told.title);
        }
        assert!(told.notes.is_sorted_by_key(|note| note.minute), "the notes of {:?} lie in order", told.title);
        assert!(told.turns.is_sorted_by_key(|turn| turn.minute), "the turns of {:?} lie in order", told.title);
    }
    for past in &stories.incident {
        let steps: Vec<i64> = past.steps.into_iter().filter(|minute| *minute > 0).collect();
        assert!(past.steps[0] > 0 && steps.is_sorted(), "the steps of {:?} lie in order", past.told.title);
    }
}

#[test]
fn nothing_is_said_that_a_calm_person_would_not_write() {
    let stories = story::read().expect("the data parses");
    let told = stories.incident.iter().map(|past| &past.told).chain(stories.open.iter().map(|open| &open.told));
    let said = told.flat_map(|told| {
        let turns = told.turns.iter().map(|turn| format!("{:?}", turn.said));
        let pasted = told.paste.iter().flat_map(|paste| &paste.lines).map(|line| line.text.clone());
        told.notes.iter().map(|note| note.text.clone()).chain(turns).chain(pasted).chain([told.title.clone()])
    });
    for text in said {
        let text = text.to_lowercase();
        for word in ["root cause", "blame", "fault of", "mistake", "stupid", "forgot", "!", "oops", "human error", "lorem", "todo"] {
            assert!(!text.contains(word), "{word:?} in {text:?}");
        }
    }
}

#[test]
fn scenes_lie_in_order_and_before_the_present() {
    let stories = story::read().expect("the data parses");
    for now in [NOW, NOW.plus_secs(-9 * 3600), NOW.plus_secs(14 * 3600)] {
        let scenes = script::scenes(&stories, now);
        assert!(scenes.is_sorted_by_key(|scene| scene.entered_at));
        assert!(scenes.iter().all(|scene| scene.at <= scene.entered_at && scene.entered_at < now), "nothing is told of the future");
        assert!(scenes.iter().all(|scene| now.since(scene.at) < 92 * 24 * 3_600_000), "nor of a time before the home");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quarter_is_on_record() {
    let stage = performed(NOW).await;
    let incidents = stage.incidents();
    let (open, over): (Vec<&Incident>, Vec<&Incident>) = incidents.iter().partition(|incident| incident.status.value.is_open());
    assert_eq!((open.len(), over.len()), (2, 30));
    for severity in Severity::ALL {
        assert!(over.iter().any(|incident| incident.severity.value == severity), "there is one of {severity:?}");
    }
    assert!(stage.home.alert_rules.keep_quiet(NOW), "what its rules keep quiet is quiet still");
    let cancelled = over.iter().filter(|incident| incident.status.value == Status::Cancelled).count();
    let opened_again = |incident: &&&Incident| incident.moves.windows(2).any(|pair| pair[0].to.is_resolved() && pair[1].to.is_open());
    let reopened = over.iter().filter(opened_again).count();
    assert_eq!((cancelled, reopened), (1, 1));
    for incident in &over {
        assert!(matches!(incident.command, domain::roles::Command::Confirmed(_)), "{} was commanded", incident.title.value);
        assert!(incident.running_impact().is_none(), "nobody is affected by {} any more", incident.title.value);
        assert_eq!(incident.resolved_at().is_some(), incident.status.value != Status::Cancelled);
        assert!(incident.detected_at <= incident.declared_at);
        assert!(incident.impact_started_at().is_none_or(|began| began <= incident.declared_at));
        assert!(incident.title.conflict.is_none() && incident.severity.conflict.is_none() && incident.status.conflict.is_none());
        let (_, firing) = stage.reader.group_totals_of(incident.id).expect("totals");
        assert_eq!(firing, 0, "the alerts of {} are over", incident.title.value);
    }
    let services: BTreeSet<_> = over.iter().flat_map(|incident| incident.services.iter().cloned()).collect();
    assert!(services.len() >= 7, "{services:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_are_open_and_five_groups_wait() {
    let stage = performed(NOW).await;
    let incidents = stage.incidents();
    let open: Vec<&Incident> = incidents.iter().filter(|incident| incident.status.value.is_open()).collect();
    let [second, first] = open.as_slice() else { panic!("two are open") };
    assert_eq!((first.severity.value, second.severity.value), (Severity::Sev1, Severity::Sev2));
    assert!(matches!(&first.command, domain::roles::Command::Confirmed(held) if held.person.as_str() == YOU), "you command the first");
    assert!(matches!(second.command, domain::roles::Command::Acting(_)), "nobody confirmed the second");
    assert!(stage.timeline(first).len() >= 40, "much happens in the first");
    for incident in [first, second] {
        let (alerts, firing) = stage.reader.group_totals_of(incident.id).expect("totals");
        assert!(alerts > 0 && alerts == firing && incident.running_impact().is_some(), "{} goes on", incident.title.value);
    }
    let waiting = GroupFilter { waiting_only: true, incident: None, limit: 100 };
    let waiting = stage.reader.groups(&waiting).expect("groups");
    assert_eq!(waiting.len(), 5);
    assert!(waiting.iter().all(|group| group.state() == GroupState::Waiting && group.firing > 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_was_recorded_as_it_happened_by_people_and_a_source() {
    let stage = performed(NOW).await;
    let (mut corrected, mut redacted, mut pinned, mut late, mut heard) = (0, 0, 0, 0, 0);
    for incident in stage.incidents() {
        for row in stage.timeline(&incident) {
            let envelope = &row.recorded.envelope;
            corrected += usize::from(row.corrected_text.is_some());
            redacted += usize::from(row.redaction.is_some());
            pinned += usize::from(row.pinned);
            heard += usize::from(envelope.entry.on_behalf_of.is_some());
            assert_eq!(envelope.entry.via, Via::Demo);
            let is_impact = matches!(&row.recorded.event, Some(Event::Incident(event)) if event.kind() == "incident.impact_started");
            let is_late = envelope.occurred_at < envelope.recorded_at;
            let is_pasted = envelope.entry.means == Means::Paste;
            assert!(!is_late || is_impact || is_pasted, "only impact and what was pasted is entered late: {row:?}");
            late += usize::from(is_late);
            let words = format!("{row:?}");
            assert!(!words.contains("4111"), "the card number is gone: {words}");
        }
    }
    assert_eq!((corrected, redacted), (2, 1));
    assert!(pinned >= 30 && late >= 20 && heard >= 20, "{pinned} key moments, {late} entered late, {heard} heard");
    let verified = stage.reader.verify(None).expect("verified");
    assert!(verified.ok, "{:?}", verified.first_bad);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_story_at_the_same_instant_makes_the_same_record() {
    let (first, second) = (performed(NOW).await, performed(NOW).await);
    let head = |stage: &Stage| stage.reader.verify(None).expect("verified").heads;
    assert_eq!(head(&first), head(&second), "down to the last hash");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_lies_beside_the_home_and_is_made_once() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let main = temporary.path().join("my.home");
    std::fs::create_dir(temporary.path().join("my.making")).expect("a folder that only sounds alike");
    let half = temporary.path().join("my.home-demo.making");
    std::fs::create_dir_all(half.join("logs")).expect("left by a crash");
    std::fs::write(half.join("muster.db"), b"half a ledger").expect("left by a crash");
    let (one, other) = tokio::join!(ensure(&main), ensure(&main));
    let made = one.expect("made");
    assert_eq!(made, other.expect("waited for"), "two who ask at once get the same one");
    assert_eq!(made, temporary.path().canonicalize().expect("exists").join("my.home-demo"));
    assert!(temporary.path().join("my.making").exists() && !half.exists() && !main.exists(), "nothing else was touched");
    let before = std::fs::metadata(made.join("muster.db")).expect("a ledger").len();
    ensure(&main).await.expect("known");
    assert_eq!(std::fs::metadata(made.join("muster.db")).expect("a ledger").len(), before, "made once");
    assert_eq!(Machine::of(&made).settings().me.as_str(), YOU);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_home_that_only_has_the_name_is_left_alone() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let taken = temporary.path().join("home-demo");
    std::fs::create_dir(&taken).expect("made");
    std::fs::write(taken.join("muster.db"), b"somebody's").expect("written");
    assert!(ensure(&temporary.path().join("home")).await.is_err(), "it says so");
    assert_eq!(std::fs::read(taken.join("muster.db")).expect("still there"), b"somebody's");
}
