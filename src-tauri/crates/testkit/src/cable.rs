//! A network cable that a test can pull.

use engine::ports::Network;
use std::sync::atomic::{AtomicBool, Ordering};

/// It is in until it is pulled.
#[derive(Default)]
pub struct Cable {
    pulled: AtomicBool,
}

impl Cable {
    /// Pulls it, or puts it in again.
    pub fn pull(&self, out: bool) {
        self.pulled.store(out, Ordering::SeqCst);
    }
}

impl Network for Cable {
    fn online(&self) -> Option<bool> {
        Some(!self.pulled.load(Ordering::SeqCst))
    }
}
