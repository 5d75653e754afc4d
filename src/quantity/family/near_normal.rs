//! Distributions so narrow that they are normal but for a little skewness.

use super::normal;

/// A distribution by its first four moments.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearNormal {
    pub(super) mean: f64,
    pub(super) sd: f64,
    pub(super) skewness: f64,
    /// Excess kurtosis.
    pub(super) excess: f64,
    /// The greatest value there is; the least is 0.
    pub(super) high: f64,
}

impl NearNormal {
    /// The expansion of Cornish and Fisher 1938 ("Moments and cumulants in the specification of
    /// distributions") to the second order. With a skewness below 1e-3 the rest is below 1e-10.
    pub(super) fn at(&self, u: f64) -> f64 {
        let z = normal::quantile(u);
        let first = self.skewness * (z * z - 1.0) / 6.0;
        let second = self.excess * z * (z * z - 3.0) / 24.0
            - self.skewness * self.skewness * z * (2.0 * z * z - 5.0) / 36.0;
        (self.mean + self.sd * (z + first + second)).clamp(0.0, self.high)
    }

    /// The inverse of that expansion, by fixed-point steps (each gains three digits or more).
    pub(super) fn cdf(&self, x: f64) -> f64 {
        let w = (x.clamp(0.0, self.high) - self.mean) / self.sd;
        // Beyond this the chance is 0 or 1 to the last digit, and the expansion no longer holds.
        if !(w.abs() < 9.0) {
            return if w < 0.0 { 0.0 } else { 1.0 };
        }
        let mut z = w;
        for _ in 0..8 {
            z = w - self.skewness * (z * z - 1.0) / 6.0 - self.excess * z * (z * z - 3.0) / 24.0
                + self.skewness * self.skewness * z * (2.0 * z * z - 5.0) / 36.0;
        }
        normal::cdf(z)
    }
}
