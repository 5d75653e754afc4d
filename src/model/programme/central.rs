//! Money of the programme that no locality has.

use crate::quantity::Pence;

/// What the funder gives the programme beside the localities' allocations: spent evenly over the
/// programme's days, claimed each quarter as expenditure, and paid in full and on time by the
/// funders themselves, under no cap and through nobody else's hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Central {
    /// Its name, which is that of its line of cost.
    pub name: String,
    /// All of it.
    pub amount: Pence,
}
