//! Incidents for tests, folded from events as the app would record them.
#![allow(dead_code, reason = "each test file uses its own part")]

use chrono_tz::Tz;
use documents::Facts;
use domain::home::{BridgeRule, Card, Home, Person};
use domain::incidents::{
    Answer, AskEvent, BoardEvent, BoardLine, CommsEvent, Declared, HandoffEvent, ImpactDetail, Incident, IncidentEvent as E, Piece,
    TaskEvent, ThoughtEvent, evolve,
};
use domain::{
    DeviceId, Entry, Envelope, EventId, Handle, Hlc, IncidentId, IncidentRef, Means, Role, ServiceName, Severity, Subject, Timestamp, Via,
};
use uuid::Uuid;

/// 14:00 UTC on Monday 9 March 2026.
pub const START: Timestamp = Timestamp(1_773_064_800_000);

pub fn handle(name: &str) -> Handle {
    Handle(name.into())
}

/// The instant `n` minutes after the start.
pub fn minute(n: i64) -> Timestamp {
    START.plus_secs(n * 60)
}

/// An incident that grows event by event, entered by dana unless said otherwise.
#[derive(Default)]
pub struct Story {
    written: u64,
    hlc: Hlc,
    incident: Option<Incident>,
}

impl Story {
    pub fn of(declared: Declared) -> Self {
        let mut story = Self::default();
        story.tell(0, E::Declared(declared));
        story
    }

    /// Records `event` at that minute, by dana in the app.
    pub fn tell(&mut self, at: i64, event: E) -> EventId {
        self.tell_by(at, Entry::by(handle("dana"), Via::Window), event)
    }

    /// Records `event` as heard from `who`, typed by dana.
    pub fn hear(&mut self, at: i64, who: &str, means: Means, event: E) -> EventId {
        let entry = Entry { on_behalf_of: Some(handle(who)), means, ..Entry::by(handle("dana"), Via::Window) };
        self.tell_by(at, entry, event)
    }

    pub fn tell_by(&mut self, at: i64, entry: Entry, event: E) -> EventId {
        let at = minute(at);
        self.written += 1;
        self.hlc = self.hlc.tick(at);
        let envelope = Envelope {
            id: EventId(Uuid::from_u128(u128::from(self.written))),
            subject: Subject::Incident(IncidentId(Uuid::from_u128(0x1_0000))),
            occurred_at: at,
            recorded_at: at,
            device: DeviceId(Uuid::from_u128(1)),
            device_seq: self.written,
            hlc: self.hlc,
            entry,
            parents: vec![],
        };
        evolve(&mut self.incident, &envelope, &event);
        envelope.id
    }

    pub fn incident(&self) -> &Incident {
        self.incident.as_ref().expect("the story declares an incident")
    }
}

pub fn declared(title: &str, severity: Severity) -> Declared {
    Declared {
        reference: IncidentRef("INC-7K3F".into()),
        title: title.into(),
        severity,
        services: vec![ServiceName("checkout".into())],
        commander: Some(handle("dana")),
        groups: vec![],
        detected_at: START,
        drill: false,
        private: false,
    }
}

/// A SEV1 as it stands after 41 minutes: everything that a text can say is recorded once.
pub fn full() -> Story {
    let mut story = Story::of(declared("Checkout returns 502", Severity::Sev1));
    let detail =
        ImpactDetail { share: Some(30.0), services: vec![ServiceName("checkout".into())], text: Some("Cards are refused.".into()) };
    story.tell(2, E::ImpactStarted(detail));
    story.tell(3, E::CommandConfirmed {});
    let scribe = story.tell(4, E::RoleAssigned { role: Role::Scribe, person: handle("jo") });
    story.tell(5, E::Ask(AskEvent::Told { ask: scribe, place: Some("#ops".into()) }));
    let yes = AskEvent::Answered { ask: scribe, answer: Answer::Yes, words: None };
    story.hear(6, "jo", Means::Voice, E::Ask(yes));
    story.tell(7, E::RoleAssigned { role: Role::Operations, person: handle("mei") });
    story.tell(8, E::RollCalled { here: vec![handle("jo"), handle("mei")], left: vec![] });
    let deploy = story.hear(10, "mei", Means::Voice, E::Thought(ThoughtEvent::Supposed { text: "The 13:45 deploy broke checkout".into() }));
    let rules = story.tell(12, E::Thought(ThoughtEvent::Supposed { text: "The card network is down".into() }));
    story.tell(14, E::Thought(ThoughtEvent::RuledOut { hypothesis: rules, evidence: "Their status page is green".into() }));
    story.tell(20, E::Thought(ThoughtEvent::Supported { hypothesis: deploy, evidence: "Errors began with it".into() }));
    let roll_back =
        story.tell(25, E::Task(TaskEvent::Added { text: "Roll back checkout".into(), owner: handle("mei"), minutes: 25, from: None }));
    let yes = AskEvent::Answered { ask: roll_back, answer: Answer::Yes, words: Some("I roll back checkout, 25 minutes".into()) };
    story.hear(26, "mei", Means::Voice, E::Ask(yes));
    story.tell(27, E::Task(TaskEvent::Added { text: "Ask support for numbers".into(), owner: handle("ravi"), minutes: 10, from: None }));
    let decision =
        ThoughtEvent::Decided { text: "Roll back instead of forward".into(), options: vec![], risk: Some("Carts are lost".into()) };
    let decision = story.tell(29, E::Thought(decision));
    story.tell(30, E::Thought(ThoughtEvent::Polled { decision, objection: None }));
    story.tell(31, E::Comms(CommsEvent::Posted { piece: Piece::Update, update: None, place: "#status".into() }));
    story.tell(32, E::Comms(CommsEvent::Promised { due: minute(50), every_minutes: Some(20) }));
    story.tell(33, E::Board(BoardEvent::LineSet { line: BoardLine::Need, text: Some("Somebody from payments".into()) }));
    story.tell(34, E::Board(BoardEvent::LineSet { line: BoardLine::Objective, text: Some("Customers can pay before 15:00".into()) }));
    story.tell(35, E::Thought(ThoughtEvent::Asked { text: "Are refunds affected?".into(), of: None }));
    story.tell(38, E::Handoff(HandoffEvent::Offered { to: handle("ines"), next: Some("Watch the error rate for ten minutes".into()) }));
    story
}

/// A home that knows jo and mei, and meets on a Jitsi server.
pub fn home() -> Home {
    let mut home = Home { bridge: BridgeRule::Jitsi { server: "https://meet.example.org/".into() }, ..Home::default() };
    for (name, full, phone) in [("jo", "Jo Ruiz", Some("+49 151 234")), ("mei", "Mei Chen", None)] {
        let mut person = Person::new(Some(full.into()), START);
        person.card = Card { phone: phone.map(String::from), ..Card::default() };
        home.people.insert(handle(name), person);
    }
    home
}

/// What is known 41 minutes after the start, in Berlin.
pub fn facts<'a>(incident: &'a Incident, home: &'a Home) -> Facts<'a> {
    Facts { incident, home, zone: Tz::Europe__Berlin, now: minute(41), firing: 3, alerts: 5 }
}
