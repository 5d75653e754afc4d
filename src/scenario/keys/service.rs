//! Onward services: their keys are known, their simulation is to come.

use super::super::grammar::{Field, Leaf, Shape};
use crate::quantity::Unit;

/// Why a scenario that uses them is refused.
pub const LATER: &str = "onward services are not simulated yet: leave them out, or state their \
                         cost as a running cost of the locality";

/// Keys of `service.N`.
pub const KEYS: &[Field] = &[
    Field::must("unit_cost", Shape::Leaf(Leaf::Uncertain(Unit::Pounds)), "Cost of one use."),
    Field::may(
        "capacity_per_month",
        Shape::Leaf(Leaf::Uncertain(Unit::PeoplePerMonth)),
        "no limit",
        "People it can take in a month.",
    ),
    Field::may(
        "budget",
        Shape::Leaf(Leaf::Fixed(Unit::Pounds, 0.0, 1e10)),
        "no limit",
        "The most that is spent on it.",
    ),
    Field::or("takes", Shape::Leaf(Leaf::Varying), "0 days", "From the request to its end."),
    Field::or(
        "changes_in_work",
        Shape::Leaf(Leaf::Uncertain(Unit::Number)),
        "1",
        "Multiplies the odds of being in work.",
    ),
];
