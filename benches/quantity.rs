//! Nanoseconds for a draw: each family's quantile function, exact and tabulated, and a point.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use workcast::quantity::{Family, Key, Scale, points};

/// Uniforms in an order that no processor foresees.
const UNIFORMS: u64 = 4096;

fn families() -> Vec<(&'static str, Family)> {
    vec![
        ("uniform", Family::Uniform { least: 1.0, most: 6.0 }),
        ("triangular", Family::Triangular { least: 1.0, likely: 3.0, most: 6.0 }),
        ("pert", Family::Pert { least: 1.0, likely: 3.0, most: 6.0 }),
        ("nine_in_ten", Family::NineInTen { low: 7.0, high: 28.0, scale: Scale::Log }),
        (
            "p10_p50_p90 of a share",
            Family::ThreePoint { p10: 0.33, p50: 0.5, p90: 0.72, scale: Scale::Logit },
        ),
        ("normal", Family::Normal { mean: 10.0, sd: 4.0, low: 0.0, high: f64::INFINITY }),
        ("lognormal", Family::LogNormal { mean: 84.0, sd: 35.0 }),
        ("gamma", Family::Gamma { mean: 84.0, sd: 35.0 }),
        ("beta", Family::Beta { mean: 0.4, sd: 0.1 }),
        ("exponential", Family::Exponential { mean: 56.0 }),
    ]
}

fn quantiles(criterion: &mut Criterion) {
    let stream = Key::seed(1).stream();
    let uniforms: Vec<f64> = (0..UNIFORMS).map(|i| stream.uniform(i)).collect();
    for (name, family) in families() {
        let Ok(exact) = family.prepare() else { continue };
        let mut group = criterion.benchmark_group(name);
        group.bench_function("prepare", |b| b.iter(|| black_box(&family).prepare()));
        for (kind, quantile) in [("exact", exact.clone()), ("tabulated", exact.tabulated())] {
            let mut next = (0..uniforms.len()).cycle();
            group.bench_function(kind, |b| {
                b.iter(|| quantile.at(uniforms[next.next().unwrap_or_default()]));
            });
        }
        group.finish();
    }
}

fn point_sets(criterion: &mut Criterion) {
    let (seed, key) = (Key::seed(1), Key::name("locality.Bury.referrals.GP.per_month"));
    let mut group = criterion.benchmark_group("points");
    let mut replicates = (0..points::MAX_REPLICATES).cycle();
    let mut next = move || replicates.next().unwrap_or_default();
    group.bench_function("joint", |b| b.iter(|| points::joint(seed, next(), black_box(7))));
    group.bench_function("single", |b| b.iter(|| points::single(seed, next(), black_box(key))));
    group.finish();
}

criterion_group!(benches, quantiles, point_sets);
criterion_main!(benches);
