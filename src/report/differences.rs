//! How options differ, world by world, with the error of each difference.

use super::grid::{Grid, Row};
use super::number::{alone, difference};
use super::words;
use crate::analysis::rounding::is_beyond_error;
use crate::analysis::{Comparison, Difference, Forecast};
use crate::model::Kind;

/// What pairs of options are set beside each other on; the JSON has more. Cost for each plan is not
/// among them: it is a ratio of each world's own, and a few worlds with hardly a plan rule its mean.
const SHOWN: [&str; 7] =
    ["plans", "target_met", "unclaimed", "shortfall", "cash_gap", "cost", "wait_mean_days"];

/// Every pair of options at a locality, or for the whole programme; none with one option only.
pub fn grid(forecast: &Forecast, locality: Option<&str>) -> Option<Grid> {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for comparison in &forecast.comparisons {
        let pair = (comparison.of.as_str(), comparison.with.as_str());
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    if pairs.is_empty() {
        return None;
    }
    let header: Vec<String> = pairs.iter().map(|(of, with)| format!("{of} minus {with}")).collect();
    let rows: Vec<Row> = (SHOWN.iter())
        .map(|metric| {
            let cells = pairs.iter().map(|(of, with)| {
                let found = forecast.comparison(locality, of, with, metric);
                found.map_or_else(|| "-".to_owned(), cell)
            });
            Row::new(words::metric(metric), cells.collect())
        })
        .collect();
    Some(Grid::new("Difference", header, rows))
}

/// A difference, and in how many worlds it is one; or that there is none to be seen.
fn cell(comparison: &Comparison) -> String {
    let Some(pairs) = &comparison.difference else { return "-".to_owned() };
    let text = difference(comparison.kind, pairs.mean);
    if pairs.equal.value == 1.0 {
        return "the same in all worlds".to_owned();
    }
    if !is_beyond_error(pairs.mean) {
        return format!("{text}\nwithin the error");
    }
    // Two chances differ in their worlds' noughts and ones, which tells a reader nothing new.
    if comparison.kind == Kind::Chance { text } else { format!("{text}\n{}", how_often(pairs)) }
}

fn how_often(pairs: &Difference) -> String {
    let share = |estimate| alone(Kind::Chance, estimate);
    let greater = share(pairs.greater);
    if pairs.equal.value < 0.005 {
        return format!("more in {greater} of worlds");
    }
    format!("more in {greater}, same in {}", share(pairs.equal))
}
