//! Random streams keyed by what they are for.
//!
//! A stream is a SplitMix64 generator (Steele, Lea and Flood 2014, "Fast splittable pseudorandom
//! number generators", OOPSLA) whose state is made from (seed, world, purpose, place). Its draws
//! can be read in any order by index, so nobody's draw depends on who was drawn before.

use rand::distr::{Distribution, Open01};
use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// SplitMix64 adds this to its state at each draw (the golden ratio in 64 bits).
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// Where a stream starts. Made from a seed, then narrowed by names and numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u64);

impl Key {
    /// A key that stands for nothing yet.
    pub const NONE: Key = Key(0);

    /// The root of all streams of a run.
    pub fn seed(seed: u64) -> Self {
        Key(0).with(seed)
    }

    /// The key that stands for a name, whatever the seed; narrow another key with it.
    pub fn name(name: &str) -> Self {
        let hash = blake3::hash(name.as_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&hash.as_bytes()[..8]);
        Key(u64::from_le_bytes(first))
    }

    /// This key narrowed by a number: a world, a post, a try.
    #[inline]
    pub fn with(self, number: u64) -> Self {
        let mixed = SplitMix64::from_seed(number.to_le_bytes()).next_u64();
        let state = self.0 ^ mixed.rotate_left(23);
        Key(SplitMix64::from_seed(state.to_le_bytes()).next_u64())
    }

    /// This key narrowed by a name.
    #[inline]
    pub fn named(self, name: Key) -> Self {
        self.with(name.0)
    }

    /// 32 bits of the key, for scrambles.
    pub fn low(self) -> u32 {
        self.0 as u32
    }

    /// 64 bits of the key.
    pub fn bits(self) -> u64 {
        self.0
    }

    /// The stream that starts here.
    #[inline]
    pub fn stream(self) -> Stream {
        Stream(self.0)
    }

    /// The first uniform of the stream that starts here, in (0, 1).
    #[inline]
    pub fn uniform(self) -> f64 {
        self.stream().uniform(0)
    }
}

/// Uniform draws in (0, 1), any of which can be had by its index.
#[derive(Clone, Copy, Debug)]
pub struct Stream(u64);

impl Stream {
    /// Draw number `index`, in the open interval (0, 1).
    #[inline]
    pub fn uniform(self, index: u64) -> f64 {
        let state = self.0.wrapping_add(STEP.wrapping_mul(index));
        Open01.sample(&mut SplitMix64::from_seed(state.to_le_bytes()))
    }

    /// Draw number `index` as the key of a stream of its own.
    #[inline]
    pub fn key(self, index: u64) -> Key {
        let state = self.0.wrapping_add(STEP.wrapping_mul(index));
        Key(SplitMix64::from_seed(state.to_le_bytes()).next_u64())
    }

    /// Draw number `index` from the exponential distribution of mean 1.
    #[inline]
    pub fn exponential(self, index: u64) -> f64 {
        -libm::log(self.uniform(index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_by_index_is_reading_in_order() {
        let key = Key::seed(7).named(Key::name("patience"));
        let mut in_order = SplitMix64::from_seed(key.bits().to_le_bytes());
        for index in 0..1000 {
            let expected: f64 = Open01.sample(&mut in_order);
            assert_eq!(key.stream().uniform(index), expected);
        }
    }

    #[test]
    fn keys_differ_by_seed_world_name_and_order() {
        let key = |seed, world, name| Key::seed(seed).with(world).named(Key::name(name)).bits();
        let mut all =
            vec![key(1, 0, "a"), key(2, 0, "a"), key(1, 1, "a"), key(1, 0, "b"), key(0, 1, "a")];
        all.push(Key::seed(1).named(Key::name("a")).with(0).bits());
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn the_first_values_of_a_stream_are_pinned() {
        let stream = Key::seed(1).with(0).named(Key::name("arrivals")).stream();
        let values: Vec<String> = (0..3).map(|i| format!("{:.12}", stream.uniform(i))).collect();
        insta::assert_snapshot!(values.join(" "));
    }
}
