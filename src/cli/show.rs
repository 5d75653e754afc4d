//! `workcast show RUN`: a stored run again, with what matters most to it.

use super::answer;
use super::args::Showing;
use super::exit::Failure;
use super::output::Output;
use crate::analysis::{Facts, Forecast, drivers, plans_fans};
use crate::report::{self, RunFacts, json};
use crate::store::{Ledger, RunRecord};

/// Shows a run.
///
/// # Errors
///
/// Where there is no such run, or the ledger cannot be read.
pub fn show(asked: &str, showing: &Showing, output: &Output) -> Result<(), Failure> {
    let ledger = Ledger::open(&output.db)?;
    let id = ledger.resolve(asked)?;
    let record = ledger.record(&id)?;
    let columns = ledger.stored(&id)?;
    let run: RunFacts = answer::run_facts(&record);
    has_replicates(&record)?;
    let facts = facts(&record)?;
    let found = drivers(&columns)?;
    let mut forecast = Forecast::new(&columns, facts.clone())?;
    if output.json {
        forecast = forecast.with_months(&columns)?;
    }
    if let Some(least) = showing.round_counts {
        forecast = forecast.rounding_counts(least);
    }
    if output.json {
        output.json(&json::show(&forecast, &run, &record.head.reconciliation, &found));
    } else {
        output.text(&report::ledger::show(&forecast, &plans_fans(&columns, &facts)?, &run, &found));
    }
    answer::draw(&columns, &facts, showing.chart.as_deref(), output)
}

/// Whether a run has anything to show.
///
/// # Errors
///
/// [`Failure::Interrupted`] where it was stopped before it had.
pub fn has_replicates(record: &RunRecord) -> Result<(), Failure> {
    if record.replicates > 0 {
        return Ok(());
    }
    Err(Failure::Interrupted(format!(
        "run {} was stopped before its first {} replicates were finished; run it again",
        record.id,
        crate::ensemble::run::FIRST_LOOK
    )))
}

/// What was said about the programme when the run was made.
///
/// # Errors
///
/// [`Failure::File`] where the ledger's words for it are not understood.
pub fn facts(record: &RunRecord) -> Result<Facts, Failure> {
    serde_json::from_value(record.head.facts.clone()).map_err(|error| {
        Failure::File(format!("run {} does not say what it is about: {error}", record.id))
    })
}
