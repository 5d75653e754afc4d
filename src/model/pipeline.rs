//! A run of a pipeline: stages one after another, some of which fail and are done again.

use super::luck::{Purpose, WorldLuck};
use super::world::PipelineWorld;
use crate::quantity::time::whole_days;
use crate::quantity::{Day, Key};

/// After so many failures a run of a pipeline goes on whatever is drawn (MODEL, section 5).
const MOST_FAILURES: u32 = 50;

/// How one run of a pipeline went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PipelineRun {
    /// Days until the last stage is done.
    pub done: Day,
    /// Days until the stage asked for is done, for the last time if the run was sent back before it.
    pub stage_done: Day,
}

/// Runs a pipeline once. `run` keys its draws (team, post, hire); each try of each stage has its
/// own time and its own chance, of which the first are spread over the worlds. `stage` is the stage
/// whose day is asked for.
///
/// A stage that fails sends the run back to its `back_to`, whose time is drawn afresh.
pub fn run(
    pipeline: &PipelineWorld,
    luck: &WorldLuck,
    run: Key,
    stage: Option<usize>,
) -> PipelineRun {
    let draw = |purpose, stage: Key, attempt: u64| match attempt {
        0 => luck.spread(purpose, run.named(stage)),
        _ => luck.stream(purpose, run.named(stage)).uniform(attempt),
    };
    let asked = stage.unwrap_or(pipeline.stages.len().saturating_sub(1));
    let mut tries = vec![0_u32; pipeline.stages.len()];
    let mut day: Day = 0;
    let mut stage_done = 0;
    let mut failed = 0;
    let mut at = 0;
    while let Some(stage) = pipeline.stages.get(at) {
        let counter = &mut tries[at];
        let attempt = u64::from(*counter);
        let took = stage.takes.draw(|| draw(Purpose::StageTime, stage.key, attempt));
        day = day.saturating_add(whole_days(took * pipeline.pace));
        let chance = match stage.first_tries {
            Some((first, chance)) if *counter < first => chance,
            _ => stage.fails,
        };
        *counter += 1;
        if failed < MOST_FAILURES
            && chance > 0.0
            && draw(Purpose::StageFails, stage.key, attempt) < chance
        {
            failed += 1;
            at = stage.back_to;
            continue;
        }
        if at == asked {
            stage_done = day;
        }
        at += 1;
    }
    PipelineRun { done: day, stage_done }
}
