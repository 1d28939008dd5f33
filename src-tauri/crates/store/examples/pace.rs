//! Tells what the store itself costs for each thing the engine asks of it, besides the sync that ends a transaction.
//! Prints; judges nothing. `cargo run -p store --example pace [EVENTS]`

use domain::alerts::{AlertEvent, Opened};
use domain::incidents::{Declared, IncidentEvent};
use domain::{
    AlertSeverity, DeviceId, Entry, Event, EventId, GroupId, Handle, IncidentId, IncidentRef, Severity, SourceName, Subject, Timestamp, Via,
};
use std::time::{Duration, Instant};
use store::{Batch, Draft, Opening, StoreError, TimelineKinds, TimelineQuery, Writer, open};
use uuid::Uuid;

/// Things in one transaction.
const BATCH: u64 = 250;

struct Pace {
    writer: Writer,
    path: std::path::PathBuf,
    dice: u128,
    now: Timestamp,
}

impl Pace {
    fn uuid(&mut self) -> Uuid {
        self.dice += 1;
        Uuid::from_u128((self.dice << 80) | 0x7000_8000_0000_0000_0000)
    }

    fn draft(&mut self, subject: Subject, event: impl Into<Event>, entry: &Entry) -> Draft {
        self.now = self.now.plus_millis(3);
        let (id, salt) = (EventId(self.uuid()), *self.uuid().as_bytes());
        Draft { id, subject, occurred_at: self.now, entry: entry.clone(), parents: vec![], event: event.into(), salt }
    }

    /// Time of each of `count` things, syncs left out.
    fn time(
        &mut self,
        what: &str,
        count: u64,
        mut one: impl FnMut(&mut Self, u64) -> Box<dyn Fn(&mut Batch<'_>) -> Result<(), StoreError>>,
    ) {
        let mut spent = Duration::ZERO;
        for start in (0..count).step_by(BATCH as usize) {
            let works: Vec<_> = (start..(start + BATCH).min(count)).map(|number| one(self, number)).collect();
            let mut batch = self.writer.batch().expect("a transaction begins");
            let begun = Instant::now();
            for work in works {
                batch.savepoint(|batch| work(batch)).expect("done");
            }
            spent += begun.elapsed();
            batch.commit().expect("on disk");
            self.writer.checkpoint_if_large().expect("checkpoint");
        }
        println!("{what:<44}{:>9.1} µs", spent.as_secs_f64() * 1e6 / count as f64);
    }
}

fn opened(number: u64) -> Opened {
    Opened {
        source: SourceName("am".into()),
        key: format!("{number:016x}"),
        episode: "2023-11-14T22:13:20Z".into(),
        group_key: format!("group {}", number / 50),
        group_title: "HighErrorRate".into(),
        title: "Error rate is over 5 %".into(),
        severity: AlertSeverity::Critical,
        started_at: Timestamp(1),
        labels: (0..8).map(|label| (format!("label{label}"), format!("value {number}"))).collect(),
        annotations: [("summary".to_owned(), "Error rate is over 5 % for ten minutes".to_owned())].into(),
        link: None,
        service: None,
        rules: vec![],
    }
}

fn declared(number: u64) -> IncidentEvent {
    IncidentEvent::Declared(Declared {
        reference: IncidentRef::from_bits(number, 5),
        title: "Checkout returns 502 for customers in the EU".into(),
        severity: Severity::Sev2,
        services: vec![],
        commander: Some(Handle("dana".into())),
        groups: vec![],
        detected_at: Timestamp(1),
        drill: false,
        private: false,
    })
}

fn main() {
    let count = std::env::args().nth(1).and_then(|typed| typed.parse().ok()).unwrap_or(20_000_u64);
    let folder = tempfile::tempdir().expect("a folder");
    let opening = Opening { path: folder.path().join("muster.db"), device: DeviceId(Uuid::from_u128(1)), now: Timestamp(1) };
    let (writer, _) = open(&opening).expect("opens");
    let mut pace = Pace { writer, path: opening.path.clone(), dice: 0, now: Timestamp(1_700_000_000_000) };
    let (machine, dana) = (Entry::machine("am", Via::Alertmanager), Entry::by(Handle("dana".into()), Via::Window));
    let am = || SourceName("am".into());
    let groups: Vec<GroupId> = (0..count / 50 + 1).map(|_| GroupId(pace.uuid())).collect();
    pace.time("new alert (look up, group, record, sight)", count, |pace, number| {
        let alert = opened(number);
        let draft = pace.draft(Subject::Group(groups[number as usize / 50]), AlertEvent::Opened(alert.clone()), &machine);
        let now = pace.now;
        Box::new(move |batch| {
            batch.alert(&alert.source, &alert.key)?;
            batch.current_group(&alert.source, &alert.group_key, now)?;
            batch.append(draft.clone(), now)?;
            batch.sight(&alert.source, &alert.key, now, Some(now.plus_secs(300)))?;
            batch.incident_of_group(groups_of(&draft))?;
            Ok(())
        })
    });
    pace.time("repeat (look up, sight)", count, |pace, number| {
        let (key, now) = (format!("{:016x}", number * 7919 % count), pace.now.plus_secs(60));
        Box::new(move |batch| {
            batch.alert(&am(), &key)?;
            batch.sight(&am(), &key, now, Some(now.plus_secs(300)))
        })
    });
    pace.time("declare", count / 20, |pace, number| {
        let incident = IncidentId(pace.uuid());
        let (draft, effect) = (pace.draft(Subject::Incident(incident), declared(number), &dana), EventId(pace.uuid()));
        let now = pace.now;
        Box::new(move |batch| {
            batch.append(draft.clone(), now)?;
            batch.plan_notice(incident, effect, now)?;
            batch.remember_once(&effect.to_string(), Some(incident), None, 1, now)
        })
    });
    let incident = IncidentId(pace.uuid());
    let draft = pace.draft(Subject::Incident(incident), declared(u64::MAX), &dana);
    let now = pace.now;
    let mut batch = pace.writer.batch().expect("a transaction begins");
    batch.append(draft, now).expect("recorded");
    batch.commit().expect("on disk");
    pace.time("note", count, |pace, number| {
        let event = IncidentEvent::Noted { text: format!("note {number}: rolled back, errors fall"), pinned: false };
        let draft = pace.draft(Subject::Incident(incident), event, &dana);
        let now = pace.now;
        Box::new(move |batch| batch.append(draft.clone(), now).map(drop))
    });
    pace.time("nothing, in a savepoint", count, |_, _| Box::new(|_| Ok(())));
    questions(&mut pace, &opening, incident);
    alone(&mut pace, &dana);
    drop(pace);
    let begun = Instant::now();
    let opened = open(&opening).expect("opens");
    println!("{:<44}{:>9.1} ms", "open after a clean end", begun.elapsed().as_secs_f64() * 1e3);
    drop(opened);
}

/// One declaration in one transaction, as a person makes it: time with its sync, and what it writes to the log.
fn alone(pace: &mut Pace, dana: &Entry) {
    pace.writer.checkpoint_truncate().expect("an empty log");
    let path = format!("{}-wal", pace.path.display());
    let log = || std::fs::metadata(&path).map_or(0, |file| file.len() / 1024);
    let mut times = vec![];
    for number in 0..50 {
        let incident = IncidentId(pace.uuid());
        let (draft, effect, now) =
            (pace.draft(Subject::Incident(incident), declared(1 << 20 | number), dana), EventId(pace.uuid()), pace.now);
        let begun = Instant::now();
        let mut batch = pace.writer.batch().expect("a transaction begins");
        batch.append(draft, now).expect("recorded");
        batch.plan_notice(incident, effect, now).expect("planned");
        batch.commit().expect("on disk");
        times.push(begun.elapsed());
    }
    times.sort();
    let written = log() / 50;
    println!("{:<44}{:>9.1} µs, {written} KiB of log", "declare alone, synced, p50", times[25].as_secs_f64() * 1e6);
}

fn groups_of(draft: &Draft) -> GroupId {
    match draft.subject {
        Subject::Group(group) => group,
        Subject::Home | Subject::Incident(_) => GroupId(Uuid::nil()),
    }
}

fn questions(pace: &mut Pace, opening: &Opening, incident: IncidentId) {
    fn told<T>(what: &str, work: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let done = work();
        println!("{what:<44}{:>9.1} ms", begun.elapsed().as_secs_f64() * 1e3);
        done
    }
    told("search takes in all", || pace.writer.drain_search(usize::MAX).expect("drained"));
    let (_, readers) = told("open, a log to move", || open(opening).expect("opens"));
    let reader = told("first reader", || readers.get().expect("a reader"));
    let query = TimelineQuery { incident, before: None, limit: 100, kinds: TimelineKinds::All, as_of: None };
    told("newest 100 entries", || reader.timeline(&query).expect("a page"));
    told("newest 100 entries, again", || reader.timeline(&query).expect("a page"));
    told("newest 100 by machines (none)", || {
        reader.timeline(&TimelineQuery { kinds: TimelineKinds::Machine, ..query.clone() }).expect("a page")
    });
    told("newest 100 entries as of now", || reader.timeline(&TimelineQuery { as_of: Some(pace.now), ..query.clone() }).expect("a page"));
    told("groups that wait, newest 100", || {
        reader.groups(&store::GroupFilter { waiting_only: true, incident: None, limit: 100 }).expect("groups")
    });
    told("verify all", || reader.verify(None).expect("verified"));
    drop(reader);
    told("rebuild", || pace.writer.rebuild().expect("rebuilt"));
    println!("{} events, {} KiB", pace.writer.seq(), std::fs::metadata(&opening.path).map_or(0, |file| file.len() / 1024));
}
