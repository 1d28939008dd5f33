//! The real clock and the real dice: the only place in Muster that reads either.

use crate::network::Interfaces;
use chrono::Utc;
use domain::Timestamp;
use engine::ports::{Clock, Entropy, Network};
use rand::RngCore as _;
use std::sync::Arc;

/// The wall clock of this machine.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one reader of the clock")]
    fn now(&self) -> Timestamp {
        Timestamp::from(Utc::now())
    }
}

/// The operating system's randomness.
#[derive(Clone, Copy, Debug)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn bytes16(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        rand::rng().fill_bytes(&mut bytes);
        bytes
    }
}

/// Time, randomness and the network for one home; tests bring their own.
#[derive(Clone)]
pub struct Ports {
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Whether this machine reaches any network.
    pub network: Arc<dyn Network>,
}

impl Default for Ports {
    fn default() -> Self {
        Self { clock: Arc::new(SystemClock), entropy: Arc::new(SystemEntropy), network: Arc::new(Interfaces::default()) }
    }
}

impl Ports {
    /// A fresh id for the home on this machine.
    pub(crate) fn new_device(&self) -> domain::DeviceId {
        let bytes = self.entropy.bytes16();
        let random: [u8; 10] = std::array::from_fn(|i| bytes[i]);
        let millis = self.clock.now().millis().max(0).unsigned_abs();
        domain::DeviceId(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }
}
