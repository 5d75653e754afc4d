//! Published figures beside a run's forecast of them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::forecast::OptionForecast;
use super::sample::Estimate;
use crate::model::Kind;

/// A figure printed elsewhere that a run forecasts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublishedFigure {
    /// The name of its table in the scenario's `published`.
    pub name: String,
    /// The locality that it is a figure of; `None` for the whole programme.
    pub locality: Option<String>,
    /// The option whose forecast it is set beside; `None` for every option.
    pub option: Option<String>,
    /// What it is of: a metric, or what is counted to a day.
    pub metric: String,
    /// The last day that counts, where it is a count to a day.
    pub by: Option<Date>,
    /// As printed, as statistics hold it: pounds, people, a share, days, a day's number.
    pub value: f64,
    /// `before` or `outturn`.
    pub known: String,
    /// Where it is printed.
    pub source: Option<String>,
}

/// Where nine worlds in ten lie, beside a published figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// What the figure is.
    pub kind: Kind,
    /// One world in twenty lies below (P5).
    pub low: Estimate,
    /// One world in twenty lies above (P95).
    pub high: Estimate,
    /// Whether the published figure lies between the two, or on one of them.
    pub inside: bool,
}

impl PublishedFigure {
    /// The metric that every run has of it: `published.NAME`.
    pub fn own_metric(&self) -> String {
        format!("published.{}", self.name)
    }

    /// Whether it is a figure of a place under an option.
    pub fn is_of(&self, option: &str, locality: Option<&str>) -> bool {
        self.locality.as_deref() == locality
            && self.option.as_ref().is_none_or(|name| name == option)
    }

    /// The forecast of it under an option; `None` where the option has none.
    pub fn beside(&self, option: &OptionForecast) -> Option<Interval> {
        let locality = self.locality.as_deref();
        if !self.is_of(&option.name, locality) {
            return None;
        }
        let statistic = option.place(locality)?.statistic(&self.own_metric())?;
        if statistic.under.is_some() {
            return None;
        }
        let (low, high) = (statistic.p05(), statistic.p95());
        let inside = (low.value..=high.value).contains(&self.value);
        Some(Interval { kind: statistic.kind, low, high, inside })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Forecast, synthetic};

    fn figure(metric: &str, value: f64) -> PublishedFigure {
        PublishedFigure {
            name: "as printed".to_owned(),
            locality: Some("Bury".to_owned()),
            option: None,
            metric: metric.to_owned(),
            by: None,
            value,
            known: "outturn".to_owned(),
            source: None,
        }
    }

    fn forecast(figure: &PublishedFigure) -> Forecast {
        let facts =
            crate::analysis::Facts { published: vec![figure.clone()], ..synthetic::facts() };
        Forecast::new(&synthetic::three_options(256), facts).unwrap()
    }

    #[test]
    fn a_figure_lies_inside_where_nine_worlds_in_ten_do() {
        for (value, inside) in [(480.0, true), (100.0, false), (2_000.0, false)] {
            let figure = figure("plans", value);
            let found = figure.beside(&forecast(&figure).options[0]).unwrap();
            assert_eq!(found.inside, inside, "{value}: {found:?}");
        }
    }

    #[test]
    fn a_figure_has_the_statistic_of_its_metric_where_it_belongs_and_nowhere_else() {
        let figure =
            PublishedFigure { option: Some("Hybrid".to_owned()), ..figure("cost", 400_000.0) };
        let forecast = forecast(&figure);
        let hybrid = forecast.options[2].place(Some("Bury")).unwrap();
        assert_eq!(hybrid.statistic("published.as printed"), hybrid.statistic("cost"));
        assert!(
            forecast.options[2].programme().unwrap().statistic("published.as printed").is_none()
        );
        assert_eq!(figure.beside(&forecast.options[0]), None);
    }
}
