//! When a pipeline is done: sums of stages, and tries until one succeeds.

use statrs::distribution::{Beta, ContinuousCDF, Exp};

use super::evidence;
use super::lives::{lives, scenario};
use super::statistics::fit;

/// What is as unlikely as this does not happen here by chance: seeds are fixed.
const SIGNIFICANCE: f64 = 1e-4;

/// Chances of each number of whole days, rounded half up, of a time with this distribution function.
fn whole_days(at_most: impl Fn(f64) -> f64, most: usize) -> Vec<f64> {
    let below = |days: usize| if days == 0 { 0.0 } else { at_most(days as f64 - 0.5) };
    (0..most).map(|days| below(days + 1) - below(days)).collect()
}

/// Chances of the sum of two independent numbers.
fn sum(one: &[f64], other: &[f64]) -> Vec<f64> {
    let mut chances = vec![0.0; one.len() + other.len() - 1];
    for (i, p) in one.iter().enumerate() {
        for (j, q) in other.iter().enumerate() {
            chances[i + j] += p * q;
        }
    }
    chances
}

/// The day on which a team that is procured is ready, in each replicate; later than ten years is as ten.
fn ready_days(stages: &str, replicates: u64) -> Vec<usize> {
    let text = scenario(
        10,
        &format!(
            "journey.support = '10 days'
locality.L.referrals.GP.per_month = 0
{stages}
option.A.team.T = {{ posts = 1, route = 'tender' }}
"
        ),
    );
    lives(&text, replicates, |outcome| {
        outcome.delivery.staffing[0].ready_day().map_or(3_652, |day| day as usize)
    })
}

#[test]
fn exponential_stages_one_after_another_are_hypo_exponential() {
    let (first, second) = (Exp::new(1.0 / 20.0).unwrap(), Exp::new(1.0 / 45.0).unwrap());
    let stages = "pipeline.tender.stage.a.takes = { exponential = { mean = '20 days' } }
pipeline.tender.stage.b.takes = { exponential = { mean = '45 days' } }";
    let days = ready_days(stages, 20_000);
    let expected = |scale: f64| {
        sum(
            &whole_days(|x| first.cdf(x * scale), 800),
            &whole_days(|x| second.cdf(x * scale), 1_200),
        )
    };
    let chance = fit(&days, &expected(1.0));
    assert!(chance > SIGNIFICANCE, "{chance}");
    assert!(fit(&days, &expected(0.93)) < SIGNIFICANCE, "a fourteenth shorter would not show");
    // The closed form, of which whole days are the rounding: P(A + B <= x).
    let (a, b): (f64, f64) = (1.0 / 20.0, 1.0 / 45.0);
    let closed = |x: f64| 1.0 - (b * (-a * x).exp() - a * (-b * x).exp()) / (b - a);
    let mut furthest: f64 = 0.0;
    for x in [10, 40, 65, 130, 260] {
        let within = days.iter().filter(|&&day| day <= x).count() as f64 / days.len() as f64;
        furthest = furthest.max((within - closed(x as f64 + 0.5)).abs());
    }
    // Sampling gives 0.0035 for one standard error at most.
    assert!(furthest < 0.015, "{furthest}");
    let share = 100.0 * chance;
    evidence::note(
        "theory-hypo-exponential",
        format!(
            "as far off in {share:.0}% of samples of 20,000; at most {furthest:.4} from the closed form"
        ),
    );
}

#[test]
fn stages_with_a_range_add_up_to_the_convolution_of_their_ranges() {
    let days = ready_days(
        "pipeline.tender.stage.a.takes = { least = '4 weeks', likely = '10 weeks', most = '18 weeks' }
pipeline.tender.stage.b.takes = { least = '5 days', likely = '6 days', most = '40 days' }",
        20_000,
    );
    let pert = |least: f64, likely: f64, most: f64| {
        let range = most - least;
        let up = 1.0 + 4.0 * (likely - least) / range;
        let beta = Beta::new(up, 6.0 - up).unwrap();
        move |x: f64| beta.cdf(((x - least) / range).clamp(0.0, 1.0))
    };
    let second = whole_days(pert(5.0, 6.0, 40.0), 60);
    let expected = sum(&whole_days(pert(28.0, 70.0, 126.0), 140), &second);
    let chance = fit(&days, &expected);
    assert!(chance > SIGNIFICANCE, "{chance}");
    let other = sum(&whole_days(pert(28.0, 72.0, 126.0), 140), &second);
    assert!(fit(&days, &other) < SIGNIFICANCE, "two days of 70 would not show");
    let share = 100.0 * chance;
    evidence::note("theory-pert-stages", format!("as far off in {share:.0}% of samples of 20,000"));
}

#[test]
fn tries_until_one_succeeds_are_geometric() {
    let once = ready_days("pipeline.tender.stage.a = { takes = '10 days', fails = '35%' }", 20_000);
    let tries: Vec<usize> = once.iter().map(|day| day / 10 - 1).collect();
    assert!(once.iter().all(|day| day % 10 == 0));
    let geometric = |fails: f64| (0..50).map(|k| (1.0 - fails) * fails.powi(k)).collect::<Vec<_>>();
    let chance = fit(&tries, &geometric(0.35));
    assert!(chance > SIGNIFICANCE, "{chance}");
    assert!(fit(&tries, &geometric(0.37)) < SIGNIFICANCE, "two points of 35 would not show");

    // Sent back to the beginning: each round takes both stages, and one of both fails with chance 0.35.
    let back = ready_days(
        "pipeline.tender.stage.a = { takes = '10 days' }
pipeline.tender.stage.b = { takes = '3 days', fails = '35%', back_to = 'a' }",
        20_000,
    );
    let rounds: Vec<usize> = back.iter().map(|day| day / 13 - 1).collect();
    assert!(back.iter().all(|day| day % 13 == 0));
    let again = fit(&rounds, &geometric(0.35));
    assert!(again > SIGNIFICANCE, "{again}");
    evidence::note(
        "theory-retries",
        format!(
            "as far from geometric in {:.0}% of samples of 20,000; sent back, in {:.0}%",
            100.0 * chance,
            100.0 * again
        ),
    );
}
