//! Other readings of the funding rules.

use super::{Allocation, Funding};

/// Another reading of the same funding rules. People and costs stay those of the scenario's own
/// reading, and the money is settled once more: so also where delivery itself looks at the rules
/// (a team's `extended_to` at the allocation), it is the scenario's own that it looks at.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Its name.
    pub name: String,
    /// The rules, read so.
    pub funding: Funding,
    /// What each locality may be paid under them, in file order.
    pub allocations: Vec<Allocation>,
}
