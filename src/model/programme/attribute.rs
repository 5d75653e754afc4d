//! What people differ by: age, health condition, ethnicity; and what that changes for them.

use crate::quantity::{Key, Uncertain};

/// The most attributes of one programme.
pub const MOST_ATTRIBUTES: usize = 8;
/// The most values of one attribute.
pub const MOST_VALUES: usize = 100;

/// Something that people differ by.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Its name: `age`.
    pub name: String,
    /// What its draws are keyed by: its name, so that another attribute moves none of them.
    pub key: Key,
    /// Its values, in file order; at least one.
    pub values: Vec<AttributeValue>,
    /// For each cohort, the share of its people who have each value; the shares make the whole.
    pub mixes: Vec<Vec<f64>>,
}

/// One value of an attribute.
#[derive(Clone, Debug)]
pub struct AttributeValue {
    /// Its name: `16 to 34`.
    pub name: String,
    /// Multiplies the length of support, before rounding.
    pub support_times: Uncertain,
    /// Multiplies the patience, before rounding.
    pub patience_times: Uncertain,
    /// Multiplies the chance of attending each appointment, which stays at most 1.
    pub attends_times: Uncertain,
    /// Multiplies the odds of being in work when support ends.
    pub in_work_odds_times: Uncertain,
    /// Chance of having a job at the start, instead of the cohort's.
    pub employed_at_start: Option<Uncertain>,
}
