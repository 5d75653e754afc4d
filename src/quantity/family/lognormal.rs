//! The lognormal distribution by its own mean and sd.

use super::error::{FamilyError, positive, spread};
use super::quantile::{Quantile, Scale};
use super::split_normal::SplitNormal;

/// The spread of the logarithm is sqrt(ln(1 + (sd/mean)^2)), the median mean x exp(-spread^2/2).
/// (Johnson, Kotz and Balakrishnan 1994, Continuous Univariate Distributions 1, chapter 14.)
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
    let variance = libm::log1p((sd / mean) * (sd / mean));
    let spread = variance.sqrt();
    Ok(SplitNormal::quantile(mean * libm::exp(-0.5 * variance), spread, spread, Scale::Log))
}
