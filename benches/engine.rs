//! Time of a replicate through the whole engine, every option with every metric and monthly series:
//! Bury, Greater Manchester and workload W; and the floor beneath Bury and W: the same random
//! variates, drawn by the same samplers with nothing done with them.
//!
//! ```text
//! cargo bench --bench engine
//! ```

#[path = "engine/floor.rs"]
mod floor;

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use workcast::ensemble::{Settings, run_alone};
use workcast::model::Programme;
use workcast::scenario::Scenario;

use crate::floor::Floor;

fn programme(file: &str) -> Programme {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    Scenario::read(&path).expect("the shipped scenario is valid").programme
}

/// Lives through so many replicates and keeps nothing.
fn live(programme: &Programme, replicates: u64, threads: usize) {
    let settings = Settings {
        replicates: Some(replicates),
        threads: Some(threads),
        memory: 0,
        ..Settings::default()
    };
    black_box(
        run_alone(programme, &settings, &mut |block| {
            black_box(block);
            true
        })
        .expect("it runs"),
    );
}

fn engine(criterion: &mut Criterion) {
    let scenarios = [
        ("Bury, three options", "scenarios/bury.toml", 256, true),
        ("W, one option", "benches/scenarios/w-one-option.toml", 512, true),
        ("W, two options", "benches/scenarios/w.toml", 512, false),
        ("Greater Manchester", "scenarios/gm-workwell.toml", 32, false),
    ];
    for (name, file, replicates, has_floor) in scenarios {
        let programme = programme(file);
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10).measurement_time(Duration::from_secs(4));
        group.throughput(Throughput::Elements(replicates));
        for threads in [1, 2] {
            group.bench_function(BenchmarkId::new("threads", threads), |bencher| {
                bencher.iter(|| live(&programme, replicates, threads));
            });
        }
        if has_floor {
            let mut floor = Floor::new(&programme, replicates);
            group.bench_function("floor", |bencher| bencher.iter(|| floor.draw()));
        }
        group.finish();
    }
}

criterion_group!(benches, engine);
criterion_main!(benches);
