//! What is said about a run beside its answers.

use serde::Serialize;

/// A run's head, as tables and JSON show it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RunFacts {
    /// The run's id; `None` where it is not in the ledger.
    pub run: Option<String>,
    /// The engine's version.
    pub workcast: String,
    /// When it began, as the ledger says it (UTC).
    pub created: String,
    /// Which command made it: `run`, `stress (base case)`.
    pub purpose: String,
    /// The run that it was extended from, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extends: Option<String>,
    /// What became of it: `complete`, `incomplete (interrupted)`.
    pub status: String,
    /// The scenario's title.
    pub title: String,
    /// Hash of the scenario with all that it inherits.
    pub hash: String,
    /// The seed of every stream.
    pub seed: u64,
    /// How many replicates it holds.
    pub replicates: u64,
}
