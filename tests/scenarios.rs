//! The scenarios that are shipped: each runs, adds up in every replicate, and is listed.

#[path = "common/evidence.rs"]
mod evidence;

use std::fs;
use std::path::{Path, PathBuf};

use workcast::model::{Outcome, Simulator};
use workcast::quantity::Pence;
use workcast::scenario::Scenario;
use workcast::scenario::reconcile::reconcile;
use workcast::scenario::words::describe;

/// Replicates of each scenario: as many as there are scrambles.
const REPLICATES: u64 = 16;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

/// The names of the scenario files in a folder below `scenarios/`.
fn files(below: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder().join(below))
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".toml"))
        .map(|name| format!("{below}{name}"))
        .collect();
    names.sort();
    names
}

fn read(name: &str) -> Scenario {
    Scenario::read(&folder().join(name)).unwrap_or_else(|wrong| panic!("{name}: {wrong}"))
}

/// What has to add up over places: people at both ends of the programme, and money.
#[derive(Debug, Default, PartialEq)]
struct Sums {
    referrals: i64,
    plans: i64,
    in_work: i64,
    waiting: i64,
    cost: Pence,
    income: Pence,
}

impl Sums {
    fn add(&mut self, outcome: &Outcome<'_>) {
        self.referrals += outcome.tally.referrals;
        self.plans += outcome.tally.plans;
        self.in_work += outcome.tally.in_work();
        self.waiting += outcome.tally.waiting_at_end;
        self.cost += outcome.books.spending.cost;
        self.income += outcome.books.income.total();
    }
}

/// Every replicate of a scenario conserves people and money in each locality, and localities add
/// up to the programme; but for the programme's own central line.
fn assert_adds_up(name: &str, scenario: &Scenario) {
    let programme = &scenario.programme;
    let mut simulator = Simulator::new(programme, 1);
    let mut worlds = 0;
    for replicate in 0..REPLICATES {
        let mut sums = Sums::default();
        let report = |option: usize, place: usize, outcome: &Outcome<'_>| {
            let at = || format!("{name}, option {option}, place {place}, replicate {replicate}");
            assert!(outcome.tally.is_conserved(), "people: {}", at());
            assert!(outcome.books.is_conserved(), "money: {}", at());
            if place < programme.localities.len() {
                sums.add(outcome);
                return;
            }
            let mut whole = Sums::default();
            whole.add(outcome);
            let central = outcome.books.income.central;
            assert!(central >= Pence::ZERO, "{}", at());
            whole.income -= central;
            whole.cost -= central;
            assert_eq!(sums, whole, "{}", at());
            sums = Sums::default();
            worlds += 1;
        };
        simulator.replicate(replicate, report).expect("a checked scenario has no error");
    }
    assert_eq!(worlds, REPLICATES * programme.options.len() as u64, "{name}");
}

#[test]
fn every_scenario_runs_and_adds_up_in_every_replicate() {
    let names = files("");
    assert!(names.len() >= 12, "{names:?}");
    for name in &names {
        assert_adds_up(name, &read(name));
    }
    let figure = format!("{} scenarios, {REPLICATES} replicates of each", names.len());
    evidence::note("scenarios-add-up", figure);
}

#[test]
fn every_printed_figure_that_the_rules_give_is_set_beside_what_they_give() {
    let mut figures = 0;
    for name in files("") {
        let scenario = read(&name);
        let said = describe(&scenario);
        for row in reconcile(&scenario) {
            figures += 1;
            assert!(said.contains("Published figures beside computed ones"), "{name}");
            assert!(said.contains(&row.figure), "{name} does not say {}", row.figure);
        }
    }
    assert!(figures >= 8, "only {figures} figures");
    evidence::note("published-figures", format!("{figures} printed figures"));
}

#[test]
fn nearly_every_number_says_how_well_it_is_known_and_every_range_does() {
    for name in files("") {
        let scenario = read(&name);
        let stated = scenario.assumptions();
        let unknown: Vec<_> = stated.iter().filter(|value| value.confidence.is_none()).collect();
        let share = unknown.len() as f64 / stated.len() as f64;
        assert!(share < 0.1, "{name}: {} of {}", unknown.len(), stated.len());
        let is_range = |text: &str| ["in 10 between", " to ", "mean "].map(|w| text.contains(w));
        let range = unknown.iter().find(|value| is_range(&value.value).contains(&true));
        assert!(range.is_none(), "{name}: {range:?}");
    }
}

#[test]
fn the_list_and_the_folder_are_the_same() {
    let list = fs::read_to_string(folder().join("README.md")).expect("the list is there");
    let listed = |line: &str| {
        let link = line.strip_prefix("| [")?;
        let (_, rest) = link.split_once("](")?;
        Some(rest.split_once(')')?.0.to_owned())
    };
    let mut listed: Vec<String> = list.lines().filter_map(listed).collect();
    listed.sort();
    let mut there = files("");
    there.extend(files("programmes/"));
    there.sort();
    assert_eq!(listed, there);
}
