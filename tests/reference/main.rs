//! The second implementation: MODEL.md once more, plain and slow, beside the engine. It shares with
//! it what a number is, the compiled programme, the drawn world, the people and the keys of their
//! luck, and nothing else. Both must say the same of every replicate, to the last person and penny.

mod cash;
mod claims;
mod compare;
mod costs;
#[path = "../common/evidence.rs"]
mod evidence;
mod generate;
mod history;
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

use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use compare::differences;
use workcast::scenario::Scenario;

/// A replicate of a generated scenario: the first are of all scrambles, later ones of others' points.
fn replicate_of(seed: u64) -> u64 {
    seed % 97
}

/// Where engine and reference differ on a scenario's text, and how many values they say; nothing for
/// what is no valid scenario.
fn differences_of(text: &str, replicate: u64) -> Option<(Vec<String>, usize)> {
    let scenario = Scenario::from_text("generated.toml", text).ok()?;
    Some(differences(&scenario.programme, 1, replicate))
}

/// Holds the engine against the reference on the generated scenarios of these seeds, and shrinks the
/// first on which they differ. How many scenarios and values there were.
fn agree_on(seeds: std::ops::Range<u64>) -> (usize, usize) {
    let (next, first_wrong) = (AtomicU64::new(seeds.start), AtomicU64::new(u64::MAX));
    let (scenarios, values) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds.end || first_wrong.load(Ordering::Relaxed) < seed {
                return;
            }
            let said = differences_of(&generate::scenario(seed), replicate_of(seed));
            let (found, count) = said.unwrap_or_else(|| panic!("scenario {seed} is not valid"));
            if !found.is_empty() {
                first_wrong.fetch_min(seed, Ordering::Relaxed);
            }
            scenarios.fetch_add(1, Ordering::Relaxed);
            values.fetch_add(count, Ordering::Relaxed);
        }
    };
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let wrong = first_wrong.into_inner();
    if wrong != u64::MAX {
        let replicate = replicate_of(wrong);
        let differ =
            |text: &str| differences_of(text, replicate).is_some_and(|(f, _)| !f.is_empty());
        let smallest = shrink::smallest(&generate::scenario(wrong), differ);
        let (found, _) = differences_of(&smallest, replicate).unwrap_or_default();
        panic!(
            "engine and reference differ on scenario {wrong}, replicate {replicate}:\n{}\n\n\
             Keep this as tests/reference/kept/NAME.toml, with the replicate in its title:\n{smallest}",
            found.join("\n")
        );
    }
    (scenarios.into_inner(), values.into_inner())
}

#[test]
fn ten_thousand_generated_scenarios_come_out_the_same_twice() {
    let (scenarios, values) = agree_on(0..10_000);
    evidence::note(
        "second-implementation",
        format!("{scenarios} scenarios, {values} values the same"),
    );
}

#[test]
#[ignore = "slow: about an hour"]
fn a_million_generated_scenarios_come_out_the_same_twice() {
    let (scenarios, values) = agree_on(10_000..1_010_000);
    let figure = format!("{scenarios} scenarios, {values} values the same");
    evidence::note("second-implementation-slow", figure);
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
        let (found, said) = differences(&scenario.programme, 1, 3);
        assert!(found.is_empty(), "{name}: {found:#?}");
        (scenarios, values) = (scenarios + 1, values + said);
    }
    let figure = format!("{scenarios} scenarios, {values} values of one replicate each the same");
    evidence::note("second-implementation-scenarios", figure);
}
