//! Distribution families, each drawn through its quantile function.

use thiserror::Error;

/// On which scale a distribution given by its quantiles is normal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// The logarithm: for what is positive.
    Log,
    /// The log odds: for shares.
    Logit,
}

/// A distribution with parameters of type `P`: numbers, or values that are themselves uncertain.
#[derive(Clone, Debug, PartialEq)]
pub enum Family<P = f64> {
    /// Always this value.
    Fixed(P),
    /// A beta distribution over a range with a most likely value (shape 4).
    Pert { least: P, likely: P, most: P },
    /// A triangle.
    Triangular { least: P, likely: P, most: P },
    /// Equally likely over a range.
    Uniform { least: P, most: P },
    /// Nine in ten lie between its two ends (P5 and P95), normal on a scale.
    NineInTen { low: P, high: P, scale: Scale },
    /// Three points met exactly, normal on a scale with its own spread on either side.
    ThreePoint { p10: P, p50: P, p90: P, scale: Scale },
    /// Normal by its mean and sd before it is truncated to `low..high`.
    Normal { mean: P, sd: P, low: f64, high: f64 },
    /// Lognormal by its own mean and sd.
    LogNormal { mean: P, sd: P },
    /// Gamma by mean and sd.
    Gamma { mean: P, sd: P },
    /// Beta on 0 to 1 by mean and sd.
    Beta { mean: P, sd: P },
    /// Exponential by its mean.
    Exponential { mean: P },
    /// Values with weights.
    Empirical { values: Vec<(P, f64)> },
}

/// Parameters that make no distribution.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum FamilyError {
    /// Not what the family needs.
    #[error("{0}")]
    Parameters(&'static str),
}

/// A quantile function, ready to be evaluated.
#[derive(Clone, Debug, PartialEq)]
pub enum Quantile {
    /// Always this value.
    Fixed(f64),
}

impl<P: Copy> Family<P> {
    /// The same family with other parameters.
    pub fn map<Q>(&self, f: impl Fn(P) -> Q) -> Family<Q> {
        match self {
            Family::Fixed(value) => Family::Fixed(f(*value)),
            _ => todo!(),
        }
    }
}

impl Family<f64> {
    /// The quantile function.
    ///
    /// # Errors
    ///
    /// Where the parameters make no distribution.
    pub fn prepare(&self) -> Result<Quantile, FamilyError> {
        todo!()
    }

    /// The least and the greatest value that can be drawn.
    pub fn support(&self) -> (f64, f64) {
        todo!()
    }
}

impl Quantile {
    /// The value at a uniform `u` in (0, 1).
    #[inline]
    pub fn at(&self, _u: f64) -> f64 {
        todo!()
    }
}
