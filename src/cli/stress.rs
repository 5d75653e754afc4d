//! `workcast stress FILE`: the base case and every stress of the file, on the same worlds.

use std::path::Path;

use super::answer;
use super::args::Simulation;
use super::exit::Failure;
use super::output::Output;
use super::run::read;
use super::simulate::{Job, Session};
use super::start::Start;
use crate::analysis::Variation;
use crate::ensemble::Columns;
use crate::report::json;
use crate::scenario::Scenario;
use crate::store::Purpose;

/// Runs the base case and every stress.
///
/// # Errors
///
/// Where the scenario is wrong or has no stress, the run is interrupted, or storing fails.
pub fn stress(file: &Path, simulation: &Simulation, output: &Output) -> Result<(), Failure> {
    let scenario = read(file, output)?;
    if scenario.stresses.is_empty() {
        return Err(Failure::CommandLine(format!(
            "{} has no [stress.\"...\"] table, so there is nothing to set beside the base case",
            file.display()
        )));
    }
    let mut cases = Vec::new();
    for name in &scenario.stresses {
        let stressed = scenario.stressed(name)?;
        cases.push((name.clone(), Purpose::Stress(Some(name.clone())), stressed));
    }
    let base = ("Base case".to_owned(), Purpose::Stress(None), scenario);
    let title = format!("{}: the base case and {} stresses", base.2.title, cases.len());
    beside_each_other(base, cases, simulation, &title, output)
}

/// A case: what it is called, what it is for, and its scenario.
pub type Case = (String, Purpose, Scenario);

/// Simulates a base case, then every other case in as many of the same worlds, and prints one
/// table.
///
/// # Errors
///
/// Where the run is interrupted or storing fails.
pub fn beside_each_other(
    base: Case,
    cases: Vec<Case>,
    simulation: &Simulation,
    title: &str,
    output: &Output,
) -> Result<(), Failure> {
    let mut session = Session::open(&simulation.resources, output)?;
    let (label, purpose, scenario) = base;
    let first = session
        .simulate(&scenario, job(simulation.seed, purpose, simulation.replicates, &label))?;
    let mut variation = Variation::new(label.clone(), &first.columns)?;
    let replicates = Some(first.columns.outline().replicates);
    let run = first.facts(&scenario);
    drop(first);
    for (label, purpose, scenario) in cases {
        let case =
            session.simulate(&scenario, job(simulation.seed, purpose, replicates, &label))?;
        variation.add(label.clone(), &case.columns)?;
    }
    if output.json {
        output.json(&json::variation(&variation, &run));
    } else {
        let facts = answer::facts(&scenario);
        output.text(&crate::report::variation::text(&variation, title, &facts));
    }
    session.close()
}

/// A case as it is simulated.
fn job(seed: u64, purpose: Purpose, replicates: Option<u64>, what: &str) -> Job<'_> {
    Job { start: Start::New(purpose), seed, replicates, what }
}
