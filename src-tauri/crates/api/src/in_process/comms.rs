//! Words that leave: written, copied out, put somewhere by hand, sent by channels, and promised.

use super::command::handle;
use super::incidents::Wish;
use super::{Answer, InProcess};
use crate::dto::*;
use crate::{ApiError, Code};
use documents::{Facts, Form, Text};
use domain::home::{Channel, HomeEvent};
use domain::incidents::{CommsCommand, HandoffCommand, Incident, IncidentCommand as C, Piece};
use domain::{ChannelName, Handle, Timestamp};
use engine::{Act, Publication};

/// Mail addresses of an open mail draft; none: the person fills them in.
const NO_ADDRESSES: &[String] = &[];

impl InProcess {
    pub(super) async fn update_write(&self, caller: &Caller, ask: WriteUpdate) -> Answer<Receipt> {
        let id = self.find_incident(&ask.incident).await?;
        self.say(caller, id, (ask.at, ask.once, ask.spoken), C::Comms(CommsCommand::Written { text: ask.text })).await
    }

    fn promised(&self, state: &Incident, minutes: Option<u32>) -> Option<(Timestamp, Option<u32>)> {
        let minutes = minutes?;
        let rhythm = state.rhythm(&self.engine.home(), self.engine.now()).0;
        Some((self.engine.now().plus_secs(i64::from(minutes) * 60), Some(minutes).filter(|minutes| *minutes > 0).or(Some(rhythm))))
    }

    pub(super) async fn update_posted(&self, caller: &Caller, ask: PostedByHand) -> Answer<Receipt> {
        let id = self.find_incident(&ask.incident).await?;
        let state = self.state(id).await?;
        let update = match (&ask.text, ask.piece) {
            // Words that have gone nowhere yet are what was posted; else it was something not written here.
            (None, Piece::Update) => Self::pick_update(&state, ask.update.as_deref())?.or_else(|| unposted(&state)),
            _ => Self::pick_update(&state, ask.update.as_deref())?,
        };
        let promise = self.promised(&state, ask.next_minutes);
        let what = Publication { piece: ask.piece, text: ask.text, update, place: Some(ask.place), queue: vec![], promise };
        self.change(caller, Wish { at: ask.at, once: ask.once, spoken: ask.spoken, act: Act::Publish(id, what) }).await
    }

    pub(super) async fn update_send(&self, caller: &Caller, ask: SendUpdate) -> Answer<ManyReceipt> {
        let id = self.find_incident(&ask.incident).await?;
        let state = self.state(id).await?;
        let update = match &ask.text {
            Some(_) => None,
            None => Self::pick_update(&state, ask.update.as_deref())?.or(state.comms.updates.last().map(|update| update.id)),
        };
        let written = update.and_then(|id| state.comms.updates.iter().find(|update| update.id == id)).map(|update| update.text.clone());
        let words = ask
            .text
            .clone()
            .or(written)
            .ok_or_else(|| ApiError::new(Code::InvalidField, "There is no update to send.").hint("Write one first.").field("text"))?;
        if ask.channels.is_empty() {
            return Err(ApiError::new(Code::InvalidField, "No channel is named.")
                .hint("Name one, or copy the text out.")
                .field("channels"));
        }
        let home = self.engine.home();
        let promise = self.promised(&state, ask.next_minutes);
        let due = promise.map(|(due, _)| due).or(state.comms.running().map(|running| running.due));
        let mut queue = vec![];
        for typed in &ask.channels {
            let (name, channel) = self.channel(typed)?;
            // A channel that is named twice gets it once.
            if queue.iter().any(|(known, _)| *known == name) {
                continue;
            }
            if !channel.kind.sends() {
                return Err(ApiError::new(Code::Refused, format!("{name} is mail: Muster drafts it, and you send it."))
                    .hint("Copy it out as mail.")
                    .field("channels"));
            }
            let text = documents::update(&self.facts(&state, &home), &words, due, Form::Chat).text;
            queue.push((name, text));
        }
        let changed = queue.len() as u32;
        let what = Publication { piece: Piece::Update, text: ask.text, update, place: None, queue, promise };
        let done = self.submit(caller, Wish { at: None, once: ask.once, spoken: Spoken::default(), act: Act::Publish(id, what) }).await?;
        Ok(ManyReceipt { changed, seq: done.seq, events: done.events, refused: vec![], undo: None })
    }

    pub(super) async fn update_promise(&self, caller: &Caller, ask: PromiseUpdate) -> Answer<Receipt> {
        let id = self.find_incident(&ask.incident).await?;
        let state = self.state(id).await?;
        let now = self.engine.now();
        let minutes = ask.minutes.unwrap_or_else(|| state.rhythm(&self.engine.home(), now).0);
        let (due, every) = match ask.due {
            Some(due) => (due, None),
            None => (now.plus_secs(i64::from(minutes) * 60), Some(minutes)),
        };
        let command = C::Comms(CommsCommand::Promised { due, every_minutes: every });
        self.say(caller, id, (None, None, ask.spoken), command).await
    }

    pub(super) async fn end_promise(&self, caller: &Caller, ask: EndPromise) -> Answer<Receipt> {
        self.to_incident(caller, &ask.incident, C::Comms(CommsCommand::PromiseEnded { reason: ask.reason })).await
    }

    pub(super) async fn post_release(&self, caller: &Caller, ask: OneQueued) -> Answer<Receipt> {
        let (id, queued) = self.queued_of(&ask).await?;
        self.say(caller, id, (None, None, Spoken::default()), C::Comms(CommsCommand::Released { queued })).await
    }

    pub(super) async fn post_withdraw(&self, caller: &Caller, ask: OneQueued) -> Answer<Receipt> {
        let (id, queued) = self.queued_of(&ask).await?;
        self.say(caller, id, (None, None, Spoken::default()), C::Comms(CommsCommand::Withdrawn { queued })).await
    }

    fn facts<'f>(&self, incident: &'f Incident, home: &'f domain::home::Home) -> Facts<'f> {
        Facts { incident, home, zone: self.local.zone(), now: self.engine.now(), firing: 0, alerts: 0 }
    }

    pub(super) async fn brief(&self, ask: AskBrief) -> Answer<BriefView> {
        let form = Form::parse(&ask.form).ok_or_else(|| {
            ApiError::new(Code::InvalidField, format!("{:?} is no form of text.", ask.form))
                .hint("One of chat, slack, teams, sms, speech, mail, wiki.")
                .field("form")
        })?;
        let id = self.find_incident(&ask.incident).await?;
        let (state, (alerts, firing)) = self.engine.read(move |reader| Ok((reader.incident(id)?, reader.group_totals_of(id)?))).await?;
        let state = state.ok_or_else(|| ApiError::new(Code::NotFound, "No such incident."))?;
        let home = self.engine.home();
        let facts = Facts { firing, alerts, ..self.facts(&state, &home) };
        let (text, piece, update) = worded(&ask, &state, &facts, form)?;
        let mailto = matches!(form, Form::Mail).then(|| self.local.mailto(NO_ADDRESSES, &text.subject, &text.text));
        Ok(BriefView {
            text: text.text,
            html: text.html,
            subject: text.subject,
            messages: text.messages,
            words: text.words,
            mailto,
            piece,
            update,
        })
    }

    pub(super) async fn handoff(
        &self,
        caller: &Caller,
        typed: &str,
        spoken: Spoken,
        at: Option<Timestamp>,
        command: HandoffCommand,
    ) -> Answer<Receipt> {
        let id = self.find_incident(typed).await?;
        self.say(caller, id, (at, None, spoken), C::Handoff(command)).await
    }

    pub(super) async fn handoff_offer(&self, caller: &Caller, ask: OfferHandoff) -> Answer<Receipt> {
        let to = handle(&ask.to, "to")?;
        self.handoff(caller, &ask.incident, ask.spoken, None, HandoffCommand::Offer { to, next: ask.next }).await
    }

    /// Each incident is offered by itself: one that cannot be is said, and does not keep the others back.
    pub(super) async fn handoff_all(&self, caller: &Caller, ask: OfferAll) -> Answer<ManyReceipt> {
        let to = handle(&ask.to, "to")?;
        let me: Handle = self.entry(caller)?.doer().cloned().unwrap_or_else(|| self.local.machine().me);
        let mut named = vec![];
        for typed in &ask.incidents {
            named.push(self.find_incident(typed).await?);
        }
        let open = store::IncidentFilter { open_only: true, severity: None, service: None, since: None, limit: 1_000 };
        let open = self.engine.read(move |reader| reader.incidents(&open)).await?;
        let mine = open.into_iter().filter(|incident| incident.command.holder().is_some_and(|held| held.person == me));
        let mut receipt = ManyReceipt { changed: 0, seq: self.engine.feed().seq(), events: vec![], refused: vec![], undo: None };
        let mut refused = None;
        for incident in mine.filter(|incident| named.is_empty() || named.contains(&incident.id)) {
            let command = C::Handoff(HandoffCommand::Offer { to: to.clone(), next: ask.next.clone() });
            match self.submit(caller, Wish::plain(Act::Incident(incident.id, command))).await {
                Ok(done) => {
                    receipt.changed += 1;
                    receipt.seq = done.seq;
                    receipt.events.extend(done.events);
                }
                Err(fault) => {
                    receipt.refused.push(format!("{}: {}", incident.reference, fault.message));
                    refused = Some(fault);
                }
            }
        }
        match refused {
            Some(fault) if receipt.changed == 0 => Err(fault),
            None if receipt.changed == 0 => Err(ApiError::new(Code::Refused, format!("@{me} commands no open incident."))),
            _ => Ok(receipt),
        }
    }

    pub(super) fn channel(&self, typed: &str) -> Answer<(ChannelName, Channel)> {
        let home = self.engine.home();
        let name = ChannelName::parse(typed);
        let found = name.and_then(|name| home.channels.get(&name).map(|channel| (name, channel.clone())));
        found.ok_or_else(|| {
            ApiError::new(Code::NotFound, format!("No channel is called {typed:?}."))
                .hint("`muster channel list` shows them.")
                .field("channels")
        })
    }

    pub(super) async fn channels(&self) -> Answer<Vec<ChannelView>> {
        let home = self.engine.home();
        let mut views = vec![];
        for (name, channel) in &home.channels {
            views.push(self.channel_view(name.clone(), channel).await);
        }
        Ok(views)
    }

    async fn channel_view(&self, name: ChannelName, channel: &Channel) -> ChannelView {
        let ready = !channel.kind.sends() || self.local.has_channel_url(name.as_str()).await;
        ChannelView { name, kind: channel.kind, to: channel.to.clone(), added_at: channel.added_at, ready }
    }

    /// The secret goes first: a channel that is on the record has somewhere to lead.
    pub(super) async fn channel_add(&self, caller: &Caller, ask: AddChannel) -> Answer<ChannelView> {
        let name = ChannelName::parse(&ask.name).ok_or_else(|| {
            ApiError::new(Code::InvalidField, format!("{:?} cannot name a channel.", ask.name))
                .hint("Use letters, digits, dots or dashes.")
                .field("name")
        })?;
        if self.engine.home().channels.contains_key(&name) {
            return Err(ApiError::new(Code::Refused, format!("A channel named {name} exists already.")).field("name"));
        }
        let url = ask.url.as_deref().map(str::trim).filter(|url| !url.is_empty());
        let to = match (ask.kind.sends(), url) {
            (true, Some(url)) => Some(self.local.set_channel_url(ask.kind, name.as_str(), url).await?),
            (true, None) => return Err(ApiError::new(Code::InvalidField, "The webhook's address is missing.").field("url")),
            (false, _) => ask.to.filter(|to| !to.trim().is_empty()),
        };
        self.submit(caller, Wish::plain(Act::Home(HomeEvent::ChannelAdded { name: name.clone(), kind: ask.kind, to }))).await?;
        let (name, channel) = self.channel(name.as_str())?;
        Ok(self.channel_view(name, &channel).await)
    }

    pub(super) async fn channel_remove(&self, caller: &Caller, ask: OneChannel) -> Answer<Receipt> {
        let (name, _) = self.channel(&ask.name)?;
        let receipt = self.change(caller, Wish::plain(Act::Home(HomeEvent::ChannelRemoved { name: name.clone() }))).await?;
        self.local.forget_channel_url(name.as_str()).await;
        Ok(receipt)
    }

    pub(super) async fn channel_test(&self, ask: OneChannel) -> Answer<Finding> {
        let (name, channel) = self.channel(&ask.name)?;
        Ok(self.local.test_channel(channel.kind, name.as_str()).await)
    }
}

/// The newest update, where it has been put nowhere yet.
fn unposted(state: &Incident) -> Option<domain::EventId> {
    let newest = state.comms.updates.last()?.id;
    (!state.comms.postings.iter().any(|posting| posting.update == Some(newest))).then_some(newest)
}

/// The text that is asked for, what it is, and the update it belongs to.
fn worded(ask: &AskBrief, state: &Incident, facts: &Facts<'_>, form: Form) -> Answer<(Text, Piece, Option<domain::EventId>)> {
    let missing = |what: &str| ApiError::new(Code::InvalidField, format!("Say which {what}.")).field("about");
    let about = ask.about.as_deref();
    let next = ask.next_due.or(state.comms.running().map(|running| running.due));
    Ok(match ask.piece.as_str() {
        "board" => (documents::board(facts, form), Piece::Board, None),
        "announcement" => (documents::announcement(facts, form), Piece::Announcement, None),
        "handover" => (documents::handover(facts, form), Piece::Other, None),
        "handoff" => (documents::brief(facts, form), Piece::Brief, None),
        "people" => (documents::people(facts, form), Piece::Other, None),
        "update" => {
            let id =
                InProcess::pick_update(state, about)?.or(state.comms.updates.last().map(|update| update.id)).filter(|_| ask.text.is_none());
            let written = id.and_then(|id| state.comms.updates.iter().find(|update| update.id == id)).map(|update| update.text.clone());
            let words = ask.text.clone().or(written).ok_or_else(|| missing("update"))?;
            (documents::update(facts, &words, next, form), Piece::Update, id)
        }
        "task" => {
            let id = InProcess::pick_about(state, about.ok_or_else(|| missing("task"))?)?;
            let task = state.tasks.iter().find(|task| task.id == id).ok_or_else(|| missing("task"))?;
            (documents::task(facts, task, form), Piece::Task, None)
        }
        "ask" => {
            let id = InProcess::pick_about(state, about.ok_or_else(|| missing("ask"))?)?;
            let known = state.asks().find(|known| known.ask == id).ok_or_else(|| missing("ask"))?;
            (documents::ask(facts, known, form), Piece::Other, None)
        }
        "role" => (documents::role_card(facts, ask.role.ok_or_else(|| missing("role").field("role"))?, form), Piece::RoleCard, None),
        other => {
            return Err(ApiError::new(Code::InvalidField, format!("{other:?} is nothing to copy."))
                .hint("One of board, update, task, role, handoff, handover, announcement, people, ask.")
                .field("piece"));
        }
    })
}
