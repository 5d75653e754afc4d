//! `workcast run FILE`: simulates every option, stores the run, prints the comparison.

use std::path::Path;

use super::answer;
use super::args::{Showing, Simulation};
use super::exit::Failure;
use super::output::Output;
use super::simulate::Session;
use crate::analysis::Forecast;
use crate::report::{headline, json};
use crate::scenario::Scenario;
use crate::scenario::reconcile::reconcile;
use crate::store::Purpose;

/// Runs a scenario.
///
/// # Errors
///
/// Where the scenario is wrong, the run is interrupted, or something cannot be written.
pub fn run(
    file: &Path,
    simulation: &Simulation,
    showing: &Showing,
    output: &Output,
) -> Result<(), Failure> {
    let scenario = read(file, output)?;
    let mut session = Session::open(simulation, output)?;
    let simulated =
        session.simulate(&scenario, Purpose::Run, simulation.replicates, &scenario.title)?;
    let facts = answer::facts(&scenario);
    let (columns, run) = (&simulated.columns, simulated.facts(&scenario));
    let mut forecast = Forecast::new(columns, facts)?;
    if output.json {
        forecast = forecast.with_months(columns)?;
    }
    if let Some(least) = showing.round_counts {
        forecast = forecast.rounding_counts(least);
    }
    if output.json {
        output.json(&json::run(&forecast, &run, &reconcile(&scenario)));
    } else {
        output.text(&headline::text(&forecast, &run));
    }
    answer::draw(columns, &answer::facts(&scenario), showing.chart.as_deref(), output)?;
    drop(simulated);
    session.close()
}

/// Reads a scenario, and says on stderr what someone should look at.
///
/// # Errors
///
/// Where it has mistakes: all of them.
pub fn read(file: &Path, output: &Output) -> Result<Scenario, Failure> {
    let scenario = Scenario::read(file)?;
    if !scenario.warnings.is_empty() {
        output.remark(&scenario.warnings.to_string());
    }
    Ok(scenario)
}
