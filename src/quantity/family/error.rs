//! Parameters that make no distribution, and the bounds that they break.

use thiserror::Error;

/// The greatest parameter that is taken seriously: a thousand million millions.
const GREATEST: f64 = 1e15;

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
    /// So wide that its values cannot be told from nothing and from infinity.
    #[error("the distribution is too wide: its highest values have no end")]
    TooWide,
    /// A normal distribution of which nothing is left within its domain.
    #[error("nothing of the distribution lies within what the value may be")]
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

/// Refuses what is not finite and above zero.
pub(super) fn positive(name: &'static str, value: f64) -> Result<(), FamilyError> {
    finite(name, value)?;
    if value > 0.0 { Ok(()) } else { Err(FamilyError::NotPositive { name }) }
}

/// Refuses what is not finite or is below zero.
pub(super) fn not_negative(name: &'static str, value: f64) -> Result<(), FamilyError> {
    finite(name, value)?;
    if value >= 0.0 { Ok(()) } else { Err(FamilyError::Negative { name }) }
}

/// Refuses what is not inside 0 to 1.
pub(super) fn within_share(name: &'static str, value: f64) -> Result<(), FamilyError> {
    finite(name, value)?;
    if value > 0.0 && value < 1.0 { Ok(()) } else { Err(FamilyError::NotWithinShare { name }) }
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
