//! The columns of a run that has just been simulated: in memory as long as they fit, and otherwise
//! in the ledger.

use std::borrow::Cow;

use crate::ensemble::{Column, Columns, InputColumn, MonthlyColumn, Outline, Place, Results};
use crate::store::{StoreError, StoredRun};

/// Where a run's columns are.
pub enum Kept<'a> {
    /// All of them in memory.
    Memory(Results),
    /// Too many for that: each is read when it is asked for.
    Ledger(Box<StoredRun<'a>>),
}

impl Columns for Kept<'_> {
    type Error = StoreError;

    fn outline(&self) -> Outline {
        match self {
            Kept::Memory(results) => results.outline(),
            Kept::Ledger(run) => run.outline(),
        }
    }

    fn input(&self, index: usize) -> Result<Cow<'_, InputColumn>, StoreError> {
        match self {
            Kept::Memory(results) => results.input(index).map_err(|never| match never {}),
            Kept::Ledger(run) => run.input(index),
        }
    }

    fn metric(&self, place: Place, index: usize) -> Result<Cow<'_, Column>, StoreError> {
        match self {
            Kept::Memory(results) => results.metric(place, index).map_err(|never| match never {}),
            Kept::Ledger(run) => run.metric(place, index),
        }
    }

    fn monthly(&self, place: Place, index: usize) -> Result<Cow<'_, MonthlyColumn>, StoreError> {
        match self {
            Kept::Memory(results) => results.monthly(place, index).map_err(|never| match never {}),
            Kept::Ledger(run) => run.monthly(place, index),
        }
    }
}
