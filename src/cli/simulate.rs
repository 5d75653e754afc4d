//! Simulating and storing, as `run`, `stress` and `vary` do it.

use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, Ordering};

use super::answer;
use super::args::Resources;
use super::exit::Failure;
use super::kept::Kept;
use super::output::Output;
use super::progress::Progress;
use super::restored;
use super::start::Start;
use crate::analysis::precision::{LOOKED_AT, Precision};
use crate::ensemble::{Columns, Ended, RunError, Settings, Watch, go_on};
use crate::report::RunFacts;
use crate::scenario::Scenario;
use crate::store::{Ledger, RunId, RunRecord, StoreError, WritableLedger};

/// Set when somebody presses Ctrl-C, or the system asks us to stop.
static STOP: AtomicBool = AtomicBool::new(false);

/// What is to be simulated of a scenario.
pub struct Job<'a> {
    /// Where its first replicates come from.
    pub start: Start<'a>,
    /// The seed of every stream.
    pub seed: u64,
    /// How many replicates; without it, until precise enough.
    pub replicates: Option<u64>,
    /// What it is called while it goes on.
    pub what: &'a str,
}

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
    resources: &'a Resources,
    output: &'a Output,
    not_stored: Option<StoreError>,
}

impl<'a> Session<'a> {
    /// Opens the ledger, before anything is simulated.
    ///
    /// # Errors
    ///
    /// Where it cannot be opened.
    pub fn open(resources: &'a Resources, output: &'a Output) -> Result<Self, Failure> {
        // A second Ctrl-C ends at once: what was stored is safe, and the run is listed as it is.
        let handler = || {
            if STOP.swap(true, Ordering::Relaxed) {
                std::process::exit(4);
            }
        };
        ctrlc::set_handler(handler)
            .map_err(|error| Failure::File(format!("cannot listen for Ctrl-C: {error}")))?;
        let ledger = Ledger::open_or_create(&output.db)?;
        Ok(Session { ledger, resources, output, not_stored: None })
    }

    /// What the ledger says about the run that is meant.
    ///
    /// # Errors
    ///
    /// Where there is no such run.
    pub fn record(&self, asked: &str) -> Result<RunRecord, Failure> {
        Ok(self.ledger.record(&self.ledger.resolve(asked)?)?)
    }

    /// The scenario that a stored run was made from.
    ///
    /// # Errors
    ///
    /// As [`restored::scenario`].
    pub fn scenario(&self, record: &RunRecord) -> Result<Scenario, Failure> {
        restored::scenario(&self.ledger, record)
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
        job: Job<'_>,
    ) -> Result<Simulated<'_>, Failure> {
        let Job { start, seed, replicates, what } = job;
        let settings = Settings {
            seed,
            replicates,
            threads: self.resources.threads.map(usize::from),
            chunk: self.resources.chunk,
            memory: u64::from(self.resources.memory) << 20,
        };
        let progress = Progress::new(self.output, replicates, what);
        let earlier = start.earlier(&self.ledger)?;
        let storing = match &self.not_stored {
            Some(_) => None,
            None => match start.writer(&self.ledger, scenario, seed, replicates) {
                Ok(writer) => Some(writer),
                // A run that cannot go on is not simulated for nothing.
                Err(error) if earlier.is_some() => return Err(error.into()),
                Err(error) => {
                    self.not_stored = Some(error);
                    None
                }
            },
        };
        let id = storing.as_ref().map(|writer| writer.id().clone());
        // Blocks come from two sides: those that are there already, and those that are simulated.
        let storing = RefCell::new(storing);
        let mut failed = None;
        let finished = go_on(
            &scenario.programme,
            &settings,
            &mut |first, most| {
                let Some(earlier) = &earlier else { return Ok(None) };
                let Some(block) = earlier.block(first, most)? else { return Ok(None) };
                if let Some(writer) = storing.borrow_mut().as_mut()
                    && block.replicates == most
                    && !writer.keep(most)
                {
                    writer.block(&block)?;
                }
                Ok(Some(block))
            },
            &mut Watch {
                stop: &STOP,
                finished: &|replicates| progress.finished(replicates),
                block: &mut |block| {
                    let mut storing = storing.borrow_mut();
                    if let Some(Err(error)) = storing.as_mut().map(|writer| writer.block(block)) {
                        *storing = None;
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
        let finished = finished.map_err(cannot_run)?;
        let record = storing.into_inner().map(|writer| match finished.ended {
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
                self.resources.memory
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
            self.resources.memory,
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

/// Why nothing could be simulated.
fn cannot_run(error: RunError) -> Failure {
    match error {
        RunError::Threads(_) => Failure::File(error.to_string()),
        RunError::Earlier(cause) => match cause.downcast::<StoreError>() {
            Ok(cause) => Failure::Store(*cause),
            Err(cause) => Failure::File(cause.to_string()),
        },
        _ => Failure::CommandLine(error.to_string()),
    }
}

/// What is said about a run that somebody stopped.
fn interrupted(done: u64, record: Option<RunRecord>) -> Failure {
    Failure::Interrupted(match record {
        Some(record) => format!(
            "stopped. Run {0} is in the ledger, incomplete, with {done} finished replicates. \
             To see them: workcast show {0}; to go on: workcast resume {0}",
            record.id
        ),
        None => format!("stopped after {done} replicates, which could not be stored"),
    })
}
