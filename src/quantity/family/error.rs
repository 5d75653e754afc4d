//! Parameters that make no distribution, and the bounds that they break.

use thiserror::Error;

/// The greatest parameter that is taken seriously: a thousand million millions.
const GREATEST: f64 = 1e15;
/// And the least, where it must be above zero. Between the two, no family's values are beyond what a
/// number can hold.
const LEAST: f64 = 1e-15;

/// A bound that a family's parameter breaks. Parameters go by their names in a scenario.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum FamilyError {
    /// Not a number, or without end.
    #[error("`{name}` must be a finite number")]
    NotFinite {
        /// The parameter.
        name: &'static str,
    },
    /// Beyond anything that can be meant.
    #[error("`{name}` must be no more than a thousand million million")]
    TooLarge {
        /// The parameter.
        name: &'static str,
    },
    /// Above zero, but below anything that can be meant.
    #[error("`{name}` must be no less than a thousand million millionth")]
    TooSmall {
        /// The parameter.
        name: &'static str,
    },
    /// Two parameters in the wrong order.
    #[error("`{lower}` must not be above `{upper}`")]
    Inverted {
        /// The one that should be lower.
        lower: &'static str,
        /// The one that should be higher.
        upper: &'static str,
    },
    /// A spread below zero.
    #[error("`{name}` must not be below zero")]
    Negative {
        /// The parameter.
        name: &'static str,
    },
    /// Zero or less where only more than zero makes sense.
    #[error("`{name}` must be above zero")]
    NotPositive {
        /// The parameter.
        name: &'static str,
    },
    /// Not inside 0 to 1.
    #[error("`{name}` must be above 0% and below 100%")]
    NotWithinShare {
        /// The parameter.
        name: &'static str,
    },
    /// A beta distribution with a variance of mean x (1 - mean) or more.
    #[error("`sd` must be below the square root of mean x (1 - mean): no share varies more")]
    SpreadTooWide,
    /// A normal distribution of which next to nothing is left within its domain.
    #[error("next to nothing of the distribution lies within what the value may be")]
    NothingLeft,
    /// A list without values.
    #[error("there must be at least one value")]
    NoValues,
    /// A weight that is none.
    #[error("every weight must be a finite number of zero or more")]
    BadWeight,
    /// Weights that are all zero.
    #[error("at least one weight must be above zero")]
    NoWeight,
}

/// Refuses what is not a number of a size that can be meant.
pub(super) fn finite(name: &'static str, value: f64) -> Result<(), FamilyError> {
    if !value.is_finite() {
        return Err(FamilyError::NotFinite { name });
    }
    if value.abs() > GREATEST {
        return Err(FamilyError::TooLarge { name });
    }
    Ok(())
}

/// Refuses what is not finite, not above zero, or too small to be meant.
pub(super) fn positive(name: &'static str, value: f64) -> Result<(), FamilyError> {
    finite(name, value)?;
    if !(value > 0.0) {
        return Err(FamilyError::NotPositive { name });
    }
    if value < LEAST { Err(FamilyError::TooSmall { name }) } else { Ok(()) }
}

/// Refuses a spread that is not finite or is below zero. One that is too small to tell values from
/// `mean` is none.
pub(super) fn spread(sd: f64, mean: f64) -> Result<f64, FamilyError> {
    finite("sd", sd)?;
    if !(sd >= 0.0) {
        return Err(FamilyError::Negative { name: "sd" });
    }
    Ok(if sd < mean.abs() * LEAST { 0.0 } else { sd })
}

/// Refuses what is not inside 0 to 1, or too small to be meant.
pub(super) fn within_share(name: &'static str, value: f64) -> Result<(), FamilyError> {
    finite(name, value)?;
    if !(value > 0.0 && value < 1.0) {
        return Err(FamilyError::NotWithinShare { name });
    }
    if value < LEAST { Err(FamilyError::TooSmall { name }) } else { Ok(()) }
}

/// Refuses named values that are not finite or do not rise (they may be equal).
pub(super) fn rising<const N: usize>(points: [(&'static str, f64); N]) -> Result<(), FamilyError> {
    for (name, value) in points {
        finite(name, value)?;
    }
    for pair in points.windows(2) {
        let ((lower, low), (upper, high)) = (pair[0], pair[1]);
        if !(low <= high) {
            return Err(FamilyError::Inverted { lower, upper });
        }
    }
    Ok(())
}
