//! Low-discrepancy points for what is uncertain: scrambled Sobol sets.

use super::stream::Key;

/// How many independent scrambles a run has. Replicate i is point i/16 of scramble i mod 16.
pub const SCRAMBLES: u64 = 16;

/// The coordinate of a replicate in one dimension of the joint Sobol set, in (0, 1).
pub fn joint(_seed: Key, _replicate: u64, _dimension: u32) -> f64 {
    todo!()
}

/// The coordinate of a replicate in the one-dimensional set that belongs to `key`, in (0, 1).
pub fn single(_seed: Key, _replicate: u64, _key: Key) -> f64 {
    todo!()
}

/// The dimension of the joint set that a path of the scenario has by its role, if any.
pub fn dimension_of(_path: &str) -> Option<u32> {
    todo!()
}
