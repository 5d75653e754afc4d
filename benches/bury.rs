//! Replicates per second of the Bury scenario, through the whole engine with every metric, with one
//! thread and two. Criterion prints them as elements per second.

use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use workcast::ensemble::{Settings, Watch, run};
use workcast::scenario::Scenario;

/// Replicates in one timed run, all three options each.
const REPLICATES: u64 = 512;

fn bury(criterion: &mut Criterion) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/bury.toml");
    let scenario = Scenario::read(&path).expect("the shipped scenario is valid");
    let mut group = criterion.benchmark_group("Bury, three options");
    group.throughput(Throughput::Elements(REPLICATES));
    group.sample_size(10).measurement_time(Duration::from_secs(8));
    for threads in [1, 2] {
        let settings = Settings {
            replicates: Some(REPLICATES),
            threads: Some(threads),
            ..Settings::default()
        };
        let name =
            format!("replicates with {threads} thread{}", if threads > 1 { "s" } else { "" });
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut watch = Watch {
                    stop: &AtomicBool::new(false),
                    finished: &|_| {},
                    block: &mut |_| false,
                    looks_at: &[],
                    enough: &mut |_| true,
                };
                black_box(run(&scenario.programme, &settings, &mut watch).expect("it runs"))
            });
        });
    }
    group.finish();
}

criterion_group!(benches, bury);
criterion_main!(benches);
