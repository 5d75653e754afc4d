//! Simulating and storing, as `run`, `stress` and `vary` do it.

use std::sync::atomic::{AtomicBool, Ordering};

use super::answer;
use super::args::Simulation;
use super::exit::Failure;
use super::output::Output;
use super::progress::Progress;
use crate::analysis::precision::Precision;
use crate::ensemble::{Ended, Results, RunError, Settings, Watch, run};
use crate::scenario::Scenario;
use crate::scenario::reconcile::reconcile;
use crate::store::{
    Ledger, Purpose, RunHead, RunRecord, RunWriter, ScenarioFile, StoreError, WritableLedger,
};

/// Set when somebody presses Ctrl-C, or the system asks us to stop.
static STOP: AtomicBool = AtomicBool::new(false);

/// A simulated scenario.
pub struct Simulated {
    /// Its columns.
    pub results: Results,
    /// What the ledger says about it; `None` where it could not be stored.
    pub record: Option<RunRecord>,
}

/// Simulates scenarios into one ledger.
pub struct Session<'a> {
    ledger: WritableLedger,
    simulation: &'a Simulation,
    output: &'a Output,
    not_stored: Option<StoreError>,
}

impl<'a> Session<'a> {
    /// Opens the ledger, before anything is simulated.
    ///
    /// # Errors
    ///
    /// Where it cannot be opened.
    pub fn open(simulation: &'a Simulation, output: &'a Output) -> Result<Self, Failure> {
        // A second Ctrl-C ends at once: what was stored is safe, and the run is listed as it is.
        let handler = || {
            if STOP.swap(true, Ordering::Relaxed) {
                std::process::exit(4);
            }
        };
        ctrlc::set_handler(handler)
            .map_err(|error| Failure::File(format!("cannot listen for Ctrl-C: {error}")))?;
        let ledger = Ledger::open_or_create(&output.db)?;
        Ok(Session { ledger, simulation, output, not_stored: None })
    }

    /// Simulates a scenario and stores it block by block. If storing fails, the simulation goes on
    /// and [`Session::close`] says so.
    ///
    /// # Errors
    ///
    /// [`Failure::Interrupted`] after Ctrl-C; [`Failure::CommandLine`] where it cannot be done.
    pub fn simulate(
        &mut self,
        scenario: &Scenario,
        purpose: Purpose,
        replicates: Option<u64>,
        what: &str,
    ) -> Result<Simulated, Failure> {
        let settings = Settings {
            seed: self.simulation.seed,
            replicates,
            threads: self.simulation.threads.map(usize::from),
            chunk: self.simulation.chunk,
        };
        let progress = Progress::new(self.output, replicates, what);
        let mut storing = match &self.not_stored {
            Some(_) => None,
            None => match begin(&self.ledger, scenario, purpose, &settings) {
                Ok(writer) => Some(writer),
                Err(error) => {
                    self.not_stored = Some(error);
                    None
                }
            },
        };
        let mut failed = None;
        let ended = run(
            &scenario.programme,
            &settings,
            &mut Watch {
                stop: &STOP,
                finished: &|replicates| progress.finished(replicates),
                block: &mut |block| {
                    if let Some(Err(error)) = storing.as_mut().map(|writer| writer.block(block)) {
                        storing = None;
                        failed = Some(error);
                    }
                },
                enough: &mut |results| {
                    progress.look_again();
                    Precision::of(results).is_some_and(|precision| precision.met())
                },
            },
        );
        drop(progress);
        let (results, ended) = ended.map_err(|error| match error {
            RunError::Threads(_) => Failure::File(error.to_string()),
            _ => Failure::CommandLine(error.to_string()),
        })?;
        let record = storing.map(|writer| match ended {
            Ended::Done => writer.finish(),
            Ended::Stopped => writer.interrupted(),
        });
        let record = match record.transpose() {
            Ok(record) => record,
            Err(error) => {
                failed = Some(error);
                None
            }
        };
        self.not_stored = failed.or(self.not_stored.take());
        match ended {
            Ended::Done => Ok(Simulated { results, record }),
            Ended::Stopped => Err(self.interrupted(&results, record)),
        }
    }

    fn interrupted(&self, results: &Results, record: Option<RunRecord>) -> Failure {
        let done = results.replicates;
        Failure::Interrupted(match record {
            Some(record) => format!(
                "stopped. Run {0} is in the ledger, incomplete, with {done} finished replicates. \
                 To see them: workcast show {0}",
                record.id
            ),
            None => format!("stopped after {done} replicates, which could not be stored"),
        })
    }

    /// Closes the ledger.
    ///
    /// # Errors
    ///
    /// Where something could not be stored. What was printed stands all the same.
    pub fn close(self) -> Result<(), Failure> {
        let closed = self.ledger.close();
        match self.not_stored {
            Some(error) => Err(error.into()),
            None => Ok(closed?),
        }
    }
}

/// Begins a run in the ledger: its head and the texts that it is made from.
fn begin<'a>(
    ledger: &'a WritableLedger,
    scenario: &Scenario,
    purpose: Purpose,
    settings: &Settings,
) -> Result<RunWriter<'a>, StoreError> {
    let now = jiff::Timestamp::now();
    let created = now.round(jiff::Unit::Second).unwrap_or(now).to_string();
    let names = |names: &mut dyn Iterator<Item = &String>| names.cloned().collect();
    let head = RunHead {
        title: scenario.title.clone(),
        question: scenario.question.clone(),
        scenario_hash: scenario.hash().to_owned(),
        purpose,
        seed: settings.seed,
        asked: settings.replicates,
        engine_version: env!("CARGO_PKG_VERSION").to_owned(),
        created,
        options: names(&mut scenario.programme.options.iter().map(|option| &option.name)),
        localities: names(&mut scenario.programme.localities.iter().map(|place| &place.name)),
        facts: serde_json::to_value(answer::facts(scenario)).unwrap_or_default(),
        reconciliation: reconcile(scenario),
    };
    let files: Vec<ScenarioFile> = scenario
        .files()
        .iter()
        .map(|file| ScenarioFile { name: file.name.clone(), text: file.text.clone() })
        .collect();
    ledger.begin(head, &files)
}
