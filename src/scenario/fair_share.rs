//! A programme's participants divided between its localities by population, or by another count.

use crate::quantity::FixedShare;
use crate::quantity::money::apportion;

/// The whole, in billionths: what a [`FixedShare`] counts in.
const WHOLE: i64 = 1_000_000_000;

/// Participants of a programme, divided between its localities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FairShares {
    /// What they are divided by: `population`, or a column of the localities' weights.
    pub by: String,
    /// Participants of the whole programme.
    pub participants: i64,
    /// Each locality's part, in file order.
    pub places: Vec<FairShare>,
}

/// One locality's part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FairShare {
    /// Its share of the whole, rounded as the scenario says.
    pub share: FixedShare,
    /// Its participants.
    pub participants: i64,
}

/// Divides participants in proportion to weights (counts of people, in any unit; none negative).
///
/// With a precision, each share of the sum of weights is rounded half up to a multiple of it; where
/// the rounded shares do not add up to 100%, they are found by largest remainder instead, the
/// earlier first among equals. Participants follow the shares, by largest remainder where a share
/// of them is no whole number, so that nobody is lost.
///
/// `None` where no weight is above zero, or 100% is no multiple of the precision.
pub fn divide(
    participants: i64,
    weights: &[f64],
    precision: Option<FixedShare>,
) -> Option<Vec<FairShare>> {
    // Whole millionths, so that nothing depends on the order in which floats are added.
    let weights: Vec<i64> = weights.iter().map(|weight| libm::round(weight * 1e6) as i64).collect();
    let sum: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
    if sum <= 0 {
        return None;
    }
    let step = precision.map_or(1, FixedShare::billionths);
    if !divides(step) {
        return None;
    }
    let steps = WHOLE / step;
    let nearest = |weight: i64| {
        let twice = 2 * i128::from(weight) * i128::from(steps) + sum;
        (twice / (2 * sum)) as i64
    };
    let mut shares: Vec<i64> = weights.iter().map(|&weight| nearest(weight)).collect();
    if shares.iter().sum::<i64>() != steps {
        shares = apportion(steps, &weights);
    }
    let people = match precision {
        Some(_) => apportion(participants, &shares),
        None => apportion(participants, &weights),
    };
    let part = |(&share, participants): (&i64, i64)| {
        let share = FixedShare::new((share * step) as f64 / WHOLE as f64)?;
        Some(FairShare { share, participants })
    };
    shares.iter().zip(people).map(part).collect()
}

/// Whether shares can be rounded to so many billionths: whether 100% is a multiple of them.
pub fn divides(billionths: i64) -> bool {
    billionths > 0 && WHOLE % billionths == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(shares: Option<Vec<FairShare>>) -> Vec<i64> {
        shares.unwrap().iter().map(|share| share.participants).collect()
    }

    fn percent(share: f64) -> Option<FixedShare> {
        FixedShare::new(share / 100.0)
    }

    /// Residents of the ten districts of Greater Manchester, mid-2022.
    const RESIDENTS: [f64; 10] = [
        298_903.0, 194_606.0, 568_996.0, 243_912.0, 226_992.0, 278_064.0, 297_107.0, 232_753.0,
        236_301.0, 334_110.0,
    ];

    #[test]
    fn eight_thousand_places_come_out_as_the_districts_published_them() {
        let found = divide(8_000, &RESIDENTS, percent(0.1));
        assert_eq!(people(found.clone()), [824, 536, 1_560, 672, 624, 760, 816, 640, 648, 920]);
        assert_eq!(found.unwrap()[1].share.to_string(), "6.7%");
    }

    #[test]
    fn shares_that_do_not_add_up_are_found_by_largest_remainder() {
        // A third each is 33.3%, which leaves a tenth of a percent for the first.
        assert_eq!(people(divide(1_000, &[1.0; 3], percent(0.1))), [334, 333, 333]);
        // Half of a step each: rounded half up they make too much.
        assert_eq!(people(divide(100, &[1.5, 1.5, 97.0], percent(1.0))), [2, 1, 97]);
    }

    #[test]
    fn nobody_is_lost_where_a_share_is_no_whole_number_of_people() {
        let found = people(divide(7_777, &RESIDENTS, percent(0.1)));
        assert_eq!(found.iter().sum::<i64>(), 7_777);
        assert_eq!(people(divide(10, &[1.0, 1.0, 1.0], None)), [4, 3, 3]);
    }

    #[test]
    fn without_a_precision_the_weights_alone_decide() {
        assert_eq!(people(divide(8_000, &[0.25, 0.75], None)), [2_000, 6_000]);
    }

    #[test]
    fn what_cannot_be_divided_is_not() {
        assert_eq!(divide(10, &[0.0, 0.0], None), None);
        assert_eq!(divide(10, &[1.0], percent(0.3)), None);
        assert_eq!(divide(10, &[1.0], percent(0.0)), None);
    }
}
