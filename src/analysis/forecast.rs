//! What a run says: every statistic of every place under every option, and how options differ.

use rayon::prelude::*;

use super::cash::{CashMonths, Provision};
use super::comparison::{Comparison, comparisons};
use super::facts::Facts;
use super::monthly::MonthlySummary;
use super::nearly::four_fifths;
use super::reach::Reach;
use super::sample::{Estimate, Sample};
use super::statistic::Statistic;
use crate::ensemble::{Columns, Outline, Place};
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
    /// The chance of four fifths of the agreed number.
    pub four_fifths: Option<Estimate>,
    /// Who is reached, by attribute and value.
    pub reach: Vec<Reach>,
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
    ///
    /// # Errors
    ///
    /// Where a column cannot be read.
    pub fn new<C: Columns>(columns: &C, facts: Facts) -> Result<Self, C::Error> {
        let outline = columns.outline();
        let mut options = Vec::new();
        for (index, option) in outline.options.iter().enumerate() {
            let places =
                outline.places(index).map(|at| PlaceForecast::of(columns, &outline, at, &facts));
            let places = places.collect::<Result<_, _>>()?;
            options.push(OptionForecast { name: option.name.clone(), places });
        }
        Ok(Forecast {
            facts,
            seed: outline.seed,
            replicates: outline.replicates,
            months: outline.months,
            options,
            comparisons: comparisons(columns)?,
        })
    }

    /// The same with every monthly series, which are many and only wanted as data.
    ///
    /// # Errors
    ///
    /// Where a column cannot be read.
    pub fn with_months<C: Columns>(mut self, columns: &C) -> Result<Self, C::Error> {
        let outline = columns.outline();
        for (index, option) in self.options.iter_mut().enumerate() {
            for (at, place) in outline.places(index).zip(&mut option.places) {
                let count = outline.place(at).map_or(0, |place| place.monthly.len());
                let series = (0..count).into_par_iter();
                place.monthly = series
                    .map(|series| Ok(MonthlySummary::of(&*columns.monthly(at, series)?)))
                    .collect::<Result<_, _>>()?;
            }
        }
        Ok(self)
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
    fn of<C: Columns>(
        columns: &C,
        outline: &Outline,
        at: Place,
        facts: &Facts,
    ) -> Result<Self, C::Error> {
        let place = outline.place(at);
        let count = place.map_or(0, |place| place.metrics.len());
        let locality = place.and_then(|place| place.locality.clone());
        let mut metrics: Vec<MetricSummary> = (0..count)
            .into_par_iter()
            .map(|index| {
                let column = columns.metric(at, index)?;
                let statistic = Statistic::of(Sample::of(&column));
                Ok(MetricSummary { metric: column.metric.clone(), statistic })
            })
            .collect::<Result<_, _>>()?;
        // A published figure of a metric that every run has is that metric under its own name.
        let option = outline.options.get(at.option).map_or("", |option| &option.name);
        for figure in facts.published.iter().filter(|f| f.is_of(option, locality.as_deref())) {
            let known = |name: &str| metrics.iter().find(|summary| summary.metric.name == name);
            if let (None, Some(of)) = (known(&figure.own_metric()), known(&figure.metric)) {
                let metric = Metric { name: figure.own_metric(), kind: of.metric.kind };
                let statistic = of.statistic;
                metrics.push(MetricSummary { metric, statistic });
            }
        }
        let gap_day = columns.metric_named(outline, at, "cash_gap_day")?;
        let shortfall = columns.metric_named(outline, at, "shortfall")?;
        Ok(PlaceForecast {
            locality,
            metrics,
            cash_months: gap_day.and_then(|column| CashMonths::of(&column, facts)),
            provision: shortfall.and_then(|column| Provision::of(&column)),
            four_fifths: four_fifths(columns, outline, at, facts)?,
            reach: Reach::of(columns, outline, at, facts)?,
            monthly: Vec::new(),
        })
    }

    /// Plans in all, those before the programme's first day included; plans, in a run that was made
    /// before there were such.
    pub fn plans_in_all(&self) -> Option<&Statistic> {
        self.statistic("plans_in_all").or_else(|| self.statistic("plans"))
    }

    /// The statistic of a metric by its name; `None` where it has none.
    pub fn statistic(&self, metric: &str) -> Option<&Statistic> {
        self.metrics.iter().find(|summary| summary.metric.name == metric)?.statistic.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;
    use crate::ensemble::Results;

    fn forecast(results: &Results) -> Forecast {
        Forecast::new(results, synthetic::facts()).unwrap().with_months(results).unwrap()
    }

    #[test]
    fn no_number_of_threads_changes_a_bit() {
        let results = synthetic::three_options(256);
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| forecast(&results))
        };
        // Equal, and not only within a tolerance: every field is compared.
        assert_eq!(with(1), with(5));
    }

    #[test]
    fn another_option_changes_nothing_of_the_others() {
        let three = synthetic::three_options(128);
        let mut two = three.clone();
        two.options.remove(1);
        let (three, two) = (forecast(&three), forecast(&two));
        assert_eq!(three.options[2], two.options[1]);
        let pair = |f: &Forecast| f.comparison(None, "Hybrid", "In-house", "plans").cloned();
        assert!(pair(&two).is_some());
        assert_eq!(pair(&three), pair(&two));
    }

    #[test]
    fn the_only_locality_and_the_programme_say_the_same() {
        let forecast = forecast(&synthetic::three_options(64));
        let option = &forecast.options[0];
        let bury = option.place(Some("Bury")).unwrap();
        assert_eq!(bury.statistic("plans"), option.programme().unwrap().statistic("plans"));
        assert_eq!(bury.monthly.len(), 2);
    }

    #[test]
    fn months_are_worked_out_only_where_they_are_wanted() {
        let results = synthetic::three_options(32);
        let forecast = Forecast::new(&results, synthetic::facts()).unwrap();
        assert!(forecast.options.iter().flat_map(|o| &o.places).all(|p| p.monthly.is_empty()));
    }
}
