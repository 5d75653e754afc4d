//! Shares that are fixed by a rule (60%, a funding year's 30%): exact, so that pounds reconcile.

use std::fmt;

use super::money::Pence;

const WHOLE: i64 = 1_000_000_000;

/// A fixed share between 0% and 100%, in whole billionths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FixedShare(i64);

impl FixedShare {
    /// All of it.
    pub const ALL: FixedShare = FixedShare(WHOLE);

    /// The share nearest to `share` (0 to 1), or `None` outside that range.
    pub fn new(share: f64) -> Option<Self> {
        if !(0.0..=1.0).contains(&share) {
            return None;
        }
        Some(FixedShare(libm::round(share * WHOLE as f64) as i64))
    }

    /// The share as a number between 0 and 1.
    pub fn get(self) -> f64 {
        self.0 as f64 / WHOLE as f64
    }

    /// What is left of the whole.
    pub fn rest(self) -> Self {
        FixedShare(WHOLE - self.0)
    }

    /// Whole billionths, for exact sums.
    pub const fn billionths(self) -> i64 {
        self.0
    }

    /// This share of an amount, rounded half up once.
    pub fn of(self, amount: Pence) -> Pence {
        product(&[self], amount, 1)
    }
}

/// `count` x `amount` x every share, rounded half up (away from zero) once, exact until then.
pub fn product(shares: &[FixedShare], amount: Pence, count: i64) -> Pence {
    // Exact up to 1e19 pence and two shares; what is beyond is more than 64 bits hold, and stays so.
    let mut numerator = i128::from(amount.get()) * i128::from(count);
    let mut denominator = 1_i128;
    for share in shares {
        numerator = numerator.saturating_mul(i128::from(share.0));
        denominator *= i128::from(WHOLE);
    }
    let twice = numerator.saturating_abs().saturating_mul(2).saturating_add(denominator);
    let rounded = Pence::held(twice / (2 * denominator));
    if numerator < 0 { -rounded } else { rounded }
}

impl fmt::Display for FixedShare {
    /// `60%`, `12.5%`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.0 as f64 * 100.0 / WHOLE as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_allocations_come_out_to_the_penny() {
        let year = |agreed, share, tariff| {
            product(&[FixedShare::new(share).unwrap()], Pence::pounds(tariff), agreed)
        };
        assert_eq!(year(536, 0.3, 800), Pence::new(12_864_000));
        assert_eq!(year(536, 0.7, 811), Pence::new(30_428_720));
        assert_eq!(year(816, 0.3, 800) + year(816, 0.7, 811), Pence::new(65_908_320));
    }

    #[test]
    fn a_share_outside_its_range_does_not_exist() {
        for bad in [-0.001, 1.001, f64::NAN, f64::INFINITY] {
            assert_eq!(FixedShare::new(bad), None);
        }
    }

    #[test]
    fn a_share_is_shown_in_per_cent() {
        let shown = |share| FixedShare::new(share).unwrap().to_string();
        assert_eq!(
            (shown(0.6), shown(0.125), shown(1.0)),
            ("60%".into(), "12.5%".into(), "100%".into())
        );
    }

    #[test]
    fn halves_of_a_penny_round_away_from_zero() {
        let half = FixedShare::new(0.5).unwrap();
        assert_eq!(half.of(Pence::new(5)), Pence::new(3));
        assert_eq!(half.of(Pence::new(-5)), Pence::new(-3));
    }
}
