//! Onward services that participants may need: talking therapy, physiotherapy, skills, debt advice.

use crate::quantity::{Key, Pence, Uncertain, Varying};

/// The most onward services of one programme.
pub const MOST_SERVICES: usize = 32;

/// An onward service. Its list, its capacity and its budget are one for all localities it serves.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its name.
    pub name: String,
    /// What its draws are keyed by: its name.
    pub key: Key,
    /// Pounds for one use, on the day it begins.
    pub unit_cost: Uncertain,
    /// People it can take in a month; no limit if absent.
    pub capacity_per_month: Option<Uncertain>,
    /// The most that is spent on it; no limit if absent.
    pub budget: Option<Pence>,
    /// From its first day to its end.
    pub takes: Varying,
    /// Multiplies the odds of being in work of those who had it in time.
    pub changes_in_work: Uncertain,
    /// Share of requests that go to the list's head.
    pub priority: Uncertain,
    /// Localities it serves, in file order.
    pub serves: Vec<usize>,
    /// Whether its cost may be claimed.
    pub eligible: bool,
}
