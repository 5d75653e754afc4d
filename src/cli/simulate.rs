//! Simulating and storing, as `run`, `stress` and `vary` do it.

use std::sync::atomic::{AtomicBool, Ordering};

use super::answer;
use super::args::Simulation;
use super::exit::Failure;
use super::kept::Kept;
use super::output::Output;
use super::progress::Progress;
use crate::analysis::precision::{LOOKED_AT, Precision};
use crate::ensemble::{Columns, Ended, RunError, Settings, Watch, run};
use crate::report::RunFacts;
use crate::scenario::Scenario;
use crate::scenario::reconcile::reconcile;
use crate::store::{
    Ledger, Purpose, RunHead, RunId, RunRecord, RunWriter, ScenarioFile, StoreError, WritableLedger,
};

/// Set when somebody presses Ctrl-C, or the system asks us to stop.
static STOP: AtomicBool = AtomicBool::new(false);

/// A simulated scenario.
pub struct Simulated<'a> {
    /// Its columns.
    pub columns: Kept<'a>,
    /// What the ledger says about it; `None` where it could not be stored.
    record: Option<RunRecord>,
}

impl Simulated<'_> {
    /// What is said about the run.
    pub fn facts(&self, scenario: &Scenario) -> RunFacts {
        match &self.record {
            Some(record) => answer::run_facts(record),
            None => answer::unstored(scenario, &self.columns.outline()),
        }
    }
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
    /// and [`Session::close`] says so; it ends early where its columns do not fit in the memory.
    ///
    /// # Errors
    ///
    /// [`Failure::Interrupted`] after Ctrl-C; [`Failure::CommandLine`] where it cannot be done;
    /// [`Failure::File`] where its columns can neither be stored nor kept in memory.
    pub fn simulate(
        &mut self,
        scenario: &Scenario,
        purpose: Purpose,
        replicates: Option<u64>,
        what: &str,
    ) -> Result<Simulated<'_>, Failure> {
        let settings = Settings {
            seed: self.simulation.seed,
            replicates,
            threads: self.simulation.threads.map(usize::from),
            chunk: self.simulation.chunk,
            memory: u64::from(self.simulation.memory) << 20,
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
        let id = storing.as_ref().map(|writer| writer.id().clone());
        let mut failed = None;
        let finished = run(
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
                    storing.is_some()
                },
                looks_at: &LOOKED_AT,
                enough: &mut |results| {
                    progress.look_again();
                    Precision::of(results).is_some_and(|precision| precision.met())
                },
            },
        );
        drop(progress);
        let finished = finished.map_err(|error| match error {
            RunError::Threads(_) => Failure::File(error.to_string()),
            _ => Failure::CommandLine(error.to_string()),
        })?;
        let record = storing.map(|writer| match finished.ended {
            Ended::Done => writer.finish(),
            Ended::Stopped | Ended::Full => writer.interrupted(),
        });
        let record = match record.transpose() {
            Ok(record) => record,
            Err(error) => {
                failed = Some(error);
                None
            }
        };
        self.not_stored = failed.or(self.not_stored.take());
        let done = finished.replicates;
        if finished.ended == Ended::Stopped {
            return Err(interrupted(done, record));
        }
        if finished.ended == Ended::Full && done > 0 && finished.columns.is_some() {
            self.output.remark(&format!(
                "The run ended after {done} replicates: it could not be stored, and more do not fit \
                 in the {} MB that are kept in memory.",
                self.simulation.memory
            ));
        }
        let columns = match (finished.columns, &record) {
            (Some(results), _) if done > 0 => Kept::Memory(results),
            (_, Some(record)) => Kept::Ledger(Box::new(self.ledger.stored(&record.id)?)),
            _ => return Err(self.not_kept(done, id)),
        };
        Ok(Simulated { columns, record })
    }

    /// Why a run has no answer: what was simulated is nowhere, or only a part of it is.
    fn not_kept(&self, done: u64, id: Option<RunId>) -> Failure {
        let why = self.not_stored.as_ref().map(|error| format!("{error}; ")).unwrap_or_default();
        let stored = id.filter(|_| done > 0).map(|id| {
            format!("; the first {done} are in the ledger as run {id}, which ended without notice")
        });
        Failure::File(format!(
            "{why}without the ledger so many replicates do not fit in the {} MB that are kept in \
             memory: ask for fewer with `--replicates`{}",
            self.simulation.memory,
            stored.unwrap_or_default()
        ))
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

/// What is said about a run that somebody stopped.
fn interrupted(done: u64, record: Option<RunRecord>) -> Failure {
    Failure::Interrupted(match record {
        Some(record) => format!(
            "stopped. Run {0} is in the ledger, incomplete, with {done} finished replicates. \
             To see them: workcast show {0}",
            record.id
        ),
        None => format!("stopped after {done} replicates, which could not be stored"),
    })
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
