//! Runs of a small scenario, and what they estimate.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use workcast::analysis::comparison::Difference;
use workcast::analysis::statistic::LEVELS;
use workcast::analysis::{Estimate, Precision, Sample, Statistic};
use workcast::ensemble::{self, Results, Settings, Watch};
use workcast::model::Kind;
use workcast::scenario::Scenario;

/// What a figure is, since intervals of each kind are judged by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    Mean,
    /// Of what is worked out in fractions or pence, which hardly two worlds have the same of.
    Quantile,
    /// Of people and dates: few values, each of which many worlds share.
    WholeQuantile,
    Difference,
    Chance,
}

/// Figures by name.
pub type Estimates = BTreeMap<String, (Figure, Estimate)>;

/// Metrics of which everything is estimated: what the table of a run prints and compares.
const METRICS: [&str; 16] = [
    "plans",
    "referrals",
    "withdrew",
    "did_not_attend",
    "waiting_at_end",
    "in_support_at_end",
    "in_work",
    "wait_mean_days",
    "referral_to_appointment_days",
    "utilisation",
    "cost",
    "income",
    "unclaimed",
    "shortfall",
    "cash_gap",
    "cost_per_plan",
];

/// What comes in steps: amounts by a plan's tariff, means of a few people's whole days.
const IN_STEPS: [&str; 4] =
    ["income", "unclaimed", "wait_mean_days", "referral_to_appointment_days"];

const CHANCES: [&str; 3] = ["target_met", "target_met.in_work", "target_met.found_work"];

pub fn scenario() -> Scenario {
    let path = Path::new("tests/honest/small.toml");
    Scenario::read(path).unwrap_or_else(|wrong| panic!("{wrong}"))
}

/// One run; without a number of replicates, until it is precise enough.
pub fn run(scenario: &Scenario, seed: u64, replicates: Option<u64>, threads: usize) -> Results {
    let stop = AtomicBool::new(false);
    let mut watch = Watch {
        stop: &stop,
        finished: &|_| {},
        block: &mut |_| false,
        looks_at: &["plans", "target_met"],
        enough: &mut |results| Precision::of(results).is_some_and(|precision| precision.met()),
    };
    let threads = Some(threads);
    let settings = Settings { seed, replicates, threads, memory: 4 << 30, ..Settings::default() };
    let finished = ensemble::run(&scenario.programme, &settings, &mut watch);
    finished.expect("a checked scenario has no error").columns.expect("there is memory enough")
}

/// What a run says of each figure.
pub fn estimates(results: &Results) -> Estimates {
    let mut all = Estimates::new();
    let places = || results.options.iter().filter_map(|option| option.programme());
    for (option, place) in results.options.iter().zip(places()) {
        for metric in METRICS {
            let column = place.metric(metric).expect("there is such a metric");
            let kind = column.metric.kind;
            let Some(statistic) = Statistic::of(Sample::of(column)) else { continue };
            let name = |of: &str| format!("{}, {metric}, {of}", option.name);
            all.insert(name("mean"), (Figure::Mean, statistic.mean));
            let whole = matches!(kind, Kind::People | Kind::Day) || IN_STEPS.contains(&metric);
            let figure = if whole { Figure::WholeQuantile } else { Figure::Quantile };
            for ((level, _), quantile) in LEVELS.iter().zip(statistic.quantiles) {
                all.insert(name(level), (figure, quantile));
            }
        }
        for metric in CHANCES {
            let column = place.metric(metric).expect("there is such a metric");
            let Some(chance) = Sample::of(column).mean() else { continue };
            all.insert(format!("{}, {metric}", option.name), (Figure::Chance, chance));
        }
    }
    let pair: Vec<_> = places().collect();
    for metric in METRICS {
        let column = |place: usize| pair[place].metric(metric).expect("there is such a metric");
        let Some(difference) = Difference::between(column(1), column(0)) else { continue };
        all.insert(format!("difference, {metric}"), (Figure::Difference, difference.mean));
        all.insert(format!("greater, {metric}"), (Figure::Chance, difference.greater));
        all.insert(format!("equal, {metric}"), (Figure::Chance, difference.equal));
    }
    all
}

/// Gives the estimates of each of many runs, on all cores, in any order; returns their replicates.
pub fn each_run(runs: u64, replicates: Option<u64>, with: impl Fn(Estimates) + Sync) -> Vec<u64> {
    let scenario = scenario();
    let next = AtomicU64::new(1);
    let sizes = Mutex::new(Vec::new());
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed > runs {
                break;
            }
            let results = run(&scenario, seed, replicates, 1);
            with(estimates(&results));
            sizes.lock().expect("no thread has failed").push(results.replicates);
        }
    };
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    sizes.into_inner().expect("no thread has failed")
}
