//! Replicates of a scenario, lived through by the engine alone.

use rayon::prelude::*;
use workcast::model::Simulator;
use workcast::model::outcome::Outcome;
use workcast::scenario::Scenario;

/// Days in a month of a rate.
pub const MONTH: f64 = 365.25 / 12.0;

/// What every scenario of these tests has: one place, one option, one team, so many years.
pub fn scenario(years: i32, more: &str) -> String {
    let ends = 2019 + years;
    format!(
        "title = 'A queue'
programme = {{ name = 'A queue', starts = 2020-01-01, ends = {ends}-12-31, opens = 2020-01-01 }}
funding.claims = 'quarterly'
funding.basic.share = '60%'
funding.participant.share = '40%'
funding.year.Y = {{ ends = {ends}-12-31, share = '100%', tariff = '£1' }}
locality.L.agreed_participants = 1
cohort.everyone = {{}}
{more}"
    )
}

/// What `of` says of each replicate, in order.
pub fn lives<T: Send>(
    text: &str,
    replicates: u64,
    of: impl Fn(&Outcome<'_>) -> T + Sync,
) -> Vec<T> {
    let scenario =
        Scenario::from_text("theory.toml", text).unwrap_or_else(|wrong| panic!("{wrong}"));
    let programme = &scenario.programme;
    let simulator = || Simulator::new(programme, 1);
    let life = |simulator: &mut Simulator<'_>, replicate| {
        let mut said = None;
        let report = |_, place, outcome: &Outcome<'_>| {
            if place == 0 {
                said = Some(of(outcome));
            }
        };
        simulator.replicate(replicate, report).expect("a checked scenario has no error");
        said.expect("there is a place")
    };
    (0..replicates).into_par_iter().map_init(simulator, life).collect()
}
