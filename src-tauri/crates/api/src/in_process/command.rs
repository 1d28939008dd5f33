//! Running an incident: who is there and who knows what, tasks, what the room thinks, the board, roles' cards.

use super::incidents::Wish;
use super::{Answer, InProcess, views};
use crate::dto::*;
use crate::{ApiError, Code};
use domain::incidents::{
    self as nouns, AskCommand, BoardCommand, Can, ClockCommand, Incident, IncidentCommand as C, TaskCommand, ThoughtCommand,
};
use domain::{EventId, Handle, IncidentId, Role, Timestamp};
use engine::Act;
use serde_json::json;

/// A handle as a person typed it.
pub(super) fn handle(typed: &str, field: &str) -> Answer<Handle> {
    Handle::parse(typed).ok_or_else(|| {
        ApiError::new(Code::InvalidField, format!("{typed:?} is not a name Muster can use."))
            .hint("Use letters, digits, dots or dashes, as in @dana.")
            .field(field)
    })
}

/// Names one of `ids` by the whole id, by its beginning or end, or by letter and number, as in `T2`.
fn pick(ids: &[EventId], typed: &str, letter: char, what: &str) -> Answer<EventId> {
    let typed = typed.trim();
    let number = typed.strip_prefix([letter, letter.to_ascii_lowercase()]).and_then(|digits| digits.parse::<usize>().ok());
    if let Some(id) = number.and_then(|number| ids.get(number.checked_sub(1)?)) {
        return Ok(*id);
    }
    let lower = typed.to_lowercase();
    let fits = |id: &&EventId| {
        let text = id.to_string();
        lower.len() >= 4 && (text.starts_with(&lower) || text.replace('-', "").starts_with(&lower) || text.ends_with(&lower))
    };
    let found: Vec<&EventId> = ids.iter().filter(fits).collect();
    match found.as_slice() {
        [one] => Ok(**one),
        [] => Err(ApiError::new(Code::NotFound, format!("No {what} here is called {typed:?}."))
            .hint(format!("Name it by its id, or by its number: {letter}1, {letter}2 …"))),
        _ => Err(ApiError::new(Code::Ambiguous, format!("{typed:?} fits more than one {what}.")).hint("Type more of its id.")),
    }
}

impl InProcess {
    pub(super) async fn state(&self, id: IncidentId) -> Answer<Incident> {
        let found = self.engine.read(move |reader| reader.incident(id)).await?;
        found.ok_or_else(|| ApiError::new(Code::NotFound, "No such incident."))
    }

    /// Carries out a command on an incident, as said by whom and when.
    pub(super) async fn say(
        &self,
        caller: &Caller,
        id: IncidentId,
        (at, once, spoken): (Option<Timestamp>, Option<String>, Spoken),
        command: C,
    ) -> Answer<Receipt> {
        self.change(caller, Wish { at, once, spoken, act: Act::Incident(id, command) }).await
    }

    async fn task_of(&self, incident: &str, typed: &str) -> Answer<(IncidentId, EventId)> {
        let id = self.find_incident(incident).await?;
        let ids: Vec<EventId> = self.state(id).await?.tasks.iter().map(|task| task.id).collect();
        Ok((id, pick(&ids, typed, 'T', "task")?))
    }

    pub(super) async fn roll_call(&self, caller: &Caller, ask: RollCall) -> Answer<Receipt> {
        let id = self.find_incident(&ask.incident).await?;
        let names = |typed: &[String], field| typed.iter().map(|name| handle(name, field)).collect::<Answer<Vec<_>>>();
        let command = C::RollCall { here: names(&ask.here, "here")?, left: names(&ask.left, "left")? };
        self.say(caller, id, (ask.at, ask.once, ask.spoken), command).await
    }

    async fn ask_of(&self, incident: &str, typed: &str) -> Answer<(IncidentId, EventId)> {
        let id = self.find_incident(incident).await?;
        let state = self.state(id).await?;
        let ids: Vec<EventId> = state.asks().map(|known| known.ask).collect();
        let tasks: Vec<EventId> = state.tasks.iter().map(|task| task.id).collect();
        // A task may also be named by its number, and a person who is asked one thing only by their name.
        let person = Handle::parse(typed);
        let of_person: Vec<EventId> = state.asks().filter(|known| Some(&known.person) == person.as_ref()).map(|known| known.ask).collect();
        match (pick(&ids, typed, 'A', "ask"), of_person.as_slice()) {
            (Ok(ask), _) => Ok((id, ask)),
            (Err(_), [one]) => Ok((id, *one)),
            (Err(fault), _) => pick(&tasks, typed, 'T', "task").map(|task| (id, task)).map_err(|_| fault),
        }
    }

    pub(super) async fn ask_tell(&self, caller: &Caller, ask: TellAsk) -> Answer<Receipt> {
        let (id, named) = self.ask_of(&ask.incident, &ask.ask).await?;
        let command = C::Ask(AskCommand::Tell { ask: named, place: ask.place });
        self.say(caller, id, (ask.at, None, Spoken::default()), command).await
    }

    pub(super) async fn ask_answer(&self, caller: &Caller, ask: AnswerAsk) -> Answer<Receipt> {
        let (id, named) = self.ask_of(&ask.incident, &ask.ask).await?;
        let answer = if ask.yes { nouns::Answer::Yes } else { nouns::Answer::No };
        let command = C::Ask(AskCommand::Answer { ask: named, answer, words: ask.words });
        self.say(caller, id, (ask.at, ask.once, ask.spoken), command).await
    }

    pub(super) async fn task_add(&self, caller: &Caller, ask: AddTask) -> Answer<Receipt> {
        let id = self.find_incident(&ask.incident).await?;
        if ask.owner.trim().is_empty() {
            return Err(ApiError::new(Code::InvalidField, "A task has one named owner.")
                .hint("Name one person, as in @ravi.")
                .field("owner"));
        }
        let owner = handle(&ask.owner, "owner")?;
        let command = C::Task(TaskCommand::Add { text: ask.text, owner, minutes: ask.minutes, from: None });
        self.say(caller, id, (ask.at, ask.once, ask.spoken), command).await
    }

    pub(super) async fn task_extend(&self, caller: &Caller, ask: ExtendTask) -> Answer<Receipt> {
        let (id, task) = self.task_of(&ask.incident, &ask.task).await?;
        self.say(caller, id, (None, None, ask.spoken), C::Task(TaskCommand::Extend { task, minutes: ask.minutes })).await
    }

    pub(super) async fn task_reassign(&self, caller: &Caller, ask: ReassignTask) -> Answer<Receipt> {
        let (id, task) = self.task_of(&ask.incident, &ask.task).await?;
        let owner = handle(&ask.owner, "owner")?;
        self.say(caller, id, (None, None, ask.spoken), C::Task(TaskCommand::Reassign { task, owner })).await
    }

    pub(super) async fn task_report(&self, caller: &Caller, ask: ReportTask) -> Answer<Receipt> {
        let (id, task) = self.task_of(&ask.incident, &ask.task).await?;
        let can = Can { conditions: ask.conditions, actions: ask.actions, needs: ask.needs };
        self.say(caller, id, (ask.at, ask.once, ask.spoken), C::Task(TaskCommand::Report { task, can })).await
    }

    pub(super) async fn task_end(&self, caller: &Caller, ask: OneTask, end: fn(EventId, Option<String>) -> TaskCommand) -> Answer<Receipt> {
        let (id, task) = self.task_of(&ask.incident, &ask.task).await?;
        self.say(caller, id, (ask.at, None, ask.spoken), C::Task(end(task, ask.note))).await
    }

    pub(super) async fn decision_add(&self, caller: &Caller, ask: AddDecision) -> Answer<Receipt> {
        let id = self.find_incident(&ask.incident).await?;
        let command = C::Thought(ThoughtCommand::Decided { text: ask.text, options: ask.options, risk: ask.risk });
        let receipt = self.say(caller, id, (ask.at, ask.once, ask.spoken.clone()), command).await?;
        if let Some(decision) = receipt.event.filter(|_| ask.polled) {
            let known = self.state(id).await?.thoughts.decisions.iter().any(|one| one.id == decision && one.polled.is_some());
            if !known {
                let command = C::Thought(ThoughtCommand::Polled { decision, objection: None });
                self.say(caller, id, (ask.at, None, ask.spoken), command).await?;
            }
        }
        Ok(receipt)
    }

    async fn thought_of(&self, incident: &str, typed: &str, letter: char) -> Answer<(IncidentId, EventId)> {
        let id = self.find_incident(incident).await?;
        let thoughts = self.state(id).await?.thoughts;
        let (ids, what): (Vec<EventId>, _) = match letter {
            'D' => (thoughts.decisions.iter().map(|one| one.id).collect(), "decision"),
            'H' => (thoughts.hypotheses.iter().map(|one| one.id).collect(), "hypothesis"),
            _ => (thoughts.questions.iter().map(|one| one.id).collect(), "question"),
        };
        Ok((id, pick(&ids, typed, letter, what)?))
    }

    pub(super) async fn decision_poll(&self, caller: &Caller, ask: PollDecision) -> Answer<Receipt> {
        let (id, decision) = self.thought_of(&ask.incident, &ask.decision, 'D').await?;
        let command = C::Thought(ThoughtCommand::Polled { decision, objection: ask.objection });
        self.say(caller, id, (ask.at, None, ask.spoken), command).await
    }

    pub(super) async fn about(
        &self,
        caller: &Caller,
        ask: AboutThought,
        letter: char,
        command: fn(EventId, String) -> ThoughtCommand,
    ) -> Answer<Receipt> {
        let (id, about) = self.thought_of(&ask.incident, &ask.about, letter).await?;
        self.say(caller, id, (ask.at, ask.once, ask.spoken), C::Thought(command(about, ask.text))).await
    }

    pub(super) async fn hypothesis_add(&self, caller: &Caller, ask: AddThought) -> Answer<Receipt> {
        let id = self.find_incident(&ask.incident).await?;
        self.say(caller, id, (ask.at, ask.once, ask.spoken), C::Thought(ThoughtCommand::Supposed { text: ask.text })).await
    }

    pub(super) async fn question_add(&self, caller: &Caller, ask: AddQuestion) -> Answer<Receipt> {
        let id = self.find_incident(&ask.incident).await?;
        let of = ask.of.as_deref().map(|typed| handle(typed, "of")).transpose()?;
        self.say(caller, id, (ask.at, ask.once, ask.spoken), C::Thought(ThoughtCommand::Asked { text: ask.text, of })).await
    }

    pub(super) async fn board_set(&self, caller: &Caller, ask: SetBoard) -> Answer<Receipt> {
        let id = self.find_incident(&ask.incident).await?;
        let was = self.state(id).await?.board.lines.get(&ask.line).map(|(text, _)| text.clone());
        let line = ask.line;
        let mut receipt = self.say(caller, id, (None, None, ask.spoken), C::Board(BoardCommand::LineSet { line, text: ask.text })).await?;
        let params = json!({ "incident": id, "line": line, "text": was });
        receipt.undo = Some(UndoView { op: "board.set".into(), params, label: "Undo: the line as it was".into() });
        Ok(receipt)
    }

    pub(super) async fn bridge_set(&self, caller: &Caller, ask: SetBridge) -> Answer<Receipt> {
        let id = self.find_incident(&ask.incident).await?;
        let was = self.state(id).await?.board.bridge;
        let mut receipt = self.say(caller, id, (None, None, Spoken::default()), C::Board(BoardCommand::BridgeSet { url: ask.url })).await?;
        let params = json!({ "incident": id, "url": was });
        receipt.undo = Some(UndoView { op: "incident.bridge".into(), params, label: "Undo: the meeting place as it was".into() });
        Ok(receipt)
    }

    pub(super) async fn role_cards(&self, typed: &str) -> Answer<Vec<RoleCardView>> {
        let state = self.state(self.find_incident(typed).await?).await?;
        Ok(Role::ALL.into_iter().map(|role| views::role_card(&state, role)).collect())
    }

    pub(super) async fn role_tick(&self, caller: &Caller, ask: TickItem) -> Answer<Receipt> {
        let id = self.find_incident(&ask.incident).await?;
        let (role, item, done) = (ask.role, ask.item, ask.done);
        let mut receipt =
            self.say(caller, id, (None, None, Spoken::default()), C::Board(BoardCommand::Ticked { role, item, done })).await?;
        let params = json!({ "incident": id, "role": role, "item": item, "done": !done });
        receipt.undo = Some(UndoView { op: "role.tick".into(), params, label: "Undo: as it was".into() });
        Ok(receipt)
    }

    pub(super) async fn look_set(&self, caller: &Caller, ask: SetLook) -> Answer<Receipt> {
        let id = self.find_incident(&ask.incident).await?;
        let at = match (ask.at, ask.minutes) {
            (Some(at), _) => at,
            (None, Some(minutes)) => self.engine.now().plus_secs(i64::from(minutes) * 60),
            (None, None) => {
                return Err(ApiError::new(Code::InvalidField, "When to look again is missing.")
                    .hint("Give a time or minutes.")
                    .field("at"));
            }
        };
        let command = C::Clock(ClockCommand::LookSet { at, text: ask.text, offer_resolve: ask.offer_resolve });
        let mut receipt = self.say(caller, id, (None, None, Spoken::default()), command).await?;
        if let Some(look) = receipt.event {
            let params = json!({ "incident": id, "look": look });
            receipt.undo = Some(UndoView { op: "look.done".into(), params, label: "Undo: no look".into() });
        }
        Ok(receipt)
    }

    pub(super) async fn look_done(&self, caller: &Caller, ask: OneLook) -> Answer<Receipt> {
        let id = self.find_incident(&ask.incident).await?;
        let ids: Vec<EventId> = self.state(id).await?.looks.iter().map(|look| look.id).collect();
        let look = pick(&ids, &ask.look, 'L', "look")?;
        self.say(caller, id, (None, None, Spoken::default()), C::Clock(ClockCommand::LookDone { look })).await
    }

    /// An update by id, its beginning, or number; the newest where none is named.
    pub(super) fn pick_update(state: &Incident, typed: Option<&str>) -> Answer<Option<EventId>> {
        let ids: Vec<EventId> = state.comms.updates.iter().map(|update| update.id).collect();
        typed.map(|typed| pick(&ids, typed, 'U', "update")).transpose()
    }

    pub(super) async fn queued_of(&self, ask: &OneQueued) -> Answer<(IncidentId, EventId)> {
        let id = self.find_incident(&ask.incident).await?;
        let ids: Vec<EventId> = self.state(id).await?.comms.queue.iter().map(|one| one.id).collect();
        Ok((id, pick(&ids, &ask.queued, 'S', "message")?))
    }

    /// A task or an ask by name, for the text that is to be copied.
    pub(super) fn pick_about(state: &Incident, typed: &str) -> Answer<EventId> {
        let tasks: Vec<EventId> = state.tasks.iter().map(|task| task.id).collect();
        let asks: Vec<EventId> = state.asks().map(|known| known.ask).collect();
        pick(&tasks, typed, 'T', "task").or_else(|_| pick(&asks, typed, 'A', "ask"))
    }
}
