//! Workload W, which other packages are timed on too (`benches/scenarios/w.toml`), gives what W gives.
//!
//! W is told in continuous weeks: 572.6 plans, a mean wait of 2.600 weeks and cash that is £84,040 below
//! zero at its lowest, on which four event-based packages agree. We live through it in whole days, and
//! pay at the end of the month what W pays every four weeks.

mod reference {
    //! W in whole days, written without the engine, with the cash of both ways of paying.

    use std::collections::VecDeque;

    use rand_distr::{Bernoulli, Distribution, Exp, LogNormal, Pert, Poisson};
    use rand_xoshiro::Xoshiro256PlusPlus;
    use rand_xoshiro::rand_core::SeedableRng;

    const DAYS: usize = 546;
    /// Quarters of thirteen weeks, each paid four weeks later, and pay every four weeks.
    const OF_WEEKS: [usize; 6] = [91, 182, 273, 364, 455, 546];
    /// Calendar quarters from 1 October 2024 to 30 March 2026, and pay at the end of each month.
    const OF_THE_CALENDAR: [usize; 6] = [92, 182, 273, 365, 457, 546];
    const MONTHS: [usize; 18] =
        [31, 30, 31, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 30];

    /// What a replicate comes to: plans, days waited on average, and pounds below zero at the lowest.
    pub struct Life {
        pub plans: f64,
        pub wait: f64,
        pub gap_of_weeks: f64,
        pub gap_of_months: f64,
    }

    pub fn life(seed: u64) -> Life {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
        let referred = Poisson::new(19.0 * 0.75 / 7.0).unwrap();
        let patience = Exp::new(1.0 / 42.0).unwrap();
        let support = LogNormal::from_mean_cv(84.0, 0.5).unwrap();
        let attends = Bernoulli::new(0.85).unwrap();
        let comes = Pert::new(28.0, 126.0).with_mode(70.0).unwrap();
        let whole = |days: f64| days.round() as usize;
        let coaches: [usize; 4] = std::array::from_fn(|_| whole(comes.sample(&mut rng)));

        let mut line: VecDeque<(usize, f64)> = VecDeque::new();
        let mut freed = [0_i32; DAYS];
        let mut plans = [0_i32; DAYS];
        let (mut free, mut waited, mut taken) = (0, 0, 0);
        for day in 0..DAYS {
            free += freed[day] + 25 * coaches.iter().filter(|&&from| from == day).count() as i32;
            for _ in 0..Distribution::<f64>::sample(&referred, &mut rng) as usize {
                line.push_back((day, patience.sample(&mut rng)));
            }
            line.retain(|&(since, patience)| (day - since) as f64 <= patience);
            while free > 0 {
                let Some((since, _)) = line.pop_front() else { break };
                // Who does not attend leaves the slot to the next in the line.
                if !attends.sample(&mut rng) {
                    continue;
                }
                free -= 1;
                taken += 1;
                waited += day - since;
                let leaves = day + 7 + whole(support.sample(&mut rng));
                plans.get_mut(day + 7).into_iter().for_each(|plans| *plans += 1);
                freed.get_mut(leaves).into_iter().for_each(|freed| *freed += 1);
            }
        }
        let weeks: Vec<usize> = (1..=20).map(|payment| 28 * payment).collect();
        let months: Vec<usize> = MONTHS
            .iter()
            .scan(0, |day, month| {
                *day += month;
                Some(*day)
            })
            .collect();
        Life {
            plans: f64::from(plans.iter().sum::<i32>()),
            wait: waited as f64 / f64::from(taken),
            gap_of_weeks: gap(&coaches, &plans, &OF_WEEKS, &weeks),
            gap_of_months: gap(&coaches, &plans, &OF_THE_CALENDAR, &months),
        }
    }

    /// How far below zero cash goes: coaches are paid at the end of each stretch of days for those worked
    /// in it, and receipts of a quarter come four weeks after it. Days are counted up to their ends.
    fn gap(coaches: &[usize], plans: &[i32], quarters: &[usize], payments: &[usize]) -> f64 {
        let mut flows: Vec<(usize, f64)> = Vec::new();
        let mut began = 0;
        for &payment in payments {
            let worked = |&from: &usize| payment.min(DAYS).saturating_sub(from.max(began));
            let days: usize = coaches.iter().map(worked).sum();
            flows.push((payment, -1_450.0 / 7.0 * days as f64));
            began = payment;
        }
        let mut began = 0;
        for &quarter in quarters {
            let agreed: i32 = plans[began..quarter].iter().sum();
            let profile = 180_000.0 * (quarter - began) as f64 / DAYS as f64;
            flows.push((quarter + 28, profile + 350.0 * f64::from(agreed)));
            began = quarter;
        }
        // A cost before a receipt on the same day.
        flows.sort_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
        let mut balance = 0.0;
        let lowest = flows.iter().fold(0_f64, |lowest, &(_, amount)| {
            balance += amount;
            lowest.min(balance)
        });
        -lowest
    }
}

#[path = "common/evidence.rs"]
mod evidence;

use std::path::Path;

use rayon::prelude::*;
use workcast::model::Simulator;
use workcast::model::outcome::Outcome;
use workcast::scenario::Scenario;

/// What W gives (PERFORMANCE.md).
const PLANS: f64 = 572.6;
const WAIT_DAYS: f64 = 2.600 * 7.0;
const GAP: f64 = 84_040.0;

const REPLICATES: u64 = 1_500;

fn shipped(file: &str) -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/scenarios");
    Scenario::read(&folder.join(file)).unwrap_or_else(|wrong| panic!("{wrong}"))
}

/// What `of` says of each option in each replicate.
fn lives(
    scenario: &Scenario,
    replicates: u64,
    of: impl Fn(&Outcome<'_>) -> f64 + Sync,
) -> Vec<Vec<f64>> {
    let programme = &scenario.programme;
    let simulator = || Simulator::new(programme, 1);
    let life = |simulator: &mut Simulator<'_>, replicate| {
        let mut said = vec![0.0; programme.options.len()];
        let report = |option: usize, place: usize, outcome: &Outcome<'_>| {
            if place == 0 {
                said[option] = of(outcome);
            }
        };
        simulator.replicate(replicate, report).expect("a checked scenario has no error");
        said
    };
    (0..replicates).into_par_iter().map_init(simulator, life).collect()
}

/// What `of` says of the first option.
fn first(scenario: &Scenario, of: impl Fn(&Outcome<'_>) -> f64 + Sync) -> Vec<f64> {
    lives(scenario, REPLICATES, of).into_iter().map(|said| said[0]).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn variance(values: &[f64]) -> f64 {
    let mean = mean(values);
    values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (values.len() as f64 - 1.0)
}

#[track_caller]
fn assert_within(value: f64, expected: f64, allowed: f64) {
    assert!((value - expected).abs() <= allowed, "{value} for {expected}, {allowed} allowed");
}

#[test]
fn plans_are_within_a_hundredth_of_what_w_gives_in_continuous_time() {
    let plans = mean(&first(&shipped("w-one-option.toml"), |outcome| outcome.tally.plans as f64));
    assert_within(plans, PLANS, 0.01 * PLANS);
    evidence::note("workload-plans", format!("{plans:.1} for {PLANS}"));
}

#[test]
fn the_wait_is_within_half_a_day_of_what_w_gives_in_continuous_time() {
    let wait = |outcome: &Outcome<'_>| outcome.tally.mean_wait().expect("somebody is served");
    let wait = mean(&first(&shipped("w-one-option.toml"), wait));
    assert_within(wait, WAIT_DAYS, 0.5);
    evidence::note("workload-wait", format!("{wait:.2} days for {WAIT_DAYS:.2}"));
}

#[test]
fn cash_falls_as_deep_as_a_daily_reference_that_pays_at_the_end_of_the_month() {
    let gap = |outcome: &Outcome<'_>| outcome.books.income.cash_gap.to_pounds();
    let ours = mean(&first(&shipped("w-one-option.toml"), gap));
    let lives: Vec<_> = (0..REPLICATES).into_par_iter().map(reference::life).collect();
    let of = |what: fn(&reference::Life) -> f64| mean(&lives.iter().map(what).collect::<Vec<_>>());
    // The reference is W in whole days ...
    assert_within(of(|life| life.plans), PLANS, 0.01 * PLANS);
    assert_within(of(|life| life.wait), WAIT_DAYS, 0.5);
    assert_within(of(|life| life.gap_of_weeks), GAP, 0.01 * GAP);
    // ... and with our days of payment it is as deep in debt as we are.
    let theirs = of(|life| life.gap_of_months);
    assert_within(ours, theirs, 0.01 * theirs);
    let figure = format!(
        "£{ours:.0} for £{theirs:.0}; paid every four weeks £{:.0} for £{GAP:.0}",
        of(|life| life.gap_of_weeks)
    );
    evidence::note("workload-cash", figure);
}

#[test]
fn a_coach_who_comes_late_under_one_option_comes_late_under_the_other() {
    let costs = lives(&shipped("w.toml"), 200, |outcome| outcome.books.spending.cost.to_pounds());
    let of = |option: usize| costs.iter().map(|said| said[option]).collect::<Vec<_>>();
    let difference: Vec<f64> = costs.iter().map(|said| said[1] - said[0]).collect();
    let independent = variance(&of(0)) + variance(&of(1));
    assert!(variance(&difference) < independent / 5.0, "{} {independent}", variance(&difference));
}

#[test]
fn where_demand_is_uncertain_referrals_vary_as_much_as_is_stated() {
    let referrals = first(&shipped("w-uncertain.toml"), |outcome| outcome.tally.referrals as f64);
    let expected = 19.0 * 78.0;
    assert_within(mean(&referrals), expected, 0.01 * expected);
    // A variance of (0.30 x mean)^2 between worlds, and Poisson's within one.
    let spread = variance(&referrals) / ((0.3 * expected).powi(2) + expected);
    assert_within(spread, 1.0, 0.1);
}
