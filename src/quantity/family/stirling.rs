//! What Stirling's formula leaves out of the gamma function.

use std::f64::consts::PI;

/// ln gamma(x) - [(x - 1/2) ln x - x + ln(2 pi)/2], for x > 0, to about 1e-15 wherever it is small.
///
/// For large x the asymptotic series of DLMF 5.11.1, whose terms fall below 1e-16 from x = 10 on.
pub(super) fn remainder(x: f64) -> f64 {
    if x < 10.0 {
        return libm::lgamma(x) - (x - 0.5) * libm::log(x) + x - 0.5 * libm::log(2.0 * PI);
    }
    let square = 1.0 / (x * x);
    let terms = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
    ];
    terms.iter().rev().fold(0.0, |sum, term| sum * square + term) / x
}

/// r - 1 - ln r for r > 0: how far a ratio is from 1, without losing what is left of it near 1.
/// (The deviance of Loader 2000, "Fast and accurate computation of binomial probabilities".)
#[inline]
pub(super) fn deviance(ratio: f64) -> f64 {
    (ratio - 1.0) - libm::log(ratio)
}
