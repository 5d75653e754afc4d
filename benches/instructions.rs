//! Instructions that a replicate takes, which are the same however busy the machine is.
//!
//! ```text
//! cargo bench --bench instructions              # beside those in benches/instructions.txt
//! cargo bench --bench instructions -- --write   # in place of those
//! ```
//!
//! Valgrind's callgrind counts them. The bench fails where a scenario takes over 5% more than is
//! written down, so that a slower engine is a decision and no accident. Callgrind has no wider
//! registers than AVX2, whatever the processor.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

use workcast::model::{Kind, Programme, Simulator, Sink, Value};
use workcast::scenario::Scenario;

/// What is counted: a name, its file, how many replicates.
const SCENARIOS: [(&str, &str, u64); 3] = [
    ("W, one option", "benches/scenarios/w-one-option.toml", 32),
    ("Bury, three options", "scenarios/bury.toml", 32),
    ("Greater Manchester", "scenarios/gm-workwell.toml", 4),
];

/// How much more is too much.
const ALLOWED: f64 = 1.05;

fn main() -> ExitCode {
    let words: Vec<String> = env::args().collect();
    if let Some(at) = words.iter().position(|word| word == "--live") {
        let (_, file, replicates) =
            SCENARIOS[words.get(at + 1).and_then(|word| word.parse().ok()).unwrap_or(0)];
        let programme =
            Scenario::read(&root(file)).expect("the shipped scenario is valid").programme;
        live(&programme, replicates);
        return ExitCode::SUCCESS;
    }
    if words.iter().any(|word| word == "--test") {
        return ExitCode::SUCCESS;
    }
    let counted: Vec<(&str, u64)> = (0..SCENARIOS.len())
        .map(|index| (SCENARIOS[index].0, count(index) / SCENARIOS[index].2))
        .collect();
    let written = root("benches/instructions.txt");
    if words.iter().any(|word| word == "--write") {
        let lines = counted.iter().map(|(name, count)| format!("{count}\t{name}\n"));
        fs::write(&written, lines.collect::<String>()).expect("the project can be written");
    }
    let before = read(&written);
    let mut is_slower = false;
    println!("instructions a replicate     before   change");
    for (name, count) in counted {
        let before = before.get(name).copied().unwrap_or(0);
        let times = count as f64 / before as f64;
        println!("{name:20} {count:>12} {before:>10} {:>+7.1}%", 100.0 * (times - 1.0));
        is_slower |= times.is_nan() || times > ALLOWED;
    }
    if is_slower {
        println!("more than 5% more: mend it, or say so with `-- --write`");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// What is written down, by name.
fn read(file: &Path) -> BTreeMap<String, u64> {
    let text = fs::read_to_string(file).expect("it is shipped");
    let line = |line: &str| {
        let (count, name) = line.split_once('\t').expect("a number and a name");
        (name.to_owned(), count.parse().expect("a number"))
    };
    text.lines().map(line).collect()
}

/// Counts the instructions of [`live`] in this program, called once more.
fn count(index: usize) -> u64 {
    let out = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg("--toggle-collect=instructions::live*")
        .arg(env::current_exe().expect("it runs"))
        .args(["--live", &index.to_string()])
        .output()
        .expect("valgrind is installed");
    let said = String::from_utf8_lossy(&out.stderr);
    let collected = said.lines().find_map(|line| line.split_once("Collected : "));
    let (_, count) = collected.unwrap_or_else(|| panic!("callgrind counts: {said}"));
    count.trim().parse().expect("a number")
}

/// Lives through replicates. What is made once, as tables of distributions are, is counted too.
#[inline(never)]
fn live(programme: &Programme, replicates: u64) {
    let mut simulator = Simulator::new(programme, 1);
    let mut values = Values(0);
    for replicate in 0..replicates {
        simulator
            .replicate(replicate, |_, _, outcome| {
                outcome.metrics(&mut values);
                outcome.monthly(|_, _, months| {
                    values.0 = months.fold(values.0, |sum, month| sum.wrapping_add(month as u64))
                });
            })
            .expect("the shipped scenario is valid");
    }
    std::hint::black_box(values.0);
}

/// Takes every value and keeps none.
struct Values(u64);

impl Sink for Values {
    #[inline]
    fn put(&mut self, _: Kind, _: impl FnOnce() -> String, value: Value) {
        self.0 = self.0.wrapping_add(match value {
            Value::Whole(value) => value.unwrap_or(0) as u64,
            Value::Real(value) => value.unwrap_or(0.0).to_bits(),
        });
    }
}

fn root(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}
