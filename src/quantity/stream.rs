//! Random streams keyed by what they are for.
//!
//! A stream is a SplitMix64 generator (Steele, Lea and Flood 2014, "Fast splittable pseudorandom
//! number generators", OOPSLA) whose state is made from (seed, world, purpose, place). Its draws
//! can be read in any order by index, so nobody's draw depends on who was drawn before.

use multiversion::multiversion;

use super::ln::ln;

/// SplitMix64 adds this to its state at each draw (the golden ratio in 64 bits).
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// What SplitMix64 makes of its state: variant 13 of Stafford's mixers ("Better bit mixing", 2011),
/// as Steele, Lea and Flood take it. Written out so that many can be computed side by side.
#[inline(always)]
fn mix(state: u64) -> u64 {
    let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The middle of one of 2^52 equal parts of (0, 1), by the first 52 of the bits.
#[inline(always)]
fn open(bits: u64) -> f64 {
    f64::from_bits(1.0_f64.to_bits() | (bits >> 12)) - (1.0 - f64::EPSILON / 2.0)
}

/// The draw from the exponential distribution of mean 1 that belongs to a uniform in (0, 1).
#[inline(always)]
pub fn exponential(u: f64) -> f64 {
    -ln(u)
}

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
        let state = self.0 ^ mix(number.wrapping_add(STEP)).rotate_left(23);
        Key(mix(state.wrapping_add(STEP)))
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
    /// Draw number `index`: 64 bits.
    #[inline(always)]
    fn bits(self, index: u64) -> u64 {
        mix(self.0.wrapping_add(STEP.wrapping_mul(index.wrapping_add(1))))
    }

    /// Draw number `index`, in the open interval (0, 1).
    #[inline(always)]
    pub fn uniform(self, index: u64) -> f64 {
        open(self.bits(index))
    }

    /// Draw number `index` as the key of a stream of its own.
    #[inline(always)]
    pub fn key(self, index: u64) -> Key {
        Key(self.bits(index))
    }

    /// Draw number `index` from the exponential distribution of mean 1.
    #[inline(always)]
    pub fn exponential(self, index: u64) -> f64 {
        exponential(self.uniform(index))
    }
}

/// Draws of many at once: each is what the function of the same name gives for one.
pub mod many {
    use super::*;

    /// Keys from draw number `first` of a stream on.
    #[multiversion(targets("x86_64+avx512f+avx512dq+avx512vl", "x86_64+avx2"))]
    pub fn keys(stream: Stream, first: u64, keys: &mut [Key]) {
        for (index, key) in (first..).zip(keys) {
            *key = stream.key(index);
        }
    }

    /// Draws from the exponential distribution of mean 1 from draw number `first` of a stream on.
    #[multiversion(targets("x86_64+avx512f+avx512dq+avx512vl", "x86_64+avx2"))]
    pub fn exponentials(stream: Stream, first: u64, draws: &mut [f64]) {
        for (index, draw) in (first..).zip(draws) {
            *draw = stream.exponential(index);
        }
    }

    /// Draw number `index` of each stream.
    #[multiversion(targets("x86_64+avx512f+avx512dq+avx512vl", "x86_64+avx2"))]
    pub fn uniforms_of(streams: &[Key], index: u64, draws: &mut [f64]) {
        for (key, draw) in streams.iter().zip(draws) {
            *draw = key.stream().uniform(index);
        }
    }

    /// Draw number `index` of each stream, from the exponential distribution of mean 1.
    #[multiversion(targets("x86_64+avx512f+avx512dq+avx512vl", "x86_64+avx2"))]
    pub fn exponentials_of(streams: &[Key], index: u64, draws: &mut [f64]) {
        for (key, draw) in streams.iter().zip(draws) {
            *draw = key.stream().exponential(index);
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::distr::{Distribution, Open01};
    use rand_xoshiro::SplitMix64;
    use rand_xoshiro::rand_core::SeedableRng;

    use super::*;

    #[test]
    fn many_draws_at_once_are_those_of_one_after_another() {
        let stream = Key::seed(3).stream();
        for count in [0, 1, 7, 64, 1001] {
            let (mut keys, mut draws) = (vec![Key::NONE; count], vec![0.0; count]);
            many::keys(stream, 5, &mut keys);
            assert!(keys.iter().zip(5..).all(|(&key, index)| key == stream.key(index)));
            many::exponentials(stream, 9, &mut draws);
            assert!(draws.iter().zip(9..).all(|(&draw, index)| draw == stream.exponential(index)));
            many::uniforms_of(&keys, 2, &mut draws);
            assert!(draws.iter().zip(&keys).all(|(&draw, key)| draw == key.stream().uniform(2)));
            many::exponentials_of(&keys, 2, &mut draws);
            let one = |key: &Key| key.stream().exponential(2);
            assert!(draws.iter().zip(&keys).all(|(&draw, key)| draw == one(key)));
        }
    }

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
