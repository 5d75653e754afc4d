//! How many digits an estimate deserves.

use super::sample::Estimate;
use super::scramble::T_15;

/// An estimate cut to the digits that its error leaves standing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rounded {
    /// The estimate.
    pub value: f64,
    /// Half the width of its 95% interval; `None` where its error is not known.
    pub half: Option<f64>,
    /// Decimals of both.
    pub decimals: usize,
}

/// Half the width of an estimate's 95% interval.
pub fn half_width(estimate: Estimate) -> Option<f64> {
    estimate.se.map(|se| T_15 * se)
}

/// Whether an estimate differs from nothing by more than its error.
pub fn is_beyond_error(difference: Estimate) -> bool {
    half_width(difference).is_some_and(|half| difference.value.abs() > half)
}

/// Rounds an estimate to the place of its error's first digit, or one further where that is a 1,
/// but never finer than 10^`finest`: 427.13 with half a width of 1.28 is 427.1, give or take 1.3;
/// with 34 it is 430, give or take 30.
pub fn rounded(estimate: Estimate, finest: i32) -> Rounded {
    let half = half_width(estimate);
    let place = half.filter(|&half| half > 0.0).map_or(finest, |half| place(half).max(finest));
    let step = libm::pow(10.0, f64::from(-place));
    let cut = |x: f64| {
        let cut = libm::round(x * step) / step;
        // No minus before nothing.
        if cut == 0.0 { 0.0 } else { cut }
    };
    Rounded {
        value: cut(estimate.value),
        half: half.map(cut),
        decimals: usize::try_from(-place).unwrap_or(0),
    }
}

/// The power of ten to which an error is shown.
fn place(half: f64) -> i32 {
    let first = libm::floor(libm::log10(half)) as i32;
    let digit = half / libm::pow(10.0, f64::from(first));
    if digit < 2.0 { first - 1 } else { first }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: f64, half: f64, finest: i32) -> (f64, f64, usize) {
        let rounded = rounded(Estimate { value, se: Some(half / T_15) }, finest);
        (rounded.value, rounded.half.unwrap(), rounded.decimals)
    }

    #[test]
    fn digits_end_where_the_error_begins() {
        assert_eq!(shown(427.13, 1.28, -2), (427.1, 1.3, 1));
        assert_eq!(shown(427.13, 3.4, -2), (427.0, 3.0, 0));
        assert_eq!(shown(383_412.0, 1_043.0, 0), (383_400.0, 1_000.0, 0));
        assert_eq!(shown(383_412.0, 3_043.0, 0), (383_000.0, 3_000.0, 0));
        assert_eq!(shown(0.031_4, 0.000_52, -4), (0.031_4, 0.000_5, 4));
    }

    #[test]
    fn no_digits_finer_than_asked_for() {
        assert_eq!(shown(427.13, 0.001, 0), (427.0, 0.0, 0));
        let known = rounded(Estimate { value: -0.2, se: None }, 0);
        assert_eq!((known.value.to_bits(), known.half), (0.0_f64.to_bits(), None));
    }

    #[test]
    fn a_difference_within_its_error_is_not_beyond_it() {
        assert!(!is_beyond_error(Estimate { value: 2.0, se: Some(1.0) }));
        assert!(is_beyond_error(Estimate { value: -2.2, se: Some(1.0) }));
        assert!(!is_beyond_error(Estimate { value: 5.0, se: None }));
        assert!(!is_beyond_error(Estimate { value: 0.0, se: Some(0.0) }));
    }
}
