//! Hands that show no notice and remember every one they were asked to show.

use crate::house::kinds;
use async_trait::async_trait;
use domain::notices::{About, Notice, NoticeKey};
use engine::Engine;
use engine::ports::Notifier;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// Longest wait for something that should have been asked: only a failing test waits that long.
const PATIENCE: Duration = Duration::from_secs(20);

/// What hands were asked to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Asked {
    /// Show this; the kinds of the incident's entries at that moment, oldest first, tell what was on record before.
    Show(Notice, Vec<String>),
    /// Take that notice away.
    Close(NoticeKey),
}

/// Remembers what it was asked, in order.
pub struct Hands {
    asked: watch::Sender<Vec<Asked>>,
    /// The record to look into when asked to show.
    engine: OnceLock<Engine>,
    failure: Mutex<Option<String>>,
}

impl Default for Hands {
    fn default() -> Self {
        Self { asked: watch::channel(vec![]).0, engine: OnceLock::new(), failure: Mutex::default() }
    }
}

impl Hands {
    /// Lets them look into the record of `engine` from now on.
    pub(crate) fn look_into(&self, engine: &Engine) {
        drop(self.engine.set(engine.clone()));
    }

    /// From now on showing fails for this reason, or works again.
    pub fn fail(&self, reason: Option<&str>) {
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = reason.map(str::to_owned);
    }

    /// Everything asked so far.
    pub fn so_far(&self) -> Vec<Asked> {
        self.asked.borrow().clone()
    }

    /// The notices shown so far.
    pub fn shown(&self) -> Vec<Notice> {
        let show = |asked| match asked {
            Asked::Show(notice, _) => Some(notice),
            Asked::Close(_) => None,
        };
        self.so_far().into_iter().filter_map(show).collect()
    }

    /// Waits until `count` things were asked, and answers all.
    ///
    /// # Panics
    /// Where they were not asked within 20 s.
    pub async fn asked(&self, count: usize) -> Vec<Asked> {
        let mut asked = self.asked.subscribe();
        let waited = tokio::time::timeout(PATIENCE, asked.wait_for(|asked| asked.len() >= count)).await;
        match waited {
            Ok(Ok(asked)) => asked.clone(),
            Ok(Err(_)) | Err(_) => panic!("hands should be asked {count} times and were asked: {:?}", self.so_far()),
        }
    }
}

#[async_trait]
impl Notifier for Hands {
    async fn show(&self, notice: Notice) -> Result<(), String> {
        let on_record = match (self.engine.get(), &notice.about) {
            (Some(engine), About::Incident { id, .. }) => kinds(engine, *id).await,
            (Some(_), About::Alarm { .. } | About::Ears) | (None, _) => vec![],
        };
        self.asked.send_modify(|asked| asked.push(Asked::Show(notice, on_record)));
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone().map_or(Ok(()), Err)
    }

    async fn close(&self, notice: NoticeKey) {
        self.asked.send_modify(|asked| asked.push(Asked::Close(notice)));
    }
}
