//! What was stored: a run's scenario as it was when the run was made, and whether the run can be made again.

use std::path::Path;

use super::exit::Failure;
use crate::ensemble::{Results, Settings, first_difference, part};
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

/// Whether there is a ledger: a command that goes on with what is stored makes none.
///
/// # Errors
///
/// Where there is none, as reading it would say.
pub fn ledger_is_there(db: &Path) -> Result<(), Failure> {
    if !db.exists() {
        Ledger::open(db)?;
    }
    Ok(())
}

/// Whether `count` replicates come out again as they are stored: those from the `offset`-th of `before`
/// on, a block whose first replicate is the run's `first`-th.
///
/// # Errors
///
/// [`Failure::Check`] with the first value that differs.
pub fn comes_out_again(
    record: &RunRecord,
    scenario: &Scenario,
    settings: &Settings,
    (before, first): (&Results, u64),
    (offset, count): (u64, u64),
) -> Result<(), Failure> {
    let again = part(&scenario.programme, settings, first + offset, count)
        .map_err(|error| Failure::CommandLine(error.to_string()))?;
    match first_difference(before, first, offset as usize, &again) {
        None => Ok(()),
        Some(found) => Err(Failure::Check(format!(
            "run {} is not what this program makes of its scenario: in replicate {}, {} was {} and is \
             now {}",
            record.id, found.replicate, found.what, found.before, found.now
        ))),
    }
}
