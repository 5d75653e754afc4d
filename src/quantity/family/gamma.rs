//! The gamma distribution by its mean and sd.

use std::f64::consts::PI;

use super::error::{FamilyError, positive, spread};
use super::near_normal::NearNormal;
use super::normal;
use super::quantile::Quantile;
use super::solver::{Tail, solve};
use super::stirling::{deviance, remainder};

/// A gamma distribution by shape and scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gamma {
    shape: f64,
    scale: f64,
    /// ln of x^shape exp(-x)/gamma(shape) where it is greatest, at x = shape.
    ln_peak: f64,
    /// ln of shape x gamma(shape).
    ln_gamma: f64,
}

/// A shape above this makes a distribution that is normal but for terms that are known.
const LARGE: f64 = 1e8;

/// Shape (mean/sd)^2 and scale sd^2/mean.
///
/// # Errors
///
/// Where the mean is not above zero or the sd is below it.
pub(super) fn prepare(mean: f64, sd: f64) -> Result<Quantile, FamilyError> {
    positive("mean", mean)?;
    let sd = spread(sd, mean)?;
    if sd == 0.0 {
        return Ok(Quantile::Fixed(mean));
    }
    let (shape, scale) = ((mean / sd) * (mean / sd), sd * (sd / mean));
    if shape > LARGE {
        let skewness = 2.0 * (sd / mean);
        let excess = 1.5 * skewness * skewness;
        let high = f64::MAX;
        return Ok(Quantile::NearNormal(NearNormal { mean, sd, skewness, excess, high }));
    }
    let ln_peak = 0.5 * libm::log(shape / (2.0 * PI)) - remainder(shape);
    let ln_gamma = libm::lgamma(shape + 1.0);
    Ok(Quantile::Gamma(Gamma { shape, scale, ln_peak, ln_gamma }))
}

impl Gamma {
    pub(super) fn at(&self, u: f64) -> f64 {
        let k = self.shape;
        // With x = scale 1, the distribution function is at most x^k/(k gamma(k)), ...
        let low = (libm::log(u) + self.ln_gamma) / k;
        // ... where it is small enough it is that to the last digit, ...
        if low < -300.0 {
            return self.scale * libm::exp(low);
        }
        // ... and x = k + sqrt(2 k l) + l is passed with a chance below exp(-l) (Boucheron, Lugosi
        // and Massart 2013, Concentration Inequalities, section 2.4).
        let l = -libm::log1p(-u);
        let high = libm::log(k + (2.0 * k * l).sqrt() + l);
        let t = solve(u, self.guess(u, low, high), (low, high), |t| self.tail(libm::exp(t)));
        self.scale * libm::exp(t)
    }

    /// ln x after Wilson and Hilferty 1931 where that makes sense, else a bound.
    fn guess(&self, u: f64, low: f64, high: f64) -> f64 {
        let ninth = 1.0 / (9.0 * self.shape);
        let root = 1.0 - ninth + normal::quantile(u) * ninth.sqrt();
        if self.shape < 0.5 || root < 0.1 {
            return if u < 0.5 { low } else { high };
        }
        libm::log(self.shape) + 3.0 * libm::log(root)
    }

    pub(super) fn cdf(&self, x: f64) -> f64 {
        if !(x > 0.0) {
            return 0.0;
        }
        let tail = self.tail(x / self.scale);
        if tail.upper { 1.0 - libm::exp(tail.ln) } else { libm::exp(tail.ln) }
    }

    /// The tail that is quick to compute at x > 0, on the scale of ln x.
    fn tail(&self, x: f64) -> Tail {
        let k = self.shape;
        let ln_density = self.ln_peak - k * deviance(x / k);
        let upper = x > k + 1.0;
        let sum = if upper { fraction(k, x) } else { series(k, x) };
        Tail { upper, ln: ln_density + libm::log(sum), pull: 1.0 / sum, slope: k - x, bend: -x }
    }
}

/// Lower incomplete gamma function over x^k exp(-x): DLMF 8.7.1 (as 8.11.4), for x up to k + 1.
fn series(k: f64, x: f64) -> f64 {
    let (mut term, mut sum) = (1.0 / k, 1.0 / k);
    let mut n = k;
    while term > sum * 1e-17 {
        n += 1.0;
        term *= x / n;
        sum += term;
    }
    sum
}

/// Upper incomplete gamma function over x^k exp(-x): the even part of the continued fraction of
/// DLMF 8.9.2, for x above k + 1, evaluated as Lentz 1976 does.
fn fraction(k: f64, x: f64) -> f64 {
    let mut down = x + 1.0 - k;
    let (mut c, mut d) = (down, 0.0);
    let mut denominator = down;
    for n in 1..100_000 {
        let n = f64::from(n);
        let up = n * (k - n);
        down += 2.0;
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
