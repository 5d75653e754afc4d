//! Values with weights: what was observed, as it was observed.

use super::error::{FamilyError, finite};
use super::quantile::Quantile;

/// Values in rising order with the chance of at most each.
#[derive(Clone, Debug, PartialEq)]
pub struct Empirical {
    values: Vec<f64>,
    /// Chance of at most each value; the last is 1.
    chances: Vec<f64>,
}

/// Steps as high as the weights.
///
/// # Errors
///
/// Where a value is not finite, a weight is negative or not finite, or nothing has weight.
pub(super) fn prepare(values: &[(f64, f64)]) -> Result<Quantile, FamilyError> {
    if values.is_empty() {
        return Err(FamilyError::NoValues);
    }
    for &(value, weight) in values {
        finite("value", value)?;
        if !(weight >= 0.0 && weight.is_finite()) {
            return Err(FamilyError::BadWeight);
        }
    }
    let heaviest = values.iter().fold(0.0_f64, |most, &(_, weight)| most.max(weight));
    if heaviest == 0.0 {
        return Err(FamilyError::NoWeight);
    }
    // Relative to the heaviest, so that the sum of large weights has an end.
    let mut sorted: Vec<(f64, f64)> = values
        .iter()
        .map(|&(value, weight)| (value, weight / heaviest))
        .filter(|&(_, weight)| weight > 0.0)
        .collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let total: f64 = sorted.iter().map(|&(_, weight)| weight).sum();
    let mut so_far = 0.0;
    let chances = sorted
        .iter()
        .map(|&(_, weight)| {
            so_far += weight;
            so_far / total
        })
        .collect();
    let values = sorted.into_iter().map(|(value, _)| value).collect();
    Ok(Quantile::Empirical(Empirical { values, chances }))
}

impl Empirical {
    /// The least value that is reached with a chance of at least `u`.
    pub(super) fn at(&self, u: f64) -> f64 {
        let index = self.chances.partition_point(|&chance| chance < u);
        self.values[index.min(self.values.len() - 1)]
    }

    pub(super) fn cdf(&self, x: f64) -> f64 {
        let count = self.values.partition_point(|&value| value <= x);
        if count == 0 { 0.0 } else { self.chances[count - 1] }
    }
}
