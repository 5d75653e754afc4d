//! Cases, and what the engine says of one.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use workcast::model::outcome::{Outcome, Sink};
use workcast::model::{Kind, Simulator, Value};
use workcast::scenario::{Diagnostics, Scenario};

/// What one place of one option comes to, by metric.
pub type Metrics = BTreeMap<String, Value>;

/// Every place of every option of one replicate: (option, place), the whole programme last.
pub type Figures = BTreeMap<(usize, usize), Metrics>;

struct ByName<'a>(&'a mut Metrics);

impl Sink for ByName<'_> {
    fn put(&mut self, _: Kind, name: impl FnOnce() -> String, value: Value) {
        self.0.insert(name(), value);
    }
}

/// Which replicate of a scenario a case is.
pub fn replicate_of(seed: u64) -> u64 {
    seed % 97
}

/// The scenario of a case, or what is wrong with it.
pub fn read(text: &str) -> Result<Scenario, Diagnostics> {
    Scenario::from_text("case.toml", text)
}

/// The scenario of a case that must be valid.
#[track_caller]
pub fn valid(text: &str) -> Scenario {
    read(text).unwrap_or_else(|wrong| panic!("{wrong}"))
}

/// What the engine says of one replicate, `of` each place of each option.
pub fn report<T>(
    scenario: &Scenario,
    replicate: u64,
    of: impl Fn(&Outcome<'_>) -> T,
) -> BTreeMap<(usize, usize), T> {
    let mut all = BTreeMap::new();
    let mut simulator = Simulator::new(&scenario.programme, 1);
    let report = |option, place, outcome: &Outcome<'_>| {
        all.insert((option, place), of(outcome));
    };
    simulator.replicate(replicate, report).expect("a checked scenario has no error");
    all
}

/// Every metric of one replicate.
pub fn figures(scenario: &Scenario, replicate: u64) -> Figures {
    report(scenario, replicate, |outcome| {
        let mut metrics = Metrics::new();
        outcome.metrics(&mut ByName(&mut metrics));
        metrics
    })
}

/// A metric's whole value; 0 where it has none.
pub fn whole(metrics: &Metrics, name: &str) -> i64 {
    match metrics.get(name) {
        Some(Value::Whole(Some(value))) => *value,
        _ => 0,
    }
}

/// What `of` says of each case, in order of their seeds. Two threads or twenty say the same.
pub fn each_case<T: Send>(cases: u64, of: impl Fn(u64) -> T + Sync) -> Vec<T> {
    let next = AtomicU64::new(0);
    let all = Mutex::new(Vec::new());
    let work = || {
        let mut mine = Vec::new();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= cases {
                break;
            }
            mine.push((seed, of(seed)));
        }
        all.lock().expect("no thread has failed").extend(mine);
    };
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let mut all = all.into_inner().expect("no thread has failed");
    all.sort_by_key(|&(seed, _)| seed);
    all.into_iter().map(|(_, said)| said).collect()
}

/// A mean over cases in standard errors of itself.
pub fn standard_errors(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
    if squares == 0.0 { 0.0 } else { mean / (squares / (n - 1.0) / n).sqrt() }
}
