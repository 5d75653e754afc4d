//! What else was tried of a run's scenario: stresses and varied values that are in the same ledger.

use crate::analysis::comparison::comparisons_on;
use crate::analysis::turning::TURNS_ON;
use crate::analysis::{Comparison, Variation};
use crate::cli::exit::Failure;
use crate::report::board::{Tried as Row, What};
use crate::scenario::Scenario;
use crate::store::{Ledger, Purpose, RunRecord, StoreError, StoredRun};

/// What the base case is called.
const BASE: &str = "Base case";

/// Cases of the run's scenario.
pub struct Tried {
    /// The run beside every stress.
    pub stresses: Option<Variation>,
    /// The stresses, and every path of which values were tried, with the comparisons of each case.
    pub rows: Vec<Row>,
}

impl Tried {
    /// Looks for complete runs of the same seed and engine that were made from the run's scenario under
    /// a stress or with other values. Of several of one case the newest counts.
    ///
    /// # Errors
    ///
    /// Where the ledger cannot be read.
    pub fn find(
        ledger: &Ledger,
        run: &RunRecord,
        scenario: &Scenario,
        columns: &StoredRun<'_>,
    ) -> Result<Self, Failure> {
        let mut found = Tried { stresses: None, rows: Vec::new() };
        if !matches!(run.head.purpose, Purpose::Run | Purpose::Stress(None)) {
            return Ok(found);
        }
        // From the oldest, so that a newer run of the same case takes its place.
        let mut records = ledger.runs()?.runs;
        records.reverse();
        records.retain(|record| {
            record.is_complete()
                && record.head.seed == run.head.seed
                && record.head.engine_revision == run.head.engine_revision
        });
        let stresses = stresses(&records, scenario);
        if !stresses.is_empty() {
            let mut variation = Variation::new(BASE, columns)?;
            let mut row = vec![(BASE.to_owned(), pairs(columns)?)];
            for (name, record) in stresses {
                let stressed = ledger.stored(&record.id)?;
                variation.add(name.clone(), &stressed)?;
                row.push((name, pairs(&stressed)?));
            }
            found.stresses = Some(variation);
            found.rows.push(Row { what: What::Stress, row });
        }
        for (path, values) in varied(&records, scenario) {
            let mut row = Vec::new();
            for (value, record) in values {
                row.push((value, pairs(&ledger.stored(&record.id)?)?));
            }
            found.rows.push(Row { what: What::Value(path), row });
        }
        Ok(found)
    }
}

/// How options differ in a case.
fn pairs(columns: &StoredRun<'_>) -> Result<Vec<Comparison>, StoreError> {
    comparisons_on(columns, &TURNS_ON, |locality| locality.is_none())
}

/// The newest run of every stress, in the order of the file.
fn stresses<'a>(records: &'a [RunRecord], scenario: &Scenario) -> Vec<(String, &'a RunRecord)> {
    let found = scenario.stresses.iter().filter_map(|name| {
        let purpose = Purpose::Stress(Some(name.clone()));
        let of_this_name = records.iter().rev().filter(|record| record.head.purpose == purpose);
        let mut of_this_name = of_this_name.peekable();
        of_this_name.peek()?;
        let hash = scenario.stressed(name).ok()?;
        let record = of_this_name.find(|record| record.head.scenario_hash == hash.hash())?;
        Some((name.clone(), record))
    });
    found.collect()
}

/// Every path of which two values or more were tried, each by itself.
fn varied<'a>(
    records: &'a [RunRecord],
    scenario: &Scenario,
) -> Vec<(String, Vec<(String, &'a RunRecord)>)> {
    let mut paths: Vec<(String, Vec<(String, &RunRecord)>)> = Vec::new();
    for record in records {
        let Purpose::Vary(values) = &record.head.purpose else { continue };
        let [one] = &values[..] else { continue };
        let Some((path, value)) = one.split_once('=') else { continue };
        let pair = [(path.to_owned(), value.to_owned())];
        let same = scenario.with_values(&pair).is_ok_and(|s| s.hash() == record.head.scenario_hash);
        if !same {
            continue;
        }
        let at = paths.iter().position(|(known, _)| known == path).unwrap_or(paths.len());
        if at == paths.len() {
            paths.push((path.to_owned(), Vec::new()));
        }
        let row = &mut paths[at].1;
        row.retain(|(known, _)| known != value);
        row.push((value.to_owned(), record));
    }
    paths.retain(|(_, values)| values.len() > 1);
    for (_, values) in &mut paths {
        in_order(values);
    }
    paths
}

/// From the least to the greatest where all are numbers, from the earliest where all are dates; else
/// as they were tried.
fn in_order<T>(values: &mut [(String, T)]) {
    let number =
        |text: &str| text.trim_end_matches('%').replace(['£', ','], "").parse::<f64>().ok();
    let date = |text: &str| text.parse::<jiff::civil::Date>().ok();
    if values.iter().all(|(value, _)| number(value).is_some()) {
        values.sort_by(|a, b| {
            number(&a.0).partial_cmp(&number(&b.0)).unwrap_or(std::cmp::Ordering::Equal)
        });
    } else if values.iter().all(|(value, _)| date(value).is_some()) {
        values.sort_by_key(|(value, _)| date(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_in_their_order_and_words_as_they_were_tried() {
        let ordered = |values: &[&str]| {
            let mut values: Vec<(String, ())> =
                values.iter().map(|v| ((*v).to_owned(), ())).collect();
            in_order(&mut values);
            values.into_iter().map(|(value, ())| value).collect::<Vec<_>>()
        };
        assert_eq!(ordered(&["10", "8", "9.5"]), ["8", "9.5", "10"]);
        assert_eq!(ordered(&["£1,200", "£300"]), ["£300", "£1,200"]);
        assert_eq!(ordered(&["2025-01-01", "2024-10-01"]), ["2024-10-01", "2025-01-01"]);
        assert_eq!(ordered(&["open tender", "framework"]), ["open tender", "framework"]);
    }
}
