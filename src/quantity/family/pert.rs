//! The PERT distribution: a beta distribution over a range with a most likely value.

use super::beta::Beta;
use super::error::{FamilyError, rising};
use super::quantile::Quantile;

/// How much more the most likely value counts than an end.
const SHAPE: f64 = 4.0;

/// A beta distribution stretched over a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pert {
    least: f64,
    most: f64,
    beta: Beta,
}

/// Shapes 1 + 4 (likely - least)/(most - least) and 1 + 4 (most - likely)/(most - least): Malcolm,
/// Roseboom, Clark and Fazar 1959, "Application of a technique for research and development program
/// evaluation", as generalised by Vose 2000 (shape 4 is theirs).
///
/// # Errors
///
/// Where a parameter is not finite or they are in the wrong order.
pub(super) fn prepare(least: f64, likely: f64, most: f64) -> Result<Quantile, FamilyError> {
    rising([("least", least), ("likely", likely), ("most", most)])?;
    if least == most {
        return Ok(Quantile::Fixed(least));
    }
    let turn = (likely - least) / (most - least);
    let beta = Beta::new(1.0 + SHAPE * turn, 1.0 + SHAPE * (1.0 - turn));
    Ok(Quantile::Pert(Pert { least, most, beta }))
}

impl Pert {
    pub(super) fn at(&self, u: f64) -> f64 {
        (self.least + self.beta.at(u) * (self.most - self.least)).min(self.most)
    }

    pub(super) fn cdf(&self, x: f64) -> f64 {
        self.beta.cdf((x - self.least) / (self.most - self.least))
    }
}
