//! The second implementation: MODEL.md once more, plain and slow, beside the engine. It shares with
//! it what a number is, the compiled programme, the drawn world, the people and the keys of their
//! luck, and nothing else. Both must say the same of every replicate, to the last person and penny.

mod cash;
mod claims;
mod compare;
mod costs;
mod coverage;
#[path = "../common/evidence.rs"]
mod evidence;
mod generate;
mod history;
mod keys;
mod life;
mod money;
mod money_metrics;
mod moving;
mod opening;
mod people_metrics;
mod person;
mod receipts;
mod scene;
mod services;
mod shrink;
mod staff;
mod told;

use std::ops::Range;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use compare::{Compared, differences};
use coverage::Coverage;
use generate::STRESS;
use workcast::scenario::{Diagnostics, Scenario};

/// A replicate of a generated scenario: the first are of all scrambles, later ones of others' points.
fn replicate_of(seed: u64) -> u64 {
    seed % 97
}

/// Engine and reference on a scenario's text, under its stress if it has one; or what is wrong with it.
fn compared(text: &str, replicate: u64) -> Result<Compared, Diagnostics> {
    let mut scenario = Scenario::from_text("generated.toml", text)?;
    if scenario.stresses.iter().any(|stress| stress == STRESS) {
        scenario = scenario.stressed(STRESS)?;
    }
    Ok(differences(&scenario.programme, 1, replicate))
}

/// What came of holding the engine against the reference on many scenarios.
#[derive(Default)]
struct Agreed {
    scenarios: usize,
    values: usize,
    coverage: Coverage,
}

impl Agreed {
    fn words(&self) -> String {
        let (rarest, count) = self.coverage.rarest().unwrap_or(("none", 0));
        format!(
            "{} scenarios, {} values the same; of {} rare branches the rarest came up {count} times ({rarest})",
            self.scenarios,
            self.values,
            self.coverage.len()
        )
    }
}

/// Holds the engine against the reference on the generated scenarios of these seeds, and shrinks the
/// first on which they differ.
fn agree_on(seeds: Range<u64>) -> Agreed {
    let (next, first_wrong) = (AtomicU64::new(seeds.start), AtomicU64::new(u64::MAX));
    let all = Mutex::new(Agreed::default());
    let work = || {
        let mut mine = Agreed::default();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds.end || first_wrong.load(Ordering::Relaxed) < seed {
                break;
            }
            let compared = compared(&generate::scenario(seed), replicate_of(seed));
            let compared = compared.unwrap_or_else(|wrong| panic!("scenario {seed}: {wrong}"));
            if !compared.differences.is_empty() {
                first_wrong.fetch_min(seed, Ordering::Relaxed);
            }
            mine.scenarios += 1;
            mine.values += compared.values;
            mine.coverage.add(&compared.coverage);
        }
        let mut all = all.lock().expect("no thread has failed");
        all.scenarios += mine.scenarios;
        all.values += mine.values;
        all.coverage.add(&mine.coverage);
    };
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let wrong = first_wrong.into_inner();
    if wrong != u64::MAX {
        disagree_on(wrong);
    }
    all.into_inner().expect("no thread has failed")
}

/// Says on which smallest scenario engine and reference differ.
fn disagree_on(seed: u64) -> ! {
    let replicate = replicate_of(seed);
    let differ = |text: &str| compared(text, replicate).is_ok_and(|c| !c.differences.is_empty());
    let smallest = shrink::smallest(&generate::scenario(seed), differ);
    let found =
        compared(&smallest, replicate).map_or_else(|_| Vec::new(), |compared| compared.differences);
    panic!(
        "engine and reference differ on scenario {seed}, replicate {replicate}:\n{}\n\n\
         Keep this as tests/reference/kept/NAME.toml, beginning with the line # replicate {replicate}\n{smallest}",
        found.join("\n")
    );
}

#[test]
fn ten_thousand_generated_scenarios_come_out_the_same_twice() {
    let agreed = agree_on(0..10_000);
    let (rarest, count) = agreed.coverage.rarest().expect("branches are counted");
    assert!(count >= 20, "{rarest} came up {count} times: {:#?}", agreed.coverage);
    evidence::note("second-implementation", agreed.words());
}

#[test]
fn the_story_of_a_replicate_comes_to_its_figures() {
    let (mut scenarios, mut events) = (0, 0);
    for seed in 0..1_500 {
        let text = generate::scenario(seed);
        let mut scenario = Scenario::from_text("generated.toml", &text).expect("it is valid");
        if scenario.stresses.iter().any(|stress| stress == STRESS) {
            scenario = scenario.stressed(STRESS).expect("it is valid");
        }
        let programme = &scenario.programme;
        let told = std::panic::catch_unwind(|| told::as_counted(programme, replicate_of(seed)));
        events += told.unwrap_or_else(|_| panic!("scenario {seed} is told otherwise than counted"));
        scenarios += 1;
    }
    evidence::note(
        "stories",
        format!("{scenarios} scenarios, {events} events come to their figures"),
    );
}

#[test]
#[ignore = "slow: about an hour"]
fn a_million_generated_scenarios_come_out_the_same_twice() {
    evidence::note("second-implementation-slow", agree_on(10_000..1_010_000).words());
}

#[test]
fn a_kept_disagreement_stays_mended() {
    let mut kept = 0;
    for entry in std::fs::read_dir("tests/reference/kept").expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let first = text.lines().next().and_then(|line| line.strip_prefix("# replicate "));
        let replicate = first.and_then(|n| n.parse().ok()).expect("it begins with its replicate");
        let compared = compared(&text, replicate);
        let compared = compared.unwrap_or_else(|wrong| panic!("{wrong}"));
        assert!(compared.differences.is_empty(), "{}: {:#?}", path.display(), compared.differences);
        kept += 1;
    }
    evidence::note("kept-disagreements", format!("{kept} scenarios"));
}

/// Those in which the reference lives through so many people that it takes minutes.
const TOO_LARGE: [&str; 1] = ["england-2026"];

#[test]
#[ignore = "slow: about three minutes"]
fn the_scenarios_that_come_with_it_come_out_the_same_twice() {
    let (mut scenarios, mut values) = (0, 0);
    for entry in std::fs::read_dir("scenarios").expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let is_scenario = path.extension().is_some_and(|extension| extension == "toml");
        if !is_scenario || TOO_LARGE.contains(&name.as_str()) {
            continue;
        }
        let scenario = Scenario::read(Path::new(&path)).expect("it is valid");
        let compared = differences(&scenario.programme, 1, 3);
        assert!(compared.differences.is_empty(), "{name}: {:#?}", compared.differences);
        (scenarios, values) = (scenarios + 1, values + compared.values);
    }
    let figure = format!("{scenarios} scenarios, {values} values of one replicate each the same");
    evidence::note("second-implementation-scenarios", figure);
}
