//! `workcast assure RUN`: the analyst's file for a stored run, from the ledger alone.

use super::answer;
use super::args::Written;
use super::exit::Failure;
use super::output::{Output, write_file};
use super::show::{facts, has_replicates};
use crate::analysis::{Forecast, Precision, influences};
use crate::report::RunFacts;
use crate::report::assurance::{Subject, document};
use crate::scenario::{Scenario, SourceFile};
use crate::store::{Ledger, Purpose, RunRecord};

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
    let scenario = as_it_was(&ledger, &record)?;
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

/// The scenario of a run, under the stress or with the values that it was made with.
///
/// # Errors
///
/// Where the ledger cannot be read, or this version of the program reads the scenario otherwise than
/// the one that made the run.
pub fn as_it_was(ledger: &Ledger, record: &RunRecord) -> Result<Scenario, Failure> {
    let texts = ledger.scenario(&record.id)?.into_iter();
    let files: Vec<SourceFile> =
        texts.map(|file| SourceFile { name: file.name, text: file.text }).collect();
    let scenario = Scenario::from_files(&files)?;
    let scenario = match &record.head.purpose {
        Purpose::Run | Purpose::Stress(None) => scenario,
        Purpose::Stress(Some(name)) => scenario.stressed(name)?,
        Purpose::Vary(values) => {
            let pairs = values.iter().filter_map(|value| value.split_once('='));
            let pairs: Vec<(String, String)> =
                pairs.map(|(path, value)| (path.to_owned(), value.to_owned())).collect();
            scenario.with_values(&pairs)?
        }
    };
    if scenario.hash() != record.head.scenario_hash {
        return Err(Failure::File(format!(
            "the scenario that is stored with run {} is not the one that it was made from (hash {} \
             for {}): make the run again",
            record.id,
            scenario.hash(),
            record.head.scenario_hash
        )));
    }
    Ok(scenario)
}
