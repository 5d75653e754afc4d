//! The same people and costs under other readings of the funding rules.

use super::grid::{Grid, Row};
use super::number::with_error;
use super::table::indented;
use crate::analysis::Forecast;

/// What a reading changes, with what it is called here.
const SHOWN: [(&str, &str); 5] = [
    ("income", "Income"),
    ("unclaimed", "Never claimed"),
    ("shortfall", "Shortfall, mean of all worlds"),
    ("repaid", "Paid back at the end"),
    ("cash_gap", "Cash gap"),
];

/// Reading by reading, the options beside each other; none where the scenario has one reading only.
pub fn grid(forecast: &Forecast, locality: Option<&str>) -> Option<Grid> {
    let names = names(forecast, locality);
    if names.is_empty() {
        return None;
    }
    let mut rows = vec![Row::new("As this file reads them", Vec::new())];
    rows.extend(figures(forecast, locality, ""));
    for name in &names {
        rows.push(Row::new(*name, Vec::new()));
        rows.extend(figures(forecast, locality, &format!("reading.{name}.")));
    }
    let header: Vec<String> = forecast.options.iter().map(|option| option.name.clone()).collect();
    let title = "The same under other readings of the funding rules: people and costs stay as they \
                 are, the money is settled once more. Means.";
    Some(Grid::new("Reading", header, rows).titled(title))
}

/// The names of the readings, in file order.
pub fn names<'a>(forecast: &'a Forecast, locality: Option<&str>) -> Vec<&'a str> {
    let place = forecast.options.first().and_then(|option| option.place(locality));
    let metrics = place.map_or(&[][..], |place| &place.metrics);
    let name = |metric: &'a str| metric.strip_prefix("reading.")?.strip_suffix(".income");
    metrics.iter().filter_map(|summary| name(&summary.metric.name)).collect()
}

fn figures(forecast: &Forecast, locality: Option<&str>, prefix: &str) -> Vec<Row> {
    let row = |(metric, label): (&str, &str)| {
        let name = format!("{prefix}{metric}");
        let statistics: Vec<_> = forecast
            .options
            .iter()
            .map(|option| option.place(locality)?.statistic(&name))
            .collect();
        // Under most readings nothing is paid back.
        let is_nothing = statistics.iter().flatten().all(|found| found.mean.value == 0.0);
        if metric == "repaid" && is_nothing {
            return None;
        }
        let cell = |found: &Option<&crate::analysis::Statistic>| match found {
            Some(found) => with_error(found.kind, found.mean),
            None => "-".to_owned(),
        };
        Some(Row::new(indented(label), statistics.iter().map(cell).collect()))
    };
    SHOWN.into_iter().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;
    use crate::report::table::{WIDTH, draw};

    /// Another reading under which everything is as it is, by every figure of [`SHOWN`].
    fn with_a_reading(name: &str) -> Forecast {
        let mut results = synthetic::three_options(32);
        for place in results.options.iter_mut().flat_map(|option| &mut option.places) {
            let shown = SHOWN.iter().filter_map(|(metric, _)| {
                let mut column = place.metrics.iter().find(|c| c.metric.name == *metric)?.clone();
                column.metric.name = format!("reading.{name}.{metric}");
                Some(column)
            });
            let columns: Vec<_> = shown.collect();
            place.metrics.extend(columns);
        }
        Forecast::new(&results, synthetic::facts()).unwrap()
    }

    #[test]
    fn without_another_reading_nothing_is_printed() {
        let forecast = Forecast::new(&synthetic::three_options(32), synthetic::facts()).unwrap();
        assert_eq!(grid(&forecast, Some("Bury")), None);
    }

    #[test]
    fn each_reading_has_its_figures_below_its_name_and_the_file_s_own_comes_first() {
        let text = draw(&grid(&with_a_reading("A grant, v1.5"), Some("Bury")).unwrap());
        let (own, other) = text.split_once(" A grant, v1.5").expect("the reading's name");
        assert!(own.contains("As this file reads them"));
        let incomes = |part: &str| {
            let line = part.lines().find(|line| line.contains("Income")).expect("its income");
            line.trim_start().to_owned()
        };
        assert_eq!(incomes(own), incomes(other));
        assert!(text.lines().all(|line| line.chars().count() <= usize::from(WIDTH)));
        assert!(!text.contains("Paid back"), "nothing is paid back under either");
    }
}
