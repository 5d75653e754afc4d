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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::family::quantile::Quantile;
    use crate::quantity::family::{beta, gamma};

    fn near_normal(quantile: Quantile) -> NearNormal {
        match quantile {
            Quantile::NearNormal(found) => found,
            other => panic!("not narrow enough: {other:?}"),
        }
    }

    #[track_caller]
    fn assert_close(found: f64, wanted: f64) {
        assert!((found - wanted).abs() <= 1e-9 * wanted.abs(), "{found} for {wanted}");
    }

    /// With the shapes in place of the variance: Johnson, Kotz and Balakrishnan 1995, chapter 25.
    #[test]
    fn a_narrow_beta_has_the_skewness_and_excess_of_its_shapes() {
        for (mean, sd) in [(0.3, 2e-5), (0.5, 3e-5), (0.9, 5e-6)] {
            let found = near_normal(beta::prepare(mean, sd).unwrap());
            let sum = mean * (1.0 - mean) / (sd * sd) - 1.0;
            let (a, b) = (mean * sum, (1.0 - mean) * sum);
            let skewness = 2.0 * (b - a) * (sum + 1.0).sqrt() / ((sum + 2.0) * (a * b).sqrt());
            let excess = 6.0 * ((a - b) * (a - b) * (sum + 1.0) - a * b * (sum + 2.0))
                / (a * b * (sum + 2.0) * (sum + 3.0));
            assert_eq!((found.mean, found.sd, found.high), (mean, sd, 1.0));
            assert_close(found.skewness, skewness);
            assert_close(found.excess, excess);
        }
    }

    #[test]
    fn a_narrow_gamma_has_the_skewness_and_excess_of_its_shape() {
        let found = near_normal(gamma::prepare(40.0, 2e-3).unwrap());
        let shape = (40.0 / 2e-3) * (40.0 / 2e-3);
        assert_eq!((found.mean, found.sd), (40.0, 2e-3));
        assert_close(found.skewness, 2.0 / f64::sqrt(shape));
        assert_close(found.excess, 6.0 / shape);
    }

    /// The moments of its quantiles at two million even chances, with a skewness large enough to be
    /// seen: what the expansion leaves out is of the third order.
    #[test]
    fn its_quantiles_have_its_moments() {
        let wanted =
            NearNormal { mean: 50.0, sd: 2.0, skewness: 0.02, excess: 0.03, high: f64::MAX };
        let n = 2_000_000;
        let mut sums = [0.0; 4];
        for i in 0..n {
            let z = (wanted.at((f64::from(i) + 0.5) / f64::from(n)) - wanted.mean) / wanted.sd;
            for (sum, power) in sums.iter_mut().zip([z, z * z, z * z * z, z * z * z * z]) {
                *sum += power / f64::from(n);
            }
        }
        let [mean, square, cube, fourth] = sums;
        let sd = square.sqrt();
        assert!(mean.abs() < 1e-5 && (sd - 1.0).abs() < 5e-4, "{mean} {sd}");
        assert!((cube / (sd * sd * sd) - 0.02).abs() < 1e-3, "{cube}");
        assert!((fourth / (square * square) - 3.03).abs() < 3e-3, "{fourth}");
    }

    #[test]
    fn its_distribution_function_takes_its_quantiles_back() {
        let narrow =
            NearNormal { mean: 50.0, sd: 2.0, skewness: 5e-3, excess: 4e-3, high: f64::MAX };
        for i in 1..1_000 {
            let u = f64::from(i) / 1_000.0;
            let back = narrow.cdf(narrow.at(u));
            assert!((back - u).abs() < 1e-7, "{u}: {back}");
        }
        assert_eq!((narrow.cdf(20.0), narrow.cdf(80.0)), (0.0, 1.0));
    }
}
