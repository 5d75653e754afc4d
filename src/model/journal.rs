//! What is noted of single people, where a replicate is to be told and not only counted.

use super::luck::PersonLuck;
use super::pathway::{Support, Way, Work};
use crate::quantity::Day;

/// What happened in one locality under one option, as far as nothing else remembers it.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    /// Who took a slot, in order.
    pub taken: Vec<Taken>,
    /// Whose support was settled.
    pub settled: Vec<Settled>,
}

/// Somebody takes a slot.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    /// Their number in the locality.
    pub person: u32,
    /// The team.
    pub team: usize,
    /// The day.
    pub day: Day,
    /// Days since they were ready, or came back to the list.
    pub waited: Day,
    /// How often they had a slot before.
    pub round: u32,
    /// How their time with the team goes, if nothing cuts it short.
    pub way: Way,
    /// The day on which the provider fails, or [`NEVER`](super::staffing::NEVER).
    pub fails: Day,
    /// The day on which their coach leaves and they are lost, or [`NEVER`](super::staffing::NEVER).
    pub lost: Day,
}

/// Somebody's support ended, or was cut short.
#[derive(Clone, Copy, Debug)]
pub struct Settled {
    /// Whose it was.
    pub who: PersonLuck,
    /// The day on which it was cut short, if it was.
    pub cut: Option<Day>,
    /// How it ended.
    pub support: Support,
    /// What became of their work; none where support was cut short.
    pub work: Option<Work>,
    /// The last day of support in work.
    pub helped_until: Option<Day>,
}
