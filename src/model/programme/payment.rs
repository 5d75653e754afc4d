//! Who pays, when, for which outcomes, and through whose hands the money goes.

use super::CapPeriod;
use crate::quantity::{FixedShare, Pence, Uncertain};

/// The part paid for outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutcomePart {
    /// Share of the allocation; with the basic and the participant share it makes the whole.
    pub share: FixedShare,
    /// What counts as an outcome.
    pub paid_on: OutcomeBasis,
    /// Paid for each of them.
    pub per_outcome: Pence,
    /// Over what its cap runs.
    pub cap: CapPeriod,
}

/// What counts as an outcome. It belongs to the quarter in which it is reached; one that is
/// sustained after the programme's end is claimed at the end of its own calendar quarter, under
/// what the last funding year's cap leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutcomeBasis {
    /// In work when support ends, on that day.
    InWork,
    /// Of them, those who had no work at the start.
    FoundWork,
    /// Still in work after the sustainment period, on its last day.
    Sustained,
}

/// When a profile is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaidWhen {
    /// `paid_after` the quarter's end, with everything else.
    InArrears,
    /// `paid_after` the quarter's first day. It waits for no return, so a late one does not delay
    /// it, and no spending can limit it: what it is above eligible expenditure to date cuts the
    /// other parts under an income limit, and is left to [`Repayment`].
    InAdvance,
}

/// What of the basic part is paid back once the programme is over; never more than was paid of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repayment {
    /// Nothing.
    None,
    /// What all receipts together are above eligible expenditure.
    AboveExpenditure,
    /// What it is above its share of the tariff for each plan, rounded for each quarter
    /// as a claim of it is.
    AbovePlans,
}

/// One of those who pay. Every receipt is split between them by their shares, largest remainder;
/// a repayment by what each has paid.
#[derive(Clone, Debug, PartialEq)]
pub struct Funder {
    /// Its name.
    pub name: String,
    /// Its share of every receipt; all of them make the whole.
    pub share: FixedShare,
    /// Days from a quarter's end to its payment.
    pub paid_after: Uncertain,
}

/// One of those through whose hands the money goes to the locality. What a locality pays back goes
/// up the chain on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct ChainStep {
    /// Its name.
    pub name: String,
    /// When it pays the next.
    pub pays: Pays,
}

/// When a step of the chain pays the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pays {
    /// So many days after it has received.
    OnReceipt(Uncertain),
    /// So many days after the quarter's end (or its first day, for what is paid in advance),
    /// whether or not it has received: it advances the money.
    OnTime(Uncertain),
}
