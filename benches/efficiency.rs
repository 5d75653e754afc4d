//! How many fewer replicates the same error takes: options on the same worlds against options on
//! worlds of their own, and low-discrepancy points against independent draws.
//!
//! ```text
//! cargo bench --bench efficiency              # about two minutes
//! cargo bench --bench efficiency -- --runs 64
//! ```
//!
//! Each run has a seed of its own. Independent draws cost nothing extra: with everything pooled, the
//! variance of one replicate is what an independent one has. The cap is what points can do at best: they
//! spread what is uncertain, and what varies between people stays. Its share is what a regression on the
//! inputs (each, its square, and products of pairs if there are few) does not explain.

#[path = "efficiency/regression.rs"]
mod regression;

use std::path::Path;

use workcast::ensemble::{Results, Settings, run_alone};
use workcast::model::Programme;
use workcast::scenario::Scenario;

use crate::regression::unexplained;

/// Replicates of one run.
const REPLICATES: u64 = 1_024;

fn main() {
    let is_test = std::env::args().any(|word| word == "--test");
    let words: Vec<String> = std::env::args().collect();
    let stated = words.iter().position(|word| word == "--runs").and_then(|at| words.get(at + 1));
    let runs = stated.and_then(|word| word.parse().ok()).unwrap_or(if is_test { 2 } else { 128 });
    let replicates = if is_test { 64 } else { REPLICATES };
    println!("{runs} runs of {replicates} replicates\n");
    for (name, file) in [
        ("W", "benches/scenarios/w.toml"),
        ("W, uncertain inputs", "benches/scenarios/w-uncertain.toml"),
        ("Bury", "scenarios/bury.toml"),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let programme = Scenario::read(&path).expect("it is shipped and valid").programme;
        let runs: Vec<Drawn> =
            (1..=runs).map(|seed| Drawn::new(&programme, seed, replicates)).collect();
        pairs(name, &programme, &runs);
        if !programme.inputs.is_empty() {
            points(name, &programme, &runs);
        }
    }
}

/// What one run came to, by option and replicate.
struct Drawn {
    plans: Vec<Vec<f64>>,
    met: Vec<Vec<f64>>,
    gap: Vec<Vec<f64>>,
    inputs: Vec<Vec<f64>>,
}

impl Drawn {
    fn new(programme: &Programme, seed: u64, replicates: u64) -> Self {
        let settings = Settings { seed, replicates: Some(replicates), ..Settings::default() };
        let finished = run_alone(programme, &settings, &mut |_| false).expect("it runs");
        let results = finished.columns.expect("so few replicates fit in memory");
        let of = |metric: &str| column(&results, metric);
        let inputs = results.inputs.iter().map(|input| input.values.clone()).collect();
        Drawn { plans: of("plans"), met: of("target_met"), gap: of("cash_gap"), inputs }
    }
}

/// A metric of the whole programme by option, replicate by replicate.
fn column(results: &Results, metric: &str) -> Vec<Vec<f64>> {
    let options = results.options.iter().map(|option| {
        let place = option.programme().expect("every option has the programme's columns");
        let data = &place.metric(metric).expect("a metric of every place").data;
        (0..data.len()).map(|replicate| data.get(replicate).unwrap_or(0.0)).collect()
    });
    options.collect()
}

/// Differences between options on the same worlds, against options on worlds of their own.
fn pairs(name: &str, programme: &Programme, runs: &[Drawn]) {
    println!("{name}: plans, differences of options");
    for (second, option) in programme.options.iter().enumerate() {
        for first in 0..second {
            let factor = |run: &Drawn| {
                let (a, b) = (&run.plans[first], &run.plans[second]);
                let difference: Vec<f64> = a.iter().zip(b).map(|(a, b)| b - a).collect();
                (variance(a) + variance(b)) / variance(&difference)
            };
            let factors: Vec<f64> = runs.iter().map(factor).collect();
            let names = format!("{} less {}", option.name, programme.options[first].name);
            println!("  {names:28} {} times fewer", with_error(&factors));
        }
    }
    println!();
}

/// Low-discrepancy points against independent draws.
fn points(name: &str, programme: &Programme, runs: &[Drawn]) {
    println!("{name}: low-discrepancy points against independent draws");
    println!("  {:28} {:>16} {:>8} {:>10}", "", "times fewer", "cap", "of the cap");
    for (index, option) in programme.options.iter().enumerate() {
        for (what, of) in [
            ("mean plans", (|run: &Drawn| &run.plans) as fn(&Drawn) -> &Vec<Vec<f64>>),
            ("mean cash gap", |run| &run.gap),
            ("chance of the target", |run| &run.met),
        ] {
            let all: Vec<f64> =
                runs.iter().flat_map(|run| of(run)[index].iter().copied()).collect();
            if variance(&all) == 0.0 {
                continue;
            }
            let means: Vec<f64> = runs.iter().map(|run| mean(&of(run)[index])).collect();
            let each = runs.first().map_or(1, |run| run.plans[index].len()) as f64;
            let factor = variance(&all) / each / variance(&means);
            // A variance of r normal values has a relative error of sqrt(2/(r - 1)).
            let error = factor * (2.0 / (runs.len() as f64 - 1.0)).sqrt();
            let inputs: Vec<Vec<f64>> = (0..programme.inputs.len())
                .map(|input| {
                    runs.iter().flat_map(|run| run.inputs[input].iter().copied()).collect()
                })
                .collect();
            let cap = 1.0 / unexplained(&inputs, &all);
            let label = format!("{}, {what}", option.name);
            let measured = format!("{factor:.1} ± {error:.1}");
            println!("  {label:28} {measured:>16} {cap:>8.1} {:>9.0}%", 100.0 * factor / cap);
        }
    }
    println!();
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn variance(values: &[f64]) -> f64 {
    let mean = mean(values);
    let squares = values.iter().map(|value| (value - mean) * (value - mean));
    squares.sum::<f64>() / (values.len() as f64 - 1.0)
}

/// A mean of independent values with its standard error.
fn with_error(values: &[f64]) -> String {
    let error = (variance(values) / values.len() as f64).sqrt();
    format!("{:.2} ± {error:.2}", mean(values))
}
