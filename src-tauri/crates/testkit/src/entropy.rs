//! Randomness that is the same in every run.

use engine::ports::Entropy;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bits that look random and follow from the seed (SplitMix64: no state but a counter, no two outputs alike in 2⁶⁴).
#[derive(Debug)]
pub struct SeededEntropy(AtomicU64);

/// SplitMix64's step: 2⁶⁴ divided by the golden ratio.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

impl SeededEntropy {
    /// The dice of `seed`.
    pub const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    fn next(&self) -> u64 {
        let state = self.0.fetch_add(STEP, Ordering::AcqRel).wrapping_add(STEP);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

impl Entropy for SeededEntropy {
    fn bytes16(&self) -> [u8; 16] {
        let (high, low) = (u128::from(self.next()), u128::from(self.next()));
        (high << 64 | low).to_le_bytes()
    }
}
