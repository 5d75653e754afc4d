//! Who pays, and who carries the money until it comes.

use super::grid::{Grid, Row};
use super::number::with_error;
use crate::analysis::{Forecast, OptionForecast, Statistic};

/// Metrics that are named after somebody, with the words before the name.
const NAMED: [(&str, &str); 4] = [
    ("income_from.", "Income from"),
    ("cash_gap_of.", "Cash gap of"),
    ("provider_cost.", "Own costs of"),
    ("margin.", "Margin of"),
];

/// The funders, the steps of the chain and the providers with costs of their own; none where the
/// scenario names none of them and has no money beside its localities'.
pub fn grid(forecast: &Forecast, locality: Option<&str>) -> Option<Grid> {
    let mut rows = Vec::new();
    let cells = |place: Option<&str>, metric: &str| -> Vec<String> {
        let found = |option| statistic(option, place, metric);
        let cell = |option| match found(option) {
            Some(found) => with_error(found.kind, found.mean),
            None => "-".to_owned(),
        };
        forecast.options.iter().map(cell).collect()
    };
    for (prefix, words) in NAMED {
        for name in names(forecast, locality, prefix) {
            let metric = format!("{prefix}{name}");
            rows.push(Row::new(format!("{words} {name}"), cells(locality, &metric)));
        }
    }
    let has_central =
        forecast.options.iter().any(|option| statistic(option, None, "income_central").is_some());
    if has_central {
        let label = "Income of the programme beside its localities'";
        rows.push(Row::new(label, cells(None, "income_central")));
    }
    if rows.is_empty() {
        return None;
    }
    let header: Vec<String> = forecast.options.iter().map(|option| option.name.clone()).collect();
    Some(Grid::new("Who pays, and who waits", header, rows))
}

fn statistic<'a>(
    option: &'a OptionForecast,
    place: Option<&str>,
    metric: &str,
) -> Option<&'a Statistic> {
    option.place(place)?.statistic(metric)
}

/// What follows a prefix in any option's metrics, each name once.
fn names<'a>(forecast: &'a Forecast, locality: Option<&str>, prefix: &str) -> Vec<&'a str> {
    let mut names = Vec::new();
    let places = forecast.options.iter().filter_map(|option| option.place(locality));
    for summary in places.flat_map(|place| &place.metrics) {
        if let Some(name) = summary.metric.name.strip_prefix(prefix)
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;

    #[test]
    fn a_scenario_that_names_nobody_has_no_such_table() {
        let forecast = Forecast::new(&synthetic::three_options(32), synthetic::facts()).unwrap();
        assert_eq!(grid(&forecast, Some("Bury")), None);
    }

    #[test]
    fn a_provider_of_one_option_leaves_the_others_blank() {
        let mut results = synthetic::three_options(32);
        let bury = &mut results.options[1].places[0];
        let mut gap = bury.metrics.iter().find(|c| c.metric.name == "cash_gap").unwrap().clone();
        gap.metric.name = "cash_gap_of.Provider".to_owned();
        bury.metrics.push(gap);
        let forecast = Forecast::new(&results, synthetic::facts()).unwrap();
        let text = crate::report::table::draw(&grid(&forecast, Some("Bury")).unwrap());
        let row = text.lines().find(|line| line.contains("Cash gap of Provider")).unwrap();
        let cells: Vec<&str> = row.split_whitespace().skip(4).collect();
        assert_eq!((cells.first(), cells.last()), (Some(&"-"), Some(&"-")), "{row}");
        assert!(row.contains('£'));
    }
}
