//! What a file about a run is written from.

use super::RunFacts;
use crate::analysis::{Forecast, Influence, Precision};
use crate::model::Reconciliation;
use crate::scenario::{InForce, Scenario};

/// A run, the scenario as it was when the run was made, and all that analysis gives about the two.
pub struct Subject<'a> {
    /// The scenario, under the stress or the values of the run.
    pub scenario: &'a Scenario,
    /// Every value of it that holds.
    pub values: &'a [InForce],
    /// The run's answers.
    pub forecast: &'a Forecast,
    /// What is said about the run.
    pub run: &'a RunFacts,
    /// Replicates asked for; `None` where the precision decided.
    pub asked: Option<u64>,
    /// How precise it is; `None` where it has too few replicates to say.
    pub precision: Option<Precision>,
    /// Published figures beside computed ones, when the run was made.
    pub reconciliation: &'a [Reconciliation],
    /// Every uncertain input of it.
    pub influences: &'a [Influence],
}
