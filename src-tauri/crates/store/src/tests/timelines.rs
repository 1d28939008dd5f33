//! Pages of a timeline: order, filters, places, what was known when; and no page reads more than itself.

use super::world::opened;
use super::*;
use crate::rows::*;
use domain::alerts::AlertEvent;
use domain::{AlertSeverity, Entry, GroupId};

fn query(incident: IncidentId) -> TimelineQuery {
    TimelineQuery { incident, before: None, limit: 100, kinds: TimelineKinds::All, as_of: None }
}

fn texts(house: &House, query: &TimelineQuery) -> Vec<String> {
    let shown = |row: &TimelineRow| match (&row.corrected_text, &row.recorded.event) {
        (Some(text), _) => text.clone(),
        (None, Some(Event::Incident(event))) => event.words().unwrap_or(event.kind()).to_owned(),
        (None, _) => "gone".to_owned(),
    };
    ask(house, |reader| reader.timeline(query)).iter().map(shown).collect()
}

#[test]
fn entries_stand_where_they_happened() {
    let mut house = House::new();
    let incident = house.declare("Checkout");
    let inside = Subject::Incident(incident);
    let first = house.note(incident, "first");
    house.note(incident, "second");
    let mut late = house.draft(inside, note("remembered later"));
    late.occurred_at = BEGIN.plus_millis(1);
    house.append(late);
    assert_eq!(texts(&house, &query(incident)), ["remembered later", "Checkout", "first", "second"], "back-dated");
    let at = house.now.plus_secs(60);
    let correction = IncidentEvent::Corrected { target: first, occurred_at: Some(at), text: Some("first, better".into()) };
    let correction = house.record(inside, correction).envelope.id;
    assert_eq!(texts(&house, &query(incident)), ["remembered later", "Checkout", "second", "first, better", "first, better"]);
    let row = ask(&house, |reader| reader.timeline(&query(incident))).pop().expect("the last one");
    assert_eq!((row.recorded.envelope.id, row.occurred_at, row.corrected_by), (first, at, Some(correction)));
    assert!(row.recorded.envelope.occurred_at < at, "the entry itself stays as it was");
}

#[test]
fn pages_follow_each_other_without_a_gap() {
    let mut house = House::new();
    let incident = house.declare("Checkout");
    let mut batch = house.draft(Subject::Incident(incident), note("0"));
    for number in 0..50 {
        // Many at one instant: the clock tells them apart.
        batch = Draft { event: note(&number.to_string()).into(), occurred_at: batch.occurred_at, ..house.draft(batch.subject, note("")) };
        house.append(batch.clone());
    }
    let whole = texts(&house, &query(incident));
    assert_eq!(whole.len(), 51);
    let (mut paged, mut before) = (vec![], None);
    loop {
        let page = TimelineQuery { before, limit: 7, ..query(incident) };
        let rows = ask(&house, |reader| reader.timeline(&page));
        let Some(first) = rows.first() else { break };
        before = Some(first.cursor().to_string().parse().expect("a place reads back"));
        paged.splice(0..0, texts(&house, &page));
    }
    assert_eq!(paged, whole);
}

#[test]
fn entries_are_counted_and_filtered() {
    let mut house = House::new();
    let incident = house.declare("Checkout");
    let inside = Subject::Incident(incident);
    let first = house.note(incident, "by a person");
    let mut machine = house.draft(inside, note("by a machine"));
    machine.entry = Entry::machine("muster", Via::System);
    house.append(machine);
    house.record(inside, IncidentEvent::Noted { text: "pinned at once".into(), pinned: true });
    house.record(inside, IncidentEvent::Pinned { target: first, pinned: true });
    let counts = |house: &House| {
        let counts = ask(house, |reader| reader.timeline_counts(incident));
        (counts.total, counts.people, counts.pinned, counts.machine)
    };
    assert_eq!(counts(&house), (4, 3, 2, 1), "a pin is no entry of its own");
    let only = |house: &House, kinds: TimelineKinds| texts(house, &TimelineQuery { kinds, ..query(incident) });
    assert_eq!(only(&house, TimelineKinds::People), ["Checkout", "by a person", "pinned at once"]);
    assert_eq!(only(&house, TimelineKinds::Machine), ["by a machine"]);
    assert_eq!(only(&house, TimelineKinds::Pinned), ["by a person", "pinned at once"]);
    assert_eq!(only(&house, TimelineKinds::One("declared".into())), ["Checkout"]);
    house.record(inside, IncidentEvent::Pinned { target: first, pinned: false });
    house.record(inside, IncidentEvent::Pinned { target: first, pinned: false });
    assert_eq!(counts(&house), (4, 3, 1, 1), "unpinned once is enough");
    assert_eq!(ask(&house, |reader| reader.timeline_counts(IncidentId(Uuid::nil()))), TimelineCounts::default());
}

#[test]
fn what_was_known_then_is_shown_as_it_was() {
    let mut house = House::new();
    let incident = house.declare("Checkout");
    let inside = Subject::Incident(incident);
    let first = house.note(incident, "first");
    let then = house.now;
    house.note(incident, "second");
    house.record(inside, IncidentEvent::Corrected { target: first, occurred_at: None, text: Some("first, better".into()) });
    house.record(inside, IncidentEvent::Pinned { target: first, pinned: true });
    let past = TimelineQuery { as_of: Some(then), ..query(incident) };
    assert_eq!(texts(&house, &past), ["Checkout", "first"]);
    let row = ask(&house, |reader| reader.timeline(&past)).pop().expect("the last one");
    assert_eq!((row.pinned, row.corrected_by), (false, None), "nobody had said so then");
    let mut back_dated = house.draft(inside, note("it was so then, but nobody knew"));
    back_dated.occurred_at = BEGIN;
    house.append(back_dated);
    assert_eq!(texts(&house, &past), ["Checkout", "first"], "cut by when it was received, not by when it happened");
    let now = TimelineQuery { as_of: Some(house.now), ..query(incident) };
    assert_eq!(ask(&house, |reader| reader.timeline(&now)), ask(&house, |reader| reader.timeline(&query(incident))), "as of now is now");
    let page = TimelineQuery { limit: 2, ..now };
    assert_eq!(
        ask(&house, |reader| reader.timeline(&page)),
        ask(&house, |reader| reader.timeline(&TimelineQuery { limit: 2, ..query(incident) }))
    );
}

#[test]
fn a_group_is_counted_as_it_was_known() {
    let mut house = House::new();
    let (group, other, incident) = (GroupId(house.uuid()), GroupId(house.uuid()), house.declare("Checkout"));
    let fire = |house: &mut House, group: GroupId, key: &str, more: u8| {
        let alert = opened(key, AlertSeverity::Error, house.now, more);
        house.record(Subject::Group(group), AlertEvent::Opened(alert));
        house.now
    };
    fire(&mut house, group, "a", 0);
    house.record(Subject::Incident(incident), IncidentEvent::GroupAttached { group, title: "Group".into() });
    let first = house.now;
    let second = fire(&mut house, group, "b", 0);
    let third = fire(&mut house, other, "a", 1);
    let counted = |at: Option<Timestamp>| {
        let rows = ask(&house, |reader| reader.timeline(&TimelineQuery { as_of: at, ..query(incident) }));
        let row = rows.last().and_then(|row| row.group.clone()).expect("a line about a group");
        (row.count, row.firing)
    };
    assert_eq!(counted(Some(first)), (1, 1));
    assert_eq!(counted(Some(second)), (2, 2));
    assert_eq!((counted(Some(third)), counted(None)), ((2, 1), (2, 1)), "one went on in another group");
}

#[test]
fn a_page_is_read_by_its_index_alone() {
    let house = House::new();
    let plan = |which: &str| {
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT seq, at, pinned, corrected_by, reworded_by, redacted_by FROM timeline WHERE incident = x'00' \
             AND {which} AND (at, hlc, seq) < (1, 2, 3) ORDER BY at DESC, hlc DESC, seq DESC LIMIT 9"
        );
        let steps: Vec<String> = house.rows(&sql).into_iter().map(|row| format!("{:?}", row[3])).collect();
        steps.join("; ")
    };
    for (which, index) in
        [("true", "timeline_page"), ("machine = 0", "timeline_page"), ("pinned = 1", "timeline_pinned"), ("kind = 'note'", "timeline_page")]
    {
        let plan = plan(which);
        assert!(plan.contains(index) && plan.contains("incident=?") && !plan.contains("TEMP B-TREE"), "{which}: {plan}");
    }
}

#[test]
fn the_head_of_an_incident_is_its_last_event() {
    let mut house = House::new();
    let incident = house.declare("Checkout");
    let last = house.note(incident, "last");
    house.declare("Another");
    let (seq, hash) = ask(&house, |reader| reader.incident_head(incident)).expect("a head");
    let row = ask(&house, |reader| reader.timeline(&query(incident))).pop().expect("the last one");
    assert_eq!((row.recorded.envelope.id, row.recorded.seq, row.hash), (last, seq, hash));
    assert_eq!(ask(&house, |reader| reader.incident_head(IncidentId(Uuid::nil()))), None);
}
