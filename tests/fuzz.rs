//! Scenario files that nobody would write: read, and lived through where they are valid, without a panic,
//! in good time and little memory.
//!
//! `WORKCAST_FUZZ_SECONDS=600 cargo test --test fuzz a_while -- --ignored` goes on for so long with cases that
//! nobody has tried; whatever fails is said with its seed, and `WORKCAST_FUZZ_SEED=SEED` begins there again.
//! `WORKCAST_FUZZ_KEEP=1` puts the worst files of that time in `tests/fuzz-corpus`, of which every run tries
//! each, and damages it further.

#[path = "common/evidence.rs"]
mod evidence;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use peak_alloc::PeakAlloc;
use workcast::model::Simulator;
use workcast::scenario::{Scenario, starter};

/// A scenario that says nearly everything that can be said.
const RICH: &str = include_str!("../src/scenario/rich.toml");

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What reading and living through a file may take, MB.
const MOST_MEMORY: f32 = 256.0;

/// What stands in for values.
const HOSTILE: [&str; 34] = [
    "nan",
    "inf",
    "-inf",
    "-0.0",
    "1e308",
    "5e-324",
    "-1",
    "0",
    "4294967295",
    "1e400",
    "[]",
    "[[]]",
    "{}",
    "\"\"",
    "\"-5 weeks\"",
    "\"1e9 years\"",
    "\"100.0000001%\"",
    "\"£92233720368547758.07\"",
    "\"-£1\"",
    "true",
    "1970-01-01",
    "9999-12-31",
    "\"every month\"",
    "[1, \"a\"]",
    "{ least = 3, likely = 2, most = 1 }",
    "{ nine_in_ten = [9, 1] }",
    "{ lognormal = { mean = \"1 day\", sd = \"0 days\" } }",
    "{ mean = 1e300, sd = 1e300 }",
    "{ empirical = { values = [], weights = [] } }",
    "\"\\u0000\"",
    "'\u{202e}'",
    "{ is = nan, confidence = \"measured\" }",
    "{ beta = { mean = \"99.9999%\", sd = \"0.0001%\" } }",
    "0x7fffffffffffffff",
];

/// Numbers that look like nothing in particular.
struct Noise(u64);

impl Noise {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

/// A shipped text with one to four things wrong, or right by chance.
fn damaged(text: &str, noise: &mut Noise) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=noise.below(4) {
        let at = noise.below(lines.len());
        let other = noise.below(lines.len());
        let value = |line: &str, value: &str| {
            let key = line.split('=').next().unwrap_or_default().trim_end().to_owned();
            format!("{key} = {value}")
        };
        match noise.below(8) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, lines[other].clone()),
            2 => lines.swap(at, other),
            3 => {
                // The value of another key.
                let theirs = lines[other].split_once('=').map_or("", |(_, value)| value).to_owned();
                lines[at] = value(&lines[at], theirs.trim());
            }
            4 => {
                let half: String = lines[at].chars().take(noise.below(lines[at].len())).collect();
                lines[at] = half;
            }
            5 => {
                let mut bytes = lines[at].clone().into_bytes();
                if !bytes.is_empty() {
                    let place = noise.below(bytes.len());
                    bytes[place] = noise.below(256) as u8;
                }
                lines[at] = String::from_utf8_lossy(&bytes).into_owned();
            }
            _ => lines[at] = value(&lines[at], HOSTILE[noise.below(HOSTILE.len())]),
        }
        if lines.is_empty() {
            break;
        }
    }
    lines.join("\n")
}

/// What one file took.
struct Took {
    valid: bool,
    mistakes: usize,
    read: Duration,
    lived: Duration,
}

/// What reading a file may take.
const LONGEST: Duration = Duration::from_secs(1);

/// Reads a text, and lives through it once if it is valid. `what` says which it is. What is slow is slow
/// every time: a machine that had something else to do is given two more tries.
fn take(text: &str, what: &str) -> Took {
    let tries = || (0..3).map(|_| take_once(text, what));
    let quick = tries().find(|took| took.read < LONGEST);
    quick.unwrap_or_else(|| panic!("{what} takes more than {LONGEST:?} to read:\n{text}"))
}

fn take_once(text: &str, what: &str) -> Took {
    let began = Instant::now();
    let read = catch_unwind(AssertUnwindSafe(|| Scenario::from_text("fuzz.toml", text)));
    let mut took = Took { valid: false, mistakes: 0, read: began.elapsed(), lived: Duration::ZERO };
    let Ok(read) = read else { panic!("{what} made the reader panic:\n{text}") };
    match read {
        Err(wrong) => {
            assert!(!wrong.to_string().is_empty());
            took.mistakes = wrong.len();
        }
        Ok(scenario) => {
            took.valid = true;
            let began = Instant::now();
            let lived = catch_unwind(AssertUnwindSafe(|| {
                Simulator::new(&scenario.programme, 1).replicate(0, |_, _, _| {})
            }));
            assert!(matches!(lived, Ok(Ok(()))), "{what} made the engine fail:\n{text}");
            took.lived = began.elapsed();
        }
    }
    took
}

/// The files that were the worst of some kind once, by name.
fn corpus() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz-corpus");
    let entries = fs::read_dir(folder).expect("the corpus is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// The worst of a kind that was met.
struct Worst {
    name: &'static str,
    measure: fn(&Took) -> u128,
    most: u128,
    text: String,
}

fn worst_of_each_kind() -> [Worst; 4] {
    let worst = |name, measure| Worst { name, measure, most: 0, text: String::new() };
    [
        worst("slowest-to-read", |took| took.read.as_nanos()),
        worst("slowest-to-refuse", |took| if took.valid { 0 } else { took.read.as_nanos() }),
        worst("slowest-to-live-through", |took| took.lived.as_nanos()),
        worst("most-mistakes", |took| took.mistakes as u128),
    ]
}

/// Damages and takes texts while `goes_on`, each by a seed of its own.
fn fuzz(
    texts: &[String],
    first_seed: u64,
    goes_on: impl Fn(usize) -> bool,
) -> (String, [Worst; 4]) {
    let (mut cases, mut valid, mut bytes, mut slowest) = (0, 0, 0, Duration::ZERO);
    let mut worst = worst_of_each_kind();
    while goes_on(cases) {
        let seed = first_seed.wrapping_add(cases as u64);
        // Seeds beside each other have to begin apart; nothing comes of a state of zero.
        let mut noise = Noise(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let text = damaged(&texts[cases % texts.len()], &mut noise);
        bytes += text.len();
        let took = take(&text, &format!("the case of WORKCAST_FUZZ_SEED={seed}"));
        slowest = slowest.max(took.read);
        valid += usize::from(took.valid);
        for worst in &mut worst {
            let measure = (worst.measure)(&took);
            if measure > worst.most {
                (worst.most, worst.text) = (measure, text.clone());
            }
        }
        cases += 1;
    }
    assert!(valid > cases / 100, "only {valid} of {cases} were valid");
    let memory = MEMORY.peak_usage_as_mb();
    assert!(memory < MOST_MEMORY, "{memory} MB");
    let words = format!(
        "{cases} files, {:.1} MB; {valid} were valid and lived through; the slowest took {} ms to read; \
         at most {memory:.0} MB of memory",
        bytes as f64 / 1e6,
        slowest.as_millis()
    );
    (words, worst)
}

fn shipped() -> Vec<String> {
    vec![RICH.to_owned(), starter::text("Anyton")]
}

#[test]
fn no_damaged_scenario_makes_anything_panic() {
    evidence::note("fuzzed-scenarios", fuzz(&shipped(), 1, |cases| cases < 2_000).0);
}

#[test]
fn the_worst_files_that_were_found_are_taken_in_good_time() {
    let corpus = corpus();
    assert!(!corpus.is_empty());
    for (path, text) in corpus {
        take(&text, &path.display().to_string());
    }
}

#[test]
#[ignore = "slow: about a minute"]
fn no_damaged_scenario_of_fifty_thousand_makes_anything_panic() {
    evidence::note("fuzzed-scenarios-slow", fuzz(&shipped(), 1, |cases| cases < 50_000).0);
}

#[test]
#[ignore = "slow: as long as WORKCAST_FUZZ_SECONDS says, or a minute"]
fn no_damaged_scenario_of_a_while_makes_anything_panic() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let time = Duration::from_secs(number("WORKCAST_FUZZ_SECONDS").unwrap_or(60));
    let since_1970 = SystemTime::UNIX_EPOCH.elapsed().map_or(1, |time| time.as_nanos() as u64);
    let seed = number("WORKCAST_FUZZ_SEED").unwrap_or(since_1970);
    let mut texts = shipped();
    texts.extend(corpus().into_iter().map(|(_, text)| text));
    let began = Instant::now();
    let (words, worst) = fuzz(&texts, seed, |_| began.elapsed() < time);
    evidence::note("fuzzed-scenarios-while", format!("{} s: {words}", time.as_secs()));
    if std::env::var_os("WORKCAST_FUZZ_KEEP").is_some() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz-corpus");
        for worst in worst {
            fs::write(folder.join(format!("{}.toml", worst.name)), worst.text).unwrap();
        }
    }
}
