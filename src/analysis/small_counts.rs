//! Counts too small to be published, which could point at somebody.

use super::forecast::{Forecast, PlaceForecast};
use super::statistic::Statistic;
use crate::model::Kind;

/// Counts that are held as people but are of localities, or agreed and not of anybody.
const OF_NOBODY: [&str; 2] = ["localities_on_target", "agreed_at_end"];

impl Forecast {
    /// The same, with every count of people whose mean is below `least` hidden: its statistic and
    /// its months say only that they are below, and rates and differences made from it are left out.
    pub fn rounding_counts(mut self, least: u32) -> Self {
        for place in self.options.iter_mut().flat_map(|option| &mut option.places) {
            place.round_counts(least);
        }
        let mut comparisons = std::mem::take(&mut self.comparisons);
        for comparison in &mut comparisons {
            let place = comparison.locality.as_deref();
            let of_either = [&comparison.of, &comparison.with].into_iter();
            let hidden = of_either
                .filter_map(|name| self.options.iter().find(|option| option.name == **name))
                .filter_map(|option| option.place(place)?.statistic(&comparison.metric))
                .any(|statistic| statistic.under.is_some());
            if hidden {
                comparison.difference = None;
            }
        }
        self.comparisons = comparisons;
        self
    }
}

impl PlaceForecast {
    fn round_counts(&mut self, least: u32) {
        let is_below = |kind, mean: f64| kind == Kind::People && mean < f64::from(least);
        let of_people = self.metrics.iter_mut().filter(|summary| {
            let name = summary.metric.name.as_str();
            !OF_NOBODY.contains(&name)
        });
        for statistic in of_people.filter_map(|summary| summary.statistic.as_mut()) {
            if is_below(statistic.kind, statistic.mean.value) {
                statistic.under = Some(least);
            }
        }
        for series in &mut self.monthly {
            for month in &mut series.months {
                let mean = month.as_ref().map(|month| month.mean.value);
                if mean.is_some_and(|mean| is_below(series.metric.kind, mean)) {
                    *month = None;
                    series.under = Some(least);
                }
            }
        }
        let mut reach = std::mem::take(&mut self.reach);
        for group in &mut reach {
            let hidden = |what: &str| {
                let statistic = self.statistic(&group.metric(what));
                statistic.is_none_or(|statistic: &Statistic| statistic.under.is_some())
            };
            let (referrals, plans, in_work) =
                (hidden("referrals"), hidden("plans"), hidden("in_work"));
            if referrals || plans {
                group.plans_per_referral = None;
            }
            if plans || in_work {
                group.in_work_per_plan = None;
            }
        }
        self.reach = reach;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;

    #[test]
    fn a_small_count_is_hidden_with_its_months_and_its_differences() {
        let results = synthetic::three_options(64);
        let forecast =
            Forecast::new(&results, synthetic::facts()).unwrap().with_months(&results).unwrap();
        let rounded = forecast.clone().rounding_counts(1_000_000);
        let place = rounded.options[0].place(None).unwrap();
        assert_eq!(place.statistic("plans").unwrap().under, Some(1_000_000));
        assert_eq!(place.statistic("cost").unwrap().under, None);
        let plans = place.monthly.iter().find(|series| series.metric.name == "plans").unwrap();
        assert!(plans.months.iter().all(Option::is_none));
        let difference = |metric| {
            rounded.comparison(None, "Hybrid", "In-house", metric).unwrap().difference.is_none()
        };
        assert!(difference("plans") && !difference("cost"));
        assert_eq!(forecast.clone().rounding_counts(0), forecast, "nothing is below nothing");
    }
}
