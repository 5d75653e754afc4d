//! Three points met exactly: the 10th, the 50th and the 90th percentile.

use super::error::{FamilyError, positive, rising, within_share};
use super::quantile::{Quantile, Scale};
use super::split_normal::{SplitNormal, odds};

/// The 90th percentile of the standard normal distribution.
pub(super) const Z90: f64 = 1.281_551_565_544_600_4;

/// The median is the middle point; either other lies 1.282 of its side's spreads away.
///
/// # Errors
///
/// Where a point does not fit the scale or the points are in the wrong order.
pub(super) fn prepare(points: [f64; 3], scale: Scale) -> Result<Quantile, FamilyError> {
    let [p10, p50, p90] = points;
    let named = [("p10", p10), ("p50", p50), ("p90", p90)];
    rising(named)?;
    for (name, point) in named {
        match scale {
            Scale::Log => positive(name, point)?,
            Scale::Logit => within_share(name, point)?,
        }
    }
    if p10 == p90 {
        return Ok(Quantile::Fixed(p50));
    }
    let [low, middle, high] = match scale {
        Scale::Log => points,
        Scale::Logit => points.map(odds),
    };
    let spread = |from: f64, to: f64| libm::log(to / from) / Z90;
    Ok(SplitNormal::quantile(middle, spread(low, middle), spread(middle, high), scale))
}
