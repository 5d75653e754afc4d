//! `workcast resume RUN` and `workcast extend RUN`: the replicates that are stored are not simulated
//! again, and the result is that of one run that was never interrupted.

use std::path::Path;

use super::args::Resources;
use super::exit::Failure;
use super::output::Output;
use super::restored;
use super::simulate::{Job, Session};
use super::start::Start;
use crate::ensemble::run::whole_scrambles;
use crate::scenario::Scenario;
use crate::store::RunRecord;

/// Goes on with an interrupted run.
///
/// # Errors
///
/// Where there is no such run or it is complete; where the scenario, the seed or the engine is another
/// than the run's; where it is interrupted again or cannot be stored.
pub fn resume(
    asked: &str,
    file: Option<&Path>,
    seed: Option<u64>,
    resources: &Resources,
    output: &Output,
) -> Result<(), Failure> {
    restored::ledger_is_there(&output.db)?;
    let session = Session::open(resources, output)?;
    let record = session.record(asked)?;
    restored::same_engine(&record)?;
    if let Some(seed) = seed.filter(|&seed| seed != record.head.seed) {
        return Err(Failure::CommandLine(format!(
            "the seed differs: run {} has seed {}, not {seed}",
            record.id, record.head.seed
        )));
    }
    let scenario = session.scenario(&record)?;
    if let Some(file) = file {
        is_still(file, &record)?;
    }
    let job = Job {
        start: Start::Resumed(&record),
        seed: record.head.seed,
        replicates: record.head.asked,
        what: &scenario.title,
    };
    session.answer(&scenario, job, None, output)
}

/// Whether a scenario file is what a run was made from.
fn is_still(file: &Path, record: &RunRecord) -> Result<(), Failure> {
    let scenario = restored::under(Scenario::read(file)?, &record.head.purpose)?;
    if scenario.hash() == record.head.scenario_hash {
        return Ok(());
    }
    Err(Failure::CommandLine(format!(
        "the scenario differs: {} (hash {}) is not what run {} was made from (hash {}); run it as a new \
         run, or leave the file out to go on with the scenario that is stored",
        file.display(),
        scenario.hash(),
        record.id,
        record.head.scenario_hash
    )))
}

/// Makes a longer run that begins with the replicates of a complete one.
///
/// # Errors
///
/// Where there is no such run, it is not complete, or it has as many replicates already; where the
/// engine is another than the run's; where it is interrupted or cannot be stored.
pub fn extend(
    asked: &str,
    replicates: u64,
    resources: &Resources,
    output: &Output,
) -> Result<(), Failure> {
    restored::ledger_is_there(&output.db)?;
    let session = Session::open(resources, output)?;
    let record = session.record(asked)?;
    if !record.is_complete() {
        return Err(Failure::CommandLine(format!(
            "run {0} is not complete: go on with it first (workcast resume {0})",
            record.id
        )));
    }
    if whole_scrambles(replicates) <= record.replicates {
        return Err(Failure::CommandLine(format!(
            "run {} has {} replicates: ask for more than that with --replicates",
            record.id, record.replicates
        )));
    }
    restored::same_engine(&record)?;
    let scenario = session.scenario(&record)?;
    let job = Job {
        start: Start::Extended(&record),
        seed: record.head.seed,
        replicates: Some(replicates),
        what: &scenario.title,
    };
    session.answer(&scenario, job, None, output)
}
