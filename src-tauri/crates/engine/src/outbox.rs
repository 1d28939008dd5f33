//! Carries out what was planned, after commit and never twice: claimed in the ledger first, then shown, then the
//! outcome goes on the record.

use crate::Engine;
use crate::command::{Act, Command, PostOutcome};
use crate::failure::Failure;
use crate::ports::{Notifier, Post, Posted, Poster};
use domain::alarms::{self, Ringing, Verdict};
use domain::home::HomeEvent;
use domain::incidents::{self, CommsEvent, IncidentEvent, QueueState};
use domain::notices::{self, Notice, NoticeKey};
use domain::quiet::Quiet;
use domain::{Entry, Event, EventId, Recorded, Timestamp, Via};
use std::sync::Arc;
use std::time::Duration;
use store::{Effect, EffectKind, GroupRow, GroupState, Reader, StoreError};

/// Effects carried out in one round.
const ROUND: usize = 32;

/// Waits between tries of a post that could not be delivered, in seconds; the last one repeats.
const RETRY_SECS: [i64; 6] = [5, 15, 60, 180, 600, 900];
/// Age from which a post is not tried again by itself (6 h): older news is no news, and a person should look.
const TRIED_MS: i64 = 6 * 60 * 60 * 1000;
/// A post that waited longer than this is looked at again before it goes (1 min).
const FRESH_MS: i64 = 60_000;

/// What carries effects out. Without it they stay planned.
#[derive(Clone)]
pub(crate) enum Hand {
    /// A desktop's, for notices.
    Desktop(Option<Arc<dyn Notifier>>),
    /// A road out, for posts.
    Channels(Option<Arc<dyn Poster>>),
}

/// The runner of effects. There is one for notices and one for posts: a channel that does not answer keeps no notice back.
pub(crate) struct Outbox {
    pub(crate) engine: Engine,
    hand: Hand,
}

impl Outbox {
    pub fn new(engine: Engine, hand: Hand) -> Self {
        Self { engine, hand }
    }

    /// What is carried out here. What nobody here can do is not looked at, however long it waits.
    pub const fn kinds(&self) -> &'static [EffectKind] {
        match self.hand {
            Hand::Desktop(Some(_)) => &EffectKind::NOTICES,
            Hand::Channels(Some(_)) => &EffectKind::POSTS,
            Hand::Desktop(None) | Hand::Channels(None) => &[],
        }
    }

    /// Settles what was claimed before a crash: nobody knows whether it was shown or sent, so it is not claimed that it
    /// was. A settled failure of a notice plans the next repeat where the rule has one.
    pub async fn after_start(&self) {
        let claimed = self.engine.read(|reader| reader.claimed_effects()).await.unwrap_or_default();
        for effect in claimed {
            match (effect.kind, &self.hand) {
                (EffectKind::Post, Hand::Channels(_)) => {
                    let why = String::from("Muster stopped while it was being sent: nobody knows whether it arrived.");
                    self.settle_post(effect.id, PostOutcome::Failed { why }).await;
                }
                (
                    EffectKind::Notice
                    | EffectKind::CloseNotice
                    | EffectKind::Ring
                    | EffectKind::Alarm
                    | EffectKind::CloseAlarm
                    | EffectKind::Ears,
                    Hand::Desktop(_),
                ) => {
                    self.settle(effect.id, Some("Muster stopped before it was known whether the notice was shown.".into())).await;
                }
                // Told twice is as if told once.
                (EffectKind::Reply, Hand::Channels(_)) => {
                    let why = String::from("Muster stopped while it was being told.");
                    self.settle_post(effect.id, PostOutcome::Later { why, due: self.engine.now() }).await;
                }
                (EffectKind::Post | EffectKind::Reply, Hand::Desktop(_))
                | (
                    EffectKind::Notice
                    | EffectKind::CloseNotice
                    | EffectKind::Ring
                    | EffectKind::Alarm
                    | EffectKind::CloseAlarm
                    | EffectKind::Ears,
                    Hand::Channels(_),
                ) => {}
            }
        }
        if let Hand::Channels(_) = self.hand {
            self.say_what_is_held().await;
        }
    }

    /// In a restored or copied home posts are held without a word on the record. Nobody could say yes to what still looks
    /// as if it were on its way.
    async fn say_what_is_held(&self) {
        let held = self.engine.read(|reader| reader.held_posts()).await.unwrap_or_default();
        for effect in held {
            let (id, incident) = (effect.id, effect.incident);
            let state = self.engine.read(move |reader| reader.incident(incident)).await.ok().flatten();
            let state = state.and_then(|state| state.comms.queued(id).map(|one| one.state));
            if matches!(state, Some(QueueState::Queued | QueueState::Delayed)) {
                let why = String::from("This record was restored or copied. Send it only if nobody else does.");
                self.settle_post(id, PostOutcome::Held { why }).await;
            }
        }
    }

    /// Carries out everything due at `now`.
    pub async fn run_due(&self, now: Timestamp) {
        let kinds = self.kinds();
        let due = match self.engine.read(move |reader| reader.due_effects(now, kinds, ROUND)).await {
            Ok(due) => due,
            Err(fault) => return tracing::warn!(%fault, "due effects"),
        };
        for effect in due {
            self.run(effect, now).await;
        }
    }

    async fn run(&self, effect: Effect, now: Timestamp) {
        match (&self.hand, effect.kind) {
            (Hand::Desktop(Some(notifier)), EffectKind::CloseNotice) => {
                self.close(notifier, effect.id, NoticeKey::Incident(effect.incident)).await;
            }
            (Hand::Desktop(Some(notifier)), EffectKind::CloseAlarm) => {
                self.close(notifier, effect.id, NoticeKey::Alarm).await;
            }
            (Hand::Desktop(Some(notifier)), EffectKind::Alarm) => {
                let notice = self.alarm().await;
                self.show(notifier, effect.id, notice).await;
            }
            (Hand::Desktop(Some(notifier)), EffectKind::Ears) => match self.ears(effect.id, now).await {
                Some(notice) => self.show(notifier, effect.id, Some(notice)).await,
                None => self.close(notifier, effect.id, NoticeKey::Ears).await,
            },
            (Hand::Desktop(Some(notifier)), EffectKind::Notice | EffectKind::Ring) => {
                if let Some(notice) = self.about_incident(&effect, now).await {
                    self.show(notifier, effect.id, notice).await;
                }
            }
            (Hand::Channels(Some(poster)), EffectKind::Post) => self.post(poster, effect, now).await,
            (Hand::Channels(Some(poster)), EffectKind::Reply) => self.reply(poster, effect).await,
            (Hand::Desktop(_), EffectKind::Post | EffectKind::Reply)
            | (
                Hand::Channels(_),
                EffectKind::CloseNotice
                | EffectKind::Notice
                | EffectKind::Ring
                | EffectKind::Alarm
                | EffectKind::CloseAlarm
                | EffectKind::Ears,
            )
            | (Hand::Desktop(None) | Hand::Channels(None), _) => {}
        }
    }

    /// Takes away what is about nothing any more.
    pub(crate) async fn give_up(&self, id: EventId) {
        if let Err(fault) = self.submit(Act::Drop(id)).await {
            tracing::warn!(%fault, "dropping an effect");
        }
    }

    async fn close(&self, notifier: &Arc<dyn Notifier>, id: EventId, notice: NoticeKey) {
        if self.submit(Act::Claim(id)).await.is_ok() {
            notifier.close(notice).await;
            self.settle(id, None).await;
        }
    }

    /// An incident's notice as it is now; the outer `None`: it could not be read, and is tried again.
    async fn about_incident(&self, effect: &Effect, now: Timestamp) -> Option<Option<Notice>> {
        let id = effect.incident;
        let incident = self.read(move |reader| reader.incident(id)).await?;
        let home = self.engine.home();
        Some(incident.and_then(|incident| {
            let rule = home.rule(incident.severity.value);
            match effect.kind {
                EffectKind::Ring => notices::compose_rung(&incident, &home, rule, now),
                EffectKind::Notice
                | EffectKind::CloseNotice
                | EffectKind::Post
                | EffectKind::Reply
                | EffectKind::Alarm
                | EffectKind::CloseAlarm
                | EffectKind::Ears => notices::compose(&incident, rule, now),
            }
        }))
    }

    /// The alarm's notice as it is now: for the groups that rang and still wait.
    async fn alarm(&self) -> Option<Notice> {
        let home = self.engine.home();
        let alarm = home.alarm.clone()?;
        let groups = alarm.groups.clone();
        let (rows, waiting) = self
            .read(move |reader| {
                let rows: Result<Vec<Option<GroupRow>>, StoreError> = groups.iter().map(|group| reader.group(*group)).collect();
                Ok((rows?, reader.groups_count_waiting()?))
            })
            .await?;
        let ringing: Vec<Ringing> = rows.into_iter().flatten().filter(rings).map(ringing).collect();
        let more = waiting.saturating_sub(ringing.len() as u64);
        alarms::compose(&alarm, &ringing, more, &home)
    }

    /// What is to be said of hearing: that something muted has ended, by the id of its quiet, else how the home hears now.
    async fn ears(&self, effect: EventId, now: Timestamp) -> Option<Notice> {
        let recorded = self.read(move |reader| reader.event(effect)).await?;
        match recorded {
            Some(Recorded { envelope, event: Some(Event::Home(HomeEvent::QuietSet { order })), .. }) => {
                let owner = envelope.entry.author().name().to_owned();
                Some(notices::compose_ended(&Quiet { order, owner, since: envelope.occurred_at }))
            }
            Some(_) | None => notices::compose_ears(&self.engine.home(), now),
        }
    }

    async fn read<R: Send + 'static>(&self, query: impl FnOnce(&Reader) -> Result<R, StoreError> + Send + 'static) -> Option<R> {
        self.engine.read(query).await.inspect_err(|fault| tracing::warn!(%fault, "what a notice says")).ok()
    }

    async fn show(&self, notifier: &Arc<dyn Notifier>, id: EventId, notice: Option<Notice>) {
        let Some(notice) = notice else { return self.give_up(id).await };
        match self.submit(Act::Claim(id)).await {
            Ok(_) => {
                let failure = notifier.show(notice).await.err();
                self.settle(id, failure).await;
            }
            Err(Failure::EffectGone) => {}
            Err(fault) => tracing::warn!(%fault, "claim of a notice"),
        }
    }

    /// Sends what was queued: as it was worded then, if nothing has changed that its reader would want to know.
    async fn post(&self, poster: &Arc<dyn Poster>, effect: Effect, now: Timestamp) {
        let (id, incident) = (effect.id, effect.incident);
        let read = self.engine.read(move |reader| Ok((reader.event(id)?, reader.incident(incident)?))).await;
        let (words, incident) = match read {
            Ok((Some(recorded), Some(incident))) => (recorded.event, incident),
            Ok(_) => return self.give_up(id).await,
            Err(fault) => return tracing::warn!(%fault, "a post's words"),
        };
        let home = self.engine.home();
        let Some(queued) = incident.comms.queued(id) else { return self.give_up(id).await };
        let channel = home.channels.get(&queued.channel);
        let (text, channel) = match (words, channel) {
            (Some(Event::Incident(IncidentEvent::Comms(CommsEvent::Queued { text, .. }))), Some(channel)) => (text, channel),
            (None, _) => return self.fail(id, "Its words were taken out of the record.").await,
            (Some(_), _) => return self.fail(id, &format!("The channel {} was removed.", queued.channel)).await,
        };
        let waited = now.since(queued.at);
        if let Some(why) = incidents::stale(&incident, queued).filter(|_| waited > FRESH_MS || effect.attempt > 0) {
            return self.settle_post(id, PostOutcome::Held { why }).await;
        }
        if let Err(fault) = self.submit(Act::Claim(id)).await {
            if !matches!(fault, Failure::EffectGone) {
                tracing::warn!(%fault, "claim of a post");
            }
            return;
        }
        let post = Post { effect: id, channel: queued.channel.0.clone(), kind: channel.kind, text };
        let outcome = match poster.post(post).await {
            Posted::Delivered { receipt } => PostOutcome::Sent { receipt },
            Posted::Refused(why) | Posted::Unknown(why) => PostOutcome::Failed { why },
            Posted::Later { why, .. } if waited > TRIED_MS => PostOutcome::Failed { why: format!("{why} It is more than six hours old.") },
            Posted::Later { why, after } => self.later(&effect, why, after),
        };
        self.settle_post(id, outcome).await;
    }

    /// What could not be done now is tried again: later each time, and not before the tool asked to be.
    pub(crate) fn later(&self, effect: &Effect, why: String, after: Option<Duration>) -> PostOutcome {
        let step = RETRY_SECS[(effect.attempt as usize).min(RETRY_SECS.len() - 1)];
        let asked = after.map_or(0, |after| after.as_secs().min(3_600) as i64);
        PostOutcome::Later { why, due: self.engine.now().plus_secs(step.max(asked)) }
    }

    async fn fail(&self, id: EventId, why: &str) {
        self.settle_post(id, PostOutcome::Failed { why: why.to_owned() }).await;
    }

    pub(crate) async fn settle_post(&self, effect: EventId, outcome: PostOutcome) {
        if let Err(fault) = self.submit(Act::SettlePost { effect, outcome }).await {
            tracing::warn!(%fault, "outcome of a post");
        }
    }

    async fn settle(&self, effect: EventId, failure: Option<String>) {
        if let Err(fault) = self.submit(Act::Settle { effect, failure }).await {
            tracing::warn!(%fault, "outcome of an effect");
        }
    }

    pub(crate) async fn submit(&self, act: Act) -> Result<crate::Committed, Failure> {
        let entry = Entry::machine("muster", Via::System);
        self.engine.submit(Command { entry, occurred_at: None, once: None, act }).await
    }
}

/// Whether a group rang and still waits for somebody.
fn rings(group: &GroupRow) -> bool {
    group.state() == GroupState::Waiting && group.noise.as_ref().is_some_and(|noise| matches!(noise.verdict, Verdict::Rings(_)))
}

fn ringing(group: GroupRow) -> Ringing {
    Ringing { id: group.id, title: group.title, severity: group.severity, firing: group.firing }
}
