//! A stored run's scenario, as it was when the run was made.

use super::exit::Failure;
use crate::model::REVISION;
use crate::scenario::{Scenario, SourceFile};
use crate::store::{Ledger, Purpose, RunRecord};

/// The scenario of a run, under the stress or with the values that it was made with.
///
/// # Errors
///
/// Where the stored texts cannot be read, or this version of the program reads them otherwise than the
/// one that made the run.
pub fn scenario(ledger: &Ledger, record: &RunRecord) -> Result<Scenario, Failure> {
    let texts = ledger.scenario(&record.id)?.into_iter();
    let files: Vec<SourceFile> =
        texts.map(|file| SourceFile { name: file.name, text: file.text }).collect();
    let scenario = under(Scenario::from_files(&files)?, &record.head.purpose)?;
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

/// A scenario under what a command put over it.
///
/// # Errors
///
/// Where it makes no sense so.
pub fn under(scenario: Scenario, purpose: &Purpose) -> Result<Scenario, Failure> {
    Ok(match purpose {
        Purpose::Run | Purpose::Stress(None) => scenario,
        Purpose::Stress(Some(name)) => scenario.stressed(name)?,
        Purpose::Vary(values) => {
            let pairs = values.iter().filter_map(|value| value.split_once('='));
            let pairs: Vec<(String, String)> =
                pairs.map(|(path, value)| (path.to_owned(), value.to_owned())).collect();
            scenario.with_values(&pairs)?
        }
    })
}

/// Whether this engine gives the results that the engine of a run gave.
///
/// # Errors
///
/// [`Failure::CommandLine`], naming both engines, where it does not.
pub fn same_engine(record: &RunRecord) -> Result<(), Failure> {
    let (version, revision) = (&record.head.engine_version, record.head.engine_revision);
    if version == env!("CARGO_PKG_VERSION") && revision == REVISION {
        return Ok(());
    }
    Err(Failure::CommandLine(format!(
        "the engine differs: run {} was made by workcast {version} (results of revision {revision}), and \
         this is {} (revision {REVISION}); use that version, or make the run again",
        record.id,
        env!("CARGO_PKG_VERSION")
    )))
}
