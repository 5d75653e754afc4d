//! The promises of an ensemble, to the bit.

use std::sync::atomic::AtomicBool;

use super::layout::Layout;
use super::run::whole_scrambles;
use super::{Ended, Finished, OptionColumns, Results, Settings, Watch, run, run_alone};
use crate::model::Programme;
use crate::model::example::{programme, team};
use crate::quantity::{Family, Input, Key, Measure, Uncertain, Unit};

fn input(path: &str, family: Family<f64>, unit: Unit) -> Input {
    Input {
        path: path.to_owned(),
        key: Key::name(path),
        dimension: None,
        family,
        measure: Measure::Plain,
        unit,
        adjust: Vec::new(),
        group: None,
    }
}

/// Two options over an uncertain demand, an uncertain caseload and coaches that leave.
fn uncertain() -> Programme {
    let mut programme = programme();
    let demand = Family::LogNormal { mean: 60.0, sd: 20.0 };
    programme.inputs.push(input("demand", demand, Unit::PeoplePerMonth));
    let caseload = Family::Uniform { least: 5.0, most: 15.0 };
    programme.inputs.push(input("caseload", caseload, Unit::People));
    programme.localities[0].sources[0].per_month = Uncertain::Input(0);
    let option = &mut programme.options[0];
    option.teams[0].caseload = Some(Uncertain::Input(1));
    option.teams[0].posts = 3;
    option.teams[0].in_post = 3;
    option.teams[0].leavers = Some(Uncertain::Fixed(0.005));
    let mut other = option.clone();
    other.name = "Other".to_owned();
    other.teams.push(team("Second"));
    programme.options.push(other);
    programme
}

fn results(programme: &Programme, settings: &Settings) -> Results {
    run_alone(programme, settings, &mut |_| false).unwrap().columns.unwrap()
}

fn settings(replicates: u64) -> Settings {
    Settings { replicates: Some(replicates), ..Settings::default() }
}

fn option<'a>(results: &'a Results, name: &str) -> &'a OptionColumns {
    results.options.iter().find(|option| option.name == name).unwrap()
}

#[test]
fn threads_and_chunks_do_not_change_a_bit() {
    let programme = uncertain();
    let one = results(&programme, &Settings { threads: Some(1), ..settings(160) });
    assert_eq!(one.replicates, 160);
    for (threads, chunk) in [(2, 32), (5, 16), (2, 48), (1, 1_000)] {
        let other = Settings { threads: Some(threads), chunk, ..settings(160) };
        assert_eq!(results(&programme, &other), one, "{threads} threads, chunks of {chunk}");
    }
}

#[test]
fn an_option_gives_the_same_whatever_other_options_there_are_and_in_which_order() {
    let both = results(&uncertain(), &settings(64));
    let mut alone = uncertain();
    alone.options.truncate(1);
    assert_eq!(results(&alone, &settings(64)).options[0], both.options[0]);
    let mut turned = uncertain();
    turned.options.reverse();
    let turned = results(&turned, &settings(64));
    for name in ["Only", "Other"] {
        assert_eq!(option(&turned, name), option(&both, name));
    }
}

#[test]
fn an_input_that_nothing_uses_moves_none() {
    let plain = results(&uncertain(), &settings(64));
    let mut more = uncertain();
    more.inputs.push(input("unused", Family::Uniform { least: 0.0, most: 1.0 }, Unit::Share));
    let more = results(&more, &settings(64));
    assert_eq!(more.options, plain.options);
    assert_eq!(more.inputs[..2], plain.inputs[..]);
    assert_eq!(more.inputs.len(), 3);
}

#[test]
fn a_longer_run_begins_with_the_shorter_one() {
    let short = results(&uncertain(), &settings(64));
    let long = results(&uncertain(), &settings(128));
    let begins = |long: &super::ColumnData, short: &super::ColumnData| {
        (0..short.len()).all(|replicate| long.get(replicate) == short.get(replicate))
    };
    for (long, short) in long.options.iter().zip(&short.options) {
        for (long, short) in long.places[0].metrics.iter().zip(&short.places[0].metrics) {
            assert!(begins(&long.data, &short.data), "{}", long.metric.name);
        }
    }
}

#[test]
fn another_seed_gives_another_result() {
    let one = results(&uncertain(), &settings(16));
    let other = results(&uncertain(), &Settings { seed: 2, ..settings(16) });
    assert_ne!(one.options, other.options);
}

#[test]
fn replicates_are_rounded_up_to_a_whole_number_on_every_scramble() {
    assert_eq!(whole_scrambles(1), 16);
    assert_eq!(whole_scrambles(32), 32);
    assert_eq!(results(&uncertain(), &settings(17)).replicates, 32);
}

#[test]
fn a_run_without_a_stated_number_stops_when_two_looks_running_are_enough() {
    // Hardly anyone is referred: the test is about looks.
    let mut programme = programme();
    programme.localities[0].sources[0].per_month = Uncertain::Fixed(0.1);
    let mut answers = [false, true, false, true, true, true].into_iter();
    let mut looked = Vec::new();
    let mut stored = 0;
    let mut watch = Watch {
        stop: &AtomicBool::new(false),
        finished: &|_| {},
        block: &mut |block| {
            stored += block.replicates;
            true
        },
        looks_at: &["plans"],
        enough: &mut |results| {
            looked.push(results.replicates);
            answers.next().unwrap()
        },
    };
    let finished = run(&programme, &Settings::default(), &mut watch).unwrap();
    assert_eq!(looked, [1_024, 2_048, 4_096, 8_192, 16_384]);
    assert_eq!((finished.replicates, stored), (16_384, 16_384));
    assert_eq!(finished.ended, Ended::Done);
}

#[test]
fn a_stopped_run_keeps_the_chunks_that_were_finished_from_the_first_on() {
    let programme = uncertain();
    let whole = results(&programme, &settings(512));
    let stop = AtomicBool::new(false);
    let mut watch = Watch {
        stop: &stop,
        finished: &|_| stop.store(true, std::sync::atomic::Ordering::Relaxed),
        block: &mut |_| false,
        looks_at: &[],
        enough: &mut |_| true,
    };
    let one_thread = Settings { threads: Some(1), ..settings(512) };
    let finished = run(&programme, &one_thread, &mut watch).unwrap();
    assert_eq!(finished.ended, Ended::Stopped);
    let kept = finished.columns.unwrap();
    assert_eq!(kept.replicates, 32, "the chunk under way is finished");
    let plans = |results: &Results| results.options[0].places[0].metric("plans").unwrap().clone();
    for replicate in 0..32 {
        assert_eq!(plans(&kept).data.get(replicate), plans(&whole).data.get(replicate));
    }
}

/// What a run with so much memory comes to, and the blocks that were taken from the first on.
fn with_memory(memory: u64, replicates: Option<u64>, takes: u64) -> (Finished, Option<Results>) {
    let mut taken: Option<Results> = None;
    let mut offered = 0;
    let mut watch = Watch {
        stop: &AtomicBool::new(false),
        finished: &|_| {},
        block: &mut |block| {
            offered += 1;
            if offered > takes {
                return false;
            }
            match &mut taken {
                Some(taken) => taken.append(block),
                None => taken = Some(block.clone()),
            }
            true
        },
        looks_at: &["plans"],
        enough: &mut |results| results.replicates >= 2_048,
    };
    let settings = Settings { replicates, memory, ..Settings::default() };
    (run(&uncertain(), &settings, &mut watch).unwrap(), taken)
}

#[test]
fn columns_that_outgrow_the_memory_are_let_go_and_those_taken_are_the_same() {
    let (whole, _) = with_memory(u64::MAX, Some(2_048), 0);
    let (finished, taken) = with_memory(0, Some(2_048), u64::MAX);
    assert!(finished.columns.is_none());
    assert_eq!((finished.replicates, finished.ended), (2_048, Ended::Done));
    assert_eq!(taken, whole.columns);
}

#[test]
fn precision_is_judged_by_the_same_values_whether_or_not_the_columns_are_in_memory() {
    let (kept, _) = with_memory(u64::MAX, None, 0);
    let (let_go, taken) = with_memory(0, None, u64::MAX);
    assert_eq!((kept.replicates, let_go.replicates), (4_096, 4_096));
    assert_eq!(taken, kept.columns);
}

#[test]
fn a_run_that_nobody_takes_ends_where_its_memory_does() {
    let (finished, _) = with_memory(0, Some(64), 0);
    assert_eq!((finished.replicates, finished.ended), (0, Ended::Full));
    let (first, _) = with_memory(u64::MAX, Some(1_024), 0);
    let bytes = Layout::new(&uncertain()).unwrap().bytes();
    let (finished, _) = with_memory(1_500 * bytes, None, 0);
    assert_eq!((finished.replicates, finished.ended), (1_024, Ended::Full));
    assert_eq!(finished.columns, first.columns);
}

#[test]
fn a_run_whose_blocks_are_no_longer_taken_counts_those_that_were() {
    let (finished, taken) = with_memory(0, Some(3_072), 2);
    assert_eq!((finished.replicates, finished.ended), (2_048, Ended::Full));
    assert_eq!(taken.unwrap().replicates, 2_048);
    assert!(finished.columns.is_none());
}
