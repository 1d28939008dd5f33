//! What a commander works with, as wire shapes.

use crate::dto::*;
use domain::home::Home;
use domain::incidents::{
    Answer, Clock, ClockId, Comms, Decided, Handoff, Heard, Hypothesis, Incident, Kept, Knowing, Next, Posting, Question, QueueState,
    Shown, Stage, Standing, Task, TaskState, Tie, Update,
};
use domain::{EventId, Means, Role, Timestamp};

pub fn heard(heard: &Heard) -> HeardView {
    HeardView {
        event: heard.event,
        who: heard.who.name().to_owned(),
        typed_by: heard.typed_by.name().to_owned(),
        means: heard.means,
        at: heard.at,
        signed: heard.is_signed(),
    }
}

/// `by voice`, `in the app`: how something became known, as part of a sentence.
pub fn by(means: Means) -> &'static str {
    match means {
        Means::App => "in the app",
        Means::Voice => "by voice",
        Means::Chat => "by chat",
        Means::Phone => "by phone",
        Means::Paste => "by pasted chat",
        Means::Machine => "by a machine",
    }
}

pub fn knowing(known: &Knowing) -> KnowingView {
    let (state, text) = match (&known.answer, &known.told) {
        (Some((Answer::Yes, heard)), _) if heard.is_signed() => ("yes", format!("yes in the app {}", heard.at.time_of_day())),
        (Some((Answer::Yes, heard)), _) => ("yes", format!("said yes {} {}", by(heard.means), heard.at.time_of_day())),
        (Some((Answer::No, heard)), _) if heard.is_signed() => ("no", format!("no in the app {}", heard.at.time_of_day())),
        (Some((Answer::No, heard)), _) => ("no", format!("said no {} {}", by(heard.means), heard.at.time_of_day())),
        (None, Some(heard)) => ("told", format!("told by hand {}", heard.at.time_of_day())),
        (None, None) => ("untold", String::from("not told yet")),
    };
    KnowingView {
        ask: known.ask,
        person: known.person.clone(),
        state: state.to_owned(),
        text,
        told: known.told.as_ref().map(heard),
        place: known.place.clone(),
        answer: known.answer.as_ref().map(|(_, said)| heard(said)),
        words: known.words.clone(),
    }
}

fn words((text, said): &(String, Heard)) -> WordsView {
    WordsView { text: text.clone(), heard: heard(said) }
}

pub fn task(task: &Task) -> TaskView {
    TaskView {
        id: task.id,
        text: task.text.clone(),
        owner: task.owner.clone(),
        added_at: task.added_at,
        due: task.due(),
        minutes: task.minutes,
        state: match task.state {
            TaskState::Open => "open",
            TaskState::Done => "done",
            TaskState::Dropped => "dropped",
        }
        .to_owned(),
        ended: task.ended.as_ref().map(heard),
        note: task.note.clone(),
        knows: knowing(&task.knows),
        report: task.report.as_ref().map(|(can, said)| CanView {
            conditions: can.conditions.clone(),
            actions: can.actions.clone(),
            needs: can.needs.clone(),
            heard: heard(said),
        }),
    }
}

pub fn decision(decided: &Decided) -> DecisionView {
    DecisionView {
        id: decided.id,
        text: decided.text.clone(),
        options: decided.options.clone(),
        risk: decided.risk.clone(),
        heard: heard(&decided.heard),
        polled: decided.polled.as_ref().map(heard),
        objections: decided.objections.iter().map(words).collect(),
        result: decided.result.as_ref().map(words),
    }
}

pub fn hypothesis(one: &Hypothesis) -> HypothesisView {
    HypothesisView {
        id: one.id,
        text: one.text.clone(),
        standing: match one.standing {
            Standing::Proposed => "proposed",
            Standing::Supported => "supported",
            Standing::RuledOut => "ruled_out",
        }
        .to_owned(),
        at: one.at(),
        heard: heard(&one.heard),
        evidence: one.evidence.iter().map(words).collect(),
    }
}

pub fn question(question: &Question) -> QuestionView {
    QuestionView {
        id: question.id,
        text: question.text.clone(),
        of: question.of.clone(),
        heard: heard(&question.heard),
        answer: question.answer.as_ref().map(words),
    }
}

pub fn board(incident: &Incident) -> BoardView {
    let line = |shown: Option<Shown>| {
        shown.map(|shown| BoardLineView {
            written: incident.board.lines.values().any(|(_, heard)| heard.event == shown.by),
            text: shown.text,
            at: shown.at,
            event: shown.by,
        })
    };
    let open = incident.open_tasks();
    BoardView {
        believe: line(incident.believe()),
        doing: line(incident.doing()),
        first_task: open.first().map(|first| task(first)),
        open_tasks: open.len() as u32,
        need: line(incident.need()),
        objective: line(incident.objective()),
    }
}

fn posting(posting: &Posting) -> PostingView {
    PostingView {
        event: posting.heard.event,
        piece: posting.piece,
        update: posting.update,
        place: posting.place.clone(),
        by_hand: posting.by_hand,
        heard: heard(&posting.heard),
    }
}

pub fn comms(incident: &Incident, home: &Home, now: Timestamp) -> CommsView {
    let Comms { updates, postings, queue, .. } = &incident.comms;
    let of = |update: EventId| postings.iter().filter(move |one| one.update == Some(update)).map(posting).collect();
    let view =
        |update: &Update| UpdateView { id: update.id, text: update.text.clone(), heard: heard(&update.heard), postings: of(update.id) };
    let judged = incident.comms.judged();
    let count = |wanted: fn(&Kept) -> bool| judged.iter().filter(|(_, kept)| wanted(kept)).count() as u32;
    let (rhythm_minutes, long) = incident.rhythm(home, now);
    CommsView {
        updates: updates.iter().rev().map(view).collect(),
        postings: postings.iter().rev().filter(|one| one.update.is_none()).map(posting).collect(),
        promise: incident.comms.running().map(|promise| PromiseView {
            event: promise.heard.event,
            due: promise.due,
            every_minutes: promise.every_minutes,
            heard: heard(&promise.heard),
        }),
        in_time: count(|kept| matches!(kept, Kept::InTime(_))),
        late: count(|kept| matches!(kept, Kept::Late(_))),
        missed: count(|kept| matches!(kept, Kept::Missed(_))),
        queue: queue
            .iter()
            .rev()
            .filter(|one| one.state != QueueState::Sent)
            .map(|one| QueuedView {
                id: one.id,
                piece: one.piece,
                update: one.update,
                channel: one.channel.clone(),
                at: one.at,
                state: one.state,
                why: one.why.clone(),
                changed_at: one.changed_at,
            })
            .collect(),
        last_news_at: incident.comms.last_news().map(|news| news.heard.at),
        rhythm_minutes,
        long,
    }
}

pub fn handoff(handoff: &Handoff) -> HandoffView {
    HandoffView {
        id: handoff.id,
        from: handoff.from.clone(),
        to: handoff.to.clone(),
        next: handoff.next.clone(),
        at: handoff.at,
        knows: knowing(&handoff.knows),
        briefed_at: handoff.briefed_at,
    }
}

pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Half => "half",
        Stage::ThreeQuarters => "three_quarters",
        Stage::Nearly => "nearly",
        Stage::Due => "due",
    }
}

pub fn clocks(incident: &Incident, home: &Home, now: Timestamp) -> Vec<ClockView> {
    let view = |clock: Clock| {
        let (name, about, text, offer_resolve) = match clock.id {
            ClockId::Promise => ("promise", None, String::from("Next update"), false),
            ClockId::Acknowledge => ("acknowledge", None, String::from("Acknowledge"), false),
            ClockId::Resolve => ("resolve", None, String::from("Resolve"), false),
            ClockId::Task(id) => {
                let task = incident.tasks.iter().find(|task| task.id == id);
                ("task", Some(id), task.map(|task| task.text.clone()).unwrap_or_default(), false)
            }
            ClockId::Look(id) => {
                let look = incident.looks.iter().find(|look| look.id == id);
                let text = look.and_then(|look| look.text.clone()).unwrap_or_else(|| String::from("Look again"));
                ("look", Some(id), text, look.is_some_and(|look| look.offer_resolve))
            }
        };
        ClockView {
            clock: name.to_owned(),
            about,
            text,
            from: clock.from,
            due: clock.due,
            rests: clock.rests,
            stage: clock.stage(now).map(|reached| stage(reached).to_owned()),
            offer_resolve,
        }
    };
    incident.clocks(home, now).into_iter().map(view).collect()
}

pub fn sla(incident: &Incident, home: &Home, now: Timestamp) -> Vec<SlaView> {
    let targets = home.targets(incident.severity.value);
    let running = incident.clocks(home, now);
    // What was cancelled or merged before it was due neither met its target nor missed it: it is left out.
    let over_at = incident.moves.last().filter(|last| !last.to.is_open()).map(|last| last.at);
    let judge = |name: &str, id: ClockId, target: Option<u32>, met_at: Option<Timestamp>| {
        let target = target?;
        let judged_at = met_at.or(over_at).unwrap_or(now);
        let due = match id {
            ClockId::Resolve => incident.resolve_due(home, judged_at)?,
            ClockId::Promise | ClockId::Acknowledge | ClockId::Task(_) | ClockId::Look(_) => {
                incident.declared_at.plus_secs(i64::from(target) * 60)
            }
        };
        let rests = running.iter().any(|clock| clock.id == id && clock.rests);
        let state = match (met_at, over_at) {
            (Some(at), _) if at <= due => "met",
            (Some(_), _) => "missed",
            (None, Some(over)) if over < due => return None,
            (None, None) if rests => "paused",
            (None, _) if judged_at >= due => "missed",
            (None, _) => "running",
        };
        Some(SlaView { clock: name.to_owned(), target, due, state: state.to_owned() })
    };
    let acknowledge = judge("acknowledge", ClockId::Acknowledge, targets.acknowledge_minutes, incident.acknowledged_at);
    let resolve = judge("resolve", ClockId::Resolve, targets.resolve_minutes, incident.resolved_at());
    acknowledge.into_iter().chain(resolve).collect()
}

pub fn next(next: Next) -> NextView {
    NextView { text: next.text, action: next.action.map(str::to_owned), about: next.about }
}

pub fn links(incident: &Incident) -> Vec<LinkView> {
    let name = |tie: &Tie| match tie {
        Tie::Absorbed => "absorbed",
        Tie::SplitOff => "split_off",
        Tie::SplitFrom => "split_from",
        Tie::Linked => "linked",
    };
    let others = incident.ties.others.iter();
    others.map(|(id, (tie, reference))| LinkView { tie: name(tie).to_owned(), id: *id, reference: reference.clone() }).collect()
}

pub fn role_card(incident: &Incident, role: Role) -> RoleCardView {
    let commander = incident.command.holder().filter(|_| role == Role::Commander).map(|held| held.person.clone());
    let others = incident.roles.iter().filter(|held| held.role == role).map(|held| held.person.clone());
    let ticked = |item: usize| incident.board.ticked.contains(&(role, item as u8));
    RoleCardView {
        role,
        title: role.title().to_owned(),
        sentence: role.sentence().to_owned(),
        holders: commander.into_iter().chain(others).collect(),
        checklist: role
            .checklist()
            .iter()
            .enumerate()
            .map(|(item, text)| ChecklistItem { text: (*text).to_owned(), done: ticked(item) })
            .collect(),
    }
}
