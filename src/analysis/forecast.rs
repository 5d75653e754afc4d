//! What a run says: every statistic of every place under every option, and how options differ.

use rayon::prelude::*;

use super::cash::{CashMonths, Provision};
use super::comparison::{Comparison, comparisons};
use super::facts::Facts;
use super::monthly::MonthlySummary;
use super::sample::Sample;
use super::statistic::Statistic;
use crate::ensemble::{PlaceColumns, Results};
use crate::model::Metric;

/// A run's answers, ready to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// What is said about the programme beside its statistics.
    pub facts: Facts,
    /// The seed of every stream.
    pub seed: u64,
    /// How many worlds each option lived through.
    pub replicates: u64,
    /// Labels of the months of the monthly series: `2024-10`.
    pub months: Vec<String>,
    /// Every option, in file order.
    pub options: Vec<OptionForecast>,
    /// Every pair of options on every compared metric.
    pub comparisons: Vec<Comparison>,
}

/// A delivery option's answers.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionForecast {
    /// The option's name.
    pub name: String,
    /// Localities in file order, then the whole programme.
    pub places: Vec<PlaceForecast>,
}

/// A place's answers under one option.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceForecast {
    /// The locality's name; `None` for the whole programme.
    pub locality: Option<String>,
    /// Every metric, in the order of the columns.
    pub metrics: Vec<MetricSummary>,
    /// In which month cash is shortest.
    pub cash_months: Option<CashMonths>,
    /// How likely and how large a shortfall is.
    pub provision: Option<Provision>,
    /// The monthly series; empty until [`Forecast::with_months`] works them out.
    pub monthly: Vec<MonthlySummary>,
}

/// One metric's statistic.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricSummary {
    /// Which metric.
    pub metric: Metric,
    /// `None` where no replicate has a value.
    pub statistic: Option<Statistic>,
}

impl Forecast {
    /// The answers of a run, without its monthly series.
    pub fn new(results: &Results, facts: Facts) -> Self {
        let options = results
            .options
            .iter()
            .map(|option| OptionForecast {
                name: option.name.clone(),
                places: option
                    .places
                    .iter()
                    .map(|place| PlaceForecast::of(place, &facts))
                    .collect(),
            })
            .collect();
        Forecast {
            facts,
            seed: results.seed,
            replicates: results.replicates,
            months: results.months.clone(),
            options,
            comparisons: comparisons(results),
        }
    }

    /// The same with every monthly series, which are many and only wanted as data.
    pub fn with_months(mut self, results: &Results) -> Self {
        for (option, columns) in self.options.iter_mut().zip(&results.options) {
            for (place, columns) in option.places.iter_mut().zip(&columns.places) {
                place.monthly = columns.monthly.iter().map(MonthlySummary::of).collect();
            }
        }
        self
    }

    /// Whether the whole programme is one locality, so that its figures stand for both.
    pub fn has_one_place(&self) -> bool {
        self.facts.localities.len() == 1
    }

    /// What two options differ by: `of` minus `with`, as the comparisons hold it.
    pub fn comparison(
        &self,
        locality: Option<&str>,
        of: &str,
        with: &str,
        metric: &str,
    ) -> Option<&Comparison> {
        self.comparisons.iter().find(|c| {
            c.locality.as_deref() == locality && c.of == of && c.with == with && c.metric == metric
        })
    }
}

impl OptionForecast {
    /// The whole programme: the last place.
    pub fn programme(&self) -> Option<&PlaceForecast> {
        self.places.last()
    }

    /// A locality, or the whole programme (`None`).
    pub fn place(&self, locality: Option<&str>) -> Option<&PlaceForecast> {
        self.places.iter().find(|place| place.locality.as_deref() == locality)
    }
}

impl PlaceForecast {
    fn of(place: &PlaceColumns, facts: &Facts) -> Self {
        let metrics = (place.metrics.par_iter())
            .map(|column| MetricSummary {
                metric: column.metric.clone(),
                statistic: Statistic::of(Sample::of(column)),
            })
            .collect();
        PlaceForecast {
            locality: place.locality.clone(),
            metrics,
            cash_months: CashMonths::of(place, facts),
            provision: Provision::of(place),
            monthly: Vec::new(),
        }
    }

    /// The statistic of a metric by its name; `None` where it has none.
    pub fn statistic(&self, metric: &str) -> Option<&Statistic> {
        self.metrics.iter().find(|summary| summary.metric.name == metric)?.statistic.as_ref()
    }
}
