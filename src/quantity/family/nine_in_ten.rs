//! A range in which nine in ten lie: its ends are the 5th and the 95th percentile.

use super::error::{FamilyError, positive, rising, within_share};
use super::quantile::{Quantile, Scale};
use super::split_normal::{SplitNormal, odds};

/// The 95th percentile of the standard normal distribution.
pub(super) const Z95: f64 = 1.644_853_626_951_472_7;

/// Half way between the ends on the scale lies the median, 1.645 spreads from either.
///
/// # Errors
///
/// Where an end does not fit the scale or the ends are in the wrong order.
pub(super) fn prepare(low: f64, high: f64, scale: Scale) -> Result<Quantile, FamilyError> {
    rising([("low", low), ("high", high)])?;
    for (name, end) in [("low", low), ("high", high)] {
        match scale {
            Scale::Log => positive(name, end)?,
            Scale::Logit => within_share(name, end)?,
        }
    }
    if low == high {
        return Ok(Quantile::Fixed(low));
    }
    let (low, high) = match scale {
        Scale::Log => (low, high),
        Scale::Logit => (odds(low), odds(high)),
    };
    let spread = libm::log(high / low) / (2.0 * Z95);
    Ok(SplitNormal::quantile(low.sqrt() * high.sqrt(), spread, spread, scale))
}
