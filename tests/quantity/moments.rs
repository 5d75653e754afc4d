//! Means and spreads, by integrating the quantile function.

use workcast::quantity::Family;
use workcast::quantity::family::normal::cdf;

use super::{pert, quantile, triangular, uniform};

/// Mean and sd, by the trapezium rule over the normal score, which is exact to rounding for what
/// falls off like a bell at both ends.
fn mean_and_sd(family: &Family) -> (f64, f64) {
    let quantile = quantile(family);
    let (mut mean, mut square, mut whole) = (0.0, 0.0, 0.0);
    for step in -4096..=4096 {
        let z = f64::from(step) / 512.0;
        let weight = (-0.5 * z * z).exp();
        let x = quantile.at(cdf(z));
        whole += weight;
        mean += weight * x;
        square += weight * x * x;
    }
    let mean = mean / whole;
    (mean, (square / whole - mean * mean).sqrt())
}

fn expect(family: &Family, mean: f64, sd: f64) {
    let (got_mean, got_sd) = mean_and_sd(family);
    assert!((got_mean / mean - 1.0).abs() < 1e-6, "{family:?}: mean {got_mean}, not {mean}");
    assert!((got_sd / sd - 1.0).abs() < 1e-5, "{family:?}: sd {got_sd}, not {sd}");
}

#[test]
fn families_by_mean_and_sd_have_that_mean_and_sd() {
    for (mean, sd) in [(84.0, 35.0), (1.0, 0.01), (30.0, 30.0), (0.2, 0.3), (5.0, 0.000_2)] {
        expect(&Family::Gamma { mean, sd }, mean, sd);
        expect(&Family::LogNormal { mean, sd }, mean, sd);
    }
    for (mean, sd) in [(0.5, 0.1), (0.5, 0.4), (0.93, 0.05), (0.02, 0.01), (0.3, 0.000_01)] {
        expect(&Family::Beta { mean, sd }, mean, sd);
    }
    for mean in [0.1, 56.0] {
        expect(&Family::Exponential { mean }, mean, mean);
    }
}

#[test]
fn a_normal_distribution_that_is_not_cut_has_its_mean_and_sd() {
    let family = Family::Normal { mean: 20.0, sd: 2.0, low: 0.0, high: f64::INFINITY };
    expect(&family, 20.0, 2.0);
}

#[test]
fn a_normal_distribution_cut_at_its_mean_has_the_moments_of_half_a_bell() {
    let family = Family::Normal { mean: 0.0, sd: 3.0, low: 0.0, high: f64::INFINITY };
    let share = 2.0 / std::f64::consts::PI;
    expect(&family, 3.0 * share.sqrt(), 3.0 * (1.0 - share).sqrt());
}

#[test]
fn a_range_with_a_most_likely_value_has_the_moments_of_its_family() {
    for (least, likely, most) in [(3.0, 5.0, 9.0), (1.0, 1.0, 6.0), (2.0, 6.0, 6.0)] {
        let range = most - least;
        let mean = (least + 4.0 * likely + most) / 6.0;
        expect(&pert(least, likely, most), mean, ((mean - least) * (most - mean) / 7.0).sqrt());
        let middle = (least + likely + most) / 3.0;
        let spread = least * least + likely * likely + most * most
            - least * likely
            - least * most
            - likely * most;
        expect(&triangular(least, likely, most), middle, (spread / 18.0).sqrt());
        expect(&uniform(least, most), least + range / 2.0, range / 12_f64.sqrt());
    }
}
