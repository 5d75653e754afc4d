//! Scenario files that nobody would write: read, and lived through where they are valid, without a panic
//! and in good time.

#[path = "common/evidence.rs"]
mod evidence;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use workcast::model::Simulator;
use workcast::scenario::{Scenario, starter};

/// A scenario that says nearly everything that can be said.
const RICH: &str = include_str!("../src/scenario/rich.toml");

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

/// Reads so many damaged texts, and lives once through those that are valid.
fn fuzz(cases: usize) -> String {
    let texts = [RICH.to_owned(), starter::text("Anyton")];
    let mut noise = Noise(0x9e37_79b9_7f4a_7c15);
    let (mut valid, mut bytes, mut slowest) = (0, 0, Duration::ZERO);
    for case in 0..cases {
        let text = damaged(&texts[case % texts.len()], &mut noise);
        bytes += text.len();
        let began = Instant::now();
        let read = catch_unwind(AssertUnwindSafe(|| Scenario::from_text("fuzz.toml", &text)));
        slowest = slowest.max(began.elapsed());
        let Ok(read) = read else { panic!("case {case} made the reader panic:\n{text}") };
        match read {
            Err(wrong) => assert!(!wrong.to_string().is_empty()),
            Ok(scenario) => {
                valid += 1;
                let lived = catch_unwind(AssertUnwindSafe(|| {
                    Simulator::new(&scenario.programme, 1).replicate(0, |_, _, _| {})
                }));
                assert!(matches!(lived, Ok(Ok(()))), "case {case} made the engine fail:\n{text}");
            }
        }
    }
    assert!(slowest < Duration::from_secs(1), "reading took {slowest:?}");
    assert!(valid > cases / 100, "only {valid} of {cases} were valid");
    format!(
        "{cases} files, {:.1} MB; {valid} were valid and lived through; the slowest took {} ms to read",
        bytes as f64 / 1e6,
        slowest.as_millis()
    )
}

#[test]
fn no_damaged_scenario_makes_anything_panic() {
    evidence::note("fuzzed-scenarios", fuzz(2_000));
}

#[test]
#[ignore = "slow: about a minute"]
fn no_damaged_scenario_of_fifty_thousand_makes_anything_panic() {
    evidence::note("fuzzed-scenarios-slow", fuzz(50_000));
}
