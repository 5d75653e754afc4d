//! Quantile functions, ready to be evaluated.

use std::sync::Arc;

use super::beta::Beta;
use super::empirical::Empirical;
use super::exponential::Exponential;
use super::gamma::Gamma;
use super::near_normal::NearNormal;
use super::normal::Normal;
use super::pert::Pert;
use super::split_normal::{SplitNormal, odds};
use super::table::Table;
use super::triangular::Triangular;
use super::uniform::Uniform;

/// On which scale a distribution given by its quantiles is normal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// The logarithm: for what is positive.
    Log,
    /// The log odds: for shares.
    Logit,
}

/// A quantile function with everything worked out that does not depend on `u`.
#[derive(Clone, Debug, PartialEq)]
pub enum Quantile {
    /// Always this value.
    Fixed(f64),
    /// A beta distribution stretched over a range.
    Pert(Pert),
    /// A triangle.
    Triangular(Triangular),
    /// Equally likely over a range.
    Uniform(Uniform),
    /// Normal on the log scale.
    Log(SplitNormal),
    /// Normal on the logit scale.
    Logit(SplitNormal),
    /// Normal, cut to a range.
    Normal(Normal),
    /// Gamma.
    Gamma(Gamma),
    /// Beta on 0 to 1.
    Beta(Beta),
    /// Gamma or beta so narrow that it is all but normal.
    NearNormal(NearNormal),
    /// Exponential.
    Exponential(Exponential),
    /// Values with weights.
    Empirical(Empirical),
    /// Another one, tabulated.
    Table(Arc<Table>),
}

impl Quantile {
    /// The value at a uniform `u` in (0, 1).
    #[inline]
    pub fn at(&self, u: f64) -> f64 {
        match self {
            Quantile::Fixed(value) => *value,
            Quantile::Pert(pert) => pert.at(u),
            Quantile::Triangular(triangular) => triangular.at(u),
            Quantile::Uniform(uniform) => uniform.at(u),
            Quantile::Log(normal) => normal.at(u),
            Quantile::Logit(normal) => share(normal.at(u)),
            Quantile::Normal(normal) => normal.at(u),
            Quantile::Gamma(gamma) => gamma.at(u),
            Quantile::Beta(beta) => beta.at(u),
            Quantile::NearNormal(normal) => normal.at(u),
            Quantile::Exponential(exponential) => exponential.at(u),
            Quantile::Empirical(empirical) => empirical.at(u),
            Quantile::Table(table) => table.at(u),
        }
    }

    /// The same function in a table, for one that is drawn from many times: several times faster
    /// for all that take a logarithm or more, and within 1e-9 of the exact one in chance. Making the
    /// table takes as long as some hundreds of draws. What is no smoother or slower than a table
    /// stays as it is.
    pub fn tabulated(self) -> Quantile {
        match self {
            Quantile::Fixed(_)
            | Quantile::Triangular(_)
            | Quantile::Uniform(_)
            | Quantile::Exponential(_)
            | Quantile::Empirical(_)
            | Quantile::Table(_) => self,
            _ => match Table::new(&self) {
                Some(table) => Quantile::Table(Arc::new(table)),
                None => self,
            },
        }
    }

    /// The chance of a value of at most `x`.
    pub fn cdf(&self, x: f64) -> f64 {
        match self {
            Quantile::Fixed(value) => f64::from(x >= *value),
            Quantile::Pert(pert) => pert.cdf(x),
            Quantile::Triangular(triangular) => triangular.cdf(x),
            Quantile::Uniform(uniform) => uniform.cdf(x),
            Quantile::Log(normal) => normal.cdf(x.max(0.0)),
            Quantile::Logit(normal) => normal.cdf(odds(x.clamp(0.0, 1.0))),
            Quantile::Normal(normal) => normal.cdf(x),
            Quantile::Gamma(gamma) => gamma.cdf(x),
            Quantile::Beta(beta) => beta.cdf(x),
            Quantile::NearNormal(normal) => normal.cdf(x),
            Quantile::Exponential(exponential) => exponential.cdf(x),
            Quantile::Empirical(empirical) => empirical.cdf(x),
            Quantile::Table(table) => table.exact().cdf(x),
        }
    }
}

/// The share with these odds: below 1, however long the odds.
fn share(odds: f64) -> f64 {
    (odds / (1.0 + odds)).min(1.0 - f64::EPSILON / 2.0)
}
