//! `workcast assure RUN`: the analyst's file for a stored run, from the ledger alone.

use super::answer;
use super::args::Written;
use super::exit::Failure;
use super::output::{Output, write_file};
use super::restored;
use super::show::{facts, has_replicates};
use crate::analysis::{Forecast, Precision, influences};
use crate::report::assurance::document;
use crate::report::{RunFacts, Subject};
use crate::store::Ledger;

/// Writes the file of a run to stdout, or where it is told to.
///
/// # Errors
///
/// Where there is no such run, or the ledger cannot be read; where this version of the program reads
/// the stored scenario otherwise than the one that made the run; where the file is there already.
pub fn assure(asked: &str, written: &Written, output: &Output) -> Result<(), Failure> {
    written.may_be_written()?;
    let ledger = Ledger::open(&output.db)?;
    let id = ledger.resolve(asked)?;
    let record = ledger.record(&id)?;
    has_replicates(&record)?;
    let scenario = restored::scenario(&ledger, &record)?;
    let columns = ledger.stored(&id)?;
    let forecast = Forecast::new(&columns, facts(&record)?)?;
    let run: RunFacts = answer::run_facts(&record);
    let document = document(&Subject {
        scenario: &scenario,
        values: &scenario.in_force(),
        forecast: &forecast,
        run: &run,
        asked: record.head.asked,
        precision: Precision::of_forecast(&forecast),
        reconciliation: &record.head.reconciliation,
        influences: &influences(&columns)?,
    });
    let text = if output.json { format!("{:#}\n", document.json()) } else { document.markdown() };
    match &written.out {
        None => output.text(&text),
        Some(path) => {
            write_file(path, &text)?;
            output.remark(&format!("Wrote {}.", path.display()));
        }
    }
    Ok(())
}
