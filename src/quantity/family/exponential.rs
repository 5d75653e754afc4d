//! The exponential distribution by its mean.

use super::error::{FamilyError, positive};
use super::quantile::Quantile;

/// Waiting times without memory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exponential {
    mean: f64,
}

/// The quantile at u is -mean ln(1 - u).
///
/// # Errors
///
/// Where the mean is not finite and above zero.
pub(super) fn prepare(mean: f64) -> Result<Quantile, FamilyError> {
    positive("mean", mean)?;
    Ok(Quantile::Exponential(Exponential { mean }))
}

impl Exponential {
    /// Its mean.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    #[inline]
    pub(super) fn at(&self, u: f64) -> f64 {
        -self.mean * libm::log1p(-u)
    }

    pub(super) fn cdf(&self, x: f64) -> f64 {
        -libm::expm1(-x.max(0.0) / self.mean)
    }
}
