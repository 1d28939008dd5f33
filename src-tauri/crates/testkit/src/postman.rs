//! A postman who posts nothing, remembers every letter, and answers as he was told.

use async_trait::async_trait;
use engine::ports::{Post, Posted, Poster, Reply};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// Longest wait for a letter: only a failing test waits that long.
const PATIENCE: Duration = Duration::from_secs(20);

/// Remembers what was to be posted, in order. Unless told otherwise everything is delivered.
pub struct Postman {
    letters: watch::Sender<Vec<Post>>,
    replies: watch::Sender<Vec<Reply>>,
    answers: Mutex<VecDeque<Posted>>,
    /// Whether he stands at the door with a letter and gets no answer.
    waits: watch::Sender<bool>,
}

impl Default for Postman {
    fn default() -> Self {
        Self {
            letters: watch::channel(vec![]).0,
            replies: watch::channel(vec![]).0,
            answers: Mutex::default(),
            waits: watch::channel(false).0,
        }
    }
}

impl Postman {
    /// The next letters get these answers, one each.
    pub fn answer(&self, answers: impl IntoIterator<Item = Posted>) {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).extend(answers);
    }

    /// From now on no answer comes, or they come again.
    pub fn wait(&self, waits: bool) {
        self.waits.send_replace(waits);
    }

    /// Waits until tools were told `count` things, and answers all.
    ///
    /// # Panics
    /// Where they were not within 20 s.
    pub async fn told(&self, count: usize) -> Vec<Reply> {
        let mut replies = self.replies.subscribe();
        let waited = tokio::time::timeout(PATIENCE, replies.wait_for(|replies| replies.len() >= count)).await;
        match waited {
            Ok(Ok(replies)) => replies.clone(),
            Ok(Err(_)) | Err(_) => panic!("{count} replies should be told: {:?}", *self.replies.borrow()),
        }
    }

    /// Letters so far.
    pub fn letters(&self) -> Vec<Post> {
        self.letters.borrow().clone()
    }

    /// Waits until there were `count` letters, and answers all.
    ///
    /// # Panics
    /// Where there were not within 20 s.
    pub async fn wait_for(&self, count: usize) -> Vec<Post> {
        let mut letters = self.letters.subscribe();
        let waited = tokio::time::timeout(PATIENCE, letters.wait_for(|letters| letters.len() >= count)).await;
        match waited {
            Ok(Ok(letters)) => letters.clone(),
            Ok(Err(_)) | Err(_) => panic!("{count} letters should be posted: {:?}", self.letters()),
        }
    }
}

#[async_trait]
impl Poster for Postman {
    async fn post(&self, post: Post) -> Posted {
        let answer = self.answers.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        self.letters.send_modify(|letters| letters.push(post));
        drop(self.waits.subscribe().wait_for(|waits| !waits).await);
        answer.unwrap_or(Posted::Delivered { receipt: None })
    }

    async fn reply(&self, reply: Reply) -> Posted {
        let answer = self.answers.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        self.replies.send_modify(|replies| replies.push(reply));
        answer.unwrap_or(Posted::Delivered { receipt: None })
    }
}
