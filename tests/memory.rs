//! A run's memory does not grow with its replicates. The only test of its file: what is measured is
//! the whole process.

mod common;
#[path = "common/evidence.rs"]
mod evidence;

use std::path::Path;

use common::Scenario;
use peak_alloc::PeakAlloc;
use workcast::ensemble::{Settings, run_alone};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Bytes that a run of so many replicates has at its peak over what there was before it, if somebody
/// takes its blocks.
fn peak(programme: &workcast::model::Programme, replicates: u64) -> usize {
    let settings = Settings {
        replicates: Some(replicates),
        threads: Some(1),
        memory: 0,
        ..Settings::default()
    };
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let finished = run_alone(programme, &settings, &mut |_| true).expect("it runs");
    assert_eq!((finished.replicates, finished.columns.is_none()), (replicates, true));
    MEMORY.peak_usage() - before
}

#[test]
fn memory_is_the_same_for_eight_times_the_replicates() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = Scenario::half_year()
        .source("per_month", "{ nine_in_ten = [100, 400] }")
        .team("participants_max", "9")
        .write(folder.path());
    let scenario = workcast::scenario::Scenario::read(Path::new(&file)).expect("it is valid");
    // The first run also starts what every later one finds: a thread's own buffers.
    peak(&scenario.programme, 16);
    let (short, long) = (peak(&scenario.programme, 1_024), peak(&scenario.programme, 8_192));
    assert!(short > 1 << 20, "the columns of a block are among the {short} bytes");
    assert!(long < short + short / 20, "{short} bytes for 1,024 replicates, {long} for 8,192");
    evidence::note(
        "memory",
        format!("{} kB at 1,024 replicates, {} at 8,192", short / 1000, long / 1000),
    );
}
