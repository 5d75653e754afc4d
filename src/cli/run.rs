//! `workcast run FILE`: simulates every option, stores the run, prints the comparison.

use std::path::Path;

use super::answer;
use super::args::{Showing, Simulation};
use super::exit::Failure;
use super::output::Output;
use super::simulate::{Job, Session, Simulated};
use super::start::Start;
use crate::analysis::{Forecast, plans_fans};
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
    let session = Session::open(&simulation.resources, output)?;
    let job = Job {
        start: Start::New(Purpose::Run),
        seed: simulation.seed,
        replicates: simulation.replicates,
        what: &scenario.title,
    };
    session.answer(&scenario, job, Some(showing), output)
}

impl Session<'_> {
    /// Simulates a scenario, prints what it comes to, and closes the ledger.
    ///
    /// # Errors
    ///
    /// As [`Session::simulate`] and [`Session::close`], and where something cannot be read or written.
    pub fn answer(
        mut self,
        scenario: &Scenario,
        job: Job<'_>,
        showing: Option<&Showing>,
        output: &Output,
    ) -> Result<(), Failure> {
        let simulated = self.simulate(scenario, job)?;
        print(&simulated, scenario, showing, output)?;
        drop(simulated);
        self.close()
    }
}

/// Prints what a simulated scenario comes to.
///
/// # Errors
///
/// Where something cannot be read or written.
fn print(
    simulated: &Simulated<'_>,
    scenario: &Scenario,
    showing: Option<&Showing>,
    output: &Output,
) -> Result<(), Failure> {
    let facts = answer::facts(scenario);
    let (columns, run) = (&simulated.columns, simulated.facts(scenario));
    let mut forecast = Forecast::new(columns, facts)?;
    if output.json {
        forecast = forecast.with_months(columns)?;
    }
    if let Some(least) = showing.and_then(|showing| showing.round_counts) {
        forecast = forecast.rounding_counts(least);
    }
    if output.json {
        output.json(&json::run(&forecast, &run, &reconcile(scenario)));
    } else {
        output.text(&headline::text(&forecast, &plans_fans(columns, &forecast.facts)?, &run));
    }
    let chart = showing.and_then(|showing| showing.chart.as_deref());
    answer::draw(columns, &answer::facts(scenario), chart, output)
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
