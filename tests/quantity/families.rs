//! Each family's quantiles against distribution functions that were written by others (statrs) or
//! follow from the definition in a line.

use statrs::distribution::{Beta, ContinuousCDF, Exp, Gamma, LogNormal, Normal, Triangular};
use workcast::quantity::family::normal::{cdf, quantile as standard};
use workcast::quantity::{Family, Scale};

use super::evidence;
use super::{chances, nine_in_ten, normal, pert, quantile, three_point, triangular, uniform};

/// A family and the chance of at most a value, worked out by other means.
pub type Case = (Family, Box<dyn Fn(f64) -> f64>);

fn case(family: Family, cdf: impl Fn(f64) -> f64 + 'static) -> Case {
    (family, Box::new(cdf))
}

fn bell(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

fn logit(share: f64) -> f64 {
    (share / (1.0 - share)).ln()
}

/// Every family over a grid of parameters.
pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (least, likely, most) in
        [(3.0, 5.0, 9.0), (1.0, 1.0, 6.0), (0.0, 10.0, 10.0), (-4.0, 0.1, 4.0), (0.03, 0.08, 0.15)]
    {
        let range = most - least;
        let reference =
            Beta::new(1.0 + 4.0 * (likely - least) / range, 1.0 + 4.0 * (most - likely) / range);
        let reference = reference.unwrap();
        cases.push(case(pert(least, likely, most), move |x| reference.cdf((x - least) / range)));
        let reference = Triangular::new(least, most, likely).unwrap();
        cases.push(case(triangular(least, likely, most), move |x| reference.cdf(x)));
        cases.push(case(uniform(least, most), move |x| (x - least) / range));
    }
    for (mean, sd) in [(1.0, 1.0), (84.0, 35.0), (2.0, 7.0), (0.001, 0.000_02), (1e6, 2e5)] {
        let shape = (mean / sd) * (mean / sd);
        let reference = Gamma::new(shape, shape / mean).unwrap();
        cases.push(case(Family::Gamma { mean, sd }, move |x| reference.cdf(x)));
        let spread = (1.0 + 1.0 / shape).ln().sqrt();
        let reference = LogNormal::new(mean.ln() - spread * spread / 2.0, spread).unwrap();
        cases.push(case(Family::LogNormal { mean, sd }, move |x| reference.cdf(x)));
        let reference = Exp::new(1.0 / mean).unwrap();
        cases.push(case(Family::Exponential { mean }, move |x| reference.cdf(x)));
    }
    for (mean, sd) in [(0.5, 0.1), (0.5, 0.3), (0.9, 0.02), (0.03, 0.05), (0.2, 0.01)] {
        let sum = mean * (1.0 - mean) / (sd * sd) - 1.0;
        let reference = Beta::new(mean * sum, (1.0 - mean) * sum).unwrap();
        cases.push(case(Family::Beta { mean, sd }, move |x| reference.cdf(x)));
    }
    for (low, high) in [(7.0_f64, 28.0_f64), (0.63, 1.6), (100.0, 100.5)] {
        let z = move |x: f64| (x.ln() - (low.ln() + high.ln()) / 2.0) / (high.ln() - low.ln());
        // P5 to P95 is 3.29 standard deviations.
        let wide = 2.0 * 1.644_853_626_951_472_7;
        cases.push(case(nine_in_ten(low, high, Scale::Log), move |x| bell(z(x) * wide)));
    }
    for (low, high) in [(0.02, 0.10), (0.55, 0.8), (0.9, 0.999)] {
        let (from, to) = (logit(low), logit(high));
        let z = move |x: f64| (logit(x) - (from + to) / 2.0) / (to - from);
        let wide = 2.0 * 1.644_853_626_951_472_7;
        cases.push(case(nine_in_ten(low, high, Scale::Logit), move |x| bell(z(x) * wide)));
    }
    for points in [[4.0, 8.0, 16.0], [1.0, 2.0, 9.0], [5.0, 7.0, 7.5]] {
        cases.push(case(three_point(points, Scale::Log), move |x| {
            between(points.map(f64::ln), x.ln())
        }));
    }
    for points in [[0.33, 0.5, 0.72], [0.01, 0.03, 0.08]] {
        cases.push(case(three_point(points, Scale::Logit), move |x| {
            between(points.map(logit), logit(x))
        }));
    }
    for (mean, sd, low, high) in [
        (10.0, 3.0, 0.0, f64::INFINITY),
        (1.0, 3.0, 0.0, f64::INFINITY),
        (-3.0, 2.0, 0.0, f64::INFINITY),
        (0.5, 0.2, 0.0, 1.0),
        (1.1, 0.1, 0.0, 1.0),
    ] {
        let reference = Normal::new(mean, sd).unwrap();
        // By the upper tail, whose digits are all there where the range lies above the mean.
        let (all, rest) = (reference.sf(low) - reference.sf(high), reference.sf(high));
        cases
            .push(case(normal(mean, sd, low, high), move |x| 1.0 - (reference.sf(x) - rest) / all));
    }
    cases
}

/// The chance of at most `x` if P10, P50 and P90 are these and either side is half a bell.
fn between([p10, p50, p90]: [f64; 3], x: f64) -> f64 {
    let side = if x < p50 { p50 - p10 } else { p90 - p50 };
    bell((x - p50) / side * 1.281_551_565_544_600_4)
}

#[test]
fn every_family_agrees_with_an_independent_distribution_function() {
    let (mut tried, mut furthest) = (0, 0.0_f64);
    for (family, reference) in cases() {
        let quantile = quantile(&family);
        for u in chances() {
            let x = quantile.at(u);
            let back = reference(x);
            furthest = furthest.max((back - u).abs());
            assert!(
                (back - u).abs() < 1e-9,
                "{family:?} at {u}: {x}, which has a chance of {back}"
            );
        }
        tried += 1;
    }
    evidence::note(
        "theory-quantiles",
        format!("{tried} distributions at {} chances, at most {furthest:.1e} off", chances().len()),
    );
}

#[test]
fn the_distribution_function_takes_back_what_the_quantile_function_gave() {
    for (family, _) in cases() {
        let quantile = quantile(&family);
        for u in chances() {
            let back = quantile.cdf(quantile.at(u));
            assert!((back - u).abs() < 1e-12, "{family:?} at {u}: {back}");
        }
    }
}

#[test]
fn a_small_tail_keeps_its_digits() {
    // Known to as many digits as the uniform itself has, not only to as many as 1 has.
    for (family, _) in cases() {
        let quantile = quantile(&family);
        // A range that does not begin at 0 rounds a value near its end to a neighbour.
        let from_zero = family.support().0 == 0.0;
        let cut = matches!(family, Family::Normal { .. });
        if from_zero && !cut {
            let back = quantile.cdf(quantile.at(1e-9));
            assert!((back / 1e-9 - 1.0).abs() < 1e-9, "{family:?}: {back}");
        }
    }
}

#[test]
fn nine_in_ten_ends_at_its_5th_and_95th_percentiles() {
    let cases = [
        (7.0, 28.0, Scale::Log),
        (1e-3, 1e6, Scale::Log),
        (0.02, 0.1, Scale::Logit),
        (0.4, 0.999, Scale::Logit),
    ];
    for (low, high, scale) in cases {
        let quantile = quantile(&nine_in_ten(low, high, scale));
        for (u, end) in [(0.05, low), (0.95, high)] {
            assert!((quantile.at(u) / end - 1.0).abs() < 1e-12, "{low} to {high} at {u}");
        }
    }
}

#[test]
fn three_points_are_met_where_they_stand() {
    let cases = [
        ([4.0, 8.0, 16.0], Scale::Log),
        ([1.0, 2.0, 300.0], Scale::Log),
        ([0.33, 0.5, 0.72], Scale::Logit),
        ([0.01, 0.9, 0.95], Scale::Logit),
    ];
    for (points, scale) in cases {
        let quantile = quantile(&three_point(points, scale));
        for (u, point) in [0.1, 0.5, 0.9].into_iter().zip(points) {
            assert!((quantile.at(u) / point - 1.0).abs() < 1e-12, "{points:?} at {u}");
        }
    }
}

#[test]
fn the_standard_normal_quantile_is_known_to_its_last_digits() {
    // By mpmath with 40 digits, at the nearest numbers of 53 bits.
    let known = [
        (1e-16, -8.222_082_216_130_436),
        (1e-9, -5.997_807_015_007_687),
        (0.001, -3.090_232_306_167_813_5),
        (0.025, -1.959_963_984_540_054_2),
        (0.075, -1.439_531_470_938_456),
        (0.3, -0.524_400_512_708_040_8),
        (0.5, 0.0),
        (0.6, 0.253_347_103_135_799_7),
        (0.95, 1.644_853_626_951_472_3),
        (0.999, 3.090_232_306_167_813_5),
    ];
    for (u, z) in known {
        let got = standard(u);
        assert!((got - z).abs() <= 1e-15 * z.abs().max(0.1), "{u}: {got} is not {z}");
    }
    for (z, chance) in [
        (-8.0, 6.220_960_574_271_784e-16),
        (-5.0, 2.866_515_718_791_939e-7),
        (-1.0, 0.158_655_253_931_457_05),
        (0.5, 0.691_462_461_274_013_1),
        (3.0, 0.998_650_101_968_369_9),
    ] {
        assert!((cdf(z) / chance - 1.0).abs() < 1e-14, "{z}: {}", cdf(z));
    }
}

#[test]
fn values_with_weights_come_as_often_as_they_weigh() {
    let values = vec![(30.0, 1.0), (10.0, 2.0), (20.0, 0.0), (15.0, 1.0)];
    let quantile = quantile(&Family::Empirical { values });
    for (u, value) in [
        (1e-9, 10.0),
        (0.5, 10.0),
        (0.500_001, 15.0),
        (0.75, 15.0),
        (0.750_001, 30.0),
        (0.999, 30.0),
    ] {
        assert_eq!(quantile.at(u), value, "at {u}");
    }
    assert_eq!([9.0, 10.0, 20.0, 30.0].map(|x| quantile.cdf(x)), [0.0, 0.5, 0.75, 1.0]);
}

#[test]
fn a_normal_distribution_far_outside_its_range_is_still_known_inside() {
    // Twenty deviations below the range, what is left falls almost like exp(-20 z).
    let quantile = quantile(&normal(-100.0, 5.0, 0.0, f64::INFINITY));
    let median = quantile.at(0.5);
    assert!((median - 5.0 * 2_f64.ln() / 20.0).abs() < 0.001, "{median}");
    assert!((quantile.cdf(median) - 0.5).abs() < 1e-9);
}

#[test]
fn a_beta_so_narrow_that_it_is_all_but_normal_joins_the_exact_one() {
    for mean in [0.5, 0.1, 0.97] {
        // On either side of a + b = 2e8 and 2e9, where the smaller shape passes 1e8.
        for u in [1e-6, 0.05, 0.5, 0.7, 0.999] {
            let z = |sd: f64| (quantile(&Family::Beta { mean, sd }).at(u) - mean) / sd;
            let smaller = f64::min(mean, 1.0 - mean);
            let border = (mean * (1.0 - mean) / (1e8 / smaller + 1.0)).sqrt();
            assert!((z(border * 1.001) - z(border * 0.999)).abs() < 2e-6, "{mean} at {u}");
            let exact = quantile(&Family::Beta { mean, sd: border * 1.001 });
            let rest = quantile(&Family::Beta { mean, sd: border * 0.999 });
            assert!((exact.cdf(exact.at(u)) - u).abs() < 1e-10);
            assert!((rest.cdf(rest.at(u)) - u).abs() < 1e-10);
        }
    }
}

#[test]
fn a_gamma_so_narrow_that_it_is_all_but_normal_joins_the_exact_one() {
    for u in [1e-6, 0.05, 0.5, 0.7, 0.999] {
        let z = |sd: f64| (quantile(&Family::Gamma { mean: 1.0, sd }).at(u) - 1.0) / sd;
        // The skewness, and so the score, changes by 2e-7 x (z^2 - 1)/6 from one to the other.
        assert!((z(1.000_5e-4) - z(0.999_5e-4)).abs() < 2e-6, "at {u}");
    }
}
