//! Low-discrepancy points for what is uncertain: scrambled Sobol sets.
//!
//! Points are those of Joe and Kuo 2008 ("Constructing Sobol sequences with better two-dimensional
//! projections", SIAM J. Sci. Comput. 30(5)), scrambled after Owen 1995 by the hashes of Burley 2020
//! ("Practical hash-based Owen scrambling", JCGT 9(4)). A coordinate depends on the seed, the
//! replicate and its own dimension or key, and on nothing else in the scenario.

use sobol_burley::parts::{owen_scramble_rev, sobol_rev};

use super::stream::Key;

/// How many independent scrambles a run has. Replicate i is point i/16 of scramble i mod 16.
pub const SCRAMBLES: u64 = 16;

/// Replicates that the point sets hold: 2^16 points for each scramble.
pub const MAX_REPLICATES: u64 = SCRAMBLES << 16;

/// Set apart from streams that narrow the seed by a world's number.
const JOINT: u64 = u64::from_be_bytes(*b"jointset");
const SINGLE: u64 = u64::from_be_bytes(*b"keyedset");

/// The coordinate of a replicate in one dimension of the joint Sobol set, in (0, 1).
///
/// All dimensions of a scramble are read in one order, so that they stay jointly well spread; each
/// has its own scramble. Replicates from [`MAX_REPLICATES`] and dimensions from 256 begin again.
pub fn joint(seed: Key, replicate: u64, dimension: u32) -> f64 {
    let scramble = seed.with(JOINT).with(replicate % SCRAMBLES).with(u64::from(dimension)).low();
    let point = sobol_rev(index_rev(replicate), dimension % sobol_burley::NUM_DIMENSIONS);
    coordinate(owen_scramble_rev(point, scramble))
}

/// The coordinate of a replicate in the one-dimensional set that belongs to `key`, in (0, 1).
///
/// The set's order is shuffled too (the nested uniform shuffle of Burley 2020), so that
/// two keys have nothing in common although both are well spread.
pub fn single(seed: Key, replicate: u64, key: Key) -> f64 {
    let own = seed.with(SINGLE).with(replicate % SCRAMBLES).named(key);
    let shuffled = owen_scramble_rev(index_rev(replicate), own.with(0).low());
    let point = sobol_rev(shuffled, 0);
    coordinate(owen_scramble_rev(point, own.with(1).low()))
}

/// A replicate's number within its scramble, its 32 bits in reverse.
fn index_rev(replicate: u64) -> u32 {
    ((replicate / SCRAMBLES) as u32).reverse_bits()
}

/// The middle of one of 2^32 intervals, whose number comes with its bits in reverse.
fn coordinate(interval_rev: u32) -> f64 {
    (f64::from(interval_rev.reverse_bits()) + 0.5) / 4_294_967_296.0
}

/// The dimension of the joint set that a path of the scenario has by its role, if any.
///
/// Roles are the documented inputs under `journey` and `funding`, the parameters of what varies
/// (`journey.support.mean`) and the documented `correlated` groups, whose dimension is their
/// factor's. A share of people who need a service has a name of its own and so no role.
pub fn dimension_of(path: &str) -> Option<u32> {
    let index = ROLES.iter().position(|&role| role == path)?;
    u32::try_from(index).ok()
}

/// What has a dimension by its role. The place in the list is the dimension: it is never used again
/// for another role, and new roles stand at the end. Low dimensions are spread best, so what moves
/// plans and cash most comes first.
const ROLES: [&str; 58] = [
    "correlated.demand",
    "journey.attends",
    "journey.plan_agreed",
    "journey.patience.mean",
    "journey.support.mean",
    "correlated.recruitment",
    "correlated.procurement",
    "journey.fewer_attend_per_week_waited",
    "journey.disengages",
    "correlated.staff",
    "correlated.costs",
    "funding.paid_after",
    "funding.late_return",
    "funding.disallowed",
    "journey.in_work",
    "journey.support.sd",
    "funding.cost_of_cash",
    "journey.to_first_appointment.mean",
    "journey.to_plan.mean",
    "journey.employed_at_start",
    "journey.in_work_if_disengaged",
    "journey.sustained",
    "journey.patience.p50",
    "journey.patience.p10",
    "journey.patience.p90",
    "journey.patience.likely",
    "journey.patience.least",
    "journey.patience.most",
    "journey.patience.low",
    "journey.patience.high",
    "journey.patience.sd",
    "journey.support.p50",
    "journey.support.p10",
    "journey.support.p90",
    "journey.support.likely",
    "journey.support.least",
    "journey.support.most",
    "journey.support.low",
    "journey.support.high",
    "journey.to_first_appointment.p50",
    "journey.to_first_appointment.p10",
    "journey.to_first_appointment.p90",
    "journey.to_first_appointment.likely",
    "journey.to_first_appointment.least",
    "journey.to_first_appointment.most",
    "journey.to_first_appointment.low",
    "journey.to_first_appointment.high",
    "journey.to_first_appointment.sd",
    "journey.to_plan.p50",
    "journey.to_plan.p10",
    "journey.to_plan.p90",
    "journey.to_plan.likely",
    "journey.to_plan.least",
    "journey.to_plan.most",
    "journey.to_plan.low",
    "journey.to_plan.high",
    "journey.to_plan.sd",
    "funding.reconciled_after",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::{Family, Scale};

    /// The first points of a scramble, by a coordinate of a replicate.
    fn points(scramble: u64, count: u64, coordinate: impl Fn(u64) -> f64) -> Vec<f64> {
        (0..count).map(|point| coordinate(point * SCRAMBLES + scramble)).collect()
    }

    /// How many pairs fall in each box of a grid of `columns` by `rows`.
    fn boxes(x: &[f64], y: &[f64], columns: usize, rows: usize) -> Vec<usize> {
        let mut counts = vec![0; columns * rows];
        for (x, y) in x.iter().zip(y) {
            counts[(x * columns as f64) as usize * rows + (y * rows as f64) as usize] += 1;
        }
        counts
    }

    fn correlation(x: &[f64], y: &[f64]) -> f64 {
        let n = x.len() as f64;
        let products: f64 = x.iter().zip(y).map(|(x, y)| (x - 0.5) * (y - 0.5)).sum();
        products / n * 12.0
    }

    #[test]
    fn every_dimension_of_every_scramble_has_one_point_in_each_interval() {
        let seed = Key::seed(3);
        for scramble in 0..SCRAMBLES {
            for dimension in 0..ROLES.len() as u32 {
                for m in [0, 1, 4, 7, 10] {
                    let points = points(scramble, 1 << m, |i| joint(seed, i, dimension));
                    let counts = boxes(&points, &points, 1 << m, 1);
                    assert!(counts.iter().all(|&count| count == 1), "{scramble} {dimension} {m}");
                }
            }
        }
    }

    #[test]
    fn every_keyed_set_has_one_point_in_each_interval() {
        for name in ["a", "b", "locality.Bury.referrals.Self-referral.per_month"] {
            for scramble in 0..SCRAMBLES {
                for m in [0, 1, 4, 7, 10, 16] {
                    let key = Key::name(name);
                    let points = points(scramble, 1 << m, |i| single(Key::seed(3), i, key));
                    let counts = boxes(&points, &points, 1 << m, 1);
                    assert!(counts.iter().all(|&count| count == 1), "{name} {scramble} {m}");
                }
            }
        }
    }

    #[test]
    fn the_first_two_dimensions_fill_boxes_of_every_shape_once() {
        let seed = Key::seed(5);
        for scramble in 0..SCRAMBLES {
            let [x, y] = [0, 1].map(|d| points(scramble, 256, |i| joint(seed, i, d)));
            for across in 0..=8 {
                let counts = boxes(&x, &y, 1 << across, 256 >> across);
                assert!(counts.iter().all(|&count| count == 1), "{scramble}: 2^{across} columns");
            }
        }
    }

    #[test]
    fn pairs_of_low_dimensions_fill_larger_boxes_evenly() {
        // Boxes of 2^t points; t is at most 4 for pairs of the first twelve dimensions at m = 10.
        let seed = Key::seed(5);
        let sets: Vec<_> = (0..12).map(|d| points(2, 1024, |i| joint(seed, i, d))).collect();
        for (d, x) in sets.iter().enumerate() {
            for (e, y) in sets.iter().enumerate().skip(d + 1) {
                for across in 0..=6 {
                    let counts = boxes(x, y, 1 << across, 64 >> across);
                    assert!(counts.iter().all(|&count| count == 16), "{d} and {e}: 2^{across}");
                }
            }
        }
    }

    #[test]
    fn a_sum_over_all_dimensions_is_known_far_better_than_from_independent_draws() {
        // 57 uniforms have a variance of 57/12; a mean of 256 independent sums one of 57/12/256.
        let dimensions = ROLES.len() as u32;
        let errors = (0..SCRAMBLES).map(|scramble| {
            let sum = |i| (0..dimensions).map(|d| joint(Key::seed(1), i, d)).sum::<f64>();
            let mean = points(scramble, 256, sum).iter().sum::<f64>() / 256.0;
            mean - 0.5 * f64::from(dimensions)
        });
        let variance = errors.map(|error| error * error).sum::<f64>() / SCRAMBLES as f64;
        let independent = f64::from(dimensions) / 12.0 / 256.0;
        assert!(variance < independent / 1000.0, "{variance} against {independent}");
    }

    #[test]
    fn the_sets_of_two_keys_have_nothing_in_common() {
        // 16 x 6 correlations of 1,024 pairs. Neighbours in the order lie in opposite halves of
        // either set, so that two pairs count as one at worst: the variance of a correlation is at
        // most 2/1024, and 0.1% of sums of 96 squares lie above 2 x 144 (chi-squared).
        let keys = ["a", "b", "c", "d"].map(Key::name);
        let (mut sum, mut squares) = (0.0, 0.0);
        for scramble in 0..SCRAMBLES {
            let sets = keys.map(|key| points(scramble, 1024, |i| single(Key::seed(9), i, key)));
            for i in 0..4 {
                for j in 0..i {
                    let correlation = correlation(&sets[i], &sets[j]);
                    assert!(correlation.abs() < 0.2, "{scramble}: {correlation}");
                    sum += correlation;
                    squares += correlation * correlation * 1024.0;
                    let counts = boxes(&sets[i], &sets[j], 4, 4);
                    assert!(counts.iter().all(|&count| (30..=98).contains(&count)), "{counts:?}");
                }
            }
        }
        assert!(squares < 288.0, "{squares}");
        assert!(sum.abs() < 3.3 * (2.0 * 96.0 / 1024.0_f64).sqrt(), "{sum}");
    }

    #[test]
    fn a_keyed_set_has_nothing_in_common_with_the_joint_set() {
        let seed = Key::seed(9);
        for scramble in 0..SCRAMBLES {
            let own = points(scramble, 1024, |i| single(seed, i, Key::name("a")));
            for dimension in [0, 1, 5] {
                let other = points(scramble, 1024, |i| joint(seed, i, dimension));
                assert!(correlation(&own, &other).abs() < 4.5 / 32.0, "{scramble} {dimension}");
            }
        }
    }

    #[test]
    fn scrambles_are_independent_of_each_other() {
        // Point 0 of a scramble is a plain uniform: 16 of them, for 100 keys, average to a half.
        let first = |key: u64, scramble| single(Key::seed(2), scramble, Key::seed(key));
        let all = (0..100).flat_map(|key| (0..SCRAMBLES).map(move |s| first(key, s)));
        let mean = all.sum::<f64>() / 1600.0;
        assert!((mean - 0.5).abs() < 4.0 / (12.0_f64 * 1600.0).sqrt(), "{mean}");
        let pairs =
            (0..100).flat_map(|key| (0..15).map(move |s| (first(key, s), first(key, s + 1))));
        let (x, y): (Vec<f64>, Vec<f64>) = pairs.unzip();
        assert!(correlation(&x, &y).abs() < 4.0 / 1500_f64.sqrt());
    }

    #[test]
    fn no_two_replicates_share_a_coordinate_up_to_the_last_that_there_is() {
        let key = Key::name("a");
        let mut all: Vec<u64> = (0..MAX_REPLICATES)
            .step_by(SCRAMBLES as usize)
            .map(|i| single(Key::seed(1), i, key).to_bits())
            .collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 1 << 16);
    }

    #[test]
    fn coordinates_lie_inside_0_to_1() {
        assert_eq!(coordinate(0), 0.5 / 4_294_967_296.0);
        assert_eq!(coordinate(u32::MAX), 1.0 - 0.5 / 4_294_967_296.0);
    }

    #[test]
    fn the_first_points_are_pinned() {
        let seed = Key::seed(1);
        let (key, other) = (Key::name("a"), Key::name("b"));
        let line = |i| {
            let [x, y, z] = [0, 1, 56].map(|d| joint(seed, i, d));
            let [a, b] = [key, other].map(|key| single(seed, i, key));
            format!("{i:2}: {x:.10} {y:.10} {z:.10} | {a:.10} {b:.10}")
        };
        let lines: Vec<String> = [0, 1, 15, 16, 17, 32, 1_048_575].map(line).to_vec();
        insta::assert_snapshot!(lines.join("\n"));
    }

    #[test]
    fn no_role_stands_twice_in_the_table() {
        for (dimension, role) in ROLES.iter().enumerate() {
            assert_eq!(dimension_of(role), Some(dimension as u32), "{role}");
        }
        assert!(ROLES.len() <= sobol_burley::NUM_DIMENSIONS as usize);
    }

    #[test]
    fn every_parameter_of_a_varying_time_of_the_journey_has_a_role() {
        let families = [
            Family::Pert { least: 0.0, likely: 1.0, most: 2.0 },
            Family::Uniform { least: 0.0, most: 2.0 },
            Family::NineInTen { low: 1.0, high: 2.0, scale: Scale::Log },
            Family::ThreePoint { p10: 1.0, p50: 2.0, p90: 3.0, scale: Scale::Log },
            Family::LogNormal { mean: 1.0, sd: 1.0 },
            Family::Exponential { mean: 1.0 },
        ];
        for time in ["patience", "to_first_appointment", "to_plan", "support"] {
            for (name, _) in families.iter().flat_map(Family::parameters) {
                let path = format!("journey.{time}.{name}");
                assert!(dimension_of(&path).is_some(), "{path}");
            }
        }
    }

    #[test]
    fn what_has_no_role_has_no_dimension() {
        for path in [
            "locality.Bury.referrals.Self-referral.per_month",
            "cohort.others.attends",
            "journey.needs.physiotherapy",
            "correlated.weather",
            "journey",
            "",
        ] {
            assert_eq!(dimension_of(path), None, "{path}");
        }
    }
}
