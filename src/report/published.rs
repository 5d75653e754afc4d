//! Published figures beside a run's forecast of them.

use super::grid::{Grid, Row};
use super::number::alone;
use super::words;
use crate::analysis::{Estimate, Facts, Forecast, Interval, PublishedFigure};
use crate::model::Kind;

/// How the table is read.
pub const NOTE: &str = "The range is the forecast's: 1 world in 20 falls below it, 1 in 20 above. An outturn \
                        became known after the programme began; a forecast should not rest on it.";

/// Each published figure beside the interval of nine worlds in ten under every option; none where
/// the scenario has none.
pub fn grid(forecast: &Forecast) -> Option<Grid> {
    let figures = &forecast.facts.published;
    if figures.is_empty() {
        return None;
    }
    let facts = &forecast.facts;
    let header: Vec<String> = forecast.options.iter().map(|option| option.name.clone()).collect();
    let rows: Vec<Row> = (figures.iter())
        .map(|figure| {
            let found: Vec<Option<Interval>> =
                forecast.options.iter().map(|option| figure.beside(option)).collect();
            let kind = found.iter().flatten().next().map(|interval| interval.kind);
            let cells = found.iter().map(|interval| {
                interval.as_ref().map_or_else(|| "-".to_owned(), |found| cell(facts, found))
            });
            Row::new(label(facts, figure, kind), cells.collect())
        })
        .collect();
    Some(Grid::new("Published beside forecast", header, rows))
}

/// `Manchester: Action plans by 16 February 2026: 1,457 (outturn)`.
fn label(facts: &Facts, figure: &PublishedFigure, kind: Option<Kind>) -> String {
    let place = figure.locality.as_ref().map_or_else(String::new, |name| format!("{name}: "));
    let what = match figure.metric.split_once("_by_year.") {
        Some((metric, year)) => format!("{} in {year}", words::metric(metric)),
        // A day is shown as a date here.
        None => words::metric(&figure.metric).trim_end_matches(", from the first day").to_owned(),
    };
    let by = figure.by.map_or_else(String::new, |date| format!(" by {}", words::date(date)));
    let value = value(facts, kind.unwrap_or(Kind::Number), figure.value);
    let known = if figure.known == "outturn" { " (outturn)" } else { "" };
    format!("{place}{what}{by}: {value}{known}")
}

fn value(facts: &Facts, kind: Kind, value: f64) -> String {
    text(facts, kind, Estimate::known(value))
}

fn text(facts: &Facts, kind: Kind, estimate: Estimate) -> String {
    match kind {
        Kind::Day => words::date(facts.date(libm::round(estimate.value) as i64)),
        kind => alone(kind, estimate),
    }
}

fn cell(facts: &Facts, interval: &Interval) -> String {
    let [low, high] = [interval.low, interval.high].map(|end| text(facts, interval.kind, end));
    let inside = if interval.inside { "inside" } else { "outside" };
    let range = if low == high { low } else { format!("{low} to {high}") };
    format!("{range}\n{inside}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;
    use crate::report::table::{draw, wrapped};

    #[test]
    fn a_figure_stands_beside_the_range_of_every_option() {
        let figure = |metric: &str, value, known: &str| PublishedFigure {
            name: metric.to_owned(),
            locality: Some("Bury".to_owned()),
            option: None,
            metric: metric.to_owned(),
            by: None,
            value,
            known: known.to_owned(),
            source: None,
        };
        let published = vec![
            figure("plans", 470.0, "outturn"),
            figure("opening_day", 62.0, "before"),
            figure("cost", 1_000_000.0, "before"),
            PublishedFigure {
                option: Some("Hybrid".to_owned()),
                ..figure("wait_mean_days", 50.0, "before")
            },
        ];
        let facts = Facts { published, ..synthetic::facts() };
        let forecast = Forecast::new(&synthetic::three_options(256), facts).unwrap();
        let text = format!("{}\n\n{}", draw(&grid(&forecast).unwrap()), wrapped(NOTE, ""));
        insta::assert_snapshot!(text);
    }

    #[test]
    fn nothing_is_said_where_nothing_was_published() {
        let forecast = Forecast::new(&synthetic::three_options(16), synthetic::facts()).unwrap();
        assert_eq!(grid(&forecast), None);
    }
}
