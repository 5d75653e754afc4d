//! Runs many replicates over threads, in fixed chunks, and looks now and then whether it is enough.

use std::error::Error;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use thiserror::Error;

use super::columns::Results;
use super::gathered::Gathered;
use super::layout::{Layout, Rows};
use crate::model::{Programme, ReplicateError, Simulator};
use crate::quantity::points::{MAX_REPLICATES, SCRAMBLES};

/// Replicates that are looked at first when none are stated.
pub const FIRST_LOOK: u64 = 1_024;

/// Replicates at which a run without a stated number stops in any case.
pub const LAST_LOOK: u64 = 65_536;

/// Replicates that are simulated before the columns are handed on, if they are not too wide.
const BLOCK: u64 = 1_024;

/// Bytes of values that a block has at most, unless 16 replicates have more.
const BLOCK_BYTES: u64 = 64 << 20;

/// Bytes of values that a run keeps in memory unless told otherwise.
pub const MEMORY: u64 = 256 << 20;

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
    /// Bytes of values that may be kept in memory. A run with more keeps none of those that
    /// [`Watch::block`] has taken.
    pub memory: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { seed: 1, replicates: None, threads: None, chunk: 32, memory: MEMORY }
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// All replicates that were asked for, or enough for the precision.
    Done,
    /// Somebody stopped it; what was finished is there.
    Stopped,
    /// Nobody took the blocks, and more replicates do not fit in the memory.
    Full,
}

/// What a run has come to.
#[derive(Clone, Debug)]
pub struct Finished {
    /// How it ended.
    pub ended: Ended,
    /// How many replicates there are.
    pub replicates: u64,
    /// Their columns. `None` where they outgrew the memory: [`Watch::block`] has taken them all,
    /// or, if the run ended as [`Ended::Full`], all but those that are not counted.
    pub columns: Option<Results>,
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
    /// A replicate cannot be lived through.
    #[error("{0}")]
    Replicate(#[from] ReplicateError),
    /// Replicates that were simulated earlier cannot be had.
    #[error("{0}")]
    Earlier(Box<dyn Error + Send + Sync>),
}

/// Replicates that need not be simulated again: asked for so many from a first one on, it gives them,
/// or fewer that begin with that first one, or none. What it does not give is simulated.
pub type Earlier<'a> =
    dyn FnMut(u64, u64) -> Result<Option<Results>, Box<dyn Error + Send + Sync>> + 'a;

/// What a run tells the one who waits, and asks of the one who wants it.
pub struct Watch<'a> {
    /// Set from elsewhere to stop the run after the chunks under way.
    pub stop: &'a AtomicBool,
    /// Told of each so many finished replicates, from any thread.
    pub finished: &'a (dyn Fn(u64) + Sync),
    /// Given each finished block, in order. Returns whether it has taken the block, so that the run
    /// need not keep it.
    pub block: &'a mut dyn FnMut(&Results) -> bool,
    /// Which metrics of the whole programme the precision is judged by.
    pub looks_at: &'a [&'a str],
    /// Asked at 1,024, 2,048, 4,096 ... replicates whether the precision is met. Of each option it
    /// is given the metrics that it looks at, and nothing else.
    pub enough: &'a mut dyn FnMut(&Results) -> bool,
}

/// A number of replicates rounded up to a whole number on every scramble.
pub fn whole_scrambles(replicates: u64) -> u64 {
    replicates.div_ceil(SCRAMBLES).saturating_mul(SCRAMBLES)
}

/// Replicates of a block: fewer where each has many values. It divides every look's number, so that
/// no block is cut short there.
fn block_size(bytes_each: u64) -> u64 {
    let mut size = BLOCK;
    while size > SCRAMBLES && size.saturating_mul(bytes_each) > BLOCK_BYTES {
        size /= 2;
    }
    size
}

/// Runs a programme's replicates.
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
) -> Result<Finished, RunError> {
    go_on(programme, settings, &mut |_, _| Ok(None), watch)
}

/// As [`run`], for whoever only wants the blocks: nobody stops it, looks at it or asks how far it is.
/// `block` is [`Watch::block`].
///
/// # Errors
///
/// See [`RunError`].
pub fn run_alone(
    programme: &Programme,
    settings: &Settings,
    block: &mut dyn FnMut(&Results) -> bool,
) -> Result<Finished, RunError> {
    let mut watch = Watch {
        stop: &AtomicBool::new(false),
        finished: &|_| {},
        block,
        looks_at: &[],
        enough: &mut |_| true,
    };
    run(programme, settings, &mut watch)
}

/// As [`run`], but replicates that `earlier` gives are taken as they are. Whole blocks of them are not
/// handed to [`Watch::block`]: whoever has them keeps them. A block of which it gives a part is
/// completed, and handed on whole. The result is that of a run that was never interrupted.
///
/// # Errors
///
/// See [`RunError`].
pub fn go_on(
    programme: &Programme,
    settings: &Settings,
    earlier: &mut Earlier<'_>,
    watch: &mut Watch<'_>,
) -> Result<Finished, RunError> {
    if let Some(asked) = settings.replicates.filter(|n| !(1..=MAX_REPLICATES).contains(n)) {
        return Err(RunError::Replicates(asked));
    }
    let stated = settings.replicates.map(whole_scrambles);
    let threads = settings.threads.unwrap_or(0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let layout = Layout::new(programme)?;
    // Nobody looks at the precision of a stated number.
    let looks_at = if stated.is_some() { &[] } else { watch.looks_at };
    let mut gathered = Gathered::new(&layout, programme, settings.seed, looks_at, settings.memory);
    let size = block_size(layout.bytes());
    let mut block = layout.empty(programme, settings.seed);
    let mut look = FIRST_LOOK;
    let mut met_before = false;
    loop {
        let goal = stated.unwrap_or(look);
        if !gathered.goes_on_to(goal) {
            return Ok(gathered.finished(Ended::Full));
        }
        while gathered.replicates < goal {
            let count = (goal - gathered.replicates).min(size);
            block.clear();
            if let Some(there) = earlier(gathered.replicates, count).map_err(RunError::Earlier)? {
                (watch.finished)(there.replicates);
                if there.replicates == count {
                    gathered.add(&there, true);
                    continue;
                }
                block.append(&there);
            }
            let first = gathered.replicates + block.replicates;
            let job = Job { programme, settings, layout: &layout, first };
            let count = count - block.replicates;
            let ended = pool.install(|| job.fill(&mut block, count, watch.stop, watch.finished))?;
            if block.replicates > 0 {
                let taken = (watch.block)(&block);
                if !gathered.add(&block, taken) {
                    return Ok(gathered.finished(Ended::Full));
                }
            }
            if ended == Ended::Stopped {
                return Ok(gathered.finished(ended));
            }
        }
        let met = stated.is_some() || (watch.enough)(&gathered.looked_at);
        if stated.is_some() || (met && met_before) || look >= LAST_LOOK {
            return Ok(gathered.finished(Ended::Done));
        }
        met_before = met;
        look *= 2;
    }
}

/// Simulates the `count` replicates from `first` on, and no others.
///
/// # Errors
///
/// See [`RunError`].
pub fn part(
    programme: &Programme,
    settings: &Settings,
    first: u64,
    count: u64,
) -> Result<Results, RunError> {
    let threads = settings.threads.unwrap_or(0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let layout = Layout::new(programme)?;
    let mut part = layout.empty(programme, settings.seed);
    let job = Job { programme, settings, layout: &layout, first };
    pool.install(|| job.fill(&mut part, count, &AtomicBool::new(false), &|_| {}))?;
    Ok(part)
}

impl Gathered {
    fn finished(self, ended: Ended) -> Finished {
        Finished { ended, replicates: self.replicates, columns: self.all }
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
    /// Simulates `count` replicates over the current threads and puts them behind those of `block`.
    /// If stopped, the chunks that were finished without a gap from the first on are kept.
    fn fill(
        &self,
        block: &mut Results,
        count: u64,
        stop: &AtomicBool,
        finished: &(dyn Fn(u64) + Sync),
    ) -> Result<Ended, ReplicateError> {
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
            .collect::<Result<_, ReplicateError>>()?;
        block.reserve(count as usize);
        // Each chunk's rows are freed as soon as they stand in columns.
        for chunk in chunks {
            let Some(rows) = chunk else { return Ok(Ended::Stopped) };
            self.layout.append(block, &rows);
        }
        Ok(Ended::Done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_of_wide_replicates_has_fewer_of_them_and_divides_every_look() {
        assert_eq!(block_size(1_000), 1_024);
        assert_eq!(block_size(100_000), 512);
        assert_eq!(block_size(u64::MAX), SCRAMBLES);
        for bytes_each in [1, 66_000, 300_000, 1 << 30] {
            let size = block_size(bytes_each);
            assert_eq!(FIRST_LOOK % size, 0, "{size}");
            assert!(size == SCRAMBLES || size * bytes_each <= BLOCK_BYTES, "{size}");
        }
    }
}
