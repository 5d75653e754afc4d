//! Money: whole pence, rounded half up (away from zero) where a formula says so and nowhere else.
//!
//! Nothing here wraps: what goes beyond 64 bits stays at their end, far beyond [`Pence::MOST`], so that
//! whoever looks at the sum finds it beyond what is told.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use super::share::FixedShare;

/// An amount of money in whole pence. May be negative (a balance).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pence(i64);

impl Pence {
    /// Nothing.
    pub const ZERO: Pence = Pence(0);

    /// The most that is told, £90,071,992,547,409.92: up to here a double holds every penny, which is
    /// what statistics take.
    pub const MOST: Pence = Pence(1 << 53);

    /// So many whole pence.
    pub const fn new(pence: i64) -> Self {
        Pence(pence)
    }

    /// So many whole pounds.
    pub const fn pounds(pounds: i64) -> Self {
        Pence(pounds.saturating_mul(100))
    }

    /// A real amount of pounds, rounded half up to the penny: how a drawn price becomes money.
    pub fn from_pounds(pounds: f64) -> Self {
        Pence(half_up(pounds * 100.0))
    }

    /// Whole pence.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Pounds, for statistics and for display only.
    pub fn to_pounds(self) -> f64 {
        self.0 as f64 / 100.0
    }

    /// Whether it is no more than [`Pence::MOST`], either way.
    pub const fn is_told(self) -> bool {
        self.0.unsigned_abs() <= Pence::MOST.0.unsigned_abs()
    }

    /// `count` times this amount, exactly.
    pub const fn times(self, count: i64) -> Self {
        Pence(self.0.saturating_mul(count))
    }

    /// So many whole pence, or the end of what 64 bits hold.
    pub(crate) fn held(pence: i128) -> Self {
        Pence(pence.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64)
    }

    /// A fixed share of this amount, rounded half up once.
    pub fn share(self, share: FixedShare) -> Self {
        share.of(self)
    }

    /// So many of so many parts of this amount, rounded half up once; nothing where there are no
    /// parts.
    pub fn part(self, parts: i64, of: i64) -> Self {
        let twice = (i128::from(self.0) * i128::from(parts)).saturating_mul(2) + i128::from(of);
        if of <= 0 { Pence::ZERO } else { Pence::held(twice.div_euclid(2 * i128::from(of))) }
    }

    /// A drawn share of this amount, rounded half up once.
    pub fn drawn_share(self, share: f64) -> Self {
        Pence(half_up(self.0 as f64 * share))
    }

    /// The amount, or nothing if it is negative.
    pub fn at_least_zero(self) -> Self {
        Pence(self.0.max(0))
    }
}

/// The nearest whole number, halves away from zero.
#[inline]
pub fn half_up(x: f64) -> i64 {
    // The cast drops the fraction, which then says whether the next number away from zero is nearer.
    let whole = x as i64;
    let rest = x - whole as f64;
    whole.saturating_add(i64::from(rest >= 0.5)).saturating_sub(i64::from(rest <= -0.5))
}

/// Splits `total` in proportion to whole `weights` by largest remainder; ties go to the earlier part.
/// Weights that are all zero split evenly.
pub fn split(total: Pence, weights: &[i64]) -> Vec<Pence> {
    apportion(total.0, weights).into_iter().map(Pence).collect()
}

/// The same for people, or whatever comes in whole numbers.
pub fn apportion(total: i64, weights: &[i64]) -> Vec<i64> {
    let even = vec![1; weights.len()];
    let weights = if weights.iter().all(|&w| w == 0) { &even[..] } else { weights };
    let sum: i128 = weights.iter().map(|&w| i128::from(w)).sum();
    let exact = |w: i64| i128::from(total) * i128::from(w);
    let mut parts: Vec<i64> =
        weights.iter().map(|&w| exact(w).div_euclid(sum.max(1)) as i64).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(exact(weights[i]).rem_euclid(sum.max(1))));
    let left = total - parts.iter().sum::<i64>();
    for &i in order.iter().take(left.max(0) as usize) {
        parts[i] += 1;
    }
    parts
}

impl fmt::Display for Pence {
    /// `£1,234.56`, `-£0.05`: always with pence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let pence = self.0.unsigned_abs();
        write!(f, "{sign}£{}.{:02}", grouped(pence / 100), pence % 100)
    }
}

/// A whole number with a comma between thousands.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

impl Add for Pence {
    type Output = Pence;
    fn add(self, other: Pence) -> Pence {
        Pence(self.0.saturating_add(other.0))
    }
}

impl Sub for Pence {
    type Output = Pence;
    fn sub(self, other: Pence) -> Pence {
        Pence(self.0.saturating_sub(other.0))
    }
}

impl Neg for Pence {
    type Output = Pence;
    fn neg(self) -> Pence {
        Pence(self.0.saturating_neg())
    }
}

impl AddAssign for Pence {
    fn add_assign(&mut self, other: Pence) {
        *self = *self + other;
    }
}

impl SubAssign for Pence {
    fn sub_assign(&mut self, other: Pence) {
        *self = *self - other;
    }
}

impl Sum for Pence {
    fn sum<I: Iterator<Item = Pence>>(amounts: I) -> Pence {
        amounts.fold(Pence::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::super::share::product;
    use super::*;

    #[test]
    fn money_is_shown_with_commas_and_pence() {
        assert_eq!(Pence::new(43_292_720).to_string(), "£432,927.20");
        assert_eq!(Pence::new(-5).to_string(), "-£0.05");
        assert_eq!(Pence::new(100_000_000).to_string(), "£1,000,000.00");
    }

    #[test]
    fn halves_round_away_from_zero() {
        assert_eq!(half_up(2.5), 3);
        assert_eq!(half_up(-2.5), -3);
        assert_eq!(half_up(2.499_999), 2);
    }

    #[test]
    fn what_64_bits_cannot_hold_stays_at_their_end_and_is_not_told() {
        let (most, least) = (Pence::new(i64::MAX), Pence::new(i64::MIN));
        let beyond = [
            most + Pence::new(1),
            most - Pence::new(-1),
            -least,
            most.times(2),
            most.part(3, 2),
            Pence::from_pounds(1e300),
            Pence::from_pounds(f64::INFINITY),
            most.drawn_share(2.0),
            product(&[FixedShare::ALL, FixedShare::ALL], most, i64::MAX),
            [most, most].into_iter().sum(),
        ];
        assert_eq!(beyond, [most; 10]);
        assert_eq!((least - Pence::new(1), Pence::from_pounds(-1e300)), (least, least));
        assert!(!most.is_told() && !least.is_told());
        assert!(Pence::MOST.is_told() && !(Pence::MOST + Pence::new(1)).is_told());
    }

    #[test]
    fn a_part_is_rounded_half_up_once_and_of_no_parts_there_is_nothing() {
        let part = |pence, parts, of| Pence::new(pence).part(parts, of).get();
        assert_eq!(part(1_000, 3, 4), 750);
        assert_eq!((part(5, 1, 2), part(-5, 1, 2), part(7, 1, 3)), (3, -2, 2));
        assert_eq!((part(1_000, 1, 0), part(1_000, 1, -1)), (0, 0));
    }

    #[test]
    fn a_split_gives_away_every_penny_by_largest_remainder() {
        let parts = split(Pence::new(100), &[1, 1, 1]);
        assert_eq!(parts, [Pence::new(34), Pence::new(33), Pence::new(33)]);
        let parts = split(Pence::new(10), &[1, 2, 4]);
        assert_eq!(parts, [Pence::new(1), Pence::new(3), Pence::new(6)]);
        let parts = split(Pence::new(7), &[0, 0]);
        assert_eq!(parts.into_iter().sum::<Pence>(), Pence::new(7));
    }
}
