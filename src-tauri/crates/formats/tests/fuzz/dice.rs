//! Chance that can be had again: an input is made by its number alone, so that what one run finds another finds too.

/// Xorshift; nothing of it comes from outside.
pub struct Dice(u64);

impl Dice {
    /// The dice of one input.
    pub fn of(seed: u64, number: u64) -> Self {
        // SplitMix64: neighbours share nothing, and none of them is zero, where xorshift would stay for ever.
        let mut state = seed.wrapping_add(number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self((state ^ (state >> 31)) | 1)
    }

    /// A number below that; 0 where there is none.
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).expect("it is below a usize")
    }

    /// Whether it is the one of so many.
    pub fn one_in(&mut self, many: usize) -> bool {
        self.roll(many) == 0
    }

    /// One of them.
    pub fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.roll(of.len())]
    }

    /// Two places in something of that length, the first no later than the other.
    pub fn span(&mut self, length: usize) -> (usize, usize) {
        let (one, other) = (self.roll(length + 1), self.roll(length + 1));
        (one.min(other), one.max(other))
    }
}
