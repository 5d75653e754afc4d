//! Distribution families, each drawn through its quantile function.
//!
//! One family's mathematics stands in each file. [`Family::prepare`] checks the parameters and works
//! out once what does not depend on the draw.

#![expect(
    clippy::neg_cmp_op_on_partial_ord,
    reason = "a bound is written so that what is not a number breaks it"
)]

mod beta;
mod empirical;
mod error;
mod exponential;
mod gamma;
mod lognormal;
mod near_normal;
mod nine_in_ten;
pub mod normal;
mod pert;
mod quantile;
mod solver;
mod split_normal;
mod stirling;
mod table;
mod three_point;
mod triangular;
mod uniform;

pub use error::FamilyError;
pub use quantile::{Quantile, Scale};

/// A distribution with parameters of type `P`: numbers, or values that are themselves uncertain.
#[derive(Clone, Debug, PartialEq)]
pub enum Family<P = f64> {
    /// Always this value.
    Fixed(P),
    /// A beta distribution over a range with a most likely value (shape 4).
    Pert {
        /// The least value.
        least: P,
        /// The most likely value.
        likely: P,
        /// The greatest value.
        most: P,
    },
    /// A triangle.
    Triangular {
        /// The least value.
        least: P,
        /// The most likely value.
        likely: P,
        /// The greatest value.
        most: P,
    },
    /// Equally likely over a range.
    Uniform {
        /// The least value.
        least: P,
        /// The greatest value.
        most: P,
    },
    /// Nine in ten lie between its two ends (P5 and P95), normal on a scale.
    NineInTen {
        /// The 5th percentile.
        low: P,
        /// The 95th percentile.
        high: P,
        /// Where it is normal.
        scale: Scale,
    },
    /// Three points met exactly, normal on a scale with its own spread on either side.
    ThreePoint {
        /// The 10th percentile.
        p10: P,
        /// The median.
        p50: P,
        /// The 90th percentile.
        p90: P,
        /// Where it is normal.
        scale: Scale,
    },
    /// Normal by its mean and sd before it is truncated to `low..high`.
    Normal {
        /// Mean before truncation.
        mean: P,
        /// Standard deviation before truncation.
        sd: P,
        /// Nothing below this is drawn.
        low: f64,
        /// Nothing above this is drawn.
        high: f64,
    },
    /// Lognormal by its own mean and sd.
    LogNormal {
        /// Mean.
        mean: P,
        /// Standard deviation.
        sd: P,
    },
    /// Gamma by mean and sd.
    Gamma {
        /// Mean.
        mean: P,
        /// Standard deviation.
        sd: P,
    },
    /// Beta on 0 to 1 by mean and sd.
    Beta {
        /// Mean.
        mean: P,
        /// Standard deviation.
        sd: P,
    },
    /// Exponential by its mean.
    Exponential {
        /// Mean.
        mean: P,
    },
    /// Values with weights.
    Empirical {
        /// Each value with its weight, in any order; the weights need not sum to 1.
        values: Vec<(P, f64)>,
    },
}

impl<P: Copy> Family<P> {
    /// Its parameters with the names that they have in a scenario, in the order of their keys.
    pub fn parameters(&self) -> Vec<(&'static str, P)> {
        match *self {
            Family::Fixed(is) => vec![("is", is)],
            Family::Pert { least, likely, most } | Family::Triangular { least, likely, most } => {
                vec![("least", least), ("likely", likely), ("most", most)]
            }
            Family::Uniform { least, most } => vec![("least", least), ("most", most)],
            Family::NineInTen { low, high, .. } => vec![("low", low), ("high", high)],
            Family::ThreePoint { p10, p50, p90, .. } => {
                vec![("p10", p10), ("p50", p50), ("p90", p90)]
            }
            Family::Normal { mean, sd, .. }
            | Family::LogNormal { mean, sd }
            | Family::Gamma { mean, sd }
            | Family::Beta { mean, sd } => vec![("mean", mean), ("sd", sd)],
            Family::Exponential { mean } => vec![("mean", mean)],
            Family::Empirical { ref values } => {
                values.iter().map(|&(value, _)| ("value", value)).collect()
            }
        }
    }

    /// The same family with other parameters.
    pub fn map<Q>(&self, f: impl Fn(P) -> Q) -> Family<Q> {
        match *self {
            Family::Fixed(value) => Family::Fixed(f(value)),
            Family::Pert { least, likely, most } => {
                Family::Pert { least: f(least), likely: f(likely), most: f(most) }
            }
            Family::Triangular { least, likely, most } => {
                Family::Triangular { least: f(least), likely: f(likely), most: f(most) }
            }
            Family::Uniform { least, most } => Family::Uniform { least: f(least), most: f(most) },
            Family::NineInTen { low, high, scale } => {
                Family::NineInTen { low: f(low), high: f(high), scale }
            }
            Family::ThreePoint { p10, p50, p90, scale } => {
                Family::ThreePoint { p10: f(p10), p50: f(p50), p90: f(p90), scale }
            }
            Family::Normal { mean, sd, low, high } => {
                Family::Normal { mean: f(mean), sd: f(sd), low, high }
            }
            Family::LogNormal { mean, sd } => Family::LogNormal { mean: f(mean), sd: f(sd) },
            Family::Gamma { mean, sd } => Family::Gamma { mean: f(mean), sd: f(sd) },
            Family::Beta { mean, sd } => Family::Beta { mean: f(mean), sd: f(sd) },
            Family::Exponential { mean } => Family::Exponential { mean: f(mean) },
            Family::Empirical { ref values } => Family::Empirical {
                values: values.iter().map(|&(value, weight)| (f(value), weight)).collect(),
            },
        }
    }
}

impl Family<f64> {
    /// The quantile function.
    ///
    /// A distribution without spread (an sd of 0, a least value that is the most) is a fixed value.
    ///
    /// # Errors
    ///
    /// Where the parameters make no distribution: the first bound that is broken.
    pub fn prepare(&self) -> Result<Quantile, FamilyError> {
        match *self {
            Family::Fixed(value) => {
                error::finite("value", value)?;
                Ok(Quantile::Fixed(value))
            }
            Family::Pert { least, likely, most } => pert::prepare(least, likely, most),
            Family::Triangular { least, likely, most } => triangular::prepare(least, likely, most),
            Family::Uniform { least, most } => uniform::prepare(least, most),
            Family::NineInTen { low, high, scale } => nine_in_ten::prepare(low, high, scale),
            Family::ThreePoint { p10, p50, p90, scale } => {
                three_point::prepare([p10, p50, p90], scale)
            }
            Family::Normal { mean, sd, low, high } => normal::prepare(mean, sd, low, high),
            Family::LogNormal { mean, sd } => lognormal::prepare(mean, sd),
            Family::Gamma { mean, sd } => gamma::prepare(mean, sd),
            Family::Beta { mean, sd } => beta::prepare(mean, sd),
            Family::Exponential { mean } => exponential::prepare(mean),
            Family::Empirical { ref values } => empirical::prepare(values),
        }
    }

    /// The least and the greatest value that can be drawn, or the bounds of an open range.
    /// What is said of parameters that make no distribution means nothing.
    pub fn support(&self) -> (f64, f64) {
        if let Ok(Quantile::Fixed(value)) = self.prepare() {
            return (value, value);
        }
        match *self {
            Family::Fixed(value) => (value, value),
            Family::Pert { least, most, .. }
            | Family::Triangular { least, most, .. }
            | Family::Uniform { least, most } => (least, most),
            Family::NineInTen { scale, .. } | Family::ThreePoint { scale, .. } => match scale {
                Scale::Log => (0.0, f64::INFINITY),
                Scale::Logit => (0.0, 1.0),
            },
            Family::Normal { low, high, .. } => (low, high),
            Family::LogNormal { .. } | Family::Gamma { .. } | Family::Exponential { .. } => {
                (0.0, f64::INFINITY)
            }
            Family::Beta { .. } => (0.0, 1.0),
            Family::Empirical { ref values } => values
                .iter()
                .filter(|&&(_, weight)| weight > 0.0)
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &(value, _)| {
                    (low.min(value), high.max(value))
                }),
        }
    }
}
