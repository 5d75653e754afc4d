//! Draws from streams against independent distribution functions.

use workcast::quantity::Key;

use super::evidence;
use super::families::cases;
use super::quantile;

/// The largest distance between the distribution of draws and a distribution function: D of
/// Kolmogorov 1933 and Smirnov 1948.
fn distance(mut draws: Vec<f64>, cdf: impl Fn(f64) -> f64) -> f64 {
    draws.sort_by(f64::total_cmp);
    let n = draws.len() as f64;
    let gap = |(i, &x): (usize, &f64)| {
        let chance = cdf(x);
        (chance - i as f64 / n).max((i + 1) as f64 / n - chance)
    };
    draws.iter().enumerate().map(gap).fold(0.0, f64::max)
}

/// What D exceeds with a chance of at most `chance`, for any n: Massart 1990, "The tight constant in
/// the Dvoretzky-Kiefer-Wolfowitz inequality", Annals of Probability 18(3), corollary 1.
fn critical(n: usize, chance: f64) -> f64 {
    ((2.0 / chance).ln() / (2.0 * n as f64)).sqrt()
}

#[test]
fn draws_from_a_stream_follow_each_family() {
    const DRAWS: usize = 20_000;
    let (mut tried, mut furthest) = (0, 0.0_f64);
    for (seed, (family, reference)) in (0..).zip(cases()) {
        let stream = Key::seed(seed).stream();
        let quantile = quantile(&family);
        let draws = (0..DRAWS as u64).map(|i| quantile.at(stream.uniform(i))).collect();
        let distance = distance(draws, reference);
        assert!(distance < critical(DRAWS, 0.001), "{family:?}: {distance}");
        furthest = furthest.max(distance);
        tried += 1;
    }
    let allowed = critical(DRAWS, 0.001);
    evidence::note(
        "theory-families",
        format!(
            "{tried} distributions, {DRAWS} draws each: distance at most {furthest:.4} of {allowed:.4} allowed"
        ),
    );
}

#[test]
fn the_test_of_draws_finds_a_mean_that_is_off_by_a_twentieth_of_an_sd() {
    // So that the test above is known to be able to fail.
    let stream = Key::seed(1).stream();
    let bell = workcast::quantity::family::normal::cdf;
    let draws = (0..20_000)
        .map(|i| workcast::quantity::family::normal::quantile(stream.uniform(i)) + 0.05)
        .collect();
    assert!(distance(draws, bell) > critical(20_000, 0.001));
}
