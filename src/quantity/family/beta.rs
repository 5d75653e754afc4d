//! The beta distribution on 0 to 1.

use std::f64::consts::PI;

use super::error::{FamilyError, spread, within_share};
use super::near_normal::NearNormal;
use super::normal;
use super::quantile::Quantile;
use super::solver::{Tail, solve};
use super::stirling::{deviance, remainder};

/// A beta distribution by its two shapes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beta {
    a: f64,
    b: f64,
    /// ln of x^a y^b / B(a, b) where it is greatest, at x = a/(a + b).
    ln_peak: f64,
    /// ln B(a, b).
    ln_beta: f64,
}

/// Shapes above this make a distribution that is normal but for terms that are known.
const LARGE: f64 = 1e8;
/// The value nearest to 1 below it.
const BELOW_ONE: f64 = 1.0 - f64::EPSILON / 2.0;

/// By mean and sd: a + b = mean (1 - mean)/sd^2 - 1.
///
/// # Errors
///
/// Where the mean is not inside 0 to 1, or the sd is negative or as wide as two points would be.
pub(super) fn prepare(mean: f64, sd: f64) -> Result<Quantile, FamilyError> {
    within_share("mean", mean)?;
    let sd = spread(sd, mean)?;
    if sd == 0.0 {
        return Ok(Quantile::Fixed(mean));
    }
    let (width, variance) = (mean * (1.0 - mean), sd * sd);
    let sum = width / variance - 1.0;
    let (a, b) = (mean * sum, (1.0 - mean) * sum);
    if !(a > 0.0 && b > 0.0) {
        return Err(FamilyError::SpreadTooWide);
    }
    if a.min(b) > LARGE {
        // Johnson, Kotz and Balakrishnan 1995, Continuous Univariate Distributions 2, chapter 25,
        // with the variance in place of the shapes, so that nothing overflows.
        let skewness = 2.0 * (1.0 - 2.0 * mean) * sd / (width + variance);
        let excess = 6.0 * variance * (1.0 - 5.0 * width - variance)
            / ((width + variance) * (width + 2.0 * variance));
        return Ok(Quantile::NearNormal(NearNormal { mean, sd, skewness, excess, high: 1.0 }));
    }
    Ok(Quantile::Beta(Beta::new(a, b)))
}

impl Beta {
    /// By two shapes above zero.
    pub(super) fn new(a: f64, b: f64) -> Self {
        let sum = a + b;
        let ln_peak = 0.5 * libm::log(a / sum * b / (2.0 * PI))
            + (remainder(sum) - remainder(a) - remainder(b));
        let ln_beta = a * libm::log(a / sum) + b * libm::log(b / sum) - ln_peak;
        Beta { a, b, ln_peak, ln_beta }
    }

    /// The share at `u`: above 0 and below 1.
    pub(super) fn at(&self, u: f64) -> f64 {
        let (low, high) = self.bracket(u);
        // So far out the bound is the answer: the rest of the series is lost in its last digit.
        if low < -300.0 {
            return libm::exp(low).max(f64::MIN_POSITIVE);
        }
        if high > 300.0 {
            return BELOW_ONE;
        }
        let t = solve(u, self.guess(u, low, high), (low, high), |t| self.tail_at(t));
        let (x, _) = share_and_rest(t);
        x.min(BELOW_ONE)
    }

    /// Log odds between which the answer must lie: with odds w, the distribution function is at
    /// most w^a/(a B) and its complement at most w^-b/(b B), since the density in w is
    /// w^(a-1)/(1 + w)^(a+b)/B.
    fn bracket(&self, u: f64) -> (f64, f64) {
        let low = (libm::log(u) + libm::log(self.a) + self.ln_beta) / self.a;
        let high = -(libm::log1p(-u) + libm::log(self.b) + self.ln_beta) / self.b;
        (low, high)
    }

    /// A first guess of the log odds. For shapes of 1 and more that of Carter 1947 as given in
    /// Cran, Martin and Thomas 1977 (AS 109); else the bound on the side where `u` lies.
    fn guess(&self, u: f64, low: f64, high: f64) -> f64 {
        let Beta { a, b, .. } = *self;
        if a < 1.0 || b < 1.0 {
            return if u * (a + b) < b { low } else { high };
        }
        let z = normal::quantile(u);
        let (s, t) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
        let (r, h) = ((z * z - 3.0) / 6.0, 2.0 / (s + t));
        let w = z * (h + r).sqrt() / h + (t - s) * (r + 5.0 / 6.0 - 2.0 / (3.0 * h));
        2.0 * w + libm::log(a / b)
    }

    /// The distribution function.
    pub(super) fn cdf(&self, x: f64) -> f64 {
        if !(x > 0.0) {
            return 0.0;
        }
        if x >= 1.0 {
            return 1.0;
        }
        let tail = self.tail(x, 1.0 - x);
        if tail.upper { 1.0 - libm::exp(tail.ln) } else { libm::exp(tail.ln) }
    }

    fn tail_at(&self, t: f64) -> Tail {
        let (x, y) = share_and_rest(t);
        self.tail(x, y)
    }

    /// The tail for which the fraction converges quickly, at a share x and its rest y = 1 - x.
    fn tail(&self, x: f64, y: f64) -> Tail {
        let Beta { a, b, .. } = *self;
        let sum = a + b;
        let ln_density = self.ln_peak - a * deviance(x * sum / a) - b * deviance(y * sum / b);
        let upper = x * (sum + 2.0) > a + 1.0;
        let fraction = if upper { fraction(b, a, y, x) } else { fraction(a, b, x, y) };
        Tail {
            upper,
            ln: ln_density + libm::log(fraction),
            pull: 1.0 / fraction,
            slope: a * y - b * x,
            bend: -sum * x * y,
        }
    }
}

/// The share with log odds `t`, and the rest.
fn share_and_rest(t: f64) -> (f64, f64) {
    let w = libm::exp(-t.abs());
    let (small, large) = (w / (1.0 + w), 1.0 / (1.0 + w));
    if t < 0.0 { (small, large) } else { (large, small) }
}

/// B_x(a, b)/(x^a y^b), by the continued fraction of DiDonato and Morris 1992, "Algorithm 708:
/// significant digit computation of the incomplete beta function ratios", ACM TOMS 18(3) (its BFRAC),
/// for x below (a + 1)/(a + b + 2), evaluated as Lentz 1976 does.
fn fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let excess = a * y - b * x + 1.0;
    let mut denominator = a * excess / (a + 1.0);
    let (mut c, mut d) = (denominator, 0.0);
    for n in 1..100_000 {
        let n = f64::from(n);
        let (below, at) = (a + 2.0 * n - 1.0, n * (b - n) * x);
        let up = (a + n - 1.0) * (a + b + n - 1.0) * at * x / (below * below);
        let down = n + at / below + (a + n) * (excess + n * (1.0 + y)) / (below + 2.0);
        d = 1.0 / (down + up * d);
        c = down + up / c;
        let change = c * d;
        denominator *= change;
        if (change - 1.0).abs() < 1e-15 {
            break;
        }
    }
    1.0 / denominator
}
