//! Inputs that move together.

use statrs::distribution::{Beta, ContinuousCDF, Gamma, LogNormal, Normal, Uniform};
use workcast::model::Simulator;
use workcast::scenario::Scenario;

use super::evidence;
use super::lives::scenario;
use super::statistics::Mean;

/// Four inputs of four families, tied by a correlation.
fn scores(correlation: f64, worlds: u64) -> Vec<[f64; 4]> {
    let text = scenario(
        1,
        &format!(
            "journey.support = '10 days'
journey.attends = {{ beta = {{ mean = '60%', sd = '15%' }} }}
locality.L.referrals.GP.per_month = {{ gamma = {{ mean = 9, sd = 4 }} }}
option.A.team.T.posts = 1
option.A.team.T.costs.salary = {{ uniform = {{ least = '£30000', most = '£50000' }} }}
option.A.team.T.costs.setup = {{ lognormal = {{ mean = '£2000', sd = '£1500' }} }}
correlated.G = {{ correlation = {correlation}, inputs = ['journey.attends', 'locality.*.referrals.*.per_month', 'option.*.team.*.costs.salary', 'option.A.team.T.costs.setup'] }}
"
        )
    );
    let scenario =
        Scenario::from_text("theory.toml", &text).unwrap_or_else(|wrong| panic!("{wrong}"));
    let programme = &scenario.programme;
    let at = |path: &str| {
        let found = programme.inputs.iter().position(|input| input.path.contains(path));
        found.unwrap_or_else(|| panic!("no input {path}"))
    };
    let places = [at("attends"), at("per_month"), at("salary"), at("setup")];
    let sum = 0.6 * 0.4 / (0.15 * 0.15) - 1.0;
    let beta = Beta::new(0.6 * sum, 0.4 * sum).unwrap();
    let gamma = Gamma::new(81.0 / 16.0, 9.0 / 16.0).unwrap();
    let uniform = Uniform::new(30_000.0, 50_000.0).unwrap();
    let spread = (1.0_f64 + 0.75 * 0.75).ln();
    let log = LogNormal::new(2_000.0_f64.ln() - spread / 2.0, spread.sqrt()).unwrap();
    let bell = Normal::standard();
    let mut simulator = Simulator::new(programme, 1);
    let mut all = Vec::new();
    for world in 0..worlds {
        simulator.replicate(world, |_, _, _| {}).expect("it is checked");
        let [attends, rate, salary, setup] = places.map(|place| simulator.inputs()[place]);
        let chances = [beta.cdf(attends), gamma.cdf(rate), uniform.cdf(salary), log.cdf(setup)];
        all.push(chances.map(|chance| bell.inverse_cdf(chance)));
    }
    all
}

#[test]
fn inputs_of_any_family_have_the_correlation_of_their_group_and_keep_their_margins() {
    let mut figures = Vec::new();
    for correlation in [0.0, 0.5, 0.9] {
        let scores = scores(correlation, 10_000);
        let mut furthest: f64 = 0.0;
        for one in 0..4 {
            let own: Vec<f64> = scores.iter().map(|score| score[one]).collect();
            // The margin is the family's own: scores of mean 0 and variance 1.
            let mean = Mean::of(&own);
            assert!(mean.off(0.0).abs() <= 4.0, "{correlation}, input {one}: {mean:?}");
            let square = Mean::of(&own.iter().map(|z| z * z).collect::<Vec<_>>());
            square.is(1.0, 0.1);
            for other in 0..one {
                let products: Vec<f64> = scores.iter().map(|z| z[one] * z[other]).collect();
                let together = Mean::of(&products);
                assert!(together.off(correlation).abs() <= 4.0, "{correlation}: {together:?}");
                assert!(together.off(correlation + 0.07).abs() > 4.0, "0.07 would not show");
                furthest = furthest.max((together.value - correlation).abs());
            }
        }
        figures.push(format!("{correlation}: all six pairs within {furthest:.3}"));
    }
    evidence::note("theory-copula", figures.join("; "));
}
