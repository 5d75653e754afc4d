//! A table with questions down and the options across.

use crate::analysis::{Facts, Forecast, PlaceForecast, Statistic};
use crate::report::grid::{Grid, Row};
use crate::report::headline::main_place;
use crate::report::number::{eighty_percent_range, mean};
use crate::report::words::{date, date_range};

/// What stands where no world has a value.
pub const NOTHING: &str = "-";

/// Such a table while it is filled, for one place: the programme's main one.
pub struct Across<'a> {
    forecast: &'a Forecast,
    rows: Vec<Row>,
}

impl<'a> Across<'a> {
    /// An empty one.
    pub fn new(forecast: &'a Forecast) -> Self {
        Across { forecast, rows: Vec::new() }
    }

    /// A question and how a place answers it; left out where no option has an answer.
    #[must_use]
    pub fn row(
        mut self,
        label: impl Into<String>,
        answer: impl Fn(&'a PlaceForecast) -> Option<String>,
    ) -> Self {
        let place = main_place(self.forecast);
        let options = self.forecast.options.iter();
        let cells: Vec<Option<String>> =
            options.map(|option| option.place(place).and_then(&answer)).collect();
        if cells.iter().any(Option::is_some) {
            let said = |cell: Option<String>| cell.unwrap_or_else(|| NOTHING.to_owned());
            self.rows.push(Row::new(label, cells.into_iter().map(said).collect()));
        }
        self
    }

    /// The mean of a metric with its error.
    #[must_use]
    pub fn mean(self, label: impl Into<String>, metric: &'a str) -> Self {
        self.row(label, |place| Some(mean(place.statistic(metric)?)))
    }

    /// The mean of a metric with its error, and the range of eight worlds in ten.
    #[must_use]
    pub fn range(self, label: impl Into<String>, metric: &str) -> Self {
        self.row(label, |place| Some(mean_and_range(place.statistic(metric)?, "\n")))
    }

    /// The same, left out where it is nothing under every option in every world.
    #[must_use]
    pub fn range_if_any(self, label: impl Into<String>, metric: &str) -> Self {
        let place = main_place(self.forecast);
        let is_any = self.forecast.options.iter().any(|option| {
            let found = option.place(place).and_then(|place| place.statistic(metric));
            found.is_some_and(|found| found.mean.value != 0.0)
        });
        if is_any { self.range(label, metric) } else { self }
    }

    /// The table, if any question has an answer.
    pub fn grid(self, title: &str, corner: &str) -> Option<Grid> {
        let header = self.forecast.options.iter().map(|option| option.name.clone()).collect();
        let grid = Grid::new(corner, header, self.rows).titled(title);
        (!grid.rows.is_empty()).then_some(grid)
    }
}

/// `427 ± 9 (280 to 570)`; only what may be said where counts are hidden. Where eight worlds in ten have
/// one value, `0.9 ± 0.4 (mostly 0)`.
pub fn mean_and_range(statistic: &Statistic, between: &str) -> String {
    let said = mean(statistic);
    let range = eighty_percent_range(statistic);
    match statistic.under {
        Some(_) => said,
        None if said == range => said,
        None if range.contains(" to ") => format!("{said}{between}({range})"),
        None => format!("{said}{between}(mostly {range})"),
    }
}

/// The date of a day in the middle world, and those that eight worlds of ten fall between.
pub fn when(facts: &Facts, statistic: &Statistic) -> (String, Option<String>) {
    let on = |day: f64| facts.date(libm::round(day) as i64);
    let [low, middle, high] =
        [statistic.p10(), statistic.p50(), statistic.p90()].map(|estimate| on(estimate.value));
    (date(middle), (low != high).then(|| date_range(low, high)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Sample, synthetic};
    use crate::ensemble::ColumnData;
    use crate::model::Kind;

    fn statistic(values: Vec<i64>) -> Statistic {
        let column = synthetic::column("disrupted", Kind::People, ColumnData::Whole(values));
        Statistic::of(Sample::of(&column)).unwrap()
    }

    #[test]
    fn a_range_that_is_one_value_is_said_as_such() {
        assert_eq!(mean_and_range(&statistic(vec![7; 64]), " "), "7");
        let mut rare = vec![0; 64];
        rare[3] = 40;
        assert!(mean_and_range(&statistic(rare), " ").ends_with(" (mostly 0)"));
        let wide = mean_and_range(&statistic((0..64).collect()), " ");
        assert!(wide.contains(" (6") && wide.contains(" to "), "{wide}");
    }

    #[test]
    fn what_no_option_answers_has_no_row() {
        let results = synthetic::three_options(32);
        let forecast = Forecast::new(&results, synthetic::facts()).unwrap();
        let table = Across::new(&forecast).mean("Plans", "plans").mean("None", "no_such_metric");
        let grid = table.grid("People", "What").unwrap();
        assert_eq!((grid.rows.len(), grid.rows[0].cells.len()), (1, 3));
        assert_eq!(Across::new(&forecast).mean("None", "no_such_metric").grid("", ""), None);
    }
}
