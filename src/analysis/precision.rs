//! Whether a run without a stated number of replicates has enough of them. The run itself decides
//! when to look.

use super::forecast::Forecast;
use super::sample::{Estimate, Sample};
use crate::ensemble::Results;

/// The standard error asked for of each option's chance of the target: half a percentage point.
pub const CHANCE_SE: f64 = 0.005;
/// The standard error asked for of each option's mean plans, relative to the mean: 0.5%.
pub const PLANS_RELATIVE_SE: f64 = 0.005;

/// The metrics of the whole programme that it is judged by.
pub const LOOKED_AT: [&str; 2] = ["target_met", "plans"];

/// The precision that a run has reached: the worst over its options, for the whole programme.
///
/// A locality's own chances are not asked for: ten of them would cost many times the replicates
/// for figures that no decision of the programme rests on. Their errors are printed all the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision {
    /// Largest standard error of an option's chance of the target.
    pub chance_se: f64,
    /// Largest standard error of an option's mean plans, over that mean.
    pub plans_relative_se: f64,
}

impl Precision {
    /// Of a run as far as it has come. `None` where an option lacks the metrics `target_met` and
    /// `plans` or has too few replicates for an error.
    pub fn of(results: &Results) -> Option<Self> {
        worst(results.options.iter().map(|option| {
            let programme = option.programme()?;
            let mean = |metric| Sample::of(programme.metric(metric)?).mean();
            Some((mean(LOOKED_AT[0])?, mean(LOOKED_AT[1])?))
        }))
    }

    /// Of a run that is over; `None` as for [`Precision::of`].
    pub fn of_forecast(forecast: &Forecast) -> Option<Self> {
        worst(forecast.options.iter().map(|option| {
            let programme = option.place(None)?;
            let mean = |metric| Some(programme.statistic(metric)?.mean);
            Some((mean(LOOKED_AT[0])?, mean(LOOKED_AT[1])?))
        }))
    }

    /// Whether it is below what is asked for.
    pub fn met(&self) -> bool {
        self.chance_se < CHANCE_SE && self.plans_relative_se < PLANS_RELATIVE_SE
    }
}

/// The worst over the options of the chance of the target and mean plans.
fn worst(options: impl Iterator<Item = Option<(Estimate, Estimate)>>) -> Option<Precision> {
    let mut worst = Precision { chance_se: 0.0, plans_relative_se: 0.0 };
    for option in options {
        let (chance, plans) = option?;
        // No plans in any world: nothing is uncertain about that mean.
        let relative = if plans.se? == 0.0 { 0.0 } else { plans.se? / plans.value };
        worst.chance_se = worst.chance_se.max(chance.se?);
        worst.plans_relative_se = worst.plans_relative_se.max(relative);
    }
    Some(worst)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;
    use crate::ensemble::ColumnData;

    #[test]
    fn a_run_without_spread_is_precise_at_once() {
        let precision = Precision::of(&synthetic::constant(1_024)).unwrap();
        assert_eq!(precision.plans_relative_se, 0.0);
        assert!(precision.chance_se > 0.0 && precision.met(), "{precision:?}");
    }

    #[test]
    fn a_short_run_of_an_uncertain_programme_is_not() {
        let precision = Precision::of(&synthetic::three_options(64)).unwrap();
        assert!(!precision.met() && precision.chance_se > 0.01, "{precision:?}");
    }

    #[test]
    fn the_worst_option_decides() {
        let mut results = synthetic::constant(1_024);
        let uncertain = synthetic::three_options(1_024).options.swap_remove(1);
        assert!(Precision::of(&results).unwrap().met());
        results.options.push(uncertain);
        assert!(!Precision::of(&results).unwrap().met());
    }

    #[test]
    fn where_no_plan_is_ever_agreed_its_mean_is_known() {
        let mut results = synthetic::constant(1_024);
        for place in results.options.iter_mut().flat_map(|option| &mut option.places) {
            for column in place.metrics.iter_mut().filter(|c| c.metric.name == "plans") {
                column.data = ColumnData::Whole(vec![0; 1_024]);
            }
        }
        assert!(Precision::of(&results).unwrap().met());
    }

    #[test]
    fn nothing_to_measure_is_not_precise() {
        let mut results = synthetic::constant(1_024);
        results.options[0].places[1].metrics.retain(|column| column.metric.name != "target_met");
        assert_eq!(Precision::of(&results), None);
    }
}
