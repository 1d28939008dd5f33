//! Carries out what was planned, after commit and never twice: claimed in the ledger first, then shown, then the
//! outcome goes on the record.

use crate::Engine;
use crate::command::{Act, Command};
use crate::failure::Failure;
use crate::ports::Notifier;
use domain::notices;
use domain::{Entry, EventId, Timestamp, Via};
use std::sync::Arc;
use store::{Effect, EffectKind};

/// Effects carried out in one round.
const ROUND: usize = 32;

/// The runner of effects.
pub(crate) struct Outbox {
    engine: Engine,
    notifier: Arc<dyn Notifier>,
}

impl Outbox {
    pub fn new(engine: Engine, notifier: Arc<dyn Notifier>) -> Self {
        Self { engine, notifier }
    }

    /// Settles what was claimed before a crash: nobody knows whether it was shown, so it is not claimed that it was.
    /// The settled failure plans the next repeat where the rule has one.
    pub async fn after_start(&self) {
        let claimed = self.engine.read(|reader| reader.claimed_effects()).await.unwrap_or_default();
        for effect in claimed {
            self.settle(effect.id, Some("Muster stopped before it was known whether the notice was shown.".into())).await;
        }
    }

    /// Carries out everything due at `now`.
    pub async fn run_due(&self, now: Timestamp) {
        let due = match self.engine.read(move |reader| reader.due_effects(now, ROUND)).await {
            Ok(due) => due,
            Err(fault) => return tracing::warn!(%fault, "due effects"),
        };
        for effect in due {
            self.run(effect, now).await;
        }
    }

    async fn run(&self, effect: Effect, now: Timestamp) {
        match effect.kind {
            EffectKind::CloseNotice => {
                if self.submit(Act::Claim(effect.id)).await.is_ok() {
                    self.notifier.close(effect.incident).await;
                    self.settle(effect.id, None).await;
                }
            }
            EffectKind::Notice => self.show(effect, now).await,
        }
    }

    async fn show(&self, effect: Effect, now: Timestamp) {
        let id = effect.incident;
        let incident = match self.engine.read(move |reader| reader.incident(id)).await {
            Ok(incident) => incident,
            Err(fault) => return tracing::warn!(%fault, "notice"),
        };
        let rule = |severity| self.engine.home().rule(severity);
        let notice = incident.and_then(|incident| notices::compose(&incident, rule(incident.severity.value), now));
        let Some(notice) = notice else {
            if let Err(fault) = self.submit(Act::Drop(effect.id)).await {
                tracing::warn!(%fault, "dropping a notice");
            }
            return;
        };
        match self.submit(Act::Claim(effect.id)).await {
            Ok(_) => {
                let failure = self.notifier.show(notice).await.err();
                self.settle(effect.id, failure).await;
            }
            Err(Failure::EffectGone) => {}
            Err(fault) => tracing::warn!(%fault, "claim of a notice"),
        }
    }

    async fn settle(&self, effect: EventId, failure: Option<String>) {
        if let Err(fault) = self.submit(Act::Settle { effect, failure }).await {
            tracing::warn!(%fault, "outcome of an effect");
        }
    }

    async fn submit(&self, act: Act) -> Result<crate::Committed, Failure> {
        let entry = Entry::machine("muster", Via::System);
        self.engine.submit(Command { entry, occurred_at: None, once: None, act }).await
    }
}
