//! The uniform distribution over a range.

use super::error::{FamilyError, rising};
use super::quantile::Quantile;

/// A range in which every value is equally likely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uniform {
    least: f64,
    most: f64,
}

/// A straight line from the least value to the most.
///
/// # Errors
///
/// Where an end is not finite or the ends are in the wrong order.
pub(super) fn prepare(least: f64, most: f64) -> Result<Quantile, FamilyError> {
    rising([("least", least), ("most", most)])?;
    if least == most {
        return Ok(Quantile::Fixed(least));
    }
    Ok(Quantile::Uniform(Uniform { least, most }))
}

impl Uniform {
    #[inline]
    pub(super) fn at(&self, u: f64) -> f64 {
        (self.least + u * (self.most - self.least)).min(self.most)
    }

    pub(super) fn cdf(&self, x: f64) -> f64 {
        ((x - self.least) / (self.most - self.least)).clamp(0.0, 1.0)
    }
}
