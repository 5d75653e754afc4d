//! Replicates per second of workload W under option A, through the whole engine with every metric and
//! monthly series, on one thread. It prints what each of `benches/peers` prints:
//!
//! ```text
//! cargo bench --bench workload -- --seconds 4 --seed 1
//! ```
//!
//! Blocks of replicates are handed on as they are to the ledger, and not kept.

use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};
use workcast::ensemble::columns::ColumnData;
use workcast::ensemble::{Results, Settings, run_alone};
use workcast::model::Programme;
use workcast::scenario::Scenario;

/// Replicates of one run; each has a seed of its own.
const REPLICATES: u64 = 4_096;

fn main() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/scenarios/w-one-option.toml");
    let scenario = Scenario::read(&path).expect("the shipped scenario is valid");
    // In test mode it is enough that it can be timed.
    let is_test = std::env::args().any(|word| word == "--test");
    let seconds = if is_test { 0.0 } else { argument("--seconds").unwrap_or(4.0) };
    let replicates = if is_test { 64 } else { REPLICATES };
    let first_seed = argument("--seed").unwrap_or(1.0) as u64;
    // Once before the clock starts, so that nothing that happens only once is timed.
    live(&scenario.programme, 64, 0, &mut Seen::default());

    let mut seen = Seen::default();
    let began = Instant::now();
    let mut seed = (first_seed << 32) + 1;
    while seen.plans.count == 0.0 || began.elapsed().as_secs_f64() < seconds {
        live(&scenario.programme, replicates, seed, &mut seen);
        seed += 1;
    }
    let answer = json!({
        "engine": "workcast",
        "version": env!("CARGO_PKG_VERSION"),
        "replicates": seen.plans.count,
        "seconds": began.elapsed().as_secs_f64(),
        "referrals": seen.referrals.sum,
        "peak_memory_mb": peak_memory_mb(),
        "plans": seen.plans.json(1.0),
        "wait_days": seen.wait_days.json(1.0),
        "cash_gap_by_month": seen.cash_gap.json(0.01),
    });
    println!("{answer}");
}

/// Runs so many replicates, as `workcast run` does, and adds up what they come to.
fn live(programme: &Programme, replicates: u64, seed: u64, seen: &mut Seen) {
    let settings = Settings {
        seed,
        replicates: Some(replicates),
        threads: Some(1),
        memory: 0,
        ..Settings::default()
    };
    run_alone(programme, &settings, &mut |block| {
        seen.add(block);
        true
    })
    .expect("it runs");
}

/// What replicates come to, pence as pence.
#[derive(Default)]
struct Seen {
    referrals: Sums,
    plans: Sums,
    wait_days: Sums,
    cash_gap: Sums,
}

impl Seen {
    fn add(&mut self, block: &Results) {
        let place = block.options[0].programme().expect("an option has a programme");
        let add = |sums: &mut Sums, metric| {
            sums.add(&place.metric(metric).expect("every run has it").data);
        };
        add(&mut self.referrals, "referrals");
        add(&mut self.plans, "plans");
        add(&mut self.wait_days, "wait_mean_days");
        add(&mut self.cash_gap, "cash_gap");
    }
}

/// Sums of which a mean and its error are made.
#[derive(Default)]
struct Sums {
    count: f64,
    sum: f64,
    squares: f64,
}

impl Sums {
    fn add(&mut self, column: &ColumnData) {
        for value in (0..column.len()).filter_map(|replicate| column.get(replicate)) {
            self.count += 1.0;
            self.sum += value;
            self.squares += value * value;
        }
    }

    fn json(&self, unit: f64) -> Value {
        let mean = self.sum / self.count;
        let variance = (self.squares - self.sum * mean) / (self.count - 1.0);
        json!({ "mean": unit * mean, "se": unit * (variance / self.count).sqrt() })
    }
}

/// A number behind a word of the command line.
fn argument(name: &str) -> Option<f64> {
    let mut words = std::env::args().skip_while(|word| word != name);
    words.nth(1)?.parse().ok()
}

/// The most memory that this process has had, where Linux's `/proc` says so.
fn peak_memory_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<f64>().ok()? / 1024.0)
}
