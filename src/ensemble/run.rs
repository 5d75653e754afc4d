//! Runs many replicates over threads, in fixed chunks, and looks now and then whether it is enough.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use thiserror::Error;

use super::columns::Results;
use super::layout::{Layout, Rows};
use crate::model::{Programme, Simulator};
use crate::quantity::FamilyError;
use crate::quantity::points::{MAX_REPLICATES, SCRAMBLES};

/// Replicates that are looked at first when none are stated.
pub const FIRST_LOOK: u64 = 1_024;

/// Replicates at which a run without a stated number stops in any case.
pub const LAST_LOOK: u64 = 65_536;

/// Replicates that are simulated before the columns are handed on.
const BLOCK: u64 = 1_024;

/// How a run is done. None of it but the seed and the number changes a bit of the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The seed of every stream.
    pub seed: u64,
    /// How many replicates; rounded up to a multiple of 16. Without it, until precise enough.
    pub replicates: Option<u64>,
    /// How many threads; as many as there are cores if absent.
    pub threads: Option<usize>,
    /// Replicates in a chunk, the piece of work that one thread takes.
    pub chunk: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { seed: 1, replicates: None, threads: None, chunk: 32 }
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// All replicates that were asked for, or enough for the precision.
    Done,
    /// Somebody stopped it; what was finished is there.
    Stopped,
}

/// Why a run could not be done.
#[derive(Debug, Error)]
pub enum RunError {
    /// More replicates than the point sets hold, or none.
    #[error(
        "the number of replicates must be between 1 and {MAX_REPLICATES}, and {0} was asked for"
    )]
    Replicates(u64),
    /// The threads could not be started.
    #[error("the threads could not be started: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// A varying time's drawn parameters make no distribution.
    #[error("a drawn parameter makes no distribution: {0}")]
    Family(#[from] FamilyError),
}

/// What a run tells the one who waits, and asks of the one who wants it.
pub struct Watch<'a> {
    /// Set from elsewhere to stop the run after the chunks under way.
    pub stop: &'a AtomicBool,
    /// Told of each so many finished replicates, from any thread.
    pub finished: &'a (dyn Fn(u64) + Sync),
    /// Given each finished block, in order.
    pub block: &'a mut dyn FnMut(&Results),
    /// Asked at 1,024, 2,048, 4,096 ... replicates whether the precision is met.
    pub enough: &'a mut dyn FnMut(&Results) -> bool,
}

/// A number of replicates rounded up to a whole number on every scramble.
pub fn whole_scrambles(replicates: u64) -> u64 {
    replicates.div_ceil(SCRAMBLES).saturating_mul(SCRAMBLES)
}

/// Runs a programme's replicates. The columns come back with how the run ended.
///
/// Without a stated number the run is looked at after 1,024, 2,048, 4,096 ... replicates and stops
/// when two looks running are enough, or at 65,536.
///
/// # Errors
///
/// See [`RunError`].
pub fn run(
    programme: &Programme,
    settings: &Settings,
    watch: &mut Watch<'_>,
) -> Result<(Results, Ended), RunError> {
    if let Some(asked) = settings.replicates.filter(|n| !(1..=MAX_REPLICATES).contains(n)) {
        return Err(RunError::Replicates(asked));
    }
    let stated = settings.replicates.map(whole_scrambles);
    let threads = settings.threads.unwrap_or(0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let layout = Layout::new(programme)?;
    let mut results = layout.empty(programme, settings.seed);
    let mut look = FIRST_LOOK;
    let mut met_before = false;
    loop {
        let goal = stated.unwrap_or(look);
        while results.replicates < goal {
            let count = (goal - results.replicates).min(BLOCK);
            let job = Job { programme, settings, layout: &layout, first: results.replicates };
            let (block, ended) = pool.install(|| job.block(count, watch.stop, watch.finished))?;
            if block.replicates > 0 {
                (watch.block)(&block);
                append(&mut results, block);
            }
            if ended == Ended::Stopped {
                return Ok((results, ended));
            }
        }
        let met = stated.is_some() || (watch.enough)(&results);
        if stated.is_some() || (met && met_before) || look >= LAST_LOOK {
            return Ok((results, Ended::Done));
        }
        met_before = met;
        look *= 2;
    }
}

/// One block's work.
struct Job<'a> {
    programme: &'a Programme,
    settings: &'a Settings,
    layout: &'a Layout,
    first: u64,
}

impl Job<'_> {
    /// Simulates `count` replicates over the current threads. If stopped, the chunks that were
    /// finished without a gap from the first on are kept.
    fn block(
        &self,
        count: u64,
        stop: &AtomicBool,
        finished: &(dyn Fn(u64) + Sync),
    ) -> Result<(Results, Ended), FamilyError> {
        let size = whole_scrambles(self.settings.chunk.clamp(1, MAX_REPLICATES));
        let chunks: Vec<Option<Rows>> = (0..count.div_ceil(size))
            .into_par_iter()
            .map_init(
                || Simulator::new(self.programme, self.settings.seed),
                |simulator, chunk| {
                    if stop.load(Ordering::Relaxed) {
                        return Ok(None);
                    }
                    let first = self.first + chunk * size;
                    let after = (first + size).min(self.first + count);
                    let mut rows = Rows::default();
                    for replicate in first..after {
                        rows.add(simulator, replicate)?;
                    }
                    finished(after - first);
                    Ok(Some(rows))
                },
            )
            .collect::<Result<_, FamilyError>>()?;
        let mut block = self.layout.empty(self.programme, self.settings.seed);
        for chunk in &chunks {
            let Some(rows) = chunk else { return Ok((block, Ended::Stopped)) };
            self.layout.append(&mut block, rows);
        }
        Ok((block, Ended::Done))
    }
}

/// Puts a block behind the replicates before it.
pub fn append(results: &mut Results, block: Results) {
    results.replicates += block.replicates;
    for (input, more) in results.inputs.iter_mut().zip(block.inputs) {
        input.values.extend(more.values);
    }
    let places = results.options.iter_mut().flat_map(|option| &mut option.places);
    let more = block.options.into_iter().flat_map(|option| option.places);
    for (place, more) in places.zip(more) {
        for (column, more) in place.metrics.iter_mut().zip(more.metrics) {
            column.data.append(more.data);
        }
        for (series, more) in place.monthly.iter_mut().zip(more.monthly) {
            series.data.append(more.data);
        }
    }
}
