//! Parameters that make no distribution, and those that make one without spread.

use proptest::prelude::*;
use workcast::quantity::{Family, FamilyError, Quantile, Scale};

use super::{nine_in_ten, normal, pert, three_point, triangular, uniform};

const INF: f64 = f64::INFINITY;

fn refused(family: Family, error: FamilyError, message: &str) {
    let got = family.prepare();
    assert_eq!(got, Err(error), "{family:?}");
    assert_eq!(got.unwrap_err().to_string(), message);
}

/// Every family around parameters that are all the same number.
fn all_from(x: f64) -> Vec<Family> {
    vec![
        Family::Fixed(x),
        pert(x, x, x),
        triangular(x, x, x),
        uniform(x, x),
        nine_in_ten(x, x, Scale::Log),
        nine_in_ten(x, x, Scale::Logit),
        three_point([x; 3], Scale::Log),
        three_point([x; 3], Scale::Logit),
        normal(x, x, 0.0, INF),
        Family::LogNormal { mean: x, sd: x },
        Family::Gamma { mean: x, sd: x },
        Family::Beta { mean: x, sd: x },
        Family::Exponential { mean: x },
        Family::Empirical { values: vec![(x, 1.0)] },
    ]
}

#[test]
fn no_family_takes_what_is_not_a_finite_number() {
    for x in [f64::NAN, INF, -INF] {
        for family in all_from(x) {
            let error = family.prepare().unwrap_err();
            assert!(matches!(error, FamilyError::NotFinite { .. }), "{family:?}: {error:?}");
        }
    }
}

#[test]
fn no_family_takes_a_number_beyond_anything_that_can_be_meant() {
    for family in all_from(2e15) {
        let error = family.prepare().unwrap_err();
        assert!(matches!(error, FamilyError::TooLarge { .. }), "{family:?}: {error:?}");
    }
}

#[test]
fn a_parameter_that_is_not_finite_is_named() {
    let cases = [
        (pert(f64::NAN, 1.0, 2.0), "least"),
        (pert(0.0, f64::NAN, 2.0), "likely"),
        (triangular(0.0, 1.0, INF), "most"),
        (nine_in_ten(1.0, INF, Scale::Log), "high"),
        (three_point([1.0, f64::NAN, 3.0], Scale::Log), "p50"),
        (normal(1.0, f64::NAN, 0.0, INF), "sd"),
        (Family::Gamma { mean: f64::NAN, sd: 1.0 }, "mean"),
        (Family::Beta { mean: 0.5, sd: f64::NAN }, "sd"),
        (Family::LogNormal { mean: 1.0, sd: INF }, "sd"),
    ];
    for (family, name) in cases {
        let message = format!("`{name}` must be a finite number");
        refused(family, FamilyError::NotFinite { name }, &message);
    }
}

#[test]
fn what_stands_in_the_wrong_order_is_named() {
    let cases = [
        (pert(2.0, 1.0, 3.0), "least", "likely"),
        (triangular(0.0, 4.0, 3.0), "likely", "most"),
        (uniform(2.0, 1.0), "least", "most"),
        (nine_in_ten(28.0, 7.0, Scale::Log), "low", "high"),
        (three_point([0.3, 0.2, 0.5], Scale::Logit), "p10", "p50"),
        (three_point([1.0, 3.0, 2.0], Scale::Log), "p50", "p90"),
    ];
    for (family, lower, upper) in cases {
        let message = format!("`{lower}` must not be above `{upper}`");
        refused(family, FamilyError::Inverted { lower, upper }, &message);
    }
}

#[test]
fn spreads_means_and_shares_have_their_own_bounds() {
    let negative = FamilyError::Negative { name: "sd" };
    for family in [
        normal(1.0, -1.0, 0.0, INF),
        Family::LogNormal { mean: 1.0, sd: -1e-9 },
        Family::Gamma { mean: 1.0, sd: -1.0 },
        Family::Beta { mean: 0.5, sd: -0.1 },
    ] {
        refused(family, negative.clone(), "`sd` must not be below zero");
    }
    for (family, name) in [
        (Family::LogNormal { mean: 0.0, sd: 1.0 }, "mean"),
        (Family::Gamma { mean: -1.0, sd: 1.0 }, "mean"),
        (Family::Exponential { mean: 0.0 }, "mean"),
        (nine_in_ten(0.0, 28.0, Scale::Log), "low"),
        (three_point([-1.0, 2.0, 3.0], Scale::Log), "p10"),
    ] {
        let message = format!("`{name}` must be above zero");
        refused(family, FamilyError::NotPositive { name }, &message);
    }
    for (family, name) in [
        (Family::Beta { mean: 1.0, sd: 0.1 }, "mean"),
        (nine_in_ten(0.0, 0.5, Scale::Logit), "low"),
        (three_point([0.2, 0.5, 1.0], Scale::Logit), "p90"),
    ] {
        let message = format!("`{name}` must be above 0% and below 100%");
        refused(family, FamilyError::NotWithinShare { name }, &message);
    }
    refused(
        Family::Beta { mean: 0.5, sd: 0.5 },
        FamilyError::SpreadTooWide,
        "`sd` must be below the square root of mean x (1 - mean): no share varies more",
    );
}

#[test]
fn what_must_be_above_zero_must_be_of_a_size_that_can_be_meant() {
    for (family, name) in [
        (nine_in_ten(1e-300, 1e15, Scale::Log), "low"),
        (nine_in_ten(1e-300, 0.5, Scale::Logit), "low"),
        (Family::LogNormal { mean: 1e-300, sd: 1e15 }, "mean"),
        (Family::Exponential { mean: 1e-16 }, "mean"),
    ] {
        let message = format!("`{name}` must be no less than a thousand million millionth");
        refused(family, FamilyError::TooSmall { name }, &message);
    }
}

#[test]
fn a_normal_distribution_must_leave_something_in_its_range() {
    let message = "next to nothing of the distribution lies within what the value may be";
    for family in
        [normal(-1e6, 1.0, 0.0, INF), normal(2.0, 0.0, 0.0, 1.0), normal(1.0, 9e5, 0.0, 0.5)]
    {
        refused(family, FamilyError::NothingLeft, message);
    }
}

#[test]
fn a_list_of_values_needs_a_value_and_weight() {
    let list = |values: &[(f64, f64)]| Family::Empirical { values: values.to_vec() };
    refused(list(&[]), FamilyError::NoValues, "there must be at least one value");
    for weight in [-1.0, f64::NAN, INF] {
        refused(
            list(&[(1.0, 1.0), (2.0, weight)]),
            FamilyError::BadWeight,
            "every weight must be a finite number of zero or more",
        );
    }
    refused(list(&[(1.0, 0.0)]), FamilyError::NoWeight, "at least one weight must be above zero");
}

#[test]
fn a_distribution_without_spread_is_its_one_value() {
    for family in [
        Family::Fixed(0.25),
        pert(0.25, 0.25, 0.25),
        triangular(0.25, 0.25, 0.25),
        uniform(0.25, 0.25),
        nine_in_ten(0.25, 0.25, Scale::Log),
        nine_in_ten(0.25, 0.25, Scale::Logit),
        three_point([0.25; 3], Scale::Log),
        three_point([0.25; 3], Scale::Logit),
        normal(0.25, 0.0, 0.0, 1.0),
        Family::LogNormal { mean: 0.25, sd: 0.0 },
        Family::Gamma { mean: 0.25, sd: 1e-300 },
        Family::Beta { mean: 0.25, sd: 0.0 },
    ] {
        assert_eq!(family.prepare(), Ok(Quantile::Fixed(0.25)), "{family:?}");
        assert_eq!(family.support(), (0.25, 0.25), "{family:?}");
        let below = [0.2, 0.25, 0.3].map(|x| crate::quantile(&family).cdf(x));
        assert_eq!(below, [0.0, 1.0, 1.0], "{family:?}");
    }
}

#[test]
fn three_points_may_have_a_spread_on_one_side_only() {
    let quantile = three_point([5.0, 5.0, 9.0], Scale::Log).prepare().unwrap();
    assert_eq!(quantile.at(0.01), 5.0);
    assert!(quantile.at(0.9) > 8.999_999);
}

/// Numbers of every size, and those that people write.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>(),
        0.0..1.0,
        0.0..1000.0,
        (-300..16_i32).prop_map(|power| 10_f64.powi(power)),
        Just(0.0),
        Just(1.0),
    ]
}

fn family() -> impl Strategy<Value = Family> {
    let scale = || prop_oneof![Just(Scale::Log), Just(Scale::Logit)];
    let rising = || prop::array::uniform3(number()).prop_map(sorted);
    prop_oneof![
        number().prop_map(Family::Fixed),
        rising().prop_map(|[least, likely, most]| pert(least, likely, most)),
        rising().prop_map(|[least, likely, most]| triangular(least, likely, most)),
        rising().prop_map(|[least, _, most]| uniform(least, most)),
        (rising(), scale()).prop_map(|([low, _, high], scale)| nine_in_ten(low, high, scale)),
        (rising(), scale()).prop_map(|(points, scale)| three_point(points, scale)),
        (number(), number(), rising())
            .prop_map(|(mean, sd, [low, _, high])| normal(mean, sd, low, high)),
        (number(), number()).prop_map(|(mean, sd)| Family::LogNormal { mean, sd }),
        (number(), number()).prop_map(|(mean, sd)| Family::Gamma { mean, sd }),
        (number(), number()).prop_map(|(mean, sd)| Family::Beta { mean, sd }),
        number().prop_map(|mean| Family::Exponential { mean }),
        prop::collection::vec((number(), number()), 0..5)
            .prop_map(|values| Family::Empirical { values }),
    ]
}

fn sorted(mut numbers: [f64; 3]) -> [f64; 3] {
    numbers.sort_by(f64::total_cmp);
    numbers
}

/// Uniforms from the least that is drawn to the greatest.
fn grid() -> Vec<f64> {
    let least = f64::EPSILON / 2.0;
    let mut grid = vec![least, 1.0 - least];
    for power in 1..=50 {
        grid.extend([0.5_f64.powi(power), 1.0 - 0.5_f64.powi(power)]);
    }
    grid.extend((1..32).map(|i| f64::from(i) / 32.0));
    grid.sort_by(f64::total_cmp);
    grid.dedup();
    grid
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_parameters_are_refused_or_make_a_quantile_function_that_rises_within_its_support(family in family()) {
        if let Ok(quantile) = family.prepare() {
            let (low, high) = family.support();
            // Two values may differ in a late digit where they should be the same.
            let [lower, middle, upper] = [0.25, 0.5, 0.75].map(|u| quantile.at(u));
            let slack = 1e-12 * middle.abs() + 1e-9 * (upper - lower);
            let mut before = f64::NEG_INFINITY;
            for u in grid() {
                let value = quantile.at(u);
                prop_assert!(value.is_finite() && low <= value && value <= high, "{value} at {u}");
                // A chance next to 1 is known to 1e-16, which moves the last of a heavy tail.
                if u > 1.0 - 1e-12 {
                    continue;
                }
                prop_assert!(value >= before - slack - 1e-12 * before.abs(), "{value} after {before} at {u}");
                before = value;
            }
        }
    }

    #[test]
    fn mapping_a_family_keeps_every_parameter_in_its_place(family in family()) {
        let named = family.parameters();
        let doubled = family.map(|parameter| (parameter, parameter)).parameters();
        prop_assert_eq!(named.len(), doubled.len());
        for ((name, value), (other, pair)) in named.into_iter().zip(doubled) {
            prop_assert_eq!(name, other);
            prop_assert_eq!((value.to_bits(), value.to_bits()), (pair.0.to_bits(), pair.1.to_bits()));
        }
    }
}
