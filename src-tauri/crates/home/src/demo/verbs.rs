//! What people of a story do, by verbs: each is one command that a person gives in the app as well.

use domain::incidents::{Answer, AskCommand, Can, HandoffCommand, Piece, TaskCommand, ThoughtEvent as T};
use domain::incidents::{BoardEvent, BoardLine, CommsEvent, ImpactDetail, IncidentCommand as C};
use domain::{EventId, Handle, Role, Severity, Status};

/// A command about something that was made before, once its event is known.
pub type Makes = fn(EventId, &str) -> Option<C>;

/// What somebody does. What is made may have a name, so that a later line can be about it.
#[derive(Clone, Debug)]
pub enum Said {
    /// A command that stands by itself, and the name of what it makes.
    Plain(Option<String>, Box<C>),
    /// A command about what has this name, in these words.
    About(String, Makes, String),
    /// The next update is promised, in so many minutes.
    Promise(u32),
    /// An update is written, put somewhere by hand, and the next is promised.
    Post { place: String, text: String, next: Option<u32> },
}

impl Said {
    pub fn plain(command: C) -> Self {
        Self::Plain(None, Box::new(command))
    }
}

/// Name of the ask to command of whoever is named when an incident is declared.
pub const COMMAND: &str = "command";
/// Name of the offer of command.
pub const HANDOFF: &str = "handoff";

/// Reads a verb and what follows it; `None` where that is nothing to do.
pub fn read(verb: &str, rest: &str) -> Option<Said> {
    if let Some(said) = of_lifecycle(verb, rest) {
        return Some(Said::plain(said));
    }
    let (name, more) = rest.split_once(' ').unwrap_or((rest, ""));
    let made = |command| Some(Said::Plain(Some(name.to_owned()), Box::new(command)));
    let about = |makes: Makes| Some(Said::About(name.to_owned(), makes, more.to_owned()));
    match verb {
        "wants" => made(C::AssignRole { role: Role::parse(name)?, person: Handle::parse(more)? }),
        "task" => made(C::Task(task(more)?)),
        "decides" => made(C::Thought(decision(more))),
        "supposes" => made(C::Thought(T::Supposed { text: more.to_owned() })),
        "asks" => {
            let (of, text) = more.split_once(' ')?;
            made(C::Thought(T::Asked { text: text.to_owned(), of: Some(Handle::parse(of)?) }))
        }
        "offers" => {
            let offer = HandoffCommand::Offer { to: Handle::parse(name)?, next: words(more) };
            Some(Said::Plain(Some(HANDOFF.to_owned()), Box::new(C::Handoff(offer))))
        }
        "tells" => about(|ask, place| Some(C::Ask(AskCommand::Tell { ask, place: words(place) }))),
        "says-yes" => about(|ask, said| Some(C::Ask(AskCommand::Answer { ask, answer: Answer::Yes, words: words(said) }))),
        "done" => about(|task, note| Some(C::Task(TaskCommand::Done { task, note: words(note) }))),
        "reports" => about(|task, said| Some(C::Task(TaskCommand::Report { task, can: report(said)? }))),
        "polls" => about(|decision, said| Some(C::Thought(T::Polled { decision, objection: words(said) }))),
        "results" => about(|decision, said| Some(C::Thought(T::Resulted { decision, result: said.to_owned() }))),
        "supports" => about(|hypothesis, said| Some(C::Thought(T::Supported { hypothesis, evidence: said.to_owned() }))),
        "rules-out" => about(|hypothesis, said| Some(C::Thought(T::RuledOut { hypothesis, evidence: said.to_owned() }))),
        "answers" => about(|question, said| Some(C::Thought(T::Answered { question, answer: said.to_owned() }))),
        "promises" => rest.parse().ok().map(Said::Promise),
        "posts" => {
            let (place, text) = more.split_once(" | ")?;
            let next = if name == "-" { None } else { Some(name.parse().ok()?) };
            Some(Said::Post { place: place.to_owned(), text: text.to_owned(), next })
        }
        _ => of_room(verb, rest).map(Said::plain),
    }
}

fn of_lifecycle(verb: &str, rest: &str) -> Option<C> {
    let (first, more) = rest.split_once(' ').unwrap_or((rest, ""));
    match verb {
        "acknowledges" => Some(C::Acknowledge),
        "confirms" => Some(C::ConfirmCommand),
        "takes-command" => Some(C::TakeCommand),
        "names" => Some(C::AssignRole { role: Role::Commander, person: Handle::parse(rest)? }),
        "severity" => Some(C::SetSeverity { severity: Severity::parse(first)?, reason: Some(more.to_owned()) }),
        "status" => Some(C::SetStatus(Status::parse(first)?)),
        "title" => Some(C::Retitle(rest.to_owned())),
        "affected" => Some(C::UpdateImpact(ImpactDetail { share: Some(first.parse().ok()?), services: vec![], text: words(more) })),
        "affected-again" => Some(C::StartImpact(ImpactDetail { share: Some(first.parse().ok()?), services: vec![], text: None })),
        "affected-no-more" => Some(C::EndImpact),
        _ => None,
    }
}

/// Who is there, where people meet, what the board says.
fn of_room(verb: &str, rest: &str) -> Option<C> {
    let people = || rest.split(' ').map(Handle::parse).collect::<Option<Vec<_>>>();
    let line = |line| Some(C::Board(BoardEvent::LineSet { line, text: Some(rest.to_owned()) }));
    match verb {
        "calls-roll" => Some(C::RollCall { here: people()?, left: vec![] }),
        "meets" => Some(C::Board(BoardEvent::BridgeSet { url: Some(rest.to_owned()) })),
        "aims" => line(BoardLine::Objective),
        "needs" => line(BoardLine::Need),
        "ticks" => {
            let (role, item) = rest.split_once(' ')?;
            Some(C::Board(BoardEvent::Ticked { role: Role::parse(role)?, item: item.parse().ok()?, done: true }))
        }
        "announces" => Some(C::Comms(CommsEvent::Posted { piece: Piece::Announcement, update: None, place: rest.to_owned() })),
        _ => None,
    }
}

/// `OWNER MINUTES TEXT`.
fn task(text: &str) -> Option<TaskCommand> {
    let mut parts = text.splitn(3, ' ');
    let (owner, minutes, text) = (Handle::parse(parts.next()?)?, parts.next()?.parse().ok()?, parts.next()?);
    Some(TaskCommand::Add { text: text.to_owned(), owner, minutes: Some(minutes), from: None })
}

/// `TEXT | OPTION | … | risk RISK`.
fn decision(text: &str) -> T {
    let mut parts = text.split(" | ");
    let text = parts.next().unwrap_or_default().to_owned();
    let (risks, options): (Vec<&str>, Vec<&str>) = parts.partition(|part| part.starts_with("risk "));
    let risk = risks.first().and_then(|risk| risk.strip_prefix("risk ")).map(str::to_owned);
    T::Decided { text, options: options.into_iter().map(str::to_owned).collect(), risk }
}

/// `CONDITIONS | ACTIONS | NEEDS`; the last may lack.
fn report(text: &str) -> Option<Can> {
    let mut parts = text.split(" | ");
    let conditions = words(parts.next()?)?;
    Some(Can { conditions, actions: parts.next().and_then(words), needs: parts.next().and_then(words) })
}

fn words(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}
