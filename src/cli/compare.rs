//! `workcast compare RUN RUN`: two stored runs, metric by metric.

use super::answer::run_facts;
use super::exit::Failure;
use super::output::Output;
use crate::analysis::RunComparison;
use crate::report::{self, json};
use crate::store::Ledger;

/// Compares two runs.
///
/// # Errors
///
/// Where one of them is not in the ledger, or the ledger cannot be read.
pub fn compare(first: &str, second: &str, output: &Output) -> Result<(), Failure> {
    let ledger = Ledger::open(&output.db)?;
    let first = ledger.resolve(first)?;
    let second = ledger.resolve(second)?;
    let (of, with) = (ledger.record(&first)?, ledger.record(&second)?);
    let comparison = RunComparison::new(&ledger.stored(&first)?, &ledger.stored(&second)?)?;
    let (of, with) = (run_facts(&of), run_facts(&with));
    if output.json {
        output.json(&json::compare(&of, &with, &comparison));
    } else {
        output.text(&report::ledger::compare(&of, &with, &comparison));
    }
    Ok(())
}
