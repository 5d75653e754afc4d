//! A normal distribution on another scale, with its own spread on either side of the middle.

use super::error::FamilyError;
use super::normal;
use super::quantile::{Quantile, Scale};

/// The farthest that a uniform of 53 bits can lie from the middle of a normal distribution.
const FARTHEST: f64 = 8.3;
/// `exp` of more than this has no end.
const LARGEST_LOG: f64 = 690.0;

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

/// The odds of a share, and the share of odds.
pub(super) fn odds(share: f64) -> f64 {
    share / (1.0 - share)
}

impl SplitNormal {
    /// By the median and the two spreads of the logarithm.
    ///
    /// # Errors
    ///
    /// Where it reaches beyond what a number can hold.
    pub(super) fn prepare(
        middle: f64,
        below: f64,
        above: f64,
        scale: Scale,
    ) -> Result<Quantile, FamilyError> {
        let reach = libm::log(middle).abs() + FARTHEST * below.max(above);
        if !(reach < LARGEST_LOG) {
            return Err(FamilyError::TooWide);
        }
        let normal = SplitNormal { middle, below, above };
        Ok(match scale {
            Scale::Log => Quantile::Log(normal),
            Scale::Logit => Quantile::Logit(normal),
        })
    }

    /// The value, or the odds, at `u`.
    #[inline]
    pub(super) fn at(&self, u: f64) -> f64 {
        let z = normal::quantile(u);
        let spread = if z < 0.0 { self.below } else { self.above };
        self.middle * libm::exp(spread * z)
    }

    /// The chance of at most this value, or of at most these odds.
    pub(super) fn cdf(&self, x: f64) -> f64 {
        let distance = libm::log(x / self.middle);
        let spread = if distance < 0.0 { self.below } else { self.above };
        // A side without spread is a step at the middle.
        if distance == 0.0 { 0.5 } else { normal::cdf(distance / spread) }
    }
}
