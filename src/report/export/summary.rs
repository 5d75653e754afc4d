//! What the replicates say, as tidy tables: a row for each statistic of a metric, and one for each month
//! of a series.

use std::io::Write;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};

use super::{Format, Unwritten};
use crate::analysis::statistic::LEVELS;
use crate::analysis::{Estimate, Forecast, PlaceForecast};
use crate::model::{Kind, Metric};
use crate::report::definitions;

/// The tables' names, with what the columns of each mean: name, type, unit, meaning.
pub const TABLES: [(&str, &[[&str; 4]]); 2] = [("summary", SUMMARY), ("months", MONTHS)];

/// How many columns `summary` has.
pub const WIDTH: usize = 8 + 2 * LEVELS.len();

const SUMMARY: &[[&str; 4]] = &[
    ["option", "text", "", "the delivery option"],
    ["locality", "text", "", "the locality; empty for the whole programme"],
    ["metric", "text", "", "the metric, as the tables of replicates name it"],
    ["unit", "text", "", "what its statistics are measured in"],
    ["mean", "real", "as unit", "mean over the replicates that have a value"],
    [
        "se",
        "real",
        "as unit",
        "standard error of the mean, from 16 scrambles (15 degrees of freedom)",
    ],
    ["sd", "real", "as unit", "standard deviation over the replicates"],
    [
        "p05",
        "real",
        "as unit",
        "1 replicate in 20 lies below; p10 to p95 likewise, each with its standard error _se",
    ],
    ["n", "whole", "replicates", "how many replicates have a value"],
];

/// The columns of `months`.
pub const MONTHS: &[[&str; 4]] = &[
    ["option", "text", "", "the delivery option"],
    ["locality", "text", "", "the locality; empty for the whole programme"],
    ["month", "text", "", "the month: 2024-10"],
    ["series", "text", "", "the monthly series"],
    ["unit", "text", "", "what its statistics are measured in"],
    ["mean", "real", "as unit", "mean over the replicates"],
    ["se", "real", "as unit", "its standard error"],
    ["p10", "real", "as unit", "1 replicate in 10 lies below"],
    ["p50", "real", "as unit", "the middle replicate"],
    ["p90", "real", "as unit", "1 replicate in 10 lies above"],
];

/// Columns of text and of reals, filled row by row.
#[derive(Default)]
struct Rows {
    texts: Vec<(&'static str, Vec<Option<String>>)>,
    reals: Vec<(String, Vec<Option<f64>>)>,
    counts: Vec<i64>,
}

impl Rows {
    fn text(&mut self, at: usize, name: &'static str, value: Option<&str>) {
        if self.texts.len() == at {
            self.texts.push((name, Vec::new()));
        }
        self.texts[at].1.push(value.map(str::to_owned));
    }

    fn real(&mut self, at: usize, name: &str, value: Option<f64>) {
        if self.reals.len() == at {
            self.reals.push((name.to_owned(), Vec::new()));
        }
        self.reals[at].1.push(value);
    }

    fn write(self, format: Format, into: impl Write + Send) -> Result<u64, Unwritten> {
        let mut fields = Vec::new();
        let mut columns: Vec<ArrayRef> = Vec::new();
        for (name, values) in self.texts {
            fields.push(Field::new(name, DataType::Utf8, true));
            columns.push(Arc::new(StringArray::from(values)));
        }
        for (name, values) in self.reals {
            fields.push(Field::new(name, DataType::Float64, true));
            columns.push(Arc::new(Float64Array::from(values)));
        }
        if !self.counts.is_empty() {
            fields.push(Field::new("n", DataType::Int64, false));
            columns.push(Arc::new(Int64Array::from(self.counts)));
        }
        let schema = Arc::new(Schema::new(fields));
        let mut rows = format.rows(schema.clone(), into)?;
        let batch = RecordBatch::try_new(schema, columns)?;
        rows.batch(&batch)?;
        rows.finish()?;
        Ok(batch.num_rows() as u64)
    }
}

/// Writes every statistic of every metric, and answers with the number of rows.
///
/// # Errors
///
/// Where it cannot be written.
pub fn summary(
    forecast: &Forecast,
    format: Format,
    into: impl Write + Send,
) -> Result<u64, Unwritten> {
    let mut rows = Rows::default();
    for (option, place) in places(forecast) {
        for found in &place.metrics {
            names(&mut rows, option, place);
            rows.text(2, "metric", Some(&found.metric.name));
            rows.text(3, "unit", Some(unit(&found.metric)));
            // What is too small to be published has no statistic.
            let shown = found.statistic.as_ref().filter(|statistic| statistic.under.is_none());
            rows.real(0, "mean", shown.map(|s| s.mean.value));
            rows.real(1, "se", shown.and_then(|s| s.mean.se));
            rows.real(2, "sd", shown.and_then(|s| s.sd));
            for (level, (name, _)) in LEVELS.iter().enumerate() {
                let quantile: Option<Estimate> = shown.map(|s| s.quantiles[level]);
                rows.real(3 + 2 * level, name, quantile.map(|q| q.value));
                rows.real(4 + 2 * level, &format!("{name}_se"), quantile.and_then(|q| q.se));
            }
            rows.counts.push(found.statistic.as_ref().map_or(0, |s| s.n as i64));
        }
    }
    rows.write(format, into)
}

/// Writes every month of every series, and answers with the number of rows. The forecast should have
/// its months.
///
/// # Errors
///
/// Where it cannot be written.
pub fn months(
    forecast: &Forecast,
    format: Format,
    into: impl Write + Send,
) -> Result<u64, Unwritten> {
    let mut rows = Rows::default();
    for (option, place) in places(forecast) {
        for series in &place.monthly {
            for (label, month) in forecast.months.iter().zip(&series.months) {
                names(&mut rows, option, place);
                rows.text(2, "month", Some(label));
                rows.text(3, "series", Some(&series.metric.name));
                rows.text(4, "unit", Some(unit(&series.metric)));
                rows.real(0, "mean", month.map(|m| m.mean.value));
                rows.real(1, "se", month.and_then(|m| m.mean.se));
                rows.real(2, "p10", month.map(|m| m.p10.value));
                rows.real(3, "p50", month.map(|m| m.p50.value));
                rows.real(4, "p90", month.map(|m| m.p90.value));
            }
        }
    }
    rows.write(format, into)
}

fn places(forecast: &Forecast) -> impl Iterator<Item = (&str, &PlaceForecast)> {
    let options = forecast.options.iter();
    options.flat_map(|option| option.places.iter().map(|place| (option.name.as_str(), place)))
}

fn names(rows: &mut Rows, option: &str, place: &PlaceForecast) {
    rows.text(0, "option", Some(option));
    rows.text(1, "locality", place.locality.as_deref());
}

/// What statistics are measured in: money in pounds, a chance as a share.
fn unit(metric: &Metric) -> &'static str {
    match metric.kind {
        Kind::Money => definitions::unit(Kind::Pounds),
        Kind::Chance => definitions::unit(Kind::Share),
        kind => definitions::unit(kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;

    #[test]
    fn every_metric_has_a_row_and_what_is_hidden_has_no_statistic() {
        let results = synthetic::three_options(64);
        let forecast =
            Forecast::new(&results, synthetic::facts()).unwrap().with_months(&results).unwrap();
        let forecast = forecast.rounding_counts(1_000_000);
        let mut csv = Vec::new();
        let rows = summary(&forecast, Format::Csv, &mut csv).unwrap();
        let text = String::from_utf8(csv).unwrap();
        assert_eq!(text.lines().count() as u64, rows + 1);
        assert!(text.starts_with("option,locality,metric,unit,mean,se,sd,p05,p05_se"), "{text}");
        let plans = text.lines().find(|line| line.starts_with("In-house,Bury,plans,")).unwrap();
        assert_eq!(plans, "In-house,Bury,plans,people,,,,,,,,,,,,,,,,,,64");
        let mut csv = Vec::new();
        assert!(months(&forecast, Format::Csv, &mut csv).unwrap() > 0);
        assert!(String::from_utf8(csv).unwrap().contains(",2024-10,balance,pounds,"));
    }
}
