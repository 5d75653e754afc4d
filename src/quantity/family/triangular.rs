//! The triangular distribution.

use super::error::{FamilyError, rising};
use super::quantile::Quantile;

/// A triangle over a range, highest at its most likely value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Triangular {
    least: f64,
    most: f64,
    /// The chance of at most the most likely value.
    turn: f64,
    /// (most - least) x (likely - least).
    rising: f64,
    /// (most - least) x (most - likely).
    falling: f64,
}

/// Two halves of a parabola that meet at the most likely value.
///
/// # Errors
///
/// Where a parameter is not finite or they are in the wrong order.
pub(super) fn prepare(least: f64, likely: f64, most: f64) -> Result<Quantile, FamilyError> {
    rising([("least", least), ("likely", likely), ("most", most)])?;
    if least == most {
        return Ok(Quantile::Fixed(least));
    }
    let range = most - least;
    Ok(Quantile::Triangular(Triangular {
        least,
        most,
        turn: (likely - least) / range,
        rising: range * (likely - least),
        falling: range * (most - likely),
    }))
}

impl Triangular {
    #[inline]
    pub(super) fn at(&self, u: f64) -> f64 {
        if u < self.turn {
            (self.least + (u * self.rising).sqrt()).min(self.most)
        } else {
            (self.most - ((1.0 - u) * self.falling).sqrt()).max(self.least)
        }
    }

    pub(super) fn cdf(&self, x: f64) -> f64 {
        let (up, down) = ((x - self.least).max(0.0), (self.most - x).max(0.0));
        if up * up < self.turn * self.rising {
            up * up / self.rising
        } else if self.falling > 0.0 {
            1.0 - down * down / self.falling
        } else {
            1.0
        }
    }
}
