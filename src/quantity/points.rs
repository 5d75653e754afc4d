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
/// The set's order is shuffled too (the nested uniform shuffle of Burley 2020, section 3.2), so that
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
const ROLES: [&str; 57] = [
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
];
