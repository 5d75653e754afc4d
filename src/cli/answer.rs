//! From a simulated or stored run to what is printed about it.

use std::path::Path;

use super::exit::Failure;
use super::output::{Output, write_file};
use crate::analysis::fan::plans_fans;
use crate::analysis::{Facts, Reference};
use crate::ensemble::Results;
use crate::model::ReconciliationRow;
use crate::report::{RunFacts, chart};
use crate::scenario::Scenario;
use crate::scenario::reconcile::{Reconciliation, reconcile};
use crate::store::RunRecord;

/// What is said about a scenario's programme beside its statistics.
pub fn facts(scenario: &Scenario) -> Facts {
    let reference = |(name, ratio): &(String, f64)| Reference { name: name.clone(), ratio: *ratio };
    Facts::new(
        &scenario.programme,
        scenario.title.clone(),
        scenario.question.clone(),
        scenario.reference_class.iter().map(reference).collect(),
    )
}

/// Published figures beside computed ones.
pub fn reconciliation(scenario: &Scenario) -> Vec<ReconciliationRow> {
    let row = |figure: Reconciliation| ReconciliationRow {
        difference_pence: figure.difference().get(),
        locality: figure.locality,
        figure: figure.figure,
        published_pence: figure.published.get(),
        computed_pence: figure.computed.get(),
        explanation: Some(figure.explanation).filter(|words| !words.is_empty()),
        source: figure.source,
    };
    reconcile(scenario).into_iter().map(row).collect()
}

/// What is said about a run in the ledger.
pub fn run_facts(record: &RunRecord) -> RunFacts {
    RunFacts {
        run: Some(record.id.to_string()),
        workcast: record.head.engine_version.clone(),
        created: record.head.created.clone(),
        purpose: record.head.purpose.to_string(),
        status: record.status.to_string(),
        title: record.head.title.clone(),
        hash: record.head.scenario_hash.clone(),
        seed: record.head.seed,
        replicates: record.replicates,
    }
}

/// What is said about a run that could not be stored.
pub fn unstored(scenario: &Scenario, results: &Results) -> RunFacts {
    RunFacts {
        run: None,
        workcast: env!("CARGO_PKG_VERSION").to_owned(),
        title: scenario.title.clone(),
        hash: scenario.hash().to_owned(),
        seed: results.seed,
        replicates: results.replicates,
        ..RunFacts::default()
    }
}

/// Draws plans over time, if a picture is asked for.
///
/// # Errors
///
/// [`Failure::File`] where it cannot be drawn or written.
pub fn draw(
    results: &Results,
    facts: &Facts,
    path: Option<&Path>,
    output: &Output,
) -> Result<(), Failure> {
    let Some(path) = path else { return Ok(()) };
    let picture = chart::plans_fan(&plans_fans(results, facts), facts)
        .map_err(|error| Failure::File(format!("cannot draw {}: {error}", path.display())))?;
    write_file(path, &picture)?;
    output.remark(&format!("Drew plans over time in {}.", path.display()));
    Ok(())
}
