//! Published figures beside computed ones.

use serde::{Deserialize, Serialize};

/// One published figure set beside what the scheme computes. A difference is reported, never hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReconciliationRow {
    /// The locality that the figure belongs to.
    pub locality: String,
    /// Which figure: `total`, `basic`, `participant` or `year.LABEL`.
    pub figure: String,
    /// As printed, in pence.
    pub published_pence: i64,
    /// As the scheme computes it, in pence.
    pub computed_pence: i64,
    /// Published minus computed, in pence.
    pub difference_pence: i64,
    /// Why they differ, as far as the figures tell; `None` where they do not.
    pub explanation: Option<String>,
    /// Where the figure was published, if the scenario says.
    pub source: Option<String>,
}
