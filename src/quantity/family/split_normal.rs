//! A normal distribution on another scale, with its own spread on either side of the middle.

use super::normal;
use super::quantile::{Quantile, Scale};
use crate::quantity::exp;

/// What is positive and normal on the log scale: a value itself, or the odds of a share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SplitNormal {
    /// The median.
    middle: f64,
    /// Spread of the logarithm below the median.
    below: f64,
    /// Spread of the logarithm above it.
    above: f64,
}

/// The odds of a share.
pub(super) fn odds(share: f64) -> f64 {
    share / (1.0 - share)
}

impl SplitNormal {
    /// By the median and the two spreads of the logarithm.
    pub(super) fn quantile(middle: f64, below: f64, above: f64, scale: Scale) -> Quantile {
        let normal = SplitNormal { middle, below, above };
        match scale {
            Scale::Log => Quantile::Log(normal),
            Scale::Logit => Quantile::Logit(normal),
        }
    }

    /// The value, or the odds, at `u`.
    #[inline]
    pub(super) fn at(&self, u: f64) -> f64 {
        let z = normal::quantile(u);
        let spread = if z < 0.0 { self.below } else { self.above };
        self.middle * exp(spread * z)
    }

    /// The chance of at most this value, or of at most these odds.
    pub(super) fn cdf(&self, x: f64) -> f64 {
        let distance = libm::log(x / self.middle);
        let spread = if distance < 0.0 { self.below } else { self.above };
        // A side without spread is a step at the middle.
        if distance == 0.0 { 0.5 } else { normal::cdf(distance / spread) }
    }
}
