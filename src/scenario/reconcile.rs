//! Published figures beside computed ones.

use super::Scenario;
use crate::quantity::Pence;

/// A printed figure beside the computed one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciliation {
    /// The locality's name.
    pub locality: String,
    /// `total`, `basic`, `participant` or `year.LABEL`.
    pub figure: String,
    /// As printed.
    pub published: Pence,
    /// As the funding rules give it.
    pub computed: Pence,
    /// Where it is printed.
    pub source: Option<String>,
    /// What explains the difference, as far as the figures allow.
    pub explanation: String,
}

impl Reconciliation {
    /// Published less computed.
    pub fn difference(&self) -> Pence {
        self.published - self.computed
    }
}

/// Every published figure beside the computed one, in file order.
pub fn reconcile(_scenario: &Scenario) -> Vec<Reconciliation> {
    todo!()
}
