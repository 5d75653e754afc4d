//! Targets beside the agreed number of plans.

use crate::quantity::FixedShare;

/// A share of those with a plan that is to come to an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// Which outcome.
    pub outcome: TargetOutcome,
    /// Of all people who had a plan within the programme, those in support on day 0 included.
    pub share: FixedShare,
}

/// An outcome that a target may be of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetOutcome {
    /// In work when support ended.
    InWork,
    /// Found a job.
    FoundWork,
    /// Work that was sustained.
    Sustained,
}

impl TargetOutcome {
    /// All of them.
    pub const ALL: [TargetOutcome; 3] =
        [TargetOutcome::InWork, TargetOutcome::FoundWork, TargetOutcome::Sustained];

    /// The metric that counts it.
    pub fn metric(self) -> &'static str {
        match self {
            TargetOutcome::InWork => "in_work",
            TargetOutcome::FoundWork => "found_work",
            TargetOutcome::Sustained => "sustained",
        }
    }
}
