//! What was drawn of each uncertain input, and how far the outcomes go with it.

use rayon::prelude::*;

use super::drivers::{EXPLAINED, correlation, outcomes, ranks};
use super::quantile::type_7;
use super::sample::Estimate;
use crate::ensemble::Columns;

/// One uncertain input of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Influence {
    /// The input's path in the scenario.
    pub path: String,
    /// One world in ten drew less than this, in the unit that is held.
    pub low: f64,
    /// One world in ten drew more.
    pub high: f64,
    /// For each outcome of [`EXPLAINED`] that differs between worlds, the option under which it
    /// goes most with the input.
    pub on: Vec<Strongest>,
}

/// An outcome's strongest rank correlation with an input.
#[derive(Clone, Debug, PartialEq)]
pub struct Strongest {
    /// The outcome: a metric of the whole programme.
    pub metric: String,
    /// The option's name.
    pub option: String,
    /// Spearman's rank correlation, from -1 to 1, with its standard error.
    pub correlation: Estimate,
}

/// Every uncertain input, in the order of the run.
///
/// # Errors
///
/// Where a column cannot be read.
pub fn influences<C: Columns>(columns: &C) -> Result<Vec<Influence>, C::Error> {
    let outline = columns.outline();
    let outcomes = outcomes(columns, &outline)?;
    (outline.inputs.par_iter().enumerate())
        .map(|(index, path)| {
            let mut drawn = columns.input(index)?.values.clone();
            let ranks = ranks(&drawn);
            drawn.sort_unstable_by(f64::total_cmp);
            let strongest = |metric: &&'static str| {
                let of_metric = outcomes.iter().filter(|outcome| outcome.metric == *metric);
                let found = of_metric.filter_map(|outcome| {
                    Some(Strongest {
                        metric: outcome.metric.to_owned(),
                        option: outcome.option.clone(),
                        correlation: correlation(&ranks, &outcome.ranks)?,
                    })
                });
                // The first of equals, in file order.
                found.reduce(|a, b| {
                    let stronger = b.correlation.value.abs() > a.correlation.value.abs();
                    if stronger { b } else { a }
                })
            };
            Ok(Influence {
                path: path.clone(),
                low: type_7(&drawn, 0.1).unwrap_or(f64::NAN),
                high: type_7(&drawn, 0.9).unwrap_or(f64::NAN),
                on: EXPLAINED.iter().filter_map(strongest).collect(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{drivers, synthetic};

    #[test]
    fn the_strongest_of_the_options_is_the_one_that_the_drivers_show() {
        let results = synthetic::three_options(1_024);
        let found = influences(&results).unwrap();
        let demand = found.iter().find(|input| input.path == synthetic::DEMAND).unwrap();
        let plans = demand.on.iter().find(|on| on.metric == "plans").unwrap();
        let shown = drivers(&results).unwrap();
        let of_options = shown.iter().filter(|drivers| drivers.metric == "plans");
        let strongest = of_options
            .flat_map(|drivers| &drivers.strongest)
            .filter(|driver| driver.path == synthetic::DEMAND)
            .map(|driver| driver.correlation.value.abs())
            .fold(0.0, f64::max);
        assert_eq!(plans.correlation.value.abs(), strongest);
        assert!(demand.low < demand.high, "{demand:?}");
    }

    #[test]
    fn an_outcome_that_is_the_same_in_every_world_goes_with_nothing() {
        let found = influences(&synthetic::constant(64)).unwrap();
        assert!(found.iter().all(|input| input.on.iter().all(|on| on.metric != "plans")));
    }
}
